"""What is known of the surroundings: the map, things that were seen, what stands on the way."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.grid_map import GridMap
from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.vocabulary import SHAPES
from vla_ros.planning.doors import DoorMemory
from vla_ros.planning.floor import Body, discs_of, Floor
from vla_ros.planning.obstacles import ObstacleMemory
from vla_ros.planning.sightings import CameraMount, ThingMemory

_BELIEVED_M = 2.2
"""A solid that was seen from further away stands in nobody's way yet: the shipped depth errs by a
tenth, and a solid in the next room then shuts a doorway."""


class Surroundings:
    """Keeps what perception tells of the floor. Owned by one thread."""

    def __init__(self, mount: CameraMount):
        self.things = ThingMemory(mount)
        self._obstacles, self._doors = ObstacleMemory(mount), DoorMemory(mount)
        self._mapped: Floor | None = None
        self._floor: Floor | None = None

    def put_map(self, grid: GridMap, body: Body) -> None:
        """Take a map; what was seen stays, for it is given in the same frame."""
        self._mapped, self._floor = Floor.of(grid, body), None

    def see(self, objects: Sequence[SeenObject], pose: np.ndarray, now_s: float) -> None:
        """Take what perception sees from a pose (3,)."""
        self.things.see(objects, pose, now_s)
        self._doors.see(objects, pose, now_s)
        self._floor = None

    def see_depth(self, depth: np.ndarray, camera: Intrinsics, pose: np.ndarray) -> None:
        """Take a depth image (H, W) [m] seen from a pose (3,)."""
        if self._mapped is not None:
            self._obstacles.see(depth, camera, pose, self._mapped)
            self._floor = None

    def floor(self) -> Floor | None:
        """Return the map with everything that was seen on it; None without a map."""
        if self._mapped is not None and self._floor is None:
            self._floor = self._mapped.with_discs(self._discs())
        return self._floor

    def _discs(self) -> np.ndarray:
        """Return what was seen to stand on the floor, (M, 3) x, y, radius [m]."""
        solids = [(*t.position, 0.5 * t.size_m) for t in self.things.things
                  if t.name.split()[-1] in SHAPES and t.away_m <= _BELIEVED_M]
        return np.concatenate([discs_of(solids), self._obstacles.discs(), self._doors.discs()])

    def doubts(self) -> np.ndarray:
        """Return what the last look has shown to stand on the floor, perhaps in error, (M, 3)."""
        return np.concatenate([self._obstacles.doubts(), self._doors.doubts()])

    def forget(self) -> None:
        """Forget what was seen."""
        self.things.forget()
        self._obstacles.forget()
        self._doors.forget()
        self._floor = None
