"""
Seams: what the output does, where one chunk gives way to the next, that no chunk wished.

It is measured from the outputs themselves, as they go to the guard, by differences over the last
four, less what the newest chunk does over the same times.
"""
from collections import deque
from collections.abc import Sequence
import math
import threading

import numpy as np

from vla_ros.control.curves import Curve, TWIST

_DEEP = 4
"""Outputs that a third difference needs."""
_KINDS = (
    'seam jump [rad]', 'seam velocity step [rad/s]', 'seam jerk [rad/s^3]',
    'seam base jump [m/s]', 'seam base acceleration step [m/s^2]', 'seam base jerk [m/s^3]',
    'seam turn jump [rad/s]', 'seam turn acceleration step [rad/s^2]', 'seam turn jerk [rad/s^3]')
"""Joints are sent positions, the base velocities: their differences are one derivative apart."""


class SeamMonitor:
    """
    Keeps the worst seams since somebody asked.

    Written by the thread that sends commands, asked by any other.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._worst, self._seams = np.zeros(len(_KINDS)), 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget the last outputs: what follows is no seam."""
        self._sent: deque[tuple[float, np.ndarray]] = deque(maxlen=_DEEP)

    def see(self, now_s: float, output: np.ndarray, curve: Curve, is_switch: bool) -> None:
        """
        Take one output.

        :param output: (n,) base twist [m/s, rad/s] and joint targets [rad] for now.
        :param curve: the newest chunk.
        :param is_switch: whether that chunk joined with this output.
        """
        if self._sent and now_s <= self._sent[-1][0]:
            return
        self._sent.append((now_s, output))
        if is_switch and len(self._sent) > 1:
            worst = self._measured(curve)
            with self._lock:
                self._worst, self._seams = np.maximum(self._worst, worst), self._seams + 1

    def take(self) -> dict[str, float]:
        """Return the worst of every kind since the last time this was asked, and how many."""
        with self._lock:
            worst, seams = self._worst, self._seams
            self._worst, self._seams = np.zeros(len(_KINDS)), 0
        return {'seams': seams, **dict(zip(_KINDS, worst.tolist()))}

    def _measured(self, curve: Curve) -> np.ndarray:
        """Return every kind for the newest output, (9,); zero where too few came before."""
        times_s = [time_s for time_s, _ in self._sent]
        sent, own = np.array([s for _, s in self._sent]), curve.traced_back(np.array(times_s))
        sizes = np.abs(_differences(times_s) @ (sent - own))                # (4, n)
        sizes[0] = _excess(sent[-1] - sent[-2], own[-1] - own[-2])
        base, turn = sizes[:3, :3].max(axis=1), sizes[:3, 3:TWIST].max(axis=1)
        joints = sizes[[0, 1, 3], TWIST:].max(axis=1, initial=0.0)
        return np.concatenate([joints, base, turn])


def _excess(change: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return by how much changes (n,) leave the way from nothing to the chunk's own."""
    return np.maximum(np.maximum(change - np.maximum(own, 0.0), np.minimum(own, 0.0) - change),
                      0.0)


def _differences(times_s: Sequence[float]) -> np.ndarray:
    """
    Return weights (4, m) of m values that make their differences at the newest instant.

    The rows: step of the value, step of the slope, second and third derivative.
    """
    weights = np.zeros((4, len(times_s)))
    weights[0, -2:] = -1.0, 1.0
    if len(times_s) > 2:
        divided = _divided(times_s[-3:])
        weights[1, -3:] = (times_s[-1] - times_s[-3]) * divided
        weights[2, -3:] = 2.0 * divided
    if len(times_s) > 3:
        weights[3, -4:] = 6.0 * _divided(times_s[-4:])
    return weights


def _divided(times_s: Sequence[float]) -> np.ndarray:
    """Return the weights (m,) of a divided difference (Newton)."""
    return np.array([1.0 / math.prod(at_s - other_s for other_s in times_s if other_s != at_s)
                     for at_s in times_s])
