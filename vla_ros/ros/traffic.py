"""What comes in on a node's topics, for /diagnostics; a transport that loses it is reported."""
import os

from rclpy.node import Node
from rclpy.utilities import get_rmw_implementation_identifier

from vla_ros.ros.reception import Rates, Reception
from vla_ros.ros.reports import Reports
from vla_ros.ros.segment import advice, segment_bytes, TOO_BUSY

_LOST = 0.1
"""Share of the messages whose loss is reported."""
_FOUND = 0.01
"""Share below which all is well again."""
_SMALL_BYTES = 65_000
"""What goes into one packet never fails for want of shared memory."""
_HZ_MIN = 5.0
"""Slower topics are not judged."""


class Traffic:
    """The receptions of all topics; judged in the thread that asks for the figures."""

    def __init__(self, node: Node, reports: Reports):
        self._node, self._reports = node, reports
        self.receptions: dict[str, Reception] = {}
        is_fast = get_rmw_implementation_identifier().startswith('rmw_fastrtps')
        self._segment_bytes = segment_bytes(os.environ) if is_fast else None
        self._lossy: set[str] = set()
        self._warned: set[str] = set()

    def figures(self, now_s: float) -> dict[str, object]:
        """
        Return what /diagnostics tells of each topic, and report what is lost.

        Rates are those since the last call; call it once a second.
        """
        figures = {}
        for topic, reception in self.receptions.items():
            rates = reception.rates(now_s)
            figures |= {f'received {topic}': reception.received,
                        f'received {topic} [Hz]': rates.received_hz,
                        f'sent {topic} [Hz]': rates.sent_hz, f'lost {topic}': reception.lost}
            if self._is_lossy(topic, rates) or self._is_too_large(reception.largest_bytes):
                figures[f'hint {topic}'] = self._warn(topic, self._hint(reception))
        return figures

    def _is_too_large(self, size_bytes: int) -> bool:
        return self._segment_bytes is not None and size_bytes > self._segment_bytes

    def _is_lossy(self, topic: str, rates: Rates) -> bool:
        """Return whether messages are lost; what was found last holds while few are sent."""
        if rates.sent_hz >= _HZ_MIN and rates.lost_hz > _LOST * rates.sent_hz:
            self._lossy.add(topic)
        elif rates.sent_hz >= _HZ_MIN and rates.lost_hz <= _FOUND * rates.sent_hz:
            self._lossy.discard(topic)
            self._reports.right(f'{topic} transport')
        return topic in self._lossy

    def _hint(self, reception: Reception) -> str:
        """Return why messages may be lost; how large they are is unknown until one comes."""
        if reception.received and reception.largest_bytes <= _SMALL_BYTES:
            return TOO_BUSY
        return advice(reception.largest_bytes, self._segment_bytes)

    def _warn(self, topic: str, hint: str) -> str:
        """Return the hint; it is logged when it is news."""
        if topic in self._lossy:
            self._reports.wrong(f'{topic} transport', f'messages are lost on the way; {hint}')
        elif topic not in self._warned:
            self._node.get_logger().warning(f'{topic}: messages may be lost: {hint}')
        self._warned.add(topic)
        return hint
