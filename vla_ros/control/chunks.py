"""
Chunks of actions, blended and without seams: what to do at any instant, from all predictions.

A chunk holds from the time of the image that it answers; the part of it that is past when it
comes is dropped. Dimensions: C commanded joints, P points of a trajectory, n = 6 + C.
"""
from collections import deque
from collections.abc import Callable
import math

import numpy as np

from vla_ros.control.blending import Blending, ensemble_leaning, realtime_leaning, stand_wins
from vla_ros.control.curves import Curve, TWIST
from vla_ros.control.plans import joined, Plan
from vla_ros.control.seams import SeamMonitor
from vla_ros.control.settings import FusionSettings
from vla_ros.core.values import ActionChunk

CHUNKS_MAX = 4


class ChunkBuffer:
    """The newest chunks. Owned by the thread that sends commands; chunks are handed over."""

    def __init__(self, settings: Callable[[], FusionSettings] = FusionSettings):
        self._settings = settings
        self._curves: deque[Curve] = deque(maxlen=CHUNKS_MAX)
        self.seams = SeamMonitor()
        self.begin_anew()

    def clear(self) -> None:
        """Forget everything: a new instruction has come."""
        self._curves.clear()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was sent, because something else was: the next wish may be a step."""
        self._plan: Plan | None = None
        self._sent_s, self._sent = -math.inf, np.zeros(0)
        self.seams.begin_anew()

    def add(self, chunk: ActionChunk) -> None:
        """
        Take a chunk; one that answers an older image than the newest is dropped.

        One that answers the same image takes the place of the one before: it knows more.
        """
        if self._curves and chunk.origin_s < self._curves[-1].origin_s:
            return
        if self._curves and chunk.origin_s == self._curves[-1].origin_s:
            self._curves.pop()
        self._curves.append(Curve(chunk))

    def age_s(self, now_s: float) -> float:
        """Return the age of the newest chunk's image [s]; infinite without chunks."""
        return now_s - self._curves[-1].origin_s if self._curves else math.inf

    @property
    def progress(self) -> float:
        """Return the newest chunk's progress."""
        return self._curves[-1].chunk.progress if self._curves else 0.0

    def wish(self, now_s: float, ahead_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """
        Return what to send now; chunks that came since the last time join.

        :param now_s: steady, not before the last time [s].
        :param ahead_s: (P,) [s] from now.
        :return: base twist (6,) for now, joint targets (P, C) for the times ahead.
        :raises IndexError: without chunks.
        """
        is_switch = self._plan is None or self._plan.curve is not self._curves[-1]
        if is_switch:
            self._plan = self._joined(now_s)
        wished = self._plan.at(now_s + np.concatenate([[0.0], ahead_s]))
        self.seams.see(now_s, wished[0], self._plan.curve, is_switch)
        self._sent_s, self._sent = now_s, wished[0]
        return wished[0, :TWIST], wished[1:, TWIST:]

    def _joined(self, now_s: float) -> Plan:
        """Return a plan of the newest chunk that goes on from the last instant sent."""
        curve = self._curves[-1]
        from_s = now_s if self._plan is None else self._sent_s
        knots_s = np.append(from_s, curve.rows_s[curve.rows_s.searchsorted(from_s, 'right'):])
        newest = curve.at(knots_s)
        leaning = stand_wins(self._leaning(newest, knots_s, now_s), newest)
        sent = newest[0] + leaning[0] if self._plan is None else self._sent
        return joined(curve, knots_s, newest, leaning, self._rates(), sent)

    def _leaning(self, newest: np.ndarray, knots_s: np.ndarray, now_s: float) -> np.ndarray:
        """Return what blending adds to the newest chunk (M, n) at knots (M,)."""
        blending = Blending(self._settings().chunk_blending)
        if blending is Blending.ENSEMBLE and len(self._curves) > 1:
            return ensemble_leaning(
                self._curves, newest, knots_s, self._settings().ensemble_decay)
        if blending is Blending.REALTIME and self._plan is not None:
            return realtime_leaning(self._plan, self._curves[-1], newest, knots_s, now_s)
        return np.zeros_like(newest)

    def _rates(self) -> np.ndarray:
        """Return the most change per second beyond a chunk's own motion, (n,)."""
        settings = self._settings()
        joints = self._curves[-1].chunk.joint_targets.shape[1]
        return np.repeat([settings.seam_base_rate, settings.seam_turn_rate,
                          settings.seam_joint_rate], [3, 3, joints])
