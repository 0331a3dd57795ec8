"""Long commands: their episodes, and a judge that goes by order and truth."""
import numpy as np
import pytest

pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.core.goals import Direction, GoTo, Move
from vla_ros.sim.assets import are_installed
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.scene import Dwelling, Scene, Solid
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.long_suite import long_episode, SUBTASKS_MAX, SUBTASKS_MIN
from vla_ros.sim.tasks.long_task import AtPlace, Home, LongJudge, LongTask, words_of
from vla_ros.sim.tasks.way import Way

SCENE = Scene((Solid('ball', 'red', (1, 0, 0), (-2.4, 4.2), 0.2),), start=(0.4, 0.0, 0.0),
              dwelling=Dwelling.APARTMENT)
START, KITCHEN = (0.4, 0.0, 0.0), (-2.4, 2.7, np.pi / 2)
AT_BALL = (-2.4, 3.55, np.pi / 2)
TICK_S = 0.1


class Walk:
    """A robot that goes where it is put, and the judge that looks at it."""

    def __init__(self, *checks, start=START):
        self.now_s, self.pose = 0.0, np.array(start, float)
        self.judge = LongJudge(LongTask('as it is said', checks), self.pose, 0.0, _straight)

    def to(self, pose, seconds=2.0):
        """Go straight to a pose and return the robot."""
        ways = np.linspace(self.pose, pose, round(seconds / TICK_S) + 1)[1:]
        for way in ways:
            self._tick(way, np.full(3, 0.5))
        return self

    def stand(self, seconds=1.5):
        """Stand and return whether everything is done."""
        for _ in range(round(seconds / TICK_S)):
            done = self._tick(self.pose, np.zeros(3))
        return done

    def _tick(self, pose, velocity):
        self.pose, self.now_s = np.array(pose, float), self.now_s + TICK_S
        return self.judge.update(Body(self.pose, velocity), SCENE, self.now_s)

    def verdict(self, is_fallen=False, given_up=''):
        return self.judge.verdict(self.now_s, is_fallen=is_fallen, contacts=0,
                                  given_up=given_up)


def _straight(start, end):
    return float(np.hypot(*(np.asarray(end) - start)))


def test_what_is_done_in_order_is_done():
    walk = Walk(AtPlace('kitchen'), GoTo('ball', 'red'), Home())
    walk.to(KITCHEN).to(AT_BALL).stand(0.5)
    walk.to(KITCHEN).to(START)
    assert not walk.judge.is_done
    assert walk.stand()
    verdict = walk.verdict()
    assert verdict.is_success and [leg.is_done for leg in verdict.legs] == [True] * 3
    assert verdict.legs[1].shortest_m is None
    assert 1.0 <= verdict.path_ratio < 1.3


def test_the_other_order_is_not():
    walk = Walk(AtPlace('kitchen'), AtPlace('living room'))
    walk.to((0.4, -2.8, 0.0)).stand()
    assert not walk.to(KITCHEN).stand()
    verdict = walk.verdict()
    assert not verdict.is_success and len(verdict.legs) == 2
    assert '"go to the living room" (2 of 2) was not reached within' in verdict.reason


def test_passing_by_is_being_there_unless_nothing_follows():
    passed = Walk(AtPlace('hall'), AtPlace('kitchen'), start=(2.4, 2.7, 0.0))
    assert passed.to((0.4, 0.0, 0.0)).to(KITCHEN).stand()
    assert not Walk(AtPlace('hall')).to(KITCHEN).stand()


def test_there_and_back_is_measured_to_where_the_robot_turned_and_no_step_is_lost():
    walk = Walk(AtPlace('hall'), Home(), start=(2.4, 0.0, 0.0))
    walk.to((0.4, 0.0, 0.0)).to((2.4, 0.0, 0.0)).stand()
    verdict = walk.verdict()
    assert [leg.shortest_m for leg in verdict.legs] == pytest.approx([2.0, 2.0], abs=0.02)
    assert sum(leg.walked_m for leg in verdict.legs) == pytest.approx(4.0, rel=0.06)


def test_what_is_walked_at_a_place_counts_unless_another_way_follows():
    turn = Move(Direction.TURN_LEFT, np.pi / 2)
    walk = Walk(AtPlace('hall'), turn, start=(2.4, 0.0, 0.0))
    walk.to((0.4, 0.0, 0.0)).to((0.8, 0.0, 0.0))
    leg = walk.verdict().legs[0]
    assert leg.is_done and leg.end[0] > 0.5 and leg.walked_m > leg.shortest_m + 0.1


def test_anywhere_in_the_room_counts_for_who_stands_there():
    corner = (-0.6, 5.0, 0.0)
    assert Walk(AtPlace('kitchen')).to(corner).stand()
    through = Walk(AtPlace('kitchen'), AtPlace('office'))
    through.to(corner).to((2.4, 2.7, 0.0)).stand()
    assert not through.judge.is_done


