"""Obstacles that no map has: what a depth image shows to stand on the floor, kept for a while."""
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.intrinsics import Intrinsics
from vla_ros.planning.floor import discs_of, Floor
from vla_ros.planning.sightings import CameraMount

CELL_M = 0.1
_HEIGHT_M = (0.25, 1.4)
"""What is lower is the floor, what is higher is walked under."""
_RANGE_M, _DOUBTED_M = (0.42, 0.95), 1.15
"""Measured distances that are believed, and that are doubted. Nearer are the robot's own arms.
Further, the shipped depth takes open doorways for walls: none from 0.8 m, some from 1 m, most from
1.6 m. Shut ones it sees from everywhere, but 0.8 m as 0.97 m, and 0.6 m as 0.89 m."""
_MAPPED_M = 0.38
"""What shows so near to an obstacle of the map is that obstacle."""
_POINTS_MIN = 5
_HITS_BLOCK, _HITS_MAX = 3, 6
_COLUMNS = 80
"""A depth image is looked at in about that many columns."""
_EDGE = 0.06
"""Where neighbours differ by a larger part, a learned depth is neither the one nor the other."""
_BEARING_RAD = 0.5


@dataclass
class ObstacleMemory:
    """Counts in which squares of the floor something stands. Owned by one thread."""

    mount: CameraMount

    def __post_init__(self):
        self._hits: dict[tuple[int, int], int] = {}
        self._doubted: set[tuple[int, int]] = set()

    def see(self, depth: np.ndarray, camera: Intrinsics, pose: np.ndarray, floor: Floor) -> None:
        """
        Take a depth image.

        :param depth: (H, W) distance along the optical axis [m]; NaN where there is none.
        :param floor: of the map alone, without what is remembered here.
        """
        points = self._standing(depth, camera, pose)
        points = points[floor.clearance_at(points) > _MAPPED_M]
        is_far = np.hypot(*(points - pose[:2]).T) > _RANGE_M[1]
        hit, self._doubted = _cells_of(points[~is_far]), _cells_of(points)
        before = dict(self._hits)
        for cell in hit:
            self._hits[cell] = min(_hits_around(cell, before) + 1, _HITS_MAX)
        for cell in [c for c in self._hits if c not in hit and _is_looked_at(c, pose)]:
            self._hits[cell] -= 1
            if self._hits[cell] <= 0:
                del self._hits[cell]

    def discs(self) -> np.ndarray:
        """Return what stands around as discs, (M, 3): x, y, radius [m]."""
        return _discs(cell for cell, hits in self._hits.items() if hits >= _HITS_BLOCK)

    def doubts(self) -> np.ndarray:
        """Return what the last look has shown, and further away than is believed, (M, 3)."""
        return _discs(self._doubted)

    def forget(self) -> None:
        """Forget everything."""
        self._hits.clear()
        self._doubted.clear()

    def _standing(self, depth: np.ndarray, camera: Intrinsics, pose: np.ndarray) -> np.ndarray:
        """Return points (N, 2) in the map of what stands on the floor within range."""
        step = max(1, depth.shape[1] // _COLUMNS)
        rows, columns = np.mgrid[:depth.shape[0]:step, :depth.shape[1]:step]
        depth = depth[::step, ::step]
        at = np.stack([(columns + 0.5 - camera.cx) / camera.fx * depth,
                       (rows + 0.5 - camera.cy) / camera.fy * depth, depth], axis=-1)
        x, y, z = np.moveaxis(self.mount.in_base(at[_is_surface(depth)]), -1, 0)
        stands = ((z > _HEIGHT_M[0]) & (z < _HEIGHT_M[1])
                  & _is_within(x, y, 0.0, (_RANGE_M[0], _DOUBTED_M)))
        cos, sin = np.cos(pose[2]), np.sin(pose[2])
        return np.stack([pose[0] + cos * x - sin * y, pose[1] + sin * x + cos * y],
                        axis=-1)[stands]


def _is_surface(depth: np.ndarray) -> np.ndarray:
    """Return where a depth image (H, W) is no edge between near and far, (H, W) bool."""
    with np.errstate(invalid='ignore'):
        down = np.abs(np.diff(depth, axis=0)) > _EDGE * depth[1:]
        right = np.abs(np.diff(depth, axis=1)) > _EDGE * depth[:, 1:]
    is_edge = ~np.isfinite(depth)
    is_edge[1:] |= down
    is_edge[:-1] |= down
    is_edge[:, 1:] |= right
    is_edge[:, :-1] |= right
    return ~is_edge


def _cells_of(points: np.ndarray) -> set[tuple[int, int]]:
    """Return the squares that enough of some points (N, 2) are in."""
    cells, counts = np.unique(np.floor(points / CELL_M).astype(int), axis=0, return_counts=True)
    return {tuple(cell) for cell in cells[counts >= _POINTS_MIN].tolist()}


def _discs(cells: Iterable[tuple[int, int]]) -> np.ndarray:
    """Return squares as discs, (M, 3)."""
    return discs_of([((x + 0.5) * CELL_M, (y + 0.5) * CELL_M, 0.5 * CELL_M) for x, y in cells])


def _hits_around(cell: tuple[int, int], hits: dict[tuple[int, int], int]) -> int:
    """Return the most hits of a square and its neighbours: who walks sways by about a square."""
    x, y = cell
    return max(hits.get((x + i, y + j), 0) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _is_looked_at(cell: tuple[int, int], pose: np.ndarray) -> bool:
    ahead, left = points_in(pose, (np.array(cell) + 0.5) * CELL_M)
    return bool(_is_within(ahead, left, CELL_M, _RANGE_M))


def _is_within(ahead: np.ndarray, left: np.ndarray, slack_m: float,
               range_m: tuple[float, float]) -> np.ndarray:
    """
    Return whether points [m] in the base's frame are ahead, within a range.

    :param slack_m: how far they may be beside that: whatever is put has to be taken away again.
    """
    away = np.hypot(ahead, left)
    aside = away * np.maximum(np.abs(np.arctan2(left, ahead)) - _BEARING_RAD, 0.0)
    return (away > range_m[0] - slack_m) & (away < range_m[1] + slack_m) & (aside <= slack_m)
