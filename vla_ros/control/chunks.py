"""
Chunks of actions, blended: what to do at any instant, from all that was predicted for it.

Overlapping predictions are averaged with weights that favour the newest (temporal ensemble;
Zhao et al., 2023, section IV-A, with the order of the weights turned round, because a robot
that is told something new must not go on with what it was told before).
"""
from collections import deque
import math

import numpy as np

from vla_ros.core.values import ActionChunk

CHUNKS_MAX = 4


class ChunkBuffer:
    """The newest chunks. Owned by the thread that sends commands; chunks are handed over."""

    def __init__(self, decay_s: float = 0.1):
        self._decay_s = decay_s
        self._chunks: deque[ActionChunk] = deque(maxlen=CHUNKS_MAX)

    def clear(self) -> None:
        """Forget everything: a new instruction has come."""
        self._chunks.clear()

    def add(self, chunk: ActionChunk) -> None:
        """Take a chunk; one that answers an older observation than the newest is dropped."""
        if not self._chunks or chunk.origin_s >= self._chunks[-1].origin_s:
            self._chunks.append(chunk)

    def age_s(self, now_s: float) -> float:
        """Return the age of the newest chunk's observation [s]; infinite without chunks."""
        return now_s - self._chunks[-1].origin_s if self._chunks else math.inf

    @property
    def progress(self) -> float:
        """Return the newest chunk's progress."""
        return self._chunks[-1].progress if self._chunks else 0.0

    def twist_at(self, at_s: float) -> np.ndarray:
        """Return the base twist (6,) wished for an instant; zero where nothing reaches."""
        return self._blend(at_s, lambda chunk: chunk.base_twist, np.zeros(6))

    def joints_at(self, at_s: float) -> np.ndarray | None:
        """Return joint targets (C,) wished for an instant; None without chunks."""
        return self._blend(at_s, lambda chunk: chunk.joint_targets, None)

    def _blend(self, at_s: float, rows_of, nothing):
        """Return the weighted mean of every chunk that reaches this far; the last row is held."""
        total, weights = 0.0, 0.0
        newest_s = self._chunks[-1].origin_s if self._chunks else 0.0
        for chunk in self._chunks:
            reaches = at_s <= chunk.origin_s + chunk.duration_s or chunk is self._chunks[-1]
            if reaches:
                weight = math.exp(-(newest_s - chunk.origin_s) / self._decay_s)
                total = total + weight * _row_at(chunk, rows_of(chunk), at_s)
                weights += weight
        return total / weights if weights else nothing


def _row_at(chunk: ActionChunk, rows: np.ndarray, at_s: float) -> np.ndarray:
    position = min(max((at_s - chunk.origin_s) / chunk.step_s, 0.0), len(rows) - 1)
    low = int(position)
    high = min(low + 1, len(rows) - 1)
    return rows[low] + (position - low) * (rows[high] - rows[low])
