"""The suite `point`: point at one of three or four solids."""
import numpy as np

from vla_ros.core.goals import PointAt, Side
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds

LIMIT_S = 30.0
_TOLD_SHARE = 0.4
"""How often the sentence says which arm."""


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode."""
    kinds = core_kinds(rng, rng.integers(3, 5))
    goal = PointAt(kinds[0][1], kinds[0][0], random_side(rng))
    return Episode(Suite.POINT, index, random_scene(rng, kinds), goal, say(goal, rng), LIMIT_S)


def random_side(rng: np.random.Generator) -> Side | None:
    """Return the arm that a sentence names, mostly none."""
    if rng.random() > _TOLD_SHARE:
        return None
    return (Side.LEFT, Side.RIGHT)[rng.integers(2)]
