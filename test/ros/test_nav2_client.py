"""The planner node walks by a real NavigateToPose server that stands for Nav2."""
import json
import time

from action_msgs.srv import CancelGoal
import numpy as np
import pytest
from rclpy.action import ActionServer, CancelResponse, GoalResponse
from rclpy.callback_groups import ReentrantCallbackGroup
from rclpy.task import Future
from test_planner_node import GRID, Stage

from vla_ros.core.geometry import moved, points_in
from vla_ros.nodes.nav2_client import NavigateToPose
from vla_ros.ros.conversions import twist_from_msg

if NavigateToPose is None:
    pytest.skip('nav2_msgs is not installed: nothing here was run', allow_module_level=True)

PLACES = {place.name: place.pose for place in GRID.places}
STEP_M, TURN = 0.05, 'turn left 86 degrees'


class Nav2:
    """A server of one goal at a time that moves the base of a stage towards it, step by step."""

    def __init__(self, stage):
        self._stage, self.asked, self.goals, self.ends = stage, [], [], []
        self.accepts = self.lets_go = self.walks = True
        self.aborts = 0                                 # goals that it will give up
        self.error = ''
        self._answers_when: Future | None = None
        self._server = ActionServer(
            stage.bench.node, NavigateToPose, 'navigate_to_pose', self._execute,
            goal_callback=self._answer, cancel_callback=self._is_called_off,
            callback_group=ReentrantCallbackGroup())    # who hesitates holds nobody up
        self._running = []                              # (goal, future of its result)

    def hesitate(self):
        """Answer no goal until `decide`."""
        self._answers_when = Future(executor=self._stage.bench.executor)

    def decide(self):
        self._answers_when.set_result(None)

    @property
    def busy(self):
        return [goal for goal, _ in self._running]

    def drive(self):
        """Do one step for the goal that is being walked to; the newest preempts the others."""
        for goal, _ in self._running[:-1]:
            self._end(goal, goal.abort)
        for goal, _ in list(self._running):
            if goal.is_cancel_requested and self.lets_go:
                self._end(goal, goal.canceled)
            elif self.aborts:
                self.aborts -= 1
                self._end(goal, goal.abort)
            elif self.walks:
                self._step(goal)

    def arrive(self):
        """Say of what is being walked to that it was reached, wanted or not."""
        for goal in self.busy:
            self._end(goal, goal.succeed)

    def vanish(self):
        self._running.clear()
        self._server.destroy()

    async def _answer(self, request):
        self.asked.append(request)
        if self._answers_when is not None:
            await self._answers_when
        return GoalResponse.ACCEPT if self.accepts else GoalResponse.REJECT

    def _is_called_off(self, goal):
        return CancelResponse.REJECT if self.lets_go is None else CancelResponse.ACCEPT

    async def _execute(self, goal):
        ended = Future(executor=self._stage.bench.executor)
        self.goals.append(goal)
        self._running.append((goal, ended))
        return await ended

    def _step(self, goal):
        position = goal.request.pose.pose.position
        ahead, left = points_in(self._stage.pose, np.array([position.x, position.y]))
        feedback = NavigateToPose.Feedback(distance_remaining=float(np.hypot(ahead, left)))
        goal.publish_feedback(feedback)
        if feedback.distance_remaining < STEP_M:
            self._end(goal, goal.succeed)
        else:
            step = STEP_M * np.array([ahead, left, 0.0]) / feedback.distance_remaining
            self._stage.pose = moved(self._stage.pose, step, 1.0)

    def _end(self, goal, how):
        result = NavigateToPose.Result()
        if hasattr(result, 'error_msg'):                # not before Kilted
            result.error_msg = self.error
        how()
        self.ends.append(how.__name__)
        ended = next(future for known, future in self._running if known is goal)
        self._running = [(g, f) for g, f in self._running if g is not goal]
        ended.set_result(result)


class Nav2Stage(Stage):
    """A planner that walks by Nav2; `serve` begins that."""

    def __init__(self, bench, **parameters):
        self.nav2, self.is_lost = None, False           # lost: nothing comes any more
        super().__init__(bench, navigator='nav2', **parameters)

    def serve(self):
        self.nav2 = Nav2(self)
        self.until(self.node._nav2._client.server_is_ready)
        return self.nav2

    def until_it_walks(self):
        """Spin until Nav2 has accepted a goal, and the planner knows."""
        self.until(lambda: self.nav2.busy and self.node._nav2._goal is not None)

    def live(self):
        if self.nav2 is not None:
            self.nav2.drive()
        if not self.is_lost:
            super().live()

    def sentences(self):
        return [msg.data for _, msg in self.told]

    def stands(self):
        """Return whether the planner itself never told the base to walk."""
        return not any(np.any(twist_from_msg(msg)) for _, msg in self.twists)

    def subtasks(self):
        return [s['state'] for s in json.loads(self.plans[-1][1].data)['subtasks']]

    def sentinel(self):
        """Return when whatever was on its way has come."""
        heard = len(self.says)
        self.say('fly')
        self.until(lambda: any("I can't fly." in msg.data for _, msg in self.says[heard:]))


