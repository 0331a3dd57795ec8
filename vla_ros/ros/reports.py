"""Faults reported once until they are over."""
from rclpy.node import Node


class Reports:
    """One log line when something goes wrong and one when it is over, however often it did."""

    def __init__(self, node: Node):
        self._node = node
        self._last: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        """How often each thing went wrong."""

    def wrong(self, what: str, reason: str) -> None:
        """Note that something is wrong; a line is logged if that is news."""
        self.counts[what] = self.counts.get(what, 0) + 1
        if self._last.get(what) != reason[:80]:
            self._last[what] = reason[:80]
            self._node.get_logger().error(f'{what}: {reason}')

    def right(self, what: str) -> None:
        """Note that something is right again."""
        if self._last.pop(what, None) is not None:
            self._node.get_logger().info(f'{what}: fine again')

    def reason(self, what: str) -> str:
        """Return what is wrong now; empty if nothing is."""
        return self._last.get(what, '')
