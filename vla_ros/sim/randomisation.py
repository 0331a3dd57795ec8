"""
Domain randomisation as a value: what is drawn at random in a world, how strongly, by which seed.

Each kind has a generator of its own, so that it draws the same alone and together with others.
"""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
import zlib

import numpy as np

from vla_ros.core.errors import ConfigurationError, InvalidValueError

ALL = 'all'


class Kind(Enum):
    """What can be drawn; the sentences say what strength 1 means."""

    LIGHTS = 'lights'
    """Where the lamp hangs, where it points, its colour and all brightness."""
    COLOURS = 'colours'
    """Paint of floor, walls and furniture; solids within what their names allow."""
    TEXTURES = 'textures'
    """Patterns on floor, walls and furniture, in place of plain paint."""
    CAMERA = 'camera'
    """How the camera is mounted: off by 2 cm and 2.3 degrees (sigma), field of view by 6 %."""
    EXPOSURE = 'exposure'
    """Brightness off by up to 40 %, white balance by 12 %, noise of up to 10 grey levels."""
    FRICTION = 'friction'
    """Feet and solids grip by up to 60 % less, or 40 % more."""
    LATENCY = 'latency'
    """Commands act up to 0.2 s late."""
    FRAMES = 'frames'
    """Half of the camera's pictures are lost; the one before is seen again."""
    SLIP = 'slip'
    """The base loses up to 40 % of its commanded velocity and drifts by up to 0.08 rad/s."""
    PUSHES = 'pushes'
    """Every 2 to 5 s the pelvis is given a velocity of up to 0.7 m/s to any side."""


@dataclass(frozen=True)
class Randomisation:
    """
    What is drawn in one world.

    :raises InvalidValueError: if the strength is not within 0 to 1.
    """

    kinds: frozenset[Kind] = frozenset()
    strength: float = 0.5
    """0: as described; 1: as far as each kind goes."""
    seed: int = 0

    def __post_init__(self):
        if not 0.0 <= self.strength <= 1.0:
            raise InvalidValueError(
                f'strength of randomisation: {self.strength:g}, expected 0 to 1')

    def of(self, kind: Kind) -> float:
        """Return the strength of a kind, 0 to 1."""
        return self.strength if kind in self.kinds else 0.0

    def generator(self, kind: Kind) -> np.random.Generator:
        """Return the generator of a kind at its beginning."""
        return np.random.default_rng([zlib.crc32(kind.value.encode()), self.seed])


NOTHING = Randomisation()
"""A world as it is described."""


def weakened(randomisation: Randomisation, rng: np.random.Generator) -> Randomisation:
    """Return the same kinds with a seed of their own, as strong at most."""
    if not randomisation.kinds:
        return randomisation
    return replace(randomisation, strength=randomisation.strength * float(rng.random()),
                   seed=int(rng.integers(1 << 30)))


def parse_randomisation(names: Sequence[str], strength: float = 0.5) -> Randomisation:
    """
    Return the randomisation of kinds with these names; 'all' names every one.

    :raises ConfigurationError: if there is no kind of a name; the message lists them.
    """
    known = {kind.value: kind for kind in Kind}
    if unknown := set(names) - known.keys() - {ALL}:
        raise ConfigurationError(f'randomisation {sorted(unknown)}: expected some of '
                                 f'{list(known)}, or {ALL!r}')
    kinds = frozenset(Kind) if ALL in names else frozenset(known[name] for name in names)
    try:
        return Randomisation(kinds, strength)
    except InvalidValueError as error:
        raise ConfigurationError(str(error)) from error
