"""What the recorder node tells on /diagnostics, once a second."""
import time

from rclpy.node import Node

from vla_ros.recording.recorder import MEGABYTE, Recorder
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.footprint import Footprint
from vla_ros.ros.reports import Reports
from vla_ros.ros.traffic import Traffic


class RecorderReport:
    """Gathers the figures of the recorder, its topics and its process."""

    def __init__(self, node: Node, recorder: Recorder, reports: Reports, traffic: Traffic):
        self._recorder, self._reports, self._traffic = recorder, reports, traffic
        self._diagnostics, self._footprint = Diagnostics(node, ''), Footprint(time.monotonic())
        self._last = 0, time.monotonic()

    def publish(self) -> None:
        """Publish: an error while nothing can be recorded, a warning where something is lost."""
        recorder, now_s = self._recorder, time.monotonic()
        dropped = {f'dropped {t}': n for t, n in recorder.backlog.dropped().items()}
        traffic = self._traffic.figures(now_s)          # it reports, too
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        level = 'error' if recorder.trouble else 'warn' if dropped or wrong else 'ok'
        self._diagnostics.publish(level, recorder.state, {
            'written [MB/s]': self._written_mb_s(now_s),
            'waiting [MB]': recorder.backlog.waiting_bytes / MEGABYTE,
            'slowest write [s]': recorder.slowest_s, **dropped,
            **self._footprint.figures(now_s), **traffic, **wrong})

    def _written_mb_s(self, now_s: float) -> float:
        """Return how much was written a second since the last call; 0 where an episode begins."""
        (before, before_s), self._last = self._last, (self._recorder.written_bytes, now_s)
        return max(0, self._last[0] - before) / MEGABYTE / max(now_s - before_s, 1e-3)
