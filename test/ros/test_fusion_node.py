"""The fusion node over real topics."""
import array
from itertools import pairwise
import time

from diagnostic_msgs.msg import DiagnosticArray
from geometry_msgs.msg import Twist, TwistStamped
from harness import WalkingPolicy
from nav_msgs.msg import Odometry
import numpy as np
import pytest
from rcl_interfaces.msg import ParameterType
from rcl_interfaces.srv import DescribeParameters, SetParametersAtomically
from rclpy.parameter import Parameter
from sensor_msgs.msg import CompressedImage, Image, JointState
from std_msgs.msg import String
from std_srvs.srv import Trigger
import torch
from trajectory_msgs.msg import JointTrajectory

from vla_ros.control.modes import Mode
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.models.checkpoint import save_checkpoint
from vla_ros.models.document import DocumentVla
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.presets import manifest_of, Preset
from vla_ros.nodes.fusion_node import checkpoint_policy, FusionNode
from vla_ros.ros.images import image_to_compressed_msg, image_to_msg
from vla_ros.ros.qos import NEWEST, STATE

PICTURE = np.arange(24 * 32 * 3, dtype=np.uint8).reshape(24, 32, 3)


class Robot:
    """Feeds a fusion node with what a robot gives, and listens to what it sends."""

    def __init__(self, bench, policy=lambda robot, _: WalkingPolicy(robot), **parameters):
        self.bench, self.policies, self._policy = bench, [], policy
        self.kind = TwistStamped if parameters.get('enable_stamped_cmd_vel') else Twist
        self.twists = bench.listen(self.kind, 'cmd_vel')
        self.trajectories = bench.listen(JointTrajectory, 'joint_trajectory')
        self.modes = bench.listen(String, 'fusion_node/mode', STATE)
        self._image = bench.node.create_publisher(Image, 'camera/image_raw', NEWEST)
        self._small = bench.node.create_publisher(
            CompressedImage, 'camera/image_raw/compressed', NEWEST)
        self._joints = bench.node.create_publisher(JointState, 'joint_states', NEWEST)
        self._voice = bench.node.create_publisher(String, 'voice_command', 10)
        self.node = bench.make(self._make, **parameters)
        robot = self.node.robot
        self.joints = JointState(name=list(robot.joint_names),
                                 position=list(robot.neutral_position))
        self.image, self.cut, self._fed_s = image_to_msg(PICTURE), set(), 0.0
        self.until(lambda: self._voice.get_subscription_count() == 1
                   and self.node.controller.mode is not Mode.INIT)

    def _make(self, **kwargs):
        def factory(robot, settings):
            self.policies.append(self._policy(robot, settings))
            return self.policies[-1]
        return FusionNode(factory, **kwargs)

    @property
    def policy(self):
        return self.policies[-1]

    def feed(self):
        """Publish what is not cut, fifty times a second."""
        if time.monotonic() - self._fed_s < 0.02:
            return
        self._fed_s = time.monotonic()
        if 'image' not in self.cut:
            self._image.publish(self.image)
            self._small.publish(image_to_compressed_msg(PICTURE))
        if 'joints' not in self.cut:
            self._joints.publish(self.joints)

    def say(self, text):
        self._voice.publish(String(data=text))

    def speed(self):
        """Return the speed ahead of the newest command."""
        if not self.twists:
            return 0.0
        msg = self.twists[-1][1]
        return (msg.twist if self.kind is TwistStamped else msg).linear.x

    def mode(self):
        """Return the mode that the node tells; '' before it was heard."""
        return self.modes[-1][1].data if self.modes else ''

    def until(self, is_true, limit_s=8.0):
        return self.bench.until(is_true, limit_s, self.feed)

    def during(self, seconds):
        """Go on for a while and return the greatest speed."""
        self.twists.clear()
        ends_s = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > ends_s)
        return max(abs(m.linear.x) for _, m in self.twists)

    def walk(self):
        self.say('go to the red cube')
        self.until(lambda: self.speed() > 0.25)


@pytest.fixture
def robot(bench):
    return Robot(bench)


