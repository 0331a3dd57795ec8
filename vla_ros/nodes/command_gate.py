"""
The command gate: a process of its own, without a model, and the only publisher to the robot.

Threads: the gate's ticks, reading its inputs as it does; the executor's serves, under one lock.
"""
from functools import partial
import threading
import time

import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import JointState
from std_msgs.msg import Empty, String
from std_srvs.srv import SetBool, Trigger
from trajectory_msgs.msg import JointTrajectory

from vla_ros.control.gate import Gate, GateOutput, GateState
from vla_ros.control.settings import GateSettings
from vla_ros.nodes.wiring import Callbacks, is_late, TwistTopic
from vla_ros.ros.conversions import joints_from_msg, trajectory_from_msg, trajectory_to_msg
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.parameters import declare_robot, refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST, STATE
from vla_ros.ros.reports import Reports
from vla_ros.ros.transport import avoid_shared_memory

_ZEROS_AT_END = 3


class CommandGate(Node):
    """Carries messages between ROS and a `Gate`."""

    def __init__(self, **kwargs):
        super().__init__('command_gate', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, GateSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self.nice = settings.nice
        self.gate, self._lock = Gate(self.robot, settings), threading.Lock()
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, self.robot.name)
        self._said = ''
        self._connect(settings)
        self._callbacks.every(1.0, 'diagnostics', self._diagnose)
        self._pacer = Pacer('gate', lambda: self.gate.settings.rate,
                            lambda now_s: self._callbacks.guarded('gate', self._tick))
        self._pacer.start()

    def _connect(self, settings: GateSettings) -> None:
        topics = self._callbacks = Callbacks(self, self._reports, self._fault)
        twist = TwistTopic(self, settings.enable_stamped_cmd_vel, self.robot.base_frame)
        # Read at each tick and not as they come: the gate has to cost next to nothing.
        beat = topics.poll(Empty, 'heartbeat', NEWEST, lambda msg, now_s: self.gate.beat(now_s))
        self._looks = [beat, *(
            look for name in settings.inputs for look in (
                topics.poll(twist.kind, f'{name}/cmd_vel', COMMAND,
                            partial(self._put_twist, name, twist)),
                topics.poll(JointTrajectory, f'{name}/joint_trajectory', COMMAND,
                            partial(self._put_trajectory, name))))]
        self._looks.append(topics.poll(
            JointState, 'joint_states', NEWEST, self._put_joints,
            lambda: self.gate.wants_joints(time.monotonic())))
        self._publish_twist = twist.publisher('cmd_vel')
        self._trajectory = self.create_publisher(JointTrajectory, 'joint_trajectory', COMMAND)
        self._state = self.create_publisher(String, '~/state', STATE)
        topics.serve(Trigger, '~/stop', self._stop)
        topics.serve(Trigger, '~/reset', self._reset)
        topics.serve(SetBool, '~/arm', self._arm)

    def _put_twist(self, name: str, twist: TwistTopic, msg, now_s: float) -> None:
        self.gate.put_twist(name, twist.read(msg), now_s)

    def _put_trajectory(self, name: str, msg: JointTrajectory, now_s: float) -> None:
        self.gate.put_trajectory(name, trajectory_from_msg(msg), now_s)

    def _put_joints(self, msg: JointState, now_s: float) -> None:
        positions, _ = joints_from_msg(msg, self.robot.commanded_joints)
        self.gate.put_joints(positions, now_s)

    def _fault(self, reason: str) -> None:
        """Stop for good: something is broken here, and nobody knows what."""
        self.gate.stop()
        self._publish_twist(np.zeros(6))

    def _tick(self) -> None:
        with self._lock:
            for look in self._looks:
                look()
            now_s = time.monotonic()
            output = self.gate.tick(now_s)
            self._send(output, now_s)
        said = f'{output.state.value}: {output.source}' if output.source else output.state.value
        if said != self._said:
            self._said = said
            self._state.publish(String(data=said))
            self.get_logger().info(said)

    def _send(self, output: GateOutput, now_s: float) -> None:
        if output.twist is not None:
            self._publish_twist(output.twist, now_s)
        if (trajectory := output.trajectory) is not None and not is_late(now_s):
            self._trajectory.publish(trajectory_to_msg(
                trajectory.joint_names, trajectory.positions, trajectory.times_s))

    def _stop(self, request: Trigger.Request) -> tuple[bool, str]:
        with self._lock:
            self.gate.stop()
        self._tick()
        return True, 'stopped: call reset, then arm'

    def _reset(self, request: Trigger.Request) -> tuple[bool, str]:
        with self._lock:
            self.gate.reset()
        return True, 'reset: call arm'

    def _arm(self, request: SetBool.Request) -> tuple[bool, str]:
        with self._lock:
            return self.gate.arm(request.data, time.monotonic())

    def _diagnose(self) -> None:
        self._notice_others()
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        is_bad = 'wrong: cmd_vel publishers' in wrong or self._said == GateState.STOPPED.value
        level = 'error' if is_bad else 'warn' if wrong else 'ok'
        with self._lock:
            clips = {f'clipped by {limit}': n for limit, n in self.gate.guard.clips.items()}
        self._diagnostics.publish(level, self._said, {
            'refused messages': self.gate.refused, **clips,
            **self._callbacks.traffic(), **wrong})

    def _notice_others(self) -> None:
        """Report who else commands the robot, and inputs with several sources."""
        for topic in ('cmd_vel', *(f'{name}/cmd_vel' for name in self.gate.settings.inputs)):
            if (count := len(self.get_publishers_info_by_topic(topic))) > 1:
                self._reports.wrong(f'{topic} publishers', f'{count} of them, expected one')
            else:
                self._reports.right(f'{topic} publishers')

    def _apply(self, settings: GateSettings) -> None:
        self.gate.settings = settings

    def close(self) -> None:
        """Stop the thread and tell the robot to stand: zeros are the last messages."""
        self._pacer.stop()
        for _ in range(_ZEROS_AT_END):
            self._publish_twist(np.zeros(6))
            time.sleep(0.02)


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    avoid_shared_memory()
    return run_node(CommandGate, args)


if __name__ == '__main__':
    raise SystemExit(main())
