"""The planner node over real topics, with a fusion node that only says what it is told."""
import json
import time

from diagnostic_msgs.msg import DiagnosticArray
from geometry_msgs.msg import Twist
from nav_msgs.msg import OccupancyGrid, Odometry, Path
import numpy as np
import pytest
from rclpy.parameter import Parameter
from rooms import two_rooms
from std_msgs.msg import Header, String
from std_srvs.srv import Trigger
from visualization_msgs.msg import MarkerArray
from world_of_fakes import MOUNT

from vla_ros.core.errors import ConfigurationError, MissingDependencyError
from vla_ros.core.geometry import moved
from vla_ros.core.goals import Direction
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.stop_words import is_stop
from vla_ros.language.understanding import Thing
from vla_ros.nodes.demo_observer import DemoObserver
from vla_ros.nodes.nav2_client import NavigateToPose
from vla_ros.nodes.planner_node import PlannerNode
from vla_ros.planning.goals import (
    Approach,
    ComeBack,
    Halt,
    Navigate,
    Plan,
    Question,
    Refusal,
    Say,
    Turn,
)
from vla_ros.ros.conversions import (
    grid_map_to_msg,
    odometry_to_msg,
    places_to_text,
    twist_from_msg,
)
from vla_ros.ros.objects import objects_to_markers
from vla_ros.ros.qos import COMMAND, NEWEST, SPOKEN, STATE

GRID = two_rooms()
PLANS = {
    'kitchen': Plan('kitchen', (Navigate('kitchen'), ComeBack())),
    'office': Plan('office', (Navigate('office'),)),
    'office, ball': Plan('office, ball', (Navigate('office'), Approach(Thing('ball', 'red')))),
    'ball': Plan('ball', (Approach(Thing('ball', 'red')), Say('hello'))),
    'turn': Plan('turn', (Turn(Direction.TURN_LEFT, 1.5), Turn(Direction.TURN_LEFT, 1.5))),
    'what': Question('What do you mean?'), 'fly': Refusal("I can't fly.")}


class FakeDecomposer:
    """Knows a few commands by heart."""

    def decompose(self, text, knowledge):
        self.knowledge = knowledge
        if is_stop(text):
            return Halt()
        if text == 'broken':
            raise RuntimeError('broken')
        return PLANS[text]


class Stage:
    """A planner node, and around it a base, a fusion node and eyes by a few lines each."""

    def __init__(self, bench, **parameters):
        self.bench, self.decomposer = bench, FakeDecomposer()
        node = bench.node
        self.voice = node.create_publisher(String, 'voice_command', SPOKEN)
        self._odometry = node.create_publisher(Odometry, 'odom', NEWEST)
        self._map = node.create_publisher(OccupancyGrid, 'map', STATE)
        self._places = node.create_publisher(String, 'places', STATE)
        self._mode = node.create_publisher(String, 'fusion_node/mode', STATE)
        self._objects = node.create_publisher(MarkerArray, 'perception_node/objects', COMMAND)
        self.twists = bench.listen(Twist, 'navigation/cmd_vel', COMMAND)
        self.told = bench.listen(String, 'instruction', SPOKEN)
        self.says = bench.listen(String, 'planner_node/say', SPOKEN)
        self.plans = bench.listen(String, 'planner_node/plan', STATE)
        self.trees = bench.listen(String, 'planner_node/tree', STATE)
        self.paths = bench.listen(Path, 'planner_node/path', STATE)
        self.states = bench.listen(DiagnosticArray, '/diagnostics')
        self.pose, self._heard, self.ends = np.array([3.2, 1.2, 0.0]), 0, True
        self.is_there, self._last_s, self._to_say = False, time.monotonic(), []
        self.node = bench.add(PlannerNode(
            lambda settings: self.decomposer, context=bench.context,
            parameter_overrides=[Parameter(k, value=v) for k, v in parameters.items()]))
        bench.until(lambda: self.voice.get_subscription_count() == 1)
        self._map.publish(grid_map_to_msg(GRID))
        self._places.publish(String(data=places_to_text(GRID.places)))
        self.until(lambda: self.node.planner.knowledge().capabilities.places
                   and self.node.planner.situation(0.0).floor is not None)

    def live(self):
        """Let the base, the fusion node and the eyes do what they do all the time."""
        elapsed_s = min(2 * (time.monotonic() - self._last_s), 0.2)    # a hasty base
        self._last_s = time.monotonic()
        if self.twists:
            self.pose = moved(self.pose, twist_from_msg(self.twists[-1][1])[[0, 1, 5]], elapsed_s)
        self._odometry.publish(odometry_to_msg(self.pose, np.zeros(3)))
        for _, msg in self.told[self._heard:]:
            self._heard += 1
            if msg.data == 'stop':
                self._to_say = ['READY: told to stop']
            else:
                self._to_say += [f'ACTIVE: {word}: {msg.data}' for word in (
                    ('doing', 'done') if self.ends else ('doing',))]
        if self._to_say:
            self._mode.publish(String(data=self._to_say.pop(0)))
        cos, sin = np.cos(MOUNT.pitch_rad), np.sin(MOUNT.pitch_rad)
        centre = np.array([0.0, sin * -0.6 + cos * 1.1, cos * 0.6 + sin * 1.1])
        seen = [SeenObject('red ball', 'ball', 'red', centre, 0.3, 0.9)] if self.is_there else []
        self._objects.publish(objects_to_markers(seen, Header(), {}))

    def until(self, is_true, limit_s=15.0):
        return self.bench.until(is_true, limit_s, every=self.live)

    def say(self, text):
        self.voice.publish(String(data=text))

    def state(self):
        return json.loads(self.plans[-1][1].data)['state'] if self.plans else ''

    def said(self, text):
        return any(text in msg.data for _, msg in self.says)

    def call(self, name):
        return self.bench.call(Trigger, f'planner_node/{name}', Trigger.Request())


