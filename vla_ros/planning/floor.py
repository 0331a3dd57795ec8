"""Where a robot fits on a map: how far each cell is from whatever stands around."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.ndimage import distance_transform_edt

from vla_ros.core.grid_map import GridMap

_OCCUPIED_FROM = 50
"""Occupancy [%] from which a cell counts as an obstacle; what is unknown does too."""
_DISLIKE = 5.0
"""How much dearer a metre is that only just fits."""


@dataclass(frozen=True)
class Body:
    """How much room a robot needs."""

    radius_m: float = 0.28
    """Its centre comes no nearer to anything."""
    margin_m: float = 0.5
    """It prefers to stay that far away."""


@dataclass(frozen=True)
class Floor:
    """A map as a robot sees it. Row and column as in `GridMap`."""

    grid: GridMap
    clearance_m: np.ndarray
    """(R, C) distance of each cell's centre from the nearest obstacle."""
    body: Body

    @classmethod
    def of(cls, grid: GridMap, body: Body = Body()) -> Floor:
        """Return the floor of a map; what lies beyond its edge can't be walked on."""
        is_free = (grid.cells >= 0) & (grid.cells < _OCCUPIED_FROM)
        distance = distance_transform_edt(np.pad(is_free, 1))[1:-1, 1:-1]
        # From the centre of a free cell to the edge of an obstacle's cell.
        clearance = np.maximum(distance - 0.5, 0.0) * grid.resolution_m
        return cls(grid, clearance, body)

    def with_discs(self, discs: np.ndarray) -> Floor:
        """Return the floor with more obstacles, (M, 3) x, y, radius [m]."""
        if not len(discs):
            return self
        clearance = self.clearance_m.copy()
        for x, y, radius in discs:
            self._put_disc(clearance, np.array([x, y]), radius)
        return replace(self, clearance_m=clearance)

    def _put_disc(self, clearance: np.ndarray, centre: np.ndarray, radius_m: float) -> None:
        """Lower the clearance around a disc, as far as it matters to the body."""
        reach = radius_m + self.body.margin_m
        corners = self.grid.cell_of(np.array([centre - reach, centre + reach]))
        (top, left), (bottom, right) = np.clip(corners, 0, np.array(clearance.shape) - 1)
        rows, columns = np.mgrid[top:bottom + 1, left:right + 1]
        at = self.grid.centre_of(np.stack([rows, columns], axis=-1))
        away = np.linalg.norm(at - centre, axis=-1) - radius_m
        window = clearance[top:bottom + 1, left:right + 1]
        np.minimum(window, np.maximum(away, 0.0), out=window)

    @cached_property
    def fits(self) -> np.ndarray:
        """Return where the robot fits, (R, C) bool."""
        return self.clearance_m >= self.body.radius_m

    @cached_property
    def price(self) -> np.ndarray:
        """Return what a metre costs in each cell, (R, C), from 1 where there is room."""
        room = self.body.margin_m - self.body.radius_m
        lack = np.clip((self.body.margin_m - self.clearance_m) / max(room, 1e-6), 0.0, 1.0)
        return 1.0 + _DISLIKE * lack ** 2

    def clearance_at(self, points: np.ndarray) -> np.ndarray:
        """Return the clearance (...,) at points (..., 2); zero off the map."""
        return self._at(self.clearance_m, points, 0.0)

    def price_at(self, points: np.ndarray) -> np.ndarray:
        """Return the price (...,) at points (..., 2); infinite where the robot doesn't fit."""
        return np.where(self.clearance_at(points) >= self.body.radius_m,
                        self._at(self.price, points, np.inf), np.inf)

    def _at(self, values: np.ndarray, points: np.ndarray, outside: float) -> np.ndarray:
        cells = self.grid.cell_of(points)
        inside = ((cells >= 0) & (cells < values.shape)).all(axis=-1)
        row, column = np.moveaxis(np.where(inside[..., None], cells, 0), -1, 0)
        return np.where(inside, values[row, column], outside)


def discs_of(sequence: Sequence[tuple[float, float, float]]) -> np.ndarray:
    """Return discs as an array (M, 3), also where there are none."""
    return np.array(list(sequence), float).reshape(-1, 3)