def test_it_walks_when_told_and_sends_what_controllers_accept(robot):
    assert robot.during(0.4) == 0.0
    robot.walk()
    robot.until(lambda: robot.trajectories)
    msg = robot.trajectories[-1][1]
    times = [p.time_from_start.sec + p.time_from_start.nanosec * 1e-9 for p in msg.points]
    assert len(times) > 1 and times[0] > 0 and (np.diff(times) > 0).all()
    assert tuple(msg.joint_names) == robot.node.robot.commanded_joints
    assert all(len(p.positions) == len(msg.joint_names) for p in msg.points)
    assert not any(list(p.velocities) + list(p.effort) for p in msg.points)
    assert (msg.header.stamp.sec, msg.header.stamp.nanosec) == (0, 0)


def test_a_base_that_does_not_do_what_it_is_told_is_told_of(bench):
    robot = Robot(bench, frozen_max_age=60.0)
    odometry = robot.bench.node.create_publisher(Odometry, 'odom', NEWEST)
    standing = Odometry()
    standing.pose.pose.orientation.w = 1.0

    def found(word):
        odometry.publish(standing)
        return any(f'{word}: go to the red cube' in m.data for _, m in robot.modes)
    robot.walk()
    assert robot.until(lambda: found('slipping')) < 4.0
    robot.until(lambda: found('stuck'))


def test_it_keeps_its_rate_while_the_policy_has_another(bench):
    robot = Robot(bench, command_rate=40.0, policy_rate=10.0)
    robot.walk()
    command, policy = robot.node._pacer, robot.node.threads.policy_pacer
    before, missed = len(robot.policy.seen), (command.missed, policy.missed)
    robot.during(2.0)
    slots = len(robot.twists) + command.missed - missed[0]     # a busy machine misses some
    assert slots == pytest.approx(80, abs=10)
    slots = len(robot.policy.seen) - before + policy.missed - missed[1]
    assert slots == pytest.approx(20, abs=4)


class TwoRatePolicy(WalkingPolicy):
    """Remembers what it looked at and what it decided on."""

    def __init__(self, robot):
        super().__init__(robot)
        self.looks, self.decisions, self.hangs = [], [], False

    def encode_image(self, image):
        while self.hangs:
            time.sleep(0.01)
        self.looks.append(image)
        return len(self.looks)

    def decide(self, observation, seen):
        self.decisions.append((seen, observation))
        return self.infer(observation)


@pytest.fixture
def looking(bench):
    """Return a robot whose policy looks and decides apart."""
    return Robot(bench, lambda robot, _: TwoRatePolicy(robot))


def test_a_frame_is_encoded_once_however_often_it_is_decided_on(looking):
    looking.until(lambda: looking.node.controller.image.age_s(time.monotonic()) < 1.0)
    looking.walk()
    looking.cut.add('image')
    looked, decided = len(looking.policy.looks), len(looking.policy.decisions)
    looking.until(lambda: len(looking.policy.decisions) >= decided + 8)
    assert len(looking.policy.looks) <= looked + 1
    frames = {seen for seen, observation in looking.policy.decisions
              if observation.instruction == 'go to the red cube'}
    assert looking.node.threads.frames_used == len(frames)


def test_decisions_have_newer_joints_than_images(looking):
    looking.walk()
    later = [o.newest_s - o.stamp_s for _, o in looking.policy.decisions[3:]]
    assert min(later) >= 0.0 and max(later) > 0.0


def test_eyes_that_hang_stop_the_robot_while_commands_go_on(looking):
    looking.walk()
    looking.policy.hangs = True
    try:
        looking.until(lambda: looking.speed() == 0.0)
        assert looking.node.controller.mode is Mode.HOLD
        assert looking.during(0.5) == 0.0 and len(looking.twists) > 10
    finally:
        looking.policy.hangs = False


def test_slow_decisions_have_as_few_frames_encoded(bench):
    robot = Robot(bench, lambda robot, _: TwoRatePolicy(robot), policy_rate=10.0)
    robot.walk()
    robot.during(1.0)                                   # the camera's pace is known by now
    looked, decided = len(robot.policy.looks), len(robot.policy.decisions)
    robot.during(2.0)
    decisions = len(robot.policy.decisions) - decided
    assert 2 <= decisions <= 24
    assert len(robot.policy.looks) - looked == pytest.approx(decisions, abs=4)
    late_s = [o.newest_s - o.stamp_s for _, o in robot.policy.decisions[decided:]]
    assert np.median(late_s) < 0.1 + 0.03               # not a period of decisions, and a frame


def test_it_can_decide_once_for_each_image(bench):
    robot = Robot(bench, lambda robot, _: TwoRatePolicy(robot), policy_trigger='image')
    robot.walk()
    seen = [seen for seen, _ in robot.policy.decisions]
    assert len(set(seen)) >= len(seen) - 1


