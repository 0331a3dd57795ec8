"""How long a way was that a walking robot has gone."""
from collections import deque

import numpy as np

_GAIT_S = 1.0
"""Period of the gait: within it the sway to both sides adds up to nothing."""


class Way:
    """Adds up a way from places that are averaged over one period of the gait."""

    def __init__(self, place: np.ndarray, now_s: float):
        self._places = deque([(now_s, np.array(place, float))])
        self._mean = self._places[0][1]
        self._length_m = 0.0

    def add(self, place: np.ndarray, now_s: float) -> None:
        """Take where the robot is now, x, y (2,) [m]."""
        self._places.append((now_s, np.array(place, float)))
        while now_s - self._places[0][0] > _GAIT_S:
            self._places.popleft()
        mean = np.mean([at for _, at in self._places], axis=0)
        self._length_m += float(np.hypot(*(mean - self._mean)))
        self._mean = mean

    @property
    def length_m(self) -> float:
        """Return the length up to where the robot is now."""
        return self._length_m + float(np.hypot(*(self._places[-1][1] - self._mean)))
