"""The gate over real topics, driven by a plain publisher."""
import time

from geometry_msgs.msg import Twist
import numpy as np
import pytest
from sensor_msgs.msg import JointState
from std_srvs.srv import SetBool, Trigger
from trajectory_msgs.msg import JointTrajectory

from vla_ros.nodes.command_gate import CommandGate
from vla_ros.ros.conversions import trajectory_to_msg, twist_to_msg


class Source:
    """Publishes twists to the gate fifty times a second."""

    def __init__(self, bench, **parameters):
        self.bench, self.twist, self.sends, self._sent_s = bench, [0.3, 0, 0, 0, 0, 0], True, 0.0
        self.twists = bench.listen(Twist, 'cmd_vel')
        self.trajectories = bench.listen(JointTrajectory, 'joint_trajectory')
        self._out = bench.node.create_publisher(Twist, 'policy/cmd_vel', 10)
        self.state: JointState | None = None
        self.joints = bench.node.create_publisher(JointState, 'joint_states', 10)
        self.arms = bench.node.create_publisher(JointTrajectory, 'policy/joint_trajectory', 10)
        self.gate = bench.make(CommandGate, **parameters)
        bench.until(lambda: self._out.get_subscription_count() == 1)

    def send(self):
        if time.monotonic() - self._sent_s > 0.02:
            self._sent_s = time.monotonic()
            if self.sends:
                self._out.publish(twist_to_msg(self.twist))
            if self.state is not None:
                self.joints.publish(self.state)

    def until(self, is_true, limit_s=6.0):
        return self.bench.until(is_true, limit_s, self.send)

    def wait(self, seconds):
        ends_s = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > ends_s)

    @property
    def speed(self):
        return self.twists[-1][1].linear.x if self.twists else 0.0


@pytest.fixture
def source(bench):
    return Source(bench, armed_at_start=True)


def test_silence_gives_zeros_in_time_and_then_nothing(source):
    source.until(lambda: source.speed > 0.25)
    source.sends = False
    took_s = source.until(lambda: source.speed == 0.0)
    assert took_s <= 2 * (0.3 + 0.02 + 0.02)
    source.wait(1.5)
    count = len(source.twists)
    source.wait(0.5)
    assert len(source.twists) == count


def test_stop_is_immediate_and_latched(source):
    source.until(lambda: source.speed > 0.25)
    assert source.bench.call(Trigger, 'command_gate/stop', Trigger.Request()).success
    source.until(lambda: source.speed == 0.0, 1.0)
    source.twists.clear()
    source.wait(0.5)
    assert source.twists and not any(m.linear.x for _, m in source.twists)
    assert source.bench.call(Trigger, 'command_gate/reset', Trigger.Request()).success
    source.until(lambda: source.speed > 0.25)


def test_it_waits_for_arming(bench):
    source = Source(bench)
    source.wait(0.5)
    assert not any(m.linear.x for _, m in source.twists)
    request = SetBool.Request(data=True)
    source.sends = True
    armed = None
    while armed is None or not armed.success:
        source.send()
        armed = source.bench.call(SetBool, 'command_gate/arm', request)
    source.until(lambda: source.speed > 0.1)


def test_what_is_no_number_never_passes(source):
    source.until(lambda: source.speed > 0.25)
    source.twist = [float('nan'), 0, 0, 0, 0, 0]
    source.until(lambda: source.speed == 0.0)
    assert all(np.isfinite(m.linear.x) for _, m in source.twists)
    assert 'not finite' in source.gate._reports.reason('policy/cmd_vel')


def test_a_trajectory_passes_by_name_and_a_strange_one_does_not(source):
    robot = source.gate.robot
    rest = dict(zip(robot.joint_names, robot.neutral_position, strict=True))
    source.state = JointState(name=list(rest), position=list(rest.values()))
    source.until(lambda: source.gate.gate._measured is not None and source.speed > 0.25)
    source.trajectories.clear()
    source.arms.publish(trajectory_to_msg(['left_elbow_joint'], [[0.7]], [0.5]))
    source.until(lambda: source.trajectories)
    msg = source.trajectories[-1][1]
    sent = dict(zip(msg.joint_names, msg.points[-1].positions, strict=True))
    assert sent['left_elbow_joint'] == pytest.approx(0.7)
    assert sent['right_elbow_joint'] == pytest.approx(rest['right_elbow_joint'])
    source.trajectories.clear()
    source.arms.publish(trajectory_to_msg(['tail'], [[0.7]], [0.5]))
    source.until(lambda: source.gate._reports.reason('policy/joint_trajectory'))
    assert not source.trajectories


def test_a_second_commander_is_noticed(source):
    source.bench.node.create_publisher(Twist, 'cmd_vel', 10)
    source.bench.node.create_publisher(Twist, 'policy/cmd_vel', 10)
    for topic in ('cmd_vel', 'policy/cmd_vel'):
        source.until(lambda t=topic: '2 of them' in source.gate._reports.reason(
            f'{t} publishers'))


def test_whatever_a_source_sends_and_when_the_robot_gets_what_it_can_do(source):
    rng, robot = np.random.default_rng(0), source.gate.robot
    source.sends, last_s = False, 0.0
    for _ in range(60):
        kind = rng.integers(4)
        twists = rng.normal(0, 20, (int(rng.integers(1, 60)) if kind == 0 else 1, 6))  # a burst
        if kind == 1:
            twists[0, rng.integers(6)] = rng.choice([np.nan, np.inf, -np.inf])
        for twist in twists:
            source._out.publish(twist_to_msg(twist))
        last_s = time.monotonic() if kind != 1 else last_s
        source.wait(rng.choice([0.0, 0.013, 0.1, 0.29]))
    source.wait(0.8)
    values = np.array([[m.linear.x, m.linear.y, m.angular.z] for _, m in source.twists])
    assert len(values) > 50 and np.isfinite(values).all() and np.abs(values).max() > 0.1
    assert (values >= np.array(robot.base_velocity_min) - 1e-9).all()
    assert (values <= np.array(robot.base_velocity_max) + 1e-9).all()
    moved_s = max(t for t, m in source.twists if twist_is_moving(m))
    assert moved_s - last_s <= 2 * (0.3 + 0.02 + 0.02)
    assert not twist_is_moving(source.twists[-1][1])


def twist_is_moving(msg):
    return any((msg.linear.x, msg.linear.y, msg.angular.z))