@pytest.fixture
def stage(bench):
    return Nav2Stage(bench)


@pytest.fixture
def nav2(stage):
    return stage.serve()


def test_nav2_walks_to_a_place_and_back_and_the_policy_hears_nothing(stage, nav2):
    stage.say('kitchen')
    stage.until(lambda: stage.said('Done.') and stage.state() == 'done')
    assert stage.subtasks() == ['done', 'done']
    there, back = (request.pose for request in nav2.asked)
    x, y, yaw = PLACES['kitchen']
    assert (there.header.frame_id, there.pose.position.x, there.pose.position.y) == ('map', x, y)
    assert 2 * np.arctan2(there.pose.orientation.z, there.pose.orientation.w) == pytest.approx(yaw)
    assert (back.pose.position.x, back.pose.position.y) == pytest.approx((3.2, 1.2))
    assert np.linalg.norm(stage.pose[:2] - [3.2, 1.2]) < 2 * STEP_M
    assert nav2.ends == ['succeed', 'succeed'] and not stage.told and stage.stands()


def test_the_policy_is_told_its_sentence_when_nav2_is_there_and_not_before(stage, nav2):
    nav2.walks, stage.is_there = False, True
    stage.say('office, ball')
    stage.until_it_walks()
    stage.sentinel()
    assert not stage.told
    nav2.walks = True
    stage.until(lambda: stage.said('Done.') and len(stage.told) == 2)
    assert stage.sentences() == ['go to the red ball', 'stop'] and nav2.ends == ['succeed']


def test_a_goal_that_is_reached_at_once_is_done(stage, nav2):
    stage.pose = PLACES['office'].copy()
    stage.say('office')
    stage.until(lambda: stage.said('Done.') and stage.state() == 'done', limit_s=5.0)
    assert nav2.ends == ['succeed'] and stage.subtasks() == ['done']


def test_what_nav2_gave_up_once_is_tried_again_and_done(stage, nav2):
    nav2.aborts = 1
    stage.say('office')
    stage.until(lambda: stage.said('Done.'))
    assert nav2.ends == ['abort', 'succeed'] and not stage.told


def test_what_nav2_gives_up_fails_in_its_words_and_nothing_else_is_begun(stage, nav2):
    nav2.aborts, nav2.error = 2, 'no valid path found.'
    stage.say('kitchen')
    stage.until(lambda: stage.said('The navigator did not get to the kitchen: it gave up (no '
                                   'valid path found). I tried twice.'))
    stage.until(lambda: stage.state() == 'failed')
    stage.sentinel()
    assert stage.subtasks() == ['failed', 'waiting']    # nobody comes back from where nobody went
    assert len(nav2.goals) == 2 and not nav2.busy and not stage.told


def test_a_refused_goal_fails_in_words_and_the_next_command_is_obeyed(stage, nav2):
    nav2.accepts = False
    stage.say('office')
    stage.until(lambda: stage.said('The navigator did not get to the office: it refused. I tried '
                                   'twice.'))
    nav2.accepts = True
    stage.say('office')
    stage.until(lambda: stage.said('Done.'))
    assert len(nav2.asked) == 3 and nav2.ends == ['succeed'] and not stage.told


def test_without_nav2_a_command_fails_in_words_until_it_is_there(stage):
    stage.say('office')
    stage.until(lambda: stage.said('The navigator did not get to the office: nobody serves '
                                   'navigate_to_pose. I tried twice.'))
    stage.serve()
    stage.say('office')
    stage.until(lambda: stage.said('Done.'))
    assert not stage.told


def test_when_nav2_vanishes_on_the_way_the_command_fails_in_words(stage, nav2):
    nav2.walks = False
    stage.say('kitchen')
    stage.until_it_walks()
    nav2.vanish()
    stage.until(lambda: stage.said('The navigator did not get to the kitchen: nobody serves '
                                   'navigate_to_pose'))
    stage.until(lambda: stage.state() == 'failed')


@pytest.mark.slow
def test_nav2_that_gets_no_further_is_called_off_in_words(bench):
    stage = Nav2Stage(bench, stall_time=1.0)
    nav2 = stage.serve()
    nav2.walks = False
    stage.say('office')
    stage.until(lambda: stage.said('The navigator did not get to the office: it gets no further. '
                                   'I tried twice.'))
    stage.until(lambda: len(nav2.ends) == 2)
    # The first is preempted if the second reaches Nav2 before its cancellation is carried out.
    assert nav2.ends[0] in ('canceled', 'abort') and nav2.ends[1] == 'canceled'
    assert not stage.told


def end_by(stage, how):
    """End what runs in one of three ways; return what the policy is told by that."""
    if how == 'cancel':
        assert stage.call('cancel').success
        stage.until(lambda: stage.state() == 'cancelled')
    elif how == 'stop':
        stage.say('stop')
        stage.until(lambda: stage.state() == 'cancelled')
    else:
        stage.ends = False
        stage.say('turn')
        stage.until(lambda: stage.sentences())
        return [TURN]
    return ['stop']


