"""Scenes of the apartment by seed: solids where a robot can walk up to them."""
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED
from vla_ros.sim.experts.motion import BODY_RADIUS_M, STAND_OFF_M
from vla_ros.sim.floor_plan import APARTMENT, Room
from vla_ros.sim.mapping import map_of_scene
from vla_ros.sim.scene import CLEARANCE_M, Dwelling, random_look, random_solid, Scene, Solid

ROOMS_FOR_SOLIDS = ('kitchen', 'living room', 'office')
"""The hall is a way, and stays free."""
_FROM_FURNITURE_M = 0.75
_FROM_DOORWAYS_M = 1.1
_FROM_PLACES_M = 0.8
_STANDS_WITHIN_M = 0.1
_TRIES = 400


def random_apartment_scene(rng: np.random.Generator, kinds: Sequence[tuple[str, str]],
                           rooms: Sequence[str] = (), start: str | None = None) -> Scene:
    """
    Return a scene of the apartment with one solid of each kind (colour, shape).

    :param rooms: which room each solid is in; where there is none, or not enough, at random.
    :param start: the place where the robot stands, looking anywhere; None: any.
    :raises ConfigurationError: if a room or a place is unknown, or there is no space left.
    """
    names = [p.name for p in APARTMENT.places]
    place = APARTMENT.place(names[rng.integers(len(names))] if start is None else start)
    pose = np.array([*place.pose[:2], rng.uniform(-np.pi, np.pi)])
    rooms = [*rooms, *(ROOMS_FOR_SOLIDS[i] for i in rng.integers(
        len(ROOMS_FOR_SOLIDS), size=max(0, len(kinds) - len(rooms))))]
    while True:
        solids: list[Solid] = []
        for kind, room in zip(kinds, rooms, strict=True):
            solids.append(_placed(rng, kind, APARTMENT.room(room), pose, solids))
        scene = Scene(tuple(solids), random_look(rng), tuple(float(v) for v in pose.round(3)),
                      Dwelling.APARTMENT)
        if all_is_in_reach(scene):
            return scene


def all_is_in_reach(scene: Scene) -> bool:
    """Return whether ways lead from the start to every place and up to every solid."""
    grid = with_solids(apartment_map(), scene.solids)
    passable = (clearance_m(grid) > BODY_RADIUS_M).astype(np.uint8)
    _, labels = cv2.connectedComponents(passable, connectivity=4)
    row, column = grid.cell_of(scene.start[:2])
    reached = grid.centre_of(np.argwhere((labels == labels[row, column]) & (labels > 0)))
    goals = [(p.pose[:2], grid.resolution_m) for p in grid.places]
    goals += [(s.position, s.size_m + STAND_OFF_M + _STANDS_WITHIN_M) for s in scene.solids]
    return all(np.hypot(*(reached - point).T).min(initial=np.inf) <= within_m
               for point, within_m in goals)


def with_solids(grid: GridMap, solids: Sequence[Solid]) -> GridMap:
    """Return a map on which solids stand too."""
    rows, columns = np.indices(grid.cells.shape)
    centres = grid.centre_of(np.stack([rows, columns], axis=-1))
    cells = grid.cells.copy()
    for solid in solids:
        cells[np.hypot(*(centres - solid.position).transpose(2, 0, 1)) < solid.size_m] = OCCUPIED
    return replace(grid, cells=cells)


@cache
def apartment_map() -> GridMap:
    """Return the map of the apartment, with its places."""
    return map_of_scene(Scene((), dwelling=Dwelling.APARTMENT))


def clearance_m(grid: GridMap) -> np.ndarray:
    """Return the distance of each cell from what is not free, (R, C) [m]."""
    free = (grid.cells == FREE).astype(np.uint8)
    return cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_PRECISE) * grid.resolution_m


@cache
def _clearance() -> np.ndarray:
    return clearance_m(apartment_map())


def _placed(rng: np.random.Generator, kind: tuple[str, str], room: Room, start: np.ndarray,
            others: Sequence[Solid]) -> Solid:
    """Return a solid in a room, away from all that it could be in the way of."""
    for _ in range(_TRIES):
        spot = rng.uniform(room.low, room.high)
        if _is_free(spot, start, others):
            return random_solid(rng, kind, spot)
    raise ConfigurationError(
        f'{" ".join(kind)}: no space left in the {room.name}, where '
        f'{sum(bool(room.contains(o.position)) for o in others)} solids stand already')


def _is_free(spot: np.ndarray, start: np.ndarray, others: Sequence[Solid]) -> bool:
    row, column = apartment_map().cell_of(spot)
    return bool(
        _clearance()[row, column] > _FROM_FURNITURE_M
        and _is_far(spot, [d.centre for d in APARTMENT.doorways], _FROM_DOORWAYS_M)
        and _is_far(spot, [p.pose[:2] for p in APARTMENT.places], _FROM_PLACES_M)
        and _is_far(spot, [start[:2], *(o.position for o in others)], CLEARANCE_M))


def _is_far(spot: np.ndarray, points: Sequence, distance_m: float) -> bool:
    return bool(np.hypot(*(np.array(points) - spot).T).min() > distance_m)
