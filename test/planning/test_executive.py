"""A plan is carried out, or ends with a reason; what was ended never comes back."""
from dataclasses import replace

import numpy as np
import pytest
from rooms import blocked, two_rooms
from world_of_fakes import FakeRobot, with_walls

from vla_ros.core.goals import Direction
from vla_ros.language.understanding import Thing
from vla_ros.planning.executive import PlanState, SubtaskState
from vla_ros.planning.goals import (
    Act,
    Approach,
    ComeBack,
    Describe,
    IfSeen,
    Move,
    Navigate,
    Say,
    Skill,
    Turn,
    Wait,
)

RED_BALL = Thing('ball', 'red')
KITCHEN = np.array([6.5, 1.05])


def _away(robot, point):
    return np.linalg.norm(robot.pose[:2] - point)


def test_rooms_things_and_the_way_back_in_one_command():
    robot = FakeRobot(things={'red ball': (7.2, 2.6)})
    state = robot.begin(Navigate('kitchen'), Approach(RED_BALL), Say('hello'), ComeBack()).run()
    assert state is PlanState.DONE, robot.executive.report()
    assert _away(robot, [1.5, 3.0]) < 0.3
    assert [t for t in robot.policy.told if t != 'stop'] == ['go to the red ball']
    assert min(np.linalg.norm(p[:2] - [7.2, 2.6]) for p in robot.walked) < 0.9
    assert robot.said == ['hello']
    assert [s for _, s in robot.executive.report().subtasks] == [SubtaskState.DONE] * 4


def test_the_policy_has_been_told_to_stop_before_anybody_else_walks():
    robot = FakeRobot(things={'red ball': (3.0, 3.0)})
    robot.begin(Approach(RED_BALL), Navigate('kitchen'))
    walks = lambda: robot.executive.report().subtasks[1][1] is SubtaskState.RUNNING  # noqa: E731
    robot.run(until=walks)
    assert robot.policy.told[-1] == 'stop'
    assert robot.run() is PlanState.DONE


@pytest.mark.parametrize('subtask, axis, wanted', [
    (Move(Direction.FORWARD, 1.0), 0, 1.0), (Move(Direction.BACK, 0.5), 0, -0.5),
    (Move(Direction.LEFT, 1.0), 1, 1.0), (Turn(Direction.TURN_RIGHT, np.pi / 2), 2, -np.pi / 2),
    (Turn(Direction.TURN_LEFT, 4 * np.pi / 2), 2, 2 * np.pi)])
def test_a_movement_is_done_when_odometry_says_so(subtask, axis, wanted):
    robot = FakeRobot(pose=(2.0, 3.0, 0.0))
    assert robot.begin(subtask).run() is PlanState.DONE
    done = [*(robot.pose[:2] - [2.0, 3.0]), robot.turned]
    assert done[axis] == pytest.approx(wanted, abs=0.3)


def test_who_stands_where_odometry_says_it_should_is_done_whatever_the_policy_says():
    robot = FakeRobot(pose=(2.0, 3.0, 0.0))
    robot.policy.most_progress = 0.9                    # as the shipped policy's after turns
    began_s = robot.now_s
    assert robot.begin(Turn(Direction.TURN_LEFT, np.pi / 2)).run() is PlanState.DONE
    assert robot.turned == pytest.approx(np.pi / 2, abs=0.25) and robot.now_s - began_s < 10.0
    assert robot.policy.told == ['turn left 90 degrees', 'stop']


def test_who_is_seen_to_stand_before_a_thing_has_arrived_whatever_the_policy_says():
    robot = FakeRobot(things={'red ball': (3.0, 3.4)})
    robot.policy.most_progress = 0.9
    began_s = robot.now_s
    assert robot.begin(Approach(RED_BALL)).run() is PlanState.DONE
    assert _away(robot, [3.0, 3.4]) < 0.9 and robot.now_s - began_s < 15.0
    assert np.linalg.norm(robot.walked[-1] - robot.walked[-10]) < 0.05      # and it stands


def test_a_long_way_is_told_in_sentences_that_the_policy_knows():
    robot = FakeRobot(pose=(0.7, 3.0, 0.0), grid=blocked(two_rooms(), 3.9, 0.1, 4.1, 5.9, 0))
    assert robot.begin(Move(Direction.FORWARD, 5.0)).run() is PlanState.DONE
    assert robot.pose[0] - 0.7 == pytest.approx(5.0, abs=0.4)
    assert next(t for t in robot.policy.told if t != 'stop') == 'walk forward 3 metres'


