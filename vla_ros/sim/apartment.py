"""The apartment: floors, walls with doorways, doors and furniture of a floor plan."""
from collections.abc import Iterator

import mujoco
import numpy as np

from vla_ros.sim.floor_plan import APARTMENT, Doorway, FloorPlan, Room
from vla_ros.sim.furniture import add_piece, GEOM
from vla_ros.sim.room import add_box, add_tiles, FLOOR_FRICTION
from vla_ros.sim.scene import Look

WALL_HEIGHT_M = 1.7
"""Higher than the robot's camera, so that it does not see into the next room, and low enough
that a bystander looks over it."""
WALL_M = 0.06
"""Thickness of one room's wall; between two rooms there are two."""
DOOR_PREFIX = 'door_'
HIDDEN_M = -5.0
"""How deep a door lies that is not shut [m]: nothing meets it there, and nobody sees it."""
_DOOR_RGB = (0.42, 0.33, 0.25)
_SEEN_BY_NOBODY = 3


def add_apartment(spec: mujoco.MjSpec, look: Look, plan: FloorPlan = APARTMENT) -> None:
    """
    Add a floor plan.

    Rooms have colours of their own, so of the look only its seed counts: it draws what the
    furniture is made of.
    """
    # The floors of the rooms are only seen: four planes would all meet the same foot.
    spec.worldbody.add_geom(name='floor', type=GEOM.mjGEOM_PLANE, size=[20, 20, 0.1], condim=3,
                            friction=FLOOR_FRICTION, group=_SEEN_BY_NOBODY)
    for room in plan.rooms:
        _add_floor(spec, room)
        _add_walls(spec, room, plan.doorways)
    for doorway in plan.doorways:
        _add_door(spec, doorway)
    rng = np.random.default_rng(look.furniture_seed)
    for piece in plan.pieces:
        add_piece(spec, piece.kind.value, piece.body, piece.back, piece.yaw, rng,
                  f'_{piece.name}')


def _add_floor(spec: mujoco.MjSpec, room: Room) -> None:
    name, size = f'floor_{room.name}', np.subtract(room.high, room.low)
    add_tiles(spec, name, room.floor_rgb, tuple(size * room.tiles_per_m / 2))
    spec.worldbody.add_geom(
        name=name, type=GEOM.mjGEOM_PLANE, material=name, size=[*size / 2, 0.1],
        pos=[*np.add(room.low, room.high) / 2, 0.0], contype=0, conaffinity=0)


def _add_walls(spec: mujoco.MjSpec, room: Room, doorways: tuple[Doorway, ...]) -> None:
    """Add a wall inside each side of a room, in pieces between the doorways of that side."""
    for side in range(4):
        across, is_high = side // 2, side % 2
        at_m = (room.low, room.high)[is_high][across]
        inwards = -1 if is_high else 1
        opened = sorted(
            (d.centre[1 - across] - d.width_m / 2, d.centre[1 - across] + d.width_m / 2)
            for d in doorways if d.is_along_x == bool(across) and d.centre[across] == at_m
            and room.low[1 - across] < d.centre[1 - across] < room.high[1 - across])
        shade = 1.0 - 0.04 * side
        ends = room.low[1 - across], room.high[1 - across]
        for part, (start_m, end_m) in enumerate(_between(ends, opened)):
            centre, half = np.zeros(3), np.zeros(3)
            centre[across], half[across] = at_m + inwards * WALL_M / 2, WALL_M / 2
            centre[1 - across], half[1 - across] = (start_m + end_m) / 2, (end_m - start_m) / 2
            centre[2] = half[2] = WALL_HEIGHT_M / 2
            add_box(spec, f'wall_{room.name}_{side}{part}', centre, half,
                    [shade * c for c in room.wall_rgb])


def _between(ends: tuple[float, float], gaps) -> Iterator[tuple[float, float]]:
    """Return the parts of an interval that no gap covers."""
    edges = [ends[0], *(edge for gap in gaps for edge in gap), ends[1]]
    return zip(edges[::2], edges[1::2], strict=True)


def _add_door(spec: mujoco.MjSpec, doorway: Doorway) -> None:
    name, half = f'{DOOR_PREFIX}{doorway.name}', [doorway.width_m / 2, 0.04, WALL_HEIGHT_M / 2]
    if not doorway.is_along_x:
        half[0], half[1] = half[1], half[0]
    body = spec.worldbody.add_body(name=name, pos=[*doorway.centre, HIDDEN_M])
    body.add_geom(name=name, type=GEOM.mjGEOM_BOX, size=half, rgba=[*_DOOR_RGB, 1])
