"""A robot as its topics show it: a camera that moves over a picture, joints that swing."""
from argparse import ArgumentParser
from pathlib import Path
import sys

import cv2
from geometry_msgs.msg import Twist
import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import Image, JointState
from trajectory_msgs.msg import JointTrajectory

from vla_ros.bench.recorder import Log
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.ros.conversions import joints_to_msg, seconds_of
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.polling import Polled
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST

IMAGE_HZ, JOINTS_HZ = 30.0, 200.0
WIDTH, HEIGHT = 640, 480
_PIXELS_A_FRAME = 4
_SWING_RAD, _SWING_HZ = 0.05, 0.5


def landscape(rng: np.random.Generator) -> np.ndarray:
    """Return a picture (480, 1280, 3) uint8 RGB with coarse and fine structure."""
    coarse = rng.integers(0, 255, (HEIGHT // 40, 2 * WIDTH // 40, 3), np.uint8)
    smooth = cv2.resize(coarse, (2 * WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    fine = rng.integers(-12, 13, smooth.shape)
    return np.clip(smooth.astype(int) + fine, 0, 255).astype(np.uint8)


class Senses(Node):
    """Publishes 30 images and 200 joint states a second, and takes commands as a robot does."""

    def __init__(self, path: Path):
        super().__init__('senses')
        self._path, self._log, self._frame = path, Log(), 0
        self.robot = load_robot(robot_file(
            self.declare_parameter('robot', 'unitree_g1').value))
        self._landscape = landscape(np.random.default_rng(0))
        self._images = self.create_publisher(Image, 'camera/image_raw', NEWEST)
        self._joints = self.create_publisher(JointState, 'joint_states', NEWEST)
        # A listener on the wire, without the cost of one in Python.
        self._heard = (Polled(self, Twist, 'cmd_vel', COMMAND),
                       Polled(self, JointTrajectory, 'joint_trajectory', COMMAND))
        self._pacers = (Pacer('images', lambda: IMAGE_HZ, self._show),
                        Pacer('joints', lambda: JOINTS_HZ, self._swing))
        for pacer in self._pacers:
            pacer.start()

    def _show(self, now_s: float) -> None:
        self._frame += 1
        at = _PIXELS_A_FRAME * self._frame % WIDTH
        msg = image_to_msg(self._landscape[:, at:at + WIDTH])
        msg.header.stamp = self.get_clock().now().to_msg()
        self._log.frames_s.append(seconds_of(msg.header.stamp))
        self._images.publish(msg)

    def _swing(self, now_s: float) -> None:
        phase = 2 * np.pi * _SWING_HZ * now_s
        rest = np.array(self.robot.neutral_position)
        msg = joints_to_msg(self.robot.joint_names, rest + _SWING_RAD * np.sin(phase),
                            np.full(len(rest), 2 * np.pi * _SWING_HZ * _SWING_RAD
                                    * np.cos(phase)))
        msg.header.stamp = self.get_clock().now().to_msg()
        self._joints.publish(msg)

    def close(self) -> None:
        """Stop publishing and write the log."""
        for pacer in self._pacers:
            pacer.stop()
        self._log.write(self._path)


def main() -> int:
    """Run the node until it is told to end."""
    parser = ArgumentParser()
    parser.add_argument('--log', type=Path, required=True)
    own, others = parser.parse_known_args()
    return run_node(lambda: Senses(own.log), others)


if __name__ == '__main__':
    sys.exit(main())
