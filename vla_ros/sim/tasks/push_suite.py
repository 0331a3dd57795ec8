"""The suite `push`: solids that can be moved, one of which is to be moved."""
from dataclasses import replace

import numpy as np

from vla_ros.core.goals import Push
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene, ROOM_HALF_M, Scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds, distance_m

LIMIT_S = 45.0
_MASS_KG = (0.6, 1.2)
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
    scene = random_scene(rng, kinds)
    while not _has_way(scene):
        scene = random_scene(rng, kinds)
    return Episode(Suite.PUSH, index, movable(scene, rng), goal, say(goal, rng), LIMIT_S)


def movable(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene whose solids have weight and stand free."""
    return replace(scene, solids=tuple(
        replace(solid, mass_kg=round(float(rng.uniform(*_MASS_KG)), 3))
        for solid in scene.solids))


def _has_way(scene: Scene) -> bool:
    """Return whether the first solid can be pushed away from the robot, past all others."""
    start, first = np.array(scene.start[:2]), np.array(scene.solids[0].position)
    way = first - start
    end = first + _WAY_M * way / np.hypot(*way)
    near_m = [distance_m(np.array(s.position), start, end) - s.size_m
              for s in scene.solids[1:]]
    return bool(np.abs(end).max() < _FREE_M and min(near_m) > _ROOM_M)