def test_a_new_command_is_answered_before_the_next_slot_of_a_slow_policy(bench):
    robot = Robot(bench, lambda robot, _: TwoRatePolicy(robot), policy_rate=0.5)
    robot.until(lambda: robot.node.controller.image.age_s(time.monotonic()) < 0.1)
    robot.say('go to the red cube')
    assert robot.until(lambda: robot.speed() > 0.0) < 1.0


class RenewingPolicy(TwoRatePolicy):
    """Holds the first commanded joint where it is, and the others at rest."""

    def renewed(self, positions):
        if not self.decisions:
            return None
        robot = self.description.robot
        chunk = self.infer(self.decisions[-1][1])
        chunk.joint_targets[:, 0] = positions[robot.commanded_index[0]]
        return chunk


def test_what_leaves_is_written_for_the_joints_of_now_however_rare_decisions_are(bench):
    robot = Robot(bench, lambda robot, _: RenewingPolicy(robot), policy_rate=1.0,
                  inference_max_age=2.0)
    robot.walk()
    name = robot.node.robot.commanded_joints[0]
    at, before = list(robot.joints.name).index(name), len(robot.policy.decisions)
    robot.joints.position[at] += 0.1
    target = robot.joints.position[at]
    robot.until(lambda: robot.trajectories[-1][1].points[-1].positions[0]
                == pytest.approx(target, abs=0.01))
    assert len(robot.policy.decisions) - before <= 2
    ages_ms = robot.node.controller.times.figures()
    assert ages_ms['joints age at publish p50 [ms]'] < 100  # of decisions alone it would be 500


def test_what_was_seen_is_decided_on_at_once_and_not_twice(bench):
    class Timed(RenewingPolicy):
        def encode_image(self, image):
            looked.append(time.monotonic())
            return super().encode_image(image)

        def decide(self, observation, seen):
            decided.append((seen, time.monotonic()))
            return super().decide(observation, seen)

    looked, decided = [], []
    robot = Robot(bench, lambda robot, _: Timed(robot), policy_rate=10.0)
    robot.walk()
    robot.cut.add('image')
    first = len(looked)
    for _ in range(16):                                 # a camera that is slower than decisions
        robot._image.publish(robot.image)
        robot.during(0.12)
    waits_s = [min(at_s for seen, at_s in decided if seen == number) - looked[number - 1]
               for number in range(first + 1, first + 16)]
    assert np.median(waits_s) < 0.03                    # of a tenth of a second between slots
    again_s = [at_s - before_s for (seen_before, before_s), (seen, at_s) in pairwise(decided)
               if seen == seen_before and seen > first]
    assert sum(gap_s < 0.07 for gap_s in again_s) <= 3  # without the rule a dozen


def test_diagnostics_tell_what_each_stage_took(bench):
    heard = bench.listen(DiagnosticArray, '/diagnostics')
    robot = Robot(bench, lambda robot, _: TwoRatePolicy(robot))
    robot.walk()

    def figures():
        return {v.key: v.value for v in heard[-1][1].status[0].values} if heard else {}

    robot.until(lambda: 'tick p99 [ms]' in figures())
    told = figures()
    for stage in ('prepare', 'vision', 'decide', 'tick', 'publish', 'image age at publish',
                  'joints age at publish', 'answer'):
        assert float(told[f'{stage} p50 [ms]']) <= float(told[f'{stage} p99 [ms]'])
    assert {'command rate [Hz]', 'decision rate [Hz]', 'vision rate [Hz]', 'cpu [%]',
            'memory [MB]', 'vision encodes', 'frames used'} <= told.keys()


def test_with_a_planner_it_obeys_instructions_and_of_voices_only_a_stop(bench):
    robot = Robot(bench, has_planner=True)
    planner = bench.node.create_publisher(String, 'instruction', 10)
    robot.until(lambda: planner.get_subscription_count() == 1)
    robot.say('go to the red cube')
    assert robot.during(0.5) == 0.0
    planner.publish(String(data='go to the blue ball'))
    robot.until(lambda: robot.speed() > 0.25)
    assert robot.node.controller.instruction.text == 'go to the blue ball'
    robot.say('stop')
    robot.until(lambda: robot.speed() == 0.0)