def test_without_odometry_the_policy_is_trusted_and_the_map_is_of_no_use():
    robot = FakeRobot()
    robot.is_lost = True
    assert robot.begin(Turn(Direction.TURN_LEFT, np.pi / 2)).run() is PlanState.DONE
    assert robot.begin(Navigate('kitchen')).run() is PlanState.FAILED
    assert 'odometry' in robot.executive.reason


def test_a_stalled_subtask_is_tried_twice_and_then_reported():
    robot = FakeRobot(things={'red ball': (3.0, 3.0)})
    robot.policy.is_stuck = True
    assert robot.begin(Approach(RED_BALL), ComeBack()).run() is PlanState.FAILED
    assert robot.policy.told.count('go to the red ball') == 2
    assert 'no further' in robot.said[-1] and 'twice' in robot.said[-1]
    assert robot.executive.report().subtasks[1][1] is SubtaskState.WAITING


def test_a_policy_that_does_not_answer_is_reported():
    robot = FakeRobot()
    robot.policy.is_silent = True
    assert robot.begin(Move(Direction.FORWARD, 1.0)).run() is PlanState.FAILED
    assert 'does not answer' in robot.executive.reason


def test_a_thing_that_is_gone_is_searched_for_from_elsewhere_and_reported():
    robot = FakeRobot()
    assert robot.begin(Approach(RED_BALL)).run() is PlanState.FAILED
    assert max(np.linalg.norm(p[:2] - [1.5, 3.0]) for p in robot.walked) > 1.0
    assert 'red ball' in robot.said[-1]


def test_a_thing_that_was_carried_away_is_found_from_elsewhere():
    robot = FakeRobot(things={'red ball': (2.8, 3.0)})
    for _ in range(5):
        robot.tick()
        robot.surroundings.see(robot._seen(), robot.pose, robot.now_s)
    robot.things['red ball'] = np.array([7.0, 2.5])
    assert robot.begin(Approach(RED_BALL)).run() is PlanState.DONE
    assert _away(robot, [7.0, 2.5]) < 0.9


def test_a_policy_that_stands_before_the_wrong_thing_is_not_believed():
    robot = FakeRobot(things={'red ball': (3.0, 3.4)})
    real = robot._seen
    robot._seen = lambda: [replace(s, name='blue ball', colour='blue') for s in real()]
    robot.begin(Approach(RED_BALL)).run(until=lambda: robot.executive._desk.reason)
    assert _away(robot, [3.0, 3.4]) < 1.0
    assert "don't see the red ball" in robot.executive._desk.reason


def test_a_doorway_that_gets_blocked_is_walked_around_within_two_seconds():
    robot = FakeRobot(pose=(2.0, 1.5, 0.0)).begin(Navigate('kitchen'))
    robot.run(until=lambda: robot.pose[0] > 2.4)
    assert len(robot.routes) == 1 and robot.routes[0].points[:, 1].max() < 3.0
    closed = blocked(two_rooms(), 3.9, 0.5, 4.1, 1.6)
    robot.surroundings.put_map(closed, robot.surroundings._mapped.body)
    blocked_s = robot.now_s
    robot.run(until=lambda: len(robot.routes) > 1)
    assert robot.now_s - blocked_s <= 2.0
    assert with_walls(robot, closed).run() is PlanState.DONE
    assert _away(robot, KITCHEN) < 0.4


def test_no_way_at_all_is_given_up_with_a_reason():
    both = blocked(blocked(two_rooms(), 3.9, 0.5, 4.1, 1.6), 3.9, 4.4, 4.1, 5.5)
    robot = FakeRobot(grid=both)
    assert robot.begin(Navigate('kitchen')).run(limit_s=20.0) is PlanState.FAILED
    assert 'no way to the kitchen' in robot.said[-1]
    assert _away(robot, [1.5, 3.0]) < 0.1


def test_what_nobody_sees_is_bumped_into_once_and_then_walked_around():
    closed = blocked(two_rooms(), 3.9, 0.5, 4.1, 1.6)
    robot = with_walls(FakeRobot(pose=(2.0, 1.5, 0.0)), closed).begin(Navigate('kitchen'))
    assert robot.run() is PlanState.DONE, robot.said
    assert len(robot.routes) > 1


@pytest.mark.parametrize('after_s', [0.0, 0.3, 2.0, 9.0, 20.0])
@pytest.mark.parametrize('subtasks', [
    (Navigate('kitchen'), ComeBack()), (Approach(RED_BALL), Navigate('kitchen')),
    (Turn(Direction.TURN_LEFT, 6.0), Turn(Direction.TURN_RIGHT, 6.0)), (Wait(60.0), ComeBack())])
