"""A map of a floor: which cells are free, and places with names."""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import InvalidValueError

UNKNOWN, FREE, OCCUPIED = -1, 0, 100
"""What a cell can be, as in nav_msgs/OccupancyGrid."""


@dataclass(frozen=True)
class Place:
    """Somewhere that people have a name for."""

    name: str
    """As it is said, in lower case: 'kitchen'."""
    pose: np.ndarray
    """(3,) x [m], y [m], yaw [rad] in the map: where to stand there."""

    def __post_init__(self):
        if np.shape(self.pose) != (3,):
            raise InvalidValueError(
                f'place {self.name!r}: expected pose (3,), got {np.shape(self.pose)}')


@dataclass(frozen=True)
class GridMap:
    """An occupancy grid. Row r, column c covers the square from origin + (c, r) * resolution."""

    cells: np.ndarray
    """(R, C) int8: `UNKNOWN`, or 0 (free) to 100 (occupied); rows along y, columns along x."""
    resolution_m: float
    """Side of a cell."""
    origin: np.ndarray
    """(2,) x, y [m] of the corner of cell (0, 0) with the least coordinates."""
    places: tuple[Place, ...] = ()

    def __post_init__(self):
        if self.cells.ndim != 2 or not self.cells.size or self.cells.dtype != np.int8:
            raise InvalidValueError(f'cells: expected (R, C) int8, got {self.cells.shape} '
                                    f'{self.cells.dtype}')
        if not self.resolution_m > 0 or np.shape(self.origin) != (2,):
            raise InvalidValueError(f'map: expected a positive resolution and an origin (2,), '
                                    f'got {self.resolution_m} m and {np.shape(self.origin)}')

    def cell_of(self, points: np.ndarray) -> np.ndarray:
        """Return row and column (..., 2) int of points (..., 2) [m]; may lie outside."""
        column_row = np.floor((np.asarray(points, float) - self.origin) / self.resolution_m)
        return column_row[..., ::-1].astype(int)

    def centre_of(self, cells: np.ndarray) -> np.ndarray:
        """Return x, y (..., 2) [m] of the centres of cells (..., 2) given as row and column."""
        return self.origin + (np.asarray(cells, float)[..., ::-1] + 0.5) * self.resolution_m
