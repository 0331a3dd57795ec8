"""The suite `absent`: the named solid is not there."""
import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds

LIMIT_S = 25.0


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode."""
    kinds = core_kinds(rng, 5)
    colour, shape = kinds.pop()
    goal = GoTo(shape, colour)
    return Episode(Suite.ABSENT, index, random_scene(rng, kinds[:rng.integers(3, 5)]), goal,
                   say(goal, rng), LIMIT_S)