ENDS = pytest.mark.parametrize('how', ['cancel', 'stop', 'turn'])


@ENDS
def test_nav2_is_called_off_on_the_way_and_the_old_plan_stays_ended(stage, nav2, how):
    nav2.walks = False
    stage.say('kitchen')
    stage.until_it_walks()
    assert not stage.told
    told = end_by(stage, how)
    stage.until(lambda: nav2.ends == ['canceled'])
    stage.sentinel()
    assert stage.sentences() == told and len(nav2.goals) == 1 and stage.stands()
    assert stage.state() == ('running' if how == 'turn' else 'cancelled')


@ENDS
def test_a_late_success_of_a_goal_that_was_called_off_changes_nothing(stage, nav2, how):
    nav2.walks = nav2.lets_go = False                   # slow: it hears, and goes on for a while
    stage.say('kitchen')
    stage.until_it_walks()
    told = end_by(stage, how)
    stage.until(lambda: nav2.goals[0].is_cancel_requested)
    nav2.arrive()
    stage.sentinel()
    assert stage.sentences() == told and len(nav2.goals) == 1
    assert 'done' not in stage.subtasks() and not stage.said('Done.')


@ENDS
def test_a_goal_accepted_too_late_is_called_off(stage, nav2, how):
    nav2.walks = False
    nav2.hesitate()
    stage.say('kitchen')
    stage.until(lambda: nav2.asked)
    told = end_by(stage, how)
    nav2.decide()
    stage.until(lambda: nav2.ends == ['canceled'])
    stage.sentinel()
    assert stage.sentences() == told and len(nav2.asked) == 1


@pytest.mark.parametrize('is_back', [True, False])
def test_odometry_may_be_away_for_a_moment_and_not_for_long(bench, is_back):
    stage = Nav2Stage(bench, odometry_max_age=0.05)
    nav2 = stage.serve()
    nav2.walks = False
    stage.say('office')
    stage.until_it_walks()
    stage.is_lost = True
    stage.until(lambda: stage.node.planner.situation(time.monotonic()).pose is None)
    if is_back:
        stage.sentinel()
        stage.is_lost, nav2.walks = False, True
        stage.until(lambda: stage.said('Done.'))
        assert nav2.ends == ['succeed']
    else:
        stage.until(lambda: stage.said("there is no odometry, so I can't walk to the office."))
        stage.until(lambda: nav2.ends == ['canceled'])


def test_a_new_place_replaces_the_old_one_and_only_the_new_one_counts(stage, nav2):
    nav2.walks = nav2.lets_go = False
    stage.say('kitchen')
    stage.until_it_walks()
    stage.say('office')
    stage.until(lambda: len(nav2.goals) == 2)
    assert nav2.goals[0].is_cancel_requested or nav2.ends == ['abort']
    stage.sentinel()
    assert stage.state() == 'running' and stage.subtasks() == ['running']
    nav2.walks = nav2.lets_go = True
    stage.until(lambda: stage.said('Done.'))
    assert nav2.goals[1].request.pose.pose.position.x == PLACES['office'][0]
    assert len(nav2.goals) == 2 and not stage.told


def test_nav2_that_will_not_be_called_off_is_reported(stage, nav2):
    nav2.walks, nav2.lets_go = False, None
    stage.say('office')
    stage.until_it_walks()
    assert stage.call('cancel').success
    stage.until(lambda: 'goes on' in stage.node._reports.reason('nav2'))
    nav2.arrive()
    stage.until(lambda: not stage.node._reports.reason('nav2'))


def test_who_calls_nav2_off_by_hand_is_not_overruled(stage, nav2):
    nav2.walks = False
    stage.say('kitchen')
    stage.until_it_walks()
    everything = CancelGoal.Request()                   # no identifier, no time: all goals
    stage.bench.call(CancelGoal, 'navigate_to_pose/_action/cancel_goal', everything)
    stage.until(lambda: stage.said('Somebody else called the navigator off, so I stop.'))
    stage.until(lambda: stage.state() == 'cancelled')
    stage.sentinel()
    assert len(nav2.goals) == 1 and stage.sentences() == ['stop']


def test_a_pause_calls_nav2_off_and_a_resume_asks_it_again(stage, nav2):
    nav2.walks = False
    stage.say('office')
    stage.until_it_walks()
    assert stage.call('pause').success
    stage.until(lambda: nav2.ends == ['canceled'])
    stage.sentinel()
    assert stage.state() == 'paused' and len(nav2.goals) == 1
    nav2.walks = True
    assert stage.call('resume').success
    stage.until(lambda: stage.said('Done.'))


def test_nav2_is_called_off_when_the_planner_ends(stage, nav2):
    nav2.walks = False
    stage.say('office')
    stage.until_it_walks()
    stage.node.close()
    stage.until(lambda: nav2.ends == ['canceled'])
