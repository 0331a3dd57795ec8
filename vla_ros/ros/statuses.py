"""What the nodes say on /diagnostics, as values."""
from collections.abc import Mapping
from dataclasses import dataclass
import time

from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus
from rclpy.node import Node

from vla_ros.ros.diagnostics import LEVELS
from vla_ros.ros.parameters import NODE_NAMES


@dataclass(frozen=True)
class Status:
    """The newest status of a node."""

    name: str
    level: str
    """A key of `LEVELS`, or `stale`."""
    message: str
    values: Mapping[str, str]
    heard_s: float
    """Steady time [s]."""


class StatusListener(Node):
    """Keeps the newest status of each of our nodes, whatever their namespace."""

    def __init__(self, **kwargs):
        super().__init__('status_listener', **kwargs)
        self.statuses: dict[str, Status] = {}
        self.create_subscription(DiagnosticArray, '/diagnostics', self._put, 20)

    def _put(self, msg: DiagnosticArray) -> None:
        for status in msg.status:
            if status.name.rpartition('/')[2] in NODE_NAMES:
                self.statuses[status.name] = _status_from_msg(status, time.monotonic())


def _status_from_msg(msg: DiagnosticStatus, now_s: float) -> Status:
    names = {level: name for name, level in LEVELS.items()}
    return Status(msg.name, names.get(msg.level, 'stale'), msg.message,
                  {v.key: v.value for v in msg.values}, now_s)
