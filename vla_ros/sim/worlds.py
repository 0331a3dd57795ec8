"""The world that this machine can simulate."""
import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.sim.assets import are_installed
from vla_ros.sim.kinematic import KinematicWorld
from vla_ros.sim.scene import random_scene, Scene


def make_world(robot: RobotDescription, scene: Scene, kinematic: bool = False,
               mesh_cell_m: float = 0.005):
    """Return a walking G1, or a kinematic base where it is asked for or the G1 is missing."""
    if kinematic or not are_installed():
        return KinematicWorld(robot, scene, mesh_cell_m)
    from vla_ros.sim.world import World  # onnxruntime: only where there is a gait to run
    return World(robot, scene, mesh_cell_m)


def scene_of(names: tuple[str, ...], seed: int) -> Scene:
    """
    Return a scene with the solids of these names, placed by the seed.

    :raises ConfigurationError: if a name is no "<colour> <shape>"; the message lists them.
    """
    kinds = [tuple(name.split()) for name in names]
    wrong = [' '.join(k) for k in kinds
             if len(k) != 2 or k[0] not in COLOURS or k[1] not in SHAPES]
    if wrong:
        raise ConfigurationError(f'{wrong}: expected "<colour> <shape>" with a colour of '
                                 f'{list(COLOURS)} and a shape of {list(SHAPES)}')
    return random_scene(np.random.default_rng([0x5CE7E, seed]), kinds)
