"""The suite `goto`: go to one of three or four solids."""
import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.language.phrases import say, Split
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds

LIMIT_S = 45.0


def make(index: int, rng: np.random.Generator, suite: Suite = Suite.GOTO,
         split: Split = Split.TRAIN) -> Episode:
    """Return an episode."""
    kinds = core_kinds(rng, rng.integers(3, 5))
    colour, shape = kinds[0]
    return going(suite, index, kinds, GoTo(shape, colour), rng, split)


def going(suite: Suite, index: int, kinds: list[tuple[str, str]], goal: GoTo,
          rng: np.random.Generator, split: Split = Split.TRAIN) -> Episode:
    """Return an episode with one solid of each kind (colour, shape), one of which is named."""
    return Episode(suite, index, random_scene(rng, kinds), goal, say(goal, rng, split), LIMIT_S)