def test_a_halt_at_any_moment_is_zero_at_once_and_nothing_resumes(after_s, subtasks):
    robot = FakeRobot(things={'red ball': (3.0, 3.2)}).begin(*subtasks)
    until_s = robot.now_s + after_s
    robot.run(until=lambda: robot.now_s >= until_s)
    orders = robot.obey(robot.executive.halt('told to stop'))
    assert (orders.twist == 0).all() and orders.instructions[-1] == 'stop'
    pose = robot.pose
    for _ in range(100):
        orders = robot.tick()
        assert not orders.instructions and orders.twist is None
    assert (robot.pose == pose).all()
    assert robot.executive.state in (PlanState.CANCELLED, PlanState.DONE)
    assert not robot.executive.resume()


def test_another_command_ends_the_first_one():
    robot = FakeRobot(things={'red ball': (3.0, 3.2)}).begin(Approach(RED_BALL), ComeBack())
    robot.run(until=lambda: robot.now_s > 102)
    robot.begin(Say('here'))
    assert robot.policy.told[-1] == 'stop'
    assert robot.run() is PlanState.DONE and robot.said == ['here']


@pytest.mark.parametrize('subtask', [
    Navigate('kitchen'), Approach(RED_BALL), Turn(Direction.TURN_LEFT, 3.0), Wait(5.0)])
def test_a_pause_stands_and_a_resume_goes_on_with_the_same_subtask(subtask):
    robot = FakeRobot(things={'red ball': (3.2, 4.0)}).begin(Say('one'), subtask, Say('two'))
    robot.run(until=lambda: robot.now_s > 102)
    orders = robot.obey(robot.executive.pause())
    assert (orders.twist == 0).all() and robot.policy.told[-1] == 'stop'
    pose = robot.pose
    for _ in range(50):
        robot.tick()
    assert (robot.pose == pose).all()
    assert robot.executive.resume() and not robot.executive.resume()
    assert robot.run() is PlanState.DONE
    assert robot.said == ['one', 'two']
    if isinstance(subtask, Turn):                       # what was turned before counts
        assert robot.turned == pytest.approx(3.0, abs=0.5)


def test_waiting_takes_the_time_that_was_asked_for():
    robot = FakeRobot().begin(Wait(5.0))
    robot.run()
    assert robot.now_s - 100.0 == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize('is_there', [True, False])
def test_a_condition_does_the_one_or_the_other(is_there):
    robot = FakeRobot(things={'red ball': (3.0, 3.0)} if is_there else {})
    robot.begin(IfSeen(RED_BALL, (Approach(RED_BALL),), (Say('it is gone'),)))
    assert robot.run() is PlanState.DONE
    assert robot.said == ([] if is_there else ['it is gone'])
    assert (_away(robot, [3.0, 3.0]) < 0.9) == is_there


def test_what_fails_inside_a_condition_does_not_do_the_other_thing():
    robot = FakeRobot(things={'red ball': (3.0, 3.0)})
    robot.policy.is_stuck = True
    robot.begin(IfSeen(RED_BALL, (Approach(RED_BALL),), (Say('it is gone'),)))
    assert robot.run() is PlanState.FAILED
    assert 'it is gone' not in robot.said


def test_what_is_seen_is_told_and_blindness_too():
    robot = FakeRobot(things={'red ball': (3.0, 3.0), 'orange cone': (3.0, 3.6)})
    robot.begin(Describe(), Describe(RED_BALL), Describe(Thing('cube', 'blue'))).run()
    assert robot.said == ['I see an orange cone and a red ball.',
                          'I see the red ball, 1.5 m ahead.', 'I see no blue cube.']
    robot.is_blind = True
    assert robot.begin(Describe()).run() is PlanState.FAILED
    assert 'perception' in robot.executive.reason


def test_a_gesture_is_told_to_the_policy_in_its_words():
    robot = FakeRobot().begin(Act(Skill.WAVE, RED_BALL), Act(Skill.RAISE, side='left'))
    assert robot.run() is PlanState.DONE
    told = [sentence for sentence in robot.policy.told if sentence != 'stop']
    assert told == ['wave your right arm', 'raise your left arm']


def test_the_report_is_for_people_and_for_programs():
    robot = FakeRobot().begin(Navigate('kitchen'), ComeBack())
    robot.run(until=lambda: robot.now_s > 101)
    report = robot.executive.report()
    assert report.document()['subtasks'] == [
        {'words': 'go to the kitchen', 'state': 'running'},
        {'words': 'come back', 'state': 'waiting'}]
    assert 'go to the kitchen' in report.tree and 'm left' in report.current
