"""
A scene as a value: which solids stand where, how the room looks, where the robot starts.

Everything is drawn from a generator that the caller seeds: the same seed, the same scene.
"""
from dataclasses import dataclass
from enum import Enum

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.sim.course import Course

ROOM_HALF_M = 4.5
"""Half of the side of the square room [m]."""
CLEARANCE_M = 1.0
"""Least distance between two solids, and between a solid and the robot's start [m]."""


class Dwelling(str, Enum):
    """Where a scene is; a string, so that a scene can be written as JSON."""

    ROOM = 'room'
    """One room with furniture along its walls."""
    APARTMENT = 'apartment'
    """Kitchen, hall, living room and office: `floor_plan.APARTMENT`."""


@dataclass(frozen=True)
class Solid:
    """One coloured solid on the floor."""

    shape: str
    """A word of `SHAPES`."""
    colour: str | None
    """A word of `COLOURS`; None: a colour without a name."""
    rgb: tuple[float, float, float]
    """What it is painted with, 0 to 1."""
    position: tuple[float, float]
    """Centre on the floor [m], world frame."""
    size_m: float
    """Half of its width and of its height [m]."""
    stand_m: float = 0.0
    """Height of the stand that it is on [m]; 0: it is on the floor."""
    mass_kg: float = 0.0
    """What it weighs; 0: it is fixed."""
    course: Course | None = None
    """The way that it moves on by itself; None: it does not."""

    @property
    def name(self) -> str:
        """Return it in words: 'red cube'."""
        return f'{self.colour} {self.shape}' if self.colour else self.shape


@dataclass(frozen=True)
class Look:
    """How the room looks: what changes without changing the task."""

    floor_rgb: tuple[float, float, float] = (0.55, 0.50, 0.44)
    wall_rgb: tuple[float, float, float] = (0.80, 0.79, 0.76)
    light: float = 0.8
    """Strength of the lamp, 0 to 1."""
    lamp_xy: tuple[float, float] = (0.0, 0.0)
    """Where the lamp hangs [m]."""
    camera_tilt_rad: float = 0.0
    """How much further down the camera looks than described."""
    furniture_seed: int = 0
    """Which arrangement of furniture stands along the walls."""


@dataclass(frozen=True)
class Scene:
    """A room with solids and a robot in it."""

    solids: tuple[Solid, ...]
    look: Look = Look()
    start: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Pose of the robot at the start: x, y [m], yaw [rad], world frame."""
    dwelling: Dwelling = Dwelling.ROOM

    def find(self, shape: str, colour: str | None = None) -> Solid:
        """
        Return the only solid of that shape (and colour).

        :raises ConfigurationError: if there is none, or more than one.
        """
        found = self.find_all(shape, colour)
        if len(found) != 1:
            raise ConfigurationError(
                f'{colour or "any"} {shape}: {len(found)} in the scene, which has: '
                f'{", ".join(s.name for s in self.solids)}')
        return found[0]

    def has(self, shape: str, colour: str | None = None) -> bool:
        """Return whether there is any solid of that shape (and colour)."""
        return bool(self.find_all(shape, colour))

    def find_all(self, shape: str, colour: str | None = None) -> list[Solid]:
        """Return the solids of that shape (and colour)."""
        return [s for s in self.solids if s.shape == shape and colour in (None, s.colour)]


def scene_from_dict(values: dict) -> Scene:
    """Return the scene whose `dataclasses.asdict` these values are."""
    solids = tuple(_solid_from_dict(s) for s in values['solids'])
    look = {name: tuple(v) if isinstance(v, list) else v for name, v in values['look'].items()}
    dwelling = Dwelling(values.get('dwelling', Dwelling.ROOM))      # older files name none
    return Scene(solids, Look(**look), tuple(values['start']), dwelling)


def _solid_from_dict(values: dict) -> Solid:
    course = values.get('course')
    if course is not None:
        course = Course(tuple(tuple(p) for p in course['points']), course['speed_m_s'])
    return Solid(**{**values, 'rgb': tuple(values['rgb']), 'course': course,
                    'position': tuple(values['position'])})


def paint(colour: str, rng: np.random.Generator) -> tuple[float, float, float]:
    """Return an RGB that a person would call by that name."""
    return _numbers(np.clip(COLOURS[colour] + rng.uniform(-0.07, 0.07, 3), 0, 1))


def random_solid(rng: np.random.Generator, kind: tuple[str, str],
                 position: np.ndarray) -> Solid:
    """Return a solid of a kind (colour, shape) of random size and tone."""
    colour, shape = kind
    return Solid(shape, colour, paint(colour, rng), _numbers(position),
                 round(rng.uniform(0.14, 0.24), 3))


def random_scene(rng: np.random.Generator, kinds: list[tuple[str, str]],
                 look: Look | None = None) -> Scene:
    """Return a scene with one solid of each kind (colour, shape), free to walk between."""
    start = np.array([*rng.uniform(-1.0, 1.0, 2), rng.uniform(-np.pi, np.pi)])
    spots = [start[:2]]
    while len(spots) <= len(kinds):
        spots = _spread(rng, start[:2], len(kinds))
    solids = tuple(random_solid(rng, kind, spot)
                   for kind, spot in zip(kinds, spots[1:], strict=True))
    return Scene(solids, look or random_look(rng), _numbers(start))


def random_look(rng: np.random.Generator) -> Look:
    """Return a room of random colours and light."""
    floor, wall = rng.uniform(0.3, 0.75), rng.uniform(0.5, 0.95)
    return Look(
        floor_rgb=_numbers(np.clip(floor + rng.uniform(-0.07, 0.07, 3), 0, 1)),
        wall_rgb=_numbers(np.clip(wall + rng.uniform(-0.06, 0.06, 3), 0, 1)),
        light=float(rng.uniform(0.5, 1.0)), lamp_xy=_numbers(rng.uniform(-2.5, 2.5, 2)),
        camera_tilt_rad=float(rng.uniform(-0.035, 0.035)),
        furniture_seed=int(rng.integers(1 << 30)))


def random_kinds(rng: np.random.Generator, count: int, excluded: frozenset = frozenset(),
                 colours=tuple(COLOURS), shapes=tuple(SHAPES)) -> list[tuple[str, str]]:
    """Return `count` different kinds (colour, shape), none of them excluded."""
    kinds = [(c, s) for c in colours for s in shapes if (c, s) not in excluded]
    return [kinds[i] for i in rng.choice(len(kinds), count, replace=False)]


def _spread(rng: np.random.Generator, start: np.ndarray, count: int,
            tries: int = 200) -> list[np.ndarray]:
    """Return the start and up to `count` spots, no two of them close to each other."""
    spots = [start]
    for _ in range(tries):
        angle, distance = rng.uniform(-np.pi, np.pi), rng.uniform(1.2, 3.5)
        spot = start + distance * np.array([np.cos(angle), np.sin(angle)])
        apart = min(np.hypot(*(spot - other)) for other in spots)
        if np.abs(spot).max() < ROOM_HALF_M - 1.2 and apart > CLEARANCE_M:
            spots.append(spot)
        if len(spots) > count:
            break
    return spots


def _numbers(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(v), 3) for v in values)
