"""Faults reported once until they are over; any thread may report."""
from rclpy.node import Node


class Reports:
    """One log line when something goes wrong and one when it is over, however often it did."""

    def __init__(self, node: Node):
        self._node = node
        self._last: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def wrong(self, what: str, reason: str) -> None:
        """Note that something is wrong; a line is logged if that is news."""
        self._counts[what] = self._counts.get(what, 0) + 1
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

    def reasons(self) -> dict[str, str]:
        """Return everything that is wrong now."""
        return dict(self._last)                         # a copy: others go on reporting

    def counts(self) -> dict[str, int]:
        """Return how often each thing went wrong."""
        return dict(self._counts)