@pytest.fixture
def stage(bench):
    return Stage(bench)


def test_a_command_is_walked_by_the_map_and_back(stage):
    observer = stage.bench.add(DemoObserver(with_pictures=False, context=stage.bench.context))
    stage.say('kitchen')
    stage.until(lambda: stage.state() == 'done', limit_s=40.0)
    assert any('I will: go to the kitchen; come back.' == m.data for _, m in stage.says)
    stage.until(lambda: stage.said('Done.'))
    assert len(stage.paths) >= 2 and len(stage.paths[0][1].poses) > 10
    assert not np.any(twist_from_msg(stage.twists[-1][1]))
    assert np.linalg.norm(stage.pose[:2] - [3.2, 1.2]) < 0.4
    assert 'go to the kitchen' in stage.trees[-1][1].data
    # Who only watches knows the plan, the ways that were planned and the way that was walked.
    stage.until(lambda: observer.plan.get('state') == 'done')
    assert [s['state'] for s in observer.plan['subtasks']] == ['done', 'done']
    assert len(observer.paths) >= 2 and observer.paths[0].shape[1] == 2
    walked_m = np.linalg.norm(np.diff([pose[:2] for pose in observer.way], axis=0), axis=1).sum()
    assert walked_m > 4.0


def test_the_policy_is_told_one_sentence_at_a_time_and_to_stop_after_each(stage):
    stage.is_there = True
    stage.say('ball')
    stage.until(lambda: stage.state() == 'done')
    stage.until(lambda: stage.said('Done.') and len(stage.told) == 2)
    assert [m.data for _, m in stage.told] == ['go to the red ball', 'stop']
    assert [m.data for _, m in stage.says][-2:] == ['hello', 'Done.']
    assert stage.decomposer.knowledge.capabilities.places == ('kitchen', 'office')


@pytest.mark.parametrize('how', ['stop', 'cancel'])
@pytest.mark.parametrize('command', ['kitchen', 'ball', 'turn'])
def test_stop_and_cancel_mean_zero_at_once_and_nothing_comes_back(stage, command, how):
    stage.ends = False
    stage.say(command)
    stage.until(lambda: stage.state() == 'running' and (stage.told or stage.twists))
    stage.until(lambda: stage.told or np.any(twist_from_msg(stage.twists[-1][1])))
    twists, told = len(stage.twists), len(stage.told)
    if how == 'stop':
        stage.say('stop')
    else:
        assert stage.call('cancel').success
    stage.until(lambda: stage.state() == 'cancelled')
    assert not np.any(twist_from_msg(stage.twists[-1][1]))
    assert stage.told[-1][1].data == 'stop'
    # A sentinel: whatever would come back would have come before its answer.
    stage.say('fly')
    stage.until(lambda: stage.said("I can't fly."))
    after = [twist_from_msg(m) for _, m in stage.twists[twists:]]
    moving = [i for i, t in enumerate(after) if np.any(t)]
    assert not moving or moving[-1] < len(after) - 1
    assert not np.any(after[-1])
    assert {m.data for _, m in stage.told[told:]} == {'stop'}
    assert not stage.call('resume').success


def test_a_pause_stands_and_a_resume_goes_on(stage):
    stage.say('kitchen')
    stage.until(lambda: stage.twists and np.any(twist_from_msg(stage.twists[-1][1])))
    assert stage.call('pause').success
    stage.until(lambda: stage.state() == 'paused')
    assert not np.any(twist_from_msg(stage.twists[-1][1]))
    assert stage.call('resume').success
    stage.until(lambda: stage.state() == 'done', limit_s=40.0)


def test_questions_and_refusals_are_said_and_what_runs_goes_on(stage):
    stage.ends = False
    stage.say('turn')
    stage.until(lambda: stage.told)
    stage.say('what')
    stage.say('fly')
    stage.until(lambda: stage.said("I can't fly."))
    assert stage.state() == 'running' and len(stage.told) == 1


def test_a_bug_is_reported_stops_and_ends_nothing(stage):
    stage.say('broken')
    stage.until(lambda: stage.node._reports.reason('tick') or any(
        'broken' in m.data for _, m in stage.says))
    stage.is_there = True
    stage.say('ball')
    stage.until(lambda: stage.state() == 'done')


@pytest.mark.parametrize('parameters, error', [
    ({'skills': ['fly']}, ConfigurationError), ({'places_file': 'nowhere.yaml'},
                                                ConfigurationError),
    ({'stall_tme': 3.0}, ConfigurationError), ({'navigator': 'maps'}, ConfigurationError)])
def test_a_wrong_start_is_refused_with_a_reason(bench, parameters, error):
    with pytest.raises(error):
        Stage(bench, **parameters)


@pytest.mark.skipif(NavigateToPose is not None, reason='Nav2 is installed')
def test_nav2_without_its_messages_is_refused_with_the_command_that_installs_it(bench):
    with pytest.raises(MissingDependencyError, match='apt install'):
        Stage(bench, navigator='nav2')
