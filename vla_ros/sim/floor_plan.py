"""
The plan of a dwelling with rooms: what stands where, as values.

Lengths in m, angles in rad, world frame. Rooms are rectangles; a wall stands inside each side of
each room and leaves the doorways open.
"""
from dataclasses import dataclass
from enum import Enum

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import Place

RGB = tuple[float, float, float]
DOORWAY_M = 1.0
"""Width of a doorway: a G1 with its arms at rest is 0.6 m wide."""


class PieceKind(Enum):
    """A piece of furniture."""

    SHELF = 'shelf'
    TABLE = 'table'
    SOFA = 'sofa'
    PLANT = 'plant'
    BENCH = 'bench'
    COUNTER = 'counter'


@dataclass(frozen=True)
class Piece:
    """A piece of furniture in its place."""

    kind: PieceKind
    name: str
    """What tells it from others of its kind: 'dining'."""
    back: tuple[float, float]
    """Middle of its back on the floor, x, y."""
    yaw: float
    """Where its front looks."""

    @property
    def body(self) -> str:
        """Return the name of its body in the model."""
        return f'{self.kind.value}_{self.name}'


@dataclass(frozen=True)
class Room:
    """A rectangle of floor with walls of one colour."""

    name: str
    low: tuple[float, float]
    """Corner of least x and y."""
    high: tuple[float, float]
    wall_rgb: RGB
    floor_rgb: RGB
    tiles_per_m: float
    """How fine the floor's pattern is."""

    def contains(self, points: np.ndarray) -> np.ndarray:
        """Return whether points (..., 2) lie in the room."""
        points = np.asarray(points, float)
        return ((points >= self.low) & (points <= self.high)).all(axis=-1)


@dataclass(frozen=True)
class Doorway:
    """An opening in the wall between two rooms."""

    name: str
    centre: tuple[float, float]
    """Middle of the opening on the floor, x, y."""
    is_along_x: bool
    """Whether the wall that it is in runs along x."""
    width_m: float = DOORWAY_M


@dataclass(frozen=True)
class FloorPlan:
    """Rooms, doorways between them, furniture in them and places with names."""

    rooms: tuple[Room, ...]
    doorways: tuple[Doorway, ...]
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    """One for each room, by the room's name: where to stand there."""

    def room(self, name: str) -> Room:
        """
        Return the room of a name.

        :raises ConfigurationError: if there is none; the message lists them.
        """
        return _named(self.rooms, name, 'room')

    def doorway(self, name: str) -> Doorway:
        """
        Return the doorway of a name.

        :raises ConfigurationError: if there is none; the message lists them.
        """
        return _named(self.doorways, name, 'doorway')

    def place(self, name: str) -> Place:
        """
        Return the place of a name.

        :raises ConfigurationError: if there is none; the message lists them.
        """
        return _named(self.places, name, 'place')

    def room_at(self, point: np.ndarray) -> Room | None:
        """Return the room that a point (2,) lies in; None between and outside of them."""
        return next((room for room in self.rooms if room.contains(point)), None)


def _named(values: tuple, name: str, kind: str):
    for value in values:
        if value.name == name:
            return value
    raise ConfigurationError(f'{kind} {name!r}: expected one of {[v.name for v in values]}')


_NORTH, _EAST, _SOUTH, _WEST = -np.pi / 2, np.pi, np.pi / 2, 0.0
"""Yaw of a piece whose back is at the wall of that side."""

# Walls and floors are greys with a tint of at most 0.1, as the rooms of training are: strong
# colours belong to solids.
APARTMENT = FloorPlan(
    rooms=(
        Room('kitchen', (-5.5, 1.0), (0.0, 5.4), (0.86, 0.80, 0.70), (0.62, 0.60, 0.56), 2.0),
        Room('hall', (-4.0, -1.0), (4.0, 1.0), (0.83, 0.82, 0.80), (0.50, 0.46, 0.42), 1.0),
        Room('living room', (-4.5, -5.8), (4.5, -1.0), (0.66, 0.72, 0.78), (0.55, 0.49, 0.42),
             0.7),
        Room('office', (0.0, 1.0), (5.5, 5.4), (0.70, 0.78, 0.69), (0.46, 0.47, 0.50), 1.4)),
    doorways=(
        Doorway('kitchen_hall', (-2.4, 1.0), True),
        Doorway('office_hall', (2.4, 1.0), True),
        Doorway('living_room_hall', (0.4, -1.0), True),
        Doorway('kitchen_office', (0.0, 3.0), False)),
    pieces=(
        Piece(PieceKind.COUNTER, 'kitchen', (-3.6, 5.3), _NORTH),
        Piece(PieceKind.SHELF, 'kitchen', (-5.4, 4.5), _WEST),
        Piece(PieceKind.TABLE, 'dining', (-5.4, 2.3), _WEST),
        Piece(PieceKind.TABLE, 'desk', (3.4, 5.3), _NORTH),
        Piece(PieceKind.SHELF, 'office', (5.4, 2.2), _EAST),
        Piece(PieceKind.PLANT, 'office', (0.6, 5.3), _NORTH),
        Piece(PieceKind.SOFA, 'living_room', (-2.2, -5.7), _SOUTH),
        Piece(PieceKind.TABLE, 'living_room', (4.4, -4.4), _EAST),
        Piece(PieceKind.SHELF, 'living_room', (-4.4, -2.4), _WEST),
        Piece(PieceKind.PLANT, 'living_room', (4.0, -1.1), _NORTH),
        Piece(PieceKind.BENCH, 'living_room', (1.4, -5.7), _SOUTH),
        Piece(PieceKind.SHELF, 'hall', (-3.9, 0.0), _WEST),
        Piece(PieceKind.PLANT, 'hall', (3.9, -0.4), _EAST)),
    places=(
        Place('kitchen', np.array([-2.4, 2.7, np.pi / 2])),
        Place('hall', np.array([0.4, 0.0, np.pi])),
        Place('living room', np.array([0.4, -2.8, -np.pi / 2])),
        Place('office', np.array([2.4, 2.7, np.pi / 2]))))
