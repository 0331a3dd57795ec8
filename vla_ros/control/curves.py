"""
A chunk as a smooth function of time.

Between rows runs a monotone cubic (Fritsch and Carlson, 1980, with the harmonic mean of Fritsch
and Butland, 1984): it meets every row, its speed has no steps, and it never leaves the span of
the two rows it runs between. Dimensions: K rows, T instants, n = 6 + C columns: base twist
[m/s, rad/s], then joint targets [rad].
"""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.values import ActionChunk

TWIST = 6
"""Columns of the base twist; those behind are joints."""
_POWERS = np.arange(4)
_FAR = 0.4, 1.0, 0.1
"""What is far from every row [m/s, rad/s, rad]: chunks of one motion differ by less."""


class Curve:
    """What one chunk wishes at any instant; the first and the last row are held."""

    def __init__(self, chunk: ActionChunk):
        self.chunk = chunk
        self.origin_s = chunk.origin_s
        self.end_s = chunk.origin_s + chunk.duration_s
        rows = np.hstack([chunk.base_twist, chunk.joint_targets])
        self.rows = rows
        """(K, n)."""
        self._cubics = _cubics(rows)
        far = np.repeat(_FAR, [3, 3, chunk.joint_targets.shape[1]])
        self.low, self.high = rows.min(axis=0) - far, rows.max(axis=0) + far
        """(n,) where it is far below and far above all rows."""
        self.rows_s = chunk.origin_s + chunk.step_s * np.arange(len(rows))
        """(K,) the instants of the rows [s]."""

    def at(self, times_s: np.ndarray) -> np.ndarray:
        """Return what is wished at instants (T,), shape (T, n)."""
        position = (times_s - self.origin_s) / self.chunk.step_s
        position = np.minimum(np.maximum(position, 0.0), len(self._cubics) - 1)
        row = position.astype(int)
        return _evaluated(self._cubics.take(row, axis=0), position - row)

    def traced_back(self, times_s: np.ndarray) -> np.ndarray:
        """Return the same at rising times, but as if it had come straight to its first row."""
        values = self.at(times_s)
        if times_s[0] < self.origin_s:
            before = np.minimum(times_s - self.origin_s, 0.0) / self.chunk.step_s
            values += before[:, None] * self._cubics[0, 1]
        return values


def all_at(curves: Sequence[Curve], times_s: np.ndarray) -> np.ndarray:
    """Return what N curves of equal width wish at instants (T,), shape (N, T, n)."""
    cubics = [curve._cubics for curve in curves]
    rows = np.array([len(of_curve) for of_curve in cubics])[:, None]
    origins_s, steps_s = np.array([(c.origin_s, c.chunk.step_s) for c in curves]).T[..., None]
    position = np.minimum(np.maximum((times_s - origins_s) / steps_s, 0.0), rows - 1)
    row = position.astype(int)
    found = np.concatenate(cubics).take(row + (rows.cumsum()[:, None] - rows), axis=0)
    return _evaluated(found, position - row)


def _evaluated(cubics: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return cubics (..., 4, n) at parts of a step (...), shape (..., n)."""
    return np.matmul((after[..., None] ** _POWERS)[..., None, :], cubics)[..., 0, :]


def _cubics(rows: np.ndarray) -> np.ndarray:
    """Return coefficients (K, 4, n) of what follows each row; nothing follows the last."""
    cubics = np.zeros((len(rows), 4, rows.shape[1]))
    cubics[:, 0] = rows
    if len(rows) > 1:
        rises, slopes = np.diff(rows, axis=0), _slopes(rows)
        cubics[:-1, 1] = slopes[:-1]
        cubics[:-1, 2] = 3 * rises - 2 * slopes[:-1] - slopes[1:]
        cubics[:-1, 3] = slopes[:-1] + slopes[1:] - 2 * rises
    return cubics


def _slopes(rows: np.ndarray) -> np.ndarray:
    """Return slopes (K, n) per step at the rows, none of which makes a cubic overshoot."""
    rises = np.diff(rows, axis=0)
    slopes = np.empty_like(rows)
    product, total = rises[1:] * rises[:-1], rises[1:] + rises[:-1]
    slopes[1:-1] = np.where(product > 0, 2 * product / np.where(product > 0, total, 1.0), 0.0)
    slopes[0] = _end_slope(rises[0], rises[1] if len(rises) > 1 else rises[0])
    slopes[-1] = _end_slope(rises[-1], rises[-2] if len(rises) > 1 else rises[-1])
    return slopes


def _end_slope(rise: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """Return the slope of a parabola through three rows, kept monotone."""
    slope = 1.5 * rise - 0.5 * beside
    return np.clip(slope, np.minimum(0.0, 3 * rise), np.maximum(0.0, 3 * rise))
