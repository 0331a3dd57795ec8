"""
The fusion node as it is often written: one timer, in whose callback everything is computed.

Nothing slows it down: newest message wins, no guard, no limits, no diagnostics, warm before it is
ready, one thread for the model (two fight for a core as soon as anything else runs).
"""
from argparse import ArgumentParser
import os
from pathlib import Path
import sys
import time

from geometry_msgs.msg import Twist
import numpy as np
from rclpy.clock import Clock, ClockType
from rclpy.node import Node
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import String
from trajectory_msgs.msg import JointTrajectory

from vla_ros.bench.actors import Actor, Newest, Queueing, Reencoding
from vla_ros.bench.plan import Design
from vla_ros.bench.recorder import Log, Sent
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.inference.policy import load_policy
from vla_ros.ros.conversions import (
    joints_from_msg,
    seconds_of,
    trajectory_to_msg,
    twist_to_msg,
)
from vla_ros.ros.images import image_from_msg
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST, SPOKEN, STATE

_ACTORS = {Design.DOCUMENT: Reencoding, Design.QUEUE: Queueing}
_WARM_UPS = 3


class Baseline(Node):
    """Stores the newest messages; decides and publishes in the timer's callback."""

    def __init__(self, path: Path):
        super().__init__('baseline')
        self._path, self._log = path, Log()
        design, robot, checkpoint, rate_hz = (
            self.declare_parameter(name, default).value for name, default in (
                ('design', Design.DOCUMENT.value), ('robot', 'unitree_g1'),
                ('checkpoint', 'base'), ('rate', 10.0)))
        self.robot = load_robot(robot_file(robot))
        policy = load_policy(checkpoint, self.robot, allow_untrained=True)
        self._actor: Actor = _ACTORS[Design(design)](policy, self._log, 1.0 / rate_hz)
        self._actor.warm_up(_WARM_UPS)
        self._log.text_encodes_s.clear()
        self._log.vision_encodes_s.clear()
        self._image: Image | None = None
        self._joints: JointState | None = None
        self._is_told = self._is_ready = False
        self._connect()
        self.create_timer(1.0 / rate_hz, self._tick,
                          clock=Clock(clock_type=ClockType.STEADY_TIME))

    def _connect(self) -> None:
        self.create_subscription(Image, 'camera/image_raw', self._put_image, NEWEST)
        self.create_subscription(JointState, 'joint_states', self._put_joints, NEWEST)
        self.create_subscription(String, 'voice_command', self._put_command, SPOKEN)
        self._twist = self.create_publisher(Twist, 'cmd_vel', COMMAND)
        self._trajectory = self.create_publisher(JointTrajectory, 'joint_trajectory', COMMAND)
        self._mode = self.create_publisher(String, '~/mode', STATE)

    def _put_image(self, msg: Image) -> None:
        self._image = msg
        self._log.frames_s.append(seconds_of(msg.header.stamp))

    def _put_joints(self, msg: JointState) -> None:
        self._joints = msg

    def _put_command(self, msg: String) -> None:
        self._is_told = True
        self._actor.begin()

    def _tick(self) -> None:
        if self._image is None or self._joints is None:
            return
        if not self._is_ready:
            self._is_ready = True
            self._mode.publish(String(data='READY: warm'))
        if self._is_told:
            self._act(self._image, self._joints)

    def _act(self, image: Image, joints: JointState) -> None:
        began_s = time.monotonic()
        action = self._actor.act(began_s, Newest(
            lambda: image_from_msg(image),
            lambda: joints_from_msg(joints, self.robot.joint_names),
            seconds_of(image.header.stamp), seconds_of(joints.header.stamp)))
        self._twist.publish(twist_to_msg(action.twist))
        if self.robot.commanded_joints:
            self._trajectory.publish(trajectory_to_msg(
                self.robot.commanded_joints, action.joints[None], np.array([action.step_s])))
        left_s, wall_s = time.monotonic(), seconds_of(self.get_clock().now().to_msg())
        self._log.sent.append(Sent(left_s, left_s - began_s, wall_s - action.image_stamp_s,
                                   wall_s - action.joint_stamp_s, action.image_stamp_s))

    def close(self) -> None:
        """Write the log."""
        self._log.write(self._path)


def main() -> int:
    """Run the node until it is told to end."""
    os.environ['VLA_EXECUTOR'] = 'single'               # as `rclpy.spin` does
    parser = ArgumentParser()
    parser.add_argument('--log', type=Path, required=True)
    own, others = parser.parse_known_args()
    return run_node(lambda: Baseline(own.log), others)


if __name__ == '__main__':
    sys.exit(main())