@pytest.mark.parametrize('text', ['stop', 'HALT', 'freeze!', 'please stop now'])
def test_a_stop_word_stops_within_a_period(robot, text):
    robot.walk()
    robot.say(text)
    took_s = robot.until(lambda: robot.speed() == 0.0)
    assert took_s < 0.05 + 0.1
    assert robot.during(0.3) == 0.0


def test_joints_in_any_order_and_with_others_mean_the_same(robot):
    rng = np.random.default_rng(0)
    wanted = np.array(robot.joints.position) + 0.01 * np.arange(29)
    for extras in ([], ['tail', 'ear']):
        names = list(robot.node.robot.joint_names) + extras
        values = [*wanted, *np.full(len(extras), 9.0)]
        order = rng.permutation(len(names))
        robot.joints = JointState(name=[names[i] for i in order],
                                  position=[float(values[i]) for i in order])
        robot.walk()
        robot.policy.seen.clear()
        robot.until(lambda: len(robot.policy.seen) > 3)
        assert robot.policy.seen[-1].joint_positions == pytest.approx(wanted)


def _without(joints, name):
    at = list(joints.name).index(name)
    return JointState(name=[n for n in joints.name if n != name],
                      position=np.delete(joints.position, at).tolist())


@pytest.mark.parametrize('spoil, said', [
    (lambda j: _without(j, 'left_elbow_joint'), 'left_elbow_joint'),
    (lambda j: JointState(name=j.name, position=[float('nan'), *j.position[1:]]), 'not finite'),
    (lambda j: JointState(name=j.name, position=j.position[:-1]), '28 of position'),
    (lambda j: JointState(name=[j.name[0], *j.name[:-1]], position=j.position), 'twice')])
def test_bad_joint_states_stop_it_with_a_reason_and_it_recovers(robot, spoil, said):
    robot.walk()
    good, robot.joints = robot.joints, spoil(robot.joints)
    robot.until(lambda: robot.speed() == 0.0, 1.5)
    assert said in robot.node._reports.reason('joint_states')
    assert robot.during(0.3) == 0.0
    robot.joints = good
    robot.until(lambda: robot.speed() > 0.2)


def _image(**change):
    msg = image_to_msg(PICTURE)
    for name, value in change.items():
        setattr(msg, name, value)
    return msg


@pytest.mark.parametrize('image, said', [
    (_image(data=array.array('B', b'123')), '3 bytes of data'),
    (_image(encoding='smellovision'), 'smellovision'),
    (_image(encoding='8UC3'), '8UC3'),
    (_image(height=0, data=array.array('B')), '32x0'),
    (_image(step=1), 'step 1'),
    (_image(width=100_000, height=100_000), '100000x100000')])
def test_bad_images_stop_it_with_a_reason_and_it_recovers(robot, image, said):
    robot.walk()
    good, robot.image = robot.image, image
    robot.until(lambda: robot.speed() == 0.0, 2.0)
    assert said in robot.node._reports.reason('camera/image_raw')
    robot.image = good
    robot.until(lambda: robot.speed() > 0.2)


@pytest.mark.parametrize('text', ['', 'x' * 1_000_000, '\u202e \u200b'])
def test_a_command_that_is_none_moves_nothing(robot, text):
    robot.say(text)
    robot.until(lambda: robot.node._reports.reason('voice_command'))
    assert robot.during(0.4) == 0.0
    robot.walk()


@pytest.mark.parametrize('what, limit_s', [('image', 0.5), ('joints', 0.25)])
def test_a_lost_input_stops_it_in_time(robot, what, limit_s):
    robot.walk()
    robot.cut.add(what)
    took_s = robot.until(lambda: robot.speed() == 0.0)
    assert took_s <= 2 * (limit_s + 0.05 + 0.02)
    robot.until(lambda: robot.mode().startswith('HOLD'))


def test_a_policy_that_raises_is_a_fault_until_reset(robot):
    robot.walk()
    robot.policy.fails = ZeroDivisionError('oops')
    robot.until(lambda: robot.mode().startswith('FAULT'))
    assert 'oops' in robot.mode()
    assert robot.during(0.3) == 0.0
    robot.policy.fails = None
    assert robot.bench.call(Trigger, 'fusion_node/reset', Trigger.Request()).success
    robot.walk()


def test_a_new_command_resets_the_policy_once(robot):
    robot.walk()
    robot.say('go to the blue ball')
    robot.until(lambda: 'go to the blue ball' in robot.policy.resets)
    robot.during(0.5)
    assert robot.policy.resets.count('go to the blue ball') == 1
    assert robot.policy.seen[-1].instruction == 'go to the blue ball'