def test_a_turn_counts_from_wherever_the_robot_came_to_stand():
    turn = Move(Direction.TURN_LEFT, np.pi / 2)
    walk = Walk(AtPlace('kitchen'), turn)
    walk.to(KITCHEN).to((-2.4, 2.7, 0.3)).stand(0.5)            # the planner looks around first
    assert walk.to((-2.4, 2.7, 0.3 + np.pi / 2)).stand()
    told = Walk(AtPlace('kitchen'), turn).to(KITCHEN).to((-2.4, 2.7, 1.0))
    told.judge.told(told.now_s)
    assert told.to((-2.4, 2.7, 1.0 + np.pi / 2)).stand()
    too_far = Walk(AtPlace('kitchen'), turn).to(KITCHEN).to((-2.4, 2.7, 1.0))
    assert not too_far.to((-2.4, 2.7, 1.0 + np.pi)).stand()
    wrong = Walk(turn)
    assert not wrong.to((*START[:2], -np.pi / 2)).stand()


def test_a_step_back_counts_and_standing_does_not():
    back = Move(Direction.BACK, 0.5)
    assert Walk(back).to((-0.1, 0.0, 0.0)).stand()
    assert not Walk(back).stand(5.0)


def test_what_was_moved_is_looked_for_where_it_is_now():
    judge = LongJudge(LongTask('', (GoTo('ball', 'red'),)), np.array(AT_BALL), 0.0, _straight)
    moved = Scene((Solid('ball', 'red', (1, 0, 0), (3.0, 3.0), 0.2),))
    still = Body(np.array(AT_BALL), np.zeros(3))
    assert not any(judge.update(still, moved, 0.1 * i) for i in range(30))
    assert any(judge.update(still, SCENE, 3.0 + 0.1 * i) for i in range(30))


def test_a_fall_and_a_planner_that_gives_up_are_reasons():
    walk = Walk(AtPlace('kitchen'))
    assert walk.verdict(is_fallen=True).reason == 'The robot fell at "go to the kitchen".'
    assert walk.verdict(given_up='the way is blocked.').reason.endswith(
        'The planner: the way is blocked.')


def test_the_sway_of_the_gait_is_no_way():
    way = Way(np.zeros(2), 0.0)
    for tick in range(1, 201):                                  # 8 m in 20 s, swaying by 5 cm
        way.add(np.array([0.04 * tick, 0.05 * np.sin(2 * np.pi * 0.1 * tick)]), 0.1 * tick)
    assert way.length_m == pytest.approx(8.0, rel=0.02)


def test_a_way_around_a_corner_is_as_long_as_both_its_sides():
    way = Way(np.zeros(2), 0.0)
    corner = [(0.05 * i, 0.0) for i in range(1, 61)] + [(3.0, 0.05 * i) for i in range(1, 61)]
    for tick, place in enumerate(corner, 1):
        way.add(np.array(place), 0.1 * tick)
    assert way.length_m == pytest.approx(6.0, rel=0.05)


@pytest.mark.skipif(not are_installed(), reason='the walking G1 is not installed')
def test_a_robot_that_stands_does_nothing_of_a_long_command(g1):
    from vla_ros.sim.long_env import LongEnv
    task = long_episode(1, 4)
    env = LongEnv(g1, task, _straight, width=64, height=48)
    assert env.observe()['image'].shape == (48, 64, 3)
    rest = np.concatenate([np.zeros(3), g1.of_commanded('neutral_position')])
    assert not any(env.step(rest) for _ in range(6))
    assert env.elapsed_s == pytest.approx(0.6)
    verdict = env.verdict('there is no way.')
    assert not verdict.is_success and not verdict.is_fallen and verdict.contacts == 0
    assert verdict.reason.endswith('was not reached within 1 s. The planner: there is no way.')
    assert env.picture().shape[2] == 3
    env.close()


def test_an_episode_is_its_seed_and_number():
    assert long_episode(3, 5) == long_episode(3, 5)
    assert long_episode(3, 5).scene != long_episode(4, 5).scene


@pytest.mark.parametrize('index', range(24))
def test_an_episode_asks_for_what_can_be_done(index):
    task, scene = long_episode(1, index).task, long_episode(1, index).scene
    assert SUBTASKS_MIN <= len(task.checks) <= SUBTASKS_MAX
    assert len({s.name for s in scene.solids}) == len(scene.solids)
    room = APARTMENT.room_at(scene.start[:2]).name
    assert any(isinstance(check, AtPlace) for check in task.checks)
    for check in task.checks:
        assert words_of(check)
        match check:
            case AtPlace(name):
                assert name != room and name in task.command
                room = name
            case GoTo(shape, colour):
                solid = scene.find(shape, colour)
                assert APARTMENT.room_at(solid.position).name == room
                assert solid.name in task.command
            case Home():
                assert check is task.checks[-1]
                assert room != APARTMENT.room_at(scene.start[:2]).name
