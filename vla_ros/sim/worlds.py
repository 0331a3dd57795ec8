"""The world that this machine can simulate."""
from enum import Enum

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.sim.apartment_scenes import random_apartment_scene
from vla_ros.sim.assets import are_installed
from vla_ros.sim.kinematic import KinematicWorld
from vla_ros.sim.randomisation import NOTHING, Randomisation
from vla_ros.sim.scene import Dwelling, random_scene, Scene
from vla_ros.sim.tasks.follow_suite import moving
from vla_ros.sim.tasks.push_suite import movable
from vla_ros.sim.tasks.touch_suite import on_stands


class Setup(Enum):
    """How the solids of a room stand."""

    FIXED = 'fixed'
    """On the floor, whatever meets them."""
    MOVABLE = 'movable'
    """On the floor, to be pushed."""
    ON_STANDS = 'on_stands'
    """As high as hands reach, to be touched."""
    ONE_MOVES = 'one_moves'
    """The first one goes its way, to be followed."""


_SETUPS = {Setup.FIXED: lambda scene, rng: scene, Setup.MOVABLE: movable,
           Setup.ON_STANDS: on_stands, Setup.ONE_MOVES: moving}


def make_world(robot: RobotDescription, scene: Scene, kinematic: bool = False,
               mesh_cell_m: float = 0.005, randomisation: Randomisation = NOTHING):
    """Return a walking G1, or a kinematic base where it is asked for or the G1 is missing."""
    if kinematic or not are_installed():
        return KinematicWorld(robot, scene, mesh_cell_m, randomisation)
    from vla_ros.sim.world import World  # onnxruntime: only where there is a gait to run
    return World(robot, scene, mesh_cell_m, randomisation)


def parse_dwelling(name: str) -> Dwelling:
    """
    Return the dwelling of a name.

    :raises ConfigurationError: if there is none; the message lists them.
    """
    try:
        return Dwelling(name)
    except ValueError as error:
        raise ConfigurationError(
            f'world {name!r}: expected one of {[d.value for d in Dwelling]}') from error


def parse_moved(text: str) -> tuple[str, tuple[float, float]]:
    """
    Return the name and the new place [m] that "<colour> <shape> <x> <y>" says.

    :raises ConfigurationError: if it says something else.
    """
    *name, x, y = text.split() if len(text.split()) == 4 else ('', '', '')
    try:
        place = float(x), float(y)
    except ValueError as error:
        raise ConfigurationError(f'moved solid {text!r}: expected "<colour> <shape> <x> <y>" '
                                 'with x and y in metres') from error
    if not np.isfinite(place).all():
        raise ConfigurationError(f'moved solid {text!r}: not finite')
    return ' '.join(name), place


def scene_of(names: tuple[str, ...], seed: int, dwelling: Dwelling = Dwelling.ROOM,
             setup: Setup = Setup.FIXED) -> Scene:
    """
    Return a scene with the solids of these names, placed by the seed.

    :param setup: how they stand in a room; in an apartment all are fixed.
    :raises ConfigurationError: if a name is no "<colour> <shape>"; the message lists them. Also
        if solids of an apartment are to be anything else but fixed.
    """
    kinds = [tuple(name.split()) for name in names]
    wrong = [' '.join(k) for k in kinds
             if len(k) != 2 or k[0] not in COLOURS or k[1] not in SHAPES]
    if wrong:
        raise ConfigurationError(f'{wrong}: expected "<colour> <shape>" with a colour of '
                                 f'{list(COLOURS)} and a shape of {list(SHAPES)}')
    rng = np.random.default_rng([0x5CE7E, seed])
    if dwelling is Dwelling.APARTMENT:
        if setup is not Setup.FIXED:
            raise ConfigurationError(f'solids that are {setup.value!r}: only in a room; in an '
                                     f'apartment expected {Setup.FIXED.value!r}')
        return random_apartment_scene(rng, kinds, start='hall')
    return _SETUPS[setup](random_scene(rng, kinds), rng)
