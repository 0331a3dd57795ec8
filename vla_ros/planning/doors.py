"""Doors that are shut: perception knows them from afar, where it takes open doorways for walls."""
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.seen_object import SeenObject
from vla_ros.planning.floor import discs_of
from vla_ros.planning.sightings import CameraMount

NAME = 'door'
_RANGE_M = (0.85, 1.25)
"""Nearer, a door fills the image, and is taken for a wall. Further, open doorways are taken for
shut doors, too: by the shipped perception 1 of 288 looks from 0.9 to 1.3 m, 2 of 48 from 1.4 m,
10 of 48 from 1.6 m. It takes those to be nearer, so that some of them count."""
_APART_S = 0.2
"""Looks that follow each other faster are one: they see the same, and err alike."""
_BEARING_RAD = 0.4
_WIDTH_MIN_M = 0.75
"""What is narrower is a door post, or a door that is seen from the side."""
_HALF_M = 0.3
"""A door shuts the way so far to both sides of its middle: no more, for beside it is a wall."""
_SAME_M = 0.5
_HITS_BLOCK, _HITS_MAX = 3, 5


@dataclass(frozen=True)
class _Door:
    position: np.ndarray
    hits: int = 1


class DoorMemory:
    """Counts at which places a door was seen that is shut. Owned by one thread."""

    def __init__(self, mount: CameraMount):
        self._mount = mount
        self._doors: list[_Door] = []
        self._seen: list[np.ndarray] = []
        self._looked_s = -np.inf

    def see(self, objects: Sequence[SeenObject], pose: np.ndarray, now_s: float) -> None:
        """Take what was seen from a pose (3,) in the map."""
        if 0.0 <= now_s - self._looked_s < _APART_S:
            return
        self._looked_s = now_s
        seen = [self._mount.on_map(o.centre, pose) for o in objects
                if o.name == NAME and o.size_m >= _WIDTH_MIN_M]
        self._seen = seen = [place for place in seen if _away_m(place, pose) < _RANGE_M[1]]
        doors = [_seen_again(door, seen, pose) for door in self._doors]
        known = [door.position for door in doors]
        doors += [_Door(place) for place in seen if not _near(place, known)]
        self._doors = [door for door in doors if door.hits > 0]

    def discs(self) -> np.ndarray:
        """Return what is shut as discs, (M, 3): x, y, radius [m]."""
        return _discs([door.position for door in self._doors if door.hits >= _HITS_BLOCK])

    def doubts(self) -> np.ndarray:
        """Return what the last look has shown, (M, 3)."""
        return _discs(self._seen)

    def forget(self) -> None:
        """Forget everything."""
        self._doors.clear()
        self._seen = []


def _discs(places: Sequence[np.ndarray]) -> np.ndarray:
    return discs_of([(*place, _HALF_M) for place in places])


def _seen_again(door: _Door, seen: Sequence[np.ndarray], pose: np.ndarray) -> _Door:
    """Return a door by another look at where it should be."""
    if again := _near(door.position, seen):
        return _Door(0.5 * (door.position + again[0]), min(door.hits + 1, _HITS_MAX))
    is_looked_at = (_RANGE_M[0] < _away_m(door.position, pose) < _RANGE_M[1]
                    and abs(_bearing_rad(door.position, pose)) < _BEARING_RAD)
    return replace(door, hits=door.hits - 1) if is_looked_at else door


def _near(place: np.ndarray, others: Sequence[np.ndarray]) -> list[np.ndarray]:
    return [other for other in others if np.hypot(*(other - place)) < _SAME_M]


def _away_m(place: np.ndarray, pose: np.ndarray) -> float:
    return float(np.hypot(*(place - pose[:2])))


def _bearing_rad(place: np.ndarray, pose: np.ndarray) -> float:
    ahead, left = points_in(pose, place)
    return float(np.arctan2(left, ahead))
