"""Diagnostics by REP 107: one status for each node, once a second."""
from collections.abc import Mapping
import time

from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus, KeyValue
from rclpy.node import Node

LEVELS = {'ok': DiagnosticStatus.OK, 'warn': DiagnosticStatus.WARN,
          'error': DiagnosticStatus.ERROR}
_LAST_WORDS_S = 1.0


class Diagnostics:
    """Publishes the state of a node on /diagnostics."""

    def __init__(self, node: Node, hardware_id: str):
        self._node, self._hardware_id = node, hardware_id
        self._publisher = node.create_publisher(DiagnosticArray, '/diagnostics', 10)

    def publish(self, level: str, message: str, values: Mapping[str, object]) -> None:
        """Publish a status; `level` is a key of `LEVELS`."""
        status = DiagnosticStatus(
            level=LEVELS[level], name=self._node.get_fully_qualified_name().lstrip('/'),
            message=message, hardware_id=self._hardware_id,
            values=[KeyValue(key=key, value=_text(value)) for key, value in values.items()])
        msg = DiagnosticArray(status=[status])
        msg.header.stamp = self._node.get_clock().now().to_msg()
        self._publisher.publish(msg)

    def publish_last(self, level: str, message: str) -> None:
        """Publish before the node ends: wait a little for those who listen, then for delivery."""
        ends_s = time.monotonic() + _LAST_WORDS_S
        while not self._publisher.get_subscription_count() and time.monotonic() < ends_s:
            time.sleep(0.05)
        self.publish(level, message, {})
        time.sleep(0.2)


def _text(value: object) -> str:
    return f'{value:.4g}' if isinstance(value, float) else str(value)
