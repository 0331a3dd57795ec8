"""Where things are: what perception sees, put on the map and remembered until it is gone."""
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.understanding import Thing

_SAME_M = 0.7
"""Two sightings of one name that are nearer to each other are one thing."""
_MISSES_MAX = 6
"""Looks in a row at which a thing that should be in sight was not seen: it is gone."""
_IN_SIGHT_M = (0.8, 2.5)
_IN_SIGHT_RAD = 0.55
_LOOKS_MIN = 2
"""Looks from which on a thing counts as seen: one may be an error."""
_REMEMBERED = 60


@dataclass(frozen=True)
class CameraMount:
    """How a camera sits on a robot that stands on the floor."""

    forward_m: float
    height_m: float
    """Above the floor."""
    pitch_rad: float
    """How far it looks down."""

    def in_base(self, points: np.ndarray) -> np.ndarray:
        """Return points (..., 3) of the optical frame as x ahead, y left, z above the floor."""
        right, down, ahead = np.moveaxis(np.asarray(points, float), -1, 0)
        cos, sin = np.cos(self.pitch_rad), np.sin(self.pitch_rad)
        return np.stack([self.forward_m + cos * ahead - sin * down, -right,
                         self.height_m - sin * ahead - cos * down], axis=-1)

    def on_map(self, point: np.ndarray, pose: np.ndarray) -> np.ndarray:
        """Return x, y (2,) in the map of a point (3,) of the optical frame, seen from a pose."""
        ahead, left, _ = self.in_base(point)
        cos, sin = np.cos(pose[2]), np.sin(pose[2])
        return pose[:2] + np.array([cos * ahead - sin * left, sin * ahead + cos * left])


@dataclass(frozen=True)
class Sighting:
    """One thing, where it was seen last."""

    name: str
    """'red ball'."""
    position: np.ndarray
    """(2,) x, y in the map [m]."""
    size_m: float
    seen_s: float
    """When it was seen last [s]."""
    looks: int = 1
    """How often it was seen."""
    misses: int = 0
    """How often in a row it was not, though it should have been in sight."""
    away_m: float = 0.0
    """From how far away it was seen last: what is far away may be elsewhere, or something else."""

    def matches(self, thing: Thing) -> bool:
        """Return whether it may be what was described."""
        if thing.colour is None:
            return self.name == thing.kind or self.name.endswith(f' {thing.kind}')
        return self.name == f'{thing.colour} {thing.kind}'


class ThingMemory:
    """Remembers things by their names and places. Owned by one thread."""

    def __init__(self, mount: CameraMount):
        self._mount = mount
        self._things: list[Sighting] = []
        self.looks = 0
        """How often perception has looked."""
        self.looked_s = -np.inf
        """When it did so last [s]."""

    @property
    def things(self) -> tuple[Sighting, ...]:
        """Return what counts as seen."""
        return tuple(t for t in self._things if t.looks >= _LOOKS_MIN)

    def see(self, objects: Sequence[SeenObject], pose: np.ndarray, now_s: float) -> None:
        """Take what was seen from a pose (3,) in the map."""
        self.looks += 1
        self.looked_s = now_s
        seen: set[int] = set()
        for item in objects:
            seen.add(self._put(item, pose, now_s))
        self._things = [
            t if i in seen or not _is_in_sight(t, pose) else replace(t, misses=t.misses + 1)
            for i, t in enumerate(self._things)]
        self._things = [t for t in self._things if t.misses < _MISSES_MAX][-_REMEMBERED:]

    def _put(self, item: SeenObject, pose: np.ndarray, now_s: float) -> int:
        """Return the number of the thing that an object is."""
        position = self._mount.on_map(item.centre, pose)
        away_m = float(np.hypot(*(position - pose[:2])))
        for i, known in enumerate(self._things):
            if known.name == item.name and np.linalg.norm(known.position - position) < _SAME_M:
                self._things[i] = Sighting(item.name, 0.5 * (known.position + position),
                                           item.size_m, now_s, known.looks + 1, away_m=away_m)
                return i
        self._things.append(Sighting(item.name, position, item.size_m, now_s, away_m=away_m))
        return len(self._things) - 1

    def forget(self) -> None:
        """Forget everything: the map has changed, or the clock."""
        self._things.clear()


def _is_in_sight(thing: Sighting, pose: np.ndarray) -> bool:
    ahead, left = points_in(pose, thing.position)
    nearest, furthest = _IN_SIGHT_M
    return nearest < np.hypot(ahead, left) < furthest and (
        abs(np.arctan2(left, ahead)) < _IN_SIGHT_RAD)
