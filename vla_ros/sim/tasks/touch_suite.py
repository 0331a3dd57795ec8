"""The suite `touch`: solids on stands, one of which is to be touched with a hand."""
from dataclasses import replace

import numpy as np

from vla_ros.core.goals import Side, Touch
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene, Scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds

LIMIT_S = 45.0
_SIDES = (Side.LEFT, Side.RIGHT, None)
_SIZE_M, _STAND_M = (0.10, 0.14), (0.76, 0.86)
"""Half of a solid's width, and how high the stands are."""


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; left hand, right hand and either take turns."""
    kinds = core_kinds(rng, 3)
    goal = Touch(kinds[0][1], kinds[0][0], _SIDES[index % 3])
    scene = on_stands(random_scene(rng, kinds), rng)
    return Episode(Suite.TOUCH, index, scene, goal, say(goal, rng), LIMIT_S)


def on_stands(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene whose solids are smaller, and on stands as high as hands reach."""
    return replace(scene, solids=tuple(
        replace(solid, size_m=_drawn(rng, _SIZE_M), stand_m=_drawn(rng, _STAND_M))
        for solid in scene.solids))


def _drawn(rng: np.random.Generator, interval: tuple[float, float]) -> float:
    return round(float(rng.uniform(*interval)), 3)