def test_diagnostics_say_what_is_wrong(robot):
    heard = robot.bench.listen(DiagnosticArray, '/diagnostics')
    robot.cut.add('image')
    robot.say('go on')
    robot.until(lambda: any('image' in m.status[0].message for _, m in heard))
    assert heard[-1][1].status[0].name == 'fusion_node'


def test_the_last_messages_are_zeros(robot):
    robot.walk()
    robot.node.close()
    robot.until(lambda: robot.speed() == 0.0, 1.0)


def test_stamped_commands_carry_a_stamp(bench):
    robot = Robot(bench, enable_stamped_cmd_vel=True)
    robot.walk()
    msg = robot.twists[-1][1]
    assert msg.header.stamp.sec > 0 and msg.header.frame_id == 'pelvis'


def test_compressed_images_are_seen(bench):
    robot = Robot(bench, image_transport='compressed')
    robot.walk()
    assert robot.policy.seen[-1].image.shape == PICTURE.shape


def test_the_document_humanoid_gets_24_joints(bench):
    robot = Robot(bench, robot='humanoid_24dof')
    robot.say('raise your arms')
    robot.until(lambda: robot.trajectories)
    assert len(robot.trajectories[-1][1].joint_names) == 24
    assert robot.speed() == 0.0


def test_an_untrained_document_checkpoint_moves_24_joints_where_that_is_allowed(bench, tmp_path):
    torch.manual_seed(0)
    model = DocumentVla(DocumentConfig(width=32, heads=4, text_width=24, text_layers=1,
                                       text_heads=2, text_feedforward=32))
    description = load_robot(robot_file('humanoid_24dof'))
    save_checkpoint(tmp_path, model.state_dict(), manifest_of(
        'small', Preset.DOCUMENT, model, description, trained=False))
    robot = Robot(bench, checkpoint_policy, robot='humanoid_24dof', checkpoint=str(tmp_path),
                  allow_untrained=True)
    robot.say('raise your arms')
    robot.until(lambda: robot.trajectories and any(robot.trajectories[-1][1].points[-1].positions))
    assert len(robot.trajectories[-1][1].points[-1].positions) == 24


@pytest.mark.parametrize('values, said', [
    ({'policy_rtae': 5.0}, 'did you mean policy_rate'), ({'policy_rate': 1e9}, 'policy_rate'),
    ({'policy_rate': 'fast'}, 'policy_rate'), ({'robot': 'c3po'}, 'unitree_g1'),
    ({'image_transport': 'smoke'}, 'compressed'), ({'description.joint_names': ['a']}, 'joint')])
def test_wrong_values_at_the_start_are_refused_by_name(bench, values, said):
    with pytest.raises((ConfigurationError, ValueError), match=said):
        bench.make(lambda **kwargs: FusionNode(
            lambda robot, settings: WalkingPolicy(robot), **kwargs), **values)


def test_every_parameter_is_described_and_refuses_what_is_not_allowed(robot):
    names = list(robot.node._settings._fields)
    answer = robot.bench.call(DescribeParameters, 'fusion_node/describe_parameters',
                              DescribeParameters.Request(names=names))
    for descriptor in answer.descriptors:
        assert descriptor.description.endswith('.'), descriptor.name
        if descriptor.type == ParameterType.PARAMETER_DOUBLE:
            assert descriptor.floating_point_range
    before = robot.node._settings.settings
    bad = [Parameter('command_rate', value=30.0), Parameter('policy_rate', value=float('nan'))]
    answer = robot.bench.call(
        SetParametersAtomically, 'fusion_node/set_parameters_atomically',
        SetParametersAtomically.Request(parameters=[p.to_parameter_msg() for p in bad]))
    assert not answer.result.successful and 'policy_rate' in answer.result.reason
    assert robot.node._settings.settings == before


def test_a_rate_changes_while_it_runs(robot):
    robot.node.set_parameters([Parameter('command_rate', value=50)])
    robot.during(0.2)
    counts, between_s = [], []
    for _ in range(5):                      # a moment in which the machine does something else
        robot.during(1.0)                   # counts for little
        counts.append(len(robot.twists))
        between_s += np.diff([at for at, _ in robot.twists]).tolist()
    assert np.median(counts) == pytest.approx(50, rel=0.1)
    assert np.median(between_s) == pytest.approx(0.02, abs=0.002)
