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
from vla_ros.control.plans import joined, Leaning, leaning_to, Plan
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
        self._rates = self._rates_of(chunk)
        self._leaning = self._leaned(self._curves[-1])

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
        curve = self._curves[-1]
        is_switch = self._plan is None or self._plan.curve is not curve
        if is_switch:
            since_s, sent = (now_s, None) if self._plan is None else (self._sent_s, self._sent)
            self._plan = joined(curve, self._leaning, self._rates, since_s, sent)
        wished = self._plan.at(now_s + np.concatenate([[0.0], ahead_s]))
        self.seams.see(now_s, wished[0], curve, is_switch)
        self._sent_s, self._sent = now_s, wished[0]
        return wished[0, :TWIST], wished[1:, TWIST:]

    def _leaned(self, curve: Curve) -> Leaning | None:
        """Return how the blending leans away from the newest chunk."""
        settings = self._settings()
        blending = Blending(settings.chunk_blending)
        if blending is Blending.ENSEMBLE and len(self._curves) > 1:
            wished = ensemble_leaning(self._curves, settings.ensemble_decay)
        elif blending is Blending.REALTIME and self._plan is not None:
            wished = realtime_leaning(self._plan, curve, self._sent_s)
        else:
            return None
        return leaning_to(curve.rows_s, stand_wins(wished, curve.rows), self._rates)

    def _rates_of(self, chunk: ActionChunk) -> np.ndarray:
        """Return the most change per second beyond a chunk's own motion, (n,)."""
        settings = self._settings()
        return np.repeat([settings.seam_base_rate, settings.seam_turn_rate,
                          settings.seam_joint_rate], [3, 3, chunk.joint_targets.shape[1]])
