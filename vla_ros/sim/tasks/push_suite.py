"""The suite `push`: solids that can be moved, one of which is to be moved."""
from dataclasses import replace

import numpy as np

from vla_ros.core.goals import Push
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene, ROOM_HALF_M, Scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds, distance_m

LIMIT_S = 45.0
_SIZE_M, _MASS_KG = (0.18, 0.25), (0.6, 1.2)
"""Half of a solid's width and height: over lower ones the robot steps. What it weighs."""
_WAY_M = 0.9
"""How far beyond its place a thing may come that is pushed."""
_ROOM_M = 0.75
"""How near to that way, and to the robot's way to it, no other thing stands."""
_FREE_M = ROOM_HALF_M - 1.2
"""How far from the middle of the room nothing else stands."""


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; the first solid can be pushed straight ahead."""
    kinds = core_kinds(rng, 3)
    goal = Push(kinds[0][1], kinds[0][0])
    scene = movable(random_scene(rng, kinds), rng)
    while not _has_way(scene):
        scene = movable(random_scene(rng, kinds), rng)
    return Episode(Suite.PUSH, index, scene, goal, say(goal, rng), LIMIT_S)


def movable(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene whose solids have weight, stand free and are knee-high."""
    return replace(scene, solids=tuple(
        replace(solid, size_m=_drawn(rng, _SIZE_M), mass_kg=_drawn(rng, _MASS_KG))
        for solid in scene.solids))


def _drawn(rng: np.random.Generator, interval: tuple[float, float]) -> float:
    return round(float(rng.uniform(*interval)), 3)


def _has_way(scene: Scene) -> bool:
    """Return whether the first solid can be pushed away from the robot, past all others."""
    start, first = np.array(scene.start[:2]), np.array(scene.solids[0].position)
    way = first - start
    end = first + _WAY_M * way / np.hypot(*way)
    near_m = [distance_m(np.array(s.position), start, end) - s.size_m
              for s in scene.solids[1:]]
    return bool(np.abs(end).max() < _FREE_M and min(near_m) > _ROOM_M)
