"""The way of a thing that moves by itself: round and round through a few points."""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import InvalidValueError

SPEED_MAX_M_S = 0.3


@dataclass(frozen=True)
class Course:
    """
    A closed way at a steady speed.

    :raises InvalidValueError: if it has fewer than two points, or a speed beyond the allowed.
    """

    points: tuple[tuple[float, float], ...]
    """Corners x, y [m], world frame; the last leads back to the first, where it starts."""
    speed_m_s: float

    def __post_init__(self):
        if len(self.points) < 2 or self.length_m <= 0:
            raise InvalidValueError(f'course: {len(self.points)} points, expected two that '
                                    'differ at least')
        if not 0 <= self.speed_m_s <= SPEED_MAX_M_S:
            raise InvalidValueError(f'course: {self.speed_m_s:g} m/s, expected 0 to '
                                    f'{SPEED_MAX_M_S}')

    @property
    def length_m(self) -> float:
        """Return the length of one round [m]."""
        return float(self._legs_m.sum())

    def at(self, way_m: float) -> np.ndarray:
        """Return the place (2,) [m] after a way from the first point."""
        ends_m, way_m = np.cumsum(self._legs_m), way_m % self.length_m
        leg = min(int(np.searchsorted(ends_m, way_m, side='right')), len(ends_m) - 1)
        share = 1 - (ends_m[leg] - way_m) / self._legs_m[leg]
        first, second = np.array(self.points)[[leg, (leg + 1) % len(self.points)]]
        return first + share * (second - first)

    @property
    def _legs_m(self) -> np.ndarray:
        points = np.array(self.points)
        return np.hypot(*(np.roll(points, -1, axis=0) - points).T)
