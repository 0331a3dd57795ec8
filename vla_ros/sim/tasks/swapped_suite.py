"""The suite `swapped`: the same scene twice, another solid named."""
import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.goto_suite import LIMIT_S
from vla_ros.sim.tasks.scenes import core_kinds


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; two after each other come from equal generators."""
    kinds = core_kinds(rng, rng.integers(3, 5))
    scene = random_scene(rng, kinds)
    colour, shape = kinds[index % 2]
    goal = GoTo(shape, colour)
    return Episode(Suite.SWAPPED, index, scene, goal, say(goal, rng), LIMIT_S)
