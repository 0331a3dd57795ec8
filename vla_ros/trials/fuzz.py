"""Random messages into every conversion and every input, without a wire: nothing but refusals."""
from collections.abc import Callable
from dataclasses import dataclass, field
import struct

from nav_msgs.msg import Odometry
import numpy as np
from sensor_msgs.msg import CompressedImage, Image, JointState
from trajectory_msgs.msg import JointTrajectory, JointTrajectoryPoint

from vla_ros.control.controller import Controller
from vla_ros.control.gate import Gate
from vla_ros.core.errors import VlaError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.ros.conversions import (
    joints_from_msg,
    odometry_from_msg,
    trajectory_from_msg,
    twist_from_msg,
    twist_to_msg,
)
from vla_ros.ros.images import BYTES_PER_PIXEL, image_from_compressed_msg, image_from_msg


@dataclass
class FuzzReport:
    """What fuzzing has shown."""

    messages: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


class Fuzz:
    """One controller and one gate that are fed whatever a generator makes up."""

    def __init__(self, seed: int):
        self._rng, self._now_s = np.random.default_rng(seed), 100.0
        self._robot = load_robot(robot_file('unitree_g1'))
        self._controller, self._gate = Controller(self._robot), Gate(self._robot)
        self._feeds = (self._joints, self._image, self._compressed, self._odometry, self._twist,
                       self._trajectory, self._text)

    def run(self, count: int, progress: Callable[[int], None] = lambda done: None) -> FuzzReport:
        """Feed `count` messages."""
        report = FuzzReport()
        for index in range(count):
            feed = self._feeds[index % len(self._feeds)]
            self._now_s += 0.001
            report.messages += 1
            try:
                feed()
                if index % 50 == 0:
                    self._controller.tick(self._now_s)
                    self._gate.tick(self._now_s)
            except VlaError:
                report.refused += 1
            except Exception as error:  # what fuzzing looks for
                report.wrong.append(f'{feed.__name__}: {type(error).__name__}: {error}')
            if index % 1000 == 0:
                progress(index)
        return report

    def _number(self) -> float:
        """Return any double: random bits, a special value, or something sensible."""
        kind = self._rng.integers(3)
        if kind == 0:
            return struct.unpack('<d', self._rng.bytes(8))[0]
        if kind == 1:
            return float(self._rng.choice([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, 5e-324]))
        return float(self._rng.normal())

    def _numbers(self, most: int) -> list[float]:
        return [self._number() for _ in range(self._rng.integers(0, most + 1))]

    def _names(self) -> list[str]:
        known = [*self._robot.joint_names, 'tail', '', '\u202e']
        if self._rng.random() < 0.3:
            return list(self._robot.joint_names)
        return [known[i] for i in self._rng.integers(len(known), size=self._rng.integers(0, 33))]

    def _joints(self) -> None:
        names = self._names()
        values = (self._rng.normal(0, 1, len(names)).tolist() if self._rng.random() < 0.5
                  else self._numbers(32))
        msg = JointState(name=names, position=values)
        self._controller.joints.put(joints_from_msg(msg, self._robot.joint_names), self._now_s,
                                    self._number())

    def _image(self) -> None:
        encodings = [*BYTES_PER_PIXEL, '8UC3', 'nv12', '']
        height, width = (int(v) for v in self._rng.integers(0, 6, 2))
        encoding = encodings[self._rng.integers(len(encodings))]
        step = (int(self._rng.integers(0, 40)) if self._rng.random() < 0.3
                else width * BYTES_PER_PIXEL.get(encoding, 1))
        size = (int(self._rng.integers(0, 200)) if self._rng.random() < 0.3 else step * height)
        image_from_msg(Image(height=height, width=width, step=step, encoding=encoding,
                             data=self._rng.bytes(size)))

    def _compressed(self) -> None:
        head = (b'\xff\xd8\xff\xe0', b'\x89PNG\r\n\x1a\n', b'', b'\xff\xd8')
        data = head[self._rng.integers(4)] + self._rng.bytes(int(self._rng.integers(0, 60)))
        image_from_compressed_msg(CompressedImage(data=data))

    def _odometry(self) -> None:
        msg = Odometry()
        msg.pose.pose.position.x, msg.pose.pose.orientation.w = self._number(), self._number()
        msg.twist.twist.angular.z = self._number()
        self._controller.odometry.put(odometry_from_msg(msg), self._now_s)

    def _twist(self) -> None:
        msg = twist_to_msg([self._number() for _ in range(6)])
        self._gate.put_twist('policy', twist_from_msg(msg), self._now_s)

    def _trajectory(self) -> None:
        points = []
        for _ in range(self._rng.integers(0, 4)):
            point = JointTrajectoryPoint(positions=self._numbers(4))
            point.time_from_start.sec = int(self._rng.integers(-2 ** 31, 2 ** 31))
            points.append(point)
        names = self._names()[:int(self._rng.integers(0, 5))]
        self._gate.put_trajectory('policy', trajectory_from_msg(
            JointTrajectory(joint_names=names, points=points)), self._now_s)

    def _text(self) -> None:
        size = int(2 ** self._rng.uniform(0, 11))
        text = ''.join(map(chr, self._rng.integers(1, 0xD7FF, size)))
        self._controller.instruct(text, self._now_s)
