"""A node that drives the nodes under trial and notes what they send, and when."""
from collections import deque
from collections.abc import Callable
import time
from typing import Any

from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus
from geometry_msgs.msg import Twist
from nav_msgs.msg import Odometry
import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import String

from vla_ros.ros.conversions import odometry_from_msg, twist_from_msg
from vla_ros.ros.qos import COMMAND, NEWEST, SPOKEN, STATE

Log = deque[tuple[float, np.ndarray]]
"""(steady time of receipt [s], twist or velocity)."""
STILL = 0.02
"""Base velocity that counts as standing [m/s, rad/s]."""
HELD_UP_S = 0.5
"""A base that says nothing for longer is held up: its odometry comes fifty times a second [s]."""


class Probe(Node):
    """Keeps what was heard; used from one thread."""

    def __init__(self, **kwargs):
        super().__init__('probe', **kwargs)
        self.commands, self.wishes, self.motion = (deque(maxlen=4000) for _ in range(3))
        """What the robot is sent, what the fusion node sends, how the base moves: each a `Log`."""
        self.mode = self.gate_state = ''
        self.modes: list[str] = []
        self.statuses: dict[str, DiagnosticStatus] = {}
        self.voice = self.create_publisher(String, 'voice_command', SPOKEN)
        self.fault = self.create_publisher(String, 'fusion_node/fault', SPOKEN)
        self.images = self.create_publisher(Image, 'camera/image_raw', NEWEST)
        self.joints = self.create_publisher(JointState, 'joint_states', NEWEST)
        self._hear(Twist, 'cmd_vel', COMMAND, lambda m: _note(self.commands, twist_from_msg(m)))
        self._hear(Twist, 'policy/cmd_vel', COMMAND,
                   lambda m: _note(self.wishes, twist_from_msg(m)))
        self._hear(Odometry, 'odom', NEWEST, lambda m: _note(self.motion,
                                                             odometry_from_msg(m)[1]))
        self._hear(String, 'fusion_node/mode', STATE, self._put_mode)
        self._hear(String, 'command_gate/state', STATE,
                   lambda m: setattr(self, 'gate_state', m.data))
        self._hear(DiagnosticArray, '/diagnostics', 10, self._put_diagnostics)

    def _hear(self, kind: type, topic: str, qos: Any, take: Callable[[Any], None]) -> None:
        self.create_subscription(kind, topic, take, qos)

    def _put_mode(self, msg: String) -> None:
        self.mode = msg.data
        self.modes.append(msg.data)

    def _put_diagnostics(self, msg: DiagnosticArray) -> None:
        for status in msg.status:
            self.statuses[status.name.rpartition('/')[2]] = status

    def level(self, node: str) -> int:
        """Return the last diagnostics level of a node; -1 before the first."""
        status = self.statuses.get(node)
        return -1 if status is None else int.from_bytes(status.level, 'little')

    def said(self, node: str) -> str:
        """Return all that the last diagnostics of a node say, as one text."""
        status = self.statuses.get(node)
        return '' if status is None else ' '.join(
            [status.message, *(f'{v.key}: {v.value}' for v in status.values)])


def is_moving(log: Log, threshold: float = 1e-9) -> bool:
    """Return whether the newest entry of a log is not zero."""
    return bool(log) and bool(np.abs(log[-1][1]).max() > threshold)


def held_up_s(log: Log, since_s: float, until_s: float) -> float:
    """Return for how long nothing came between two instants, in gaps that are too long [s]."""
    gaps_s = np.diff([since_s, *(at_s for at_s, _ in log if since_s < at_s < until_s), until_s])
    return float(gaps_s[gaps_s > HELD_UP_S].sum())


def _note(log: Log, values: np.ndarray) -> None:
    log.append((time.monotonic(), values))
