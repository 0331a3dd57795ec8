"""The suite `follow`: one of three solids moves, and is to be followed."""
from dataclasses import replace

import numpy as np

from vla_ros.core.goals import Follow
from vla_ros.language.phrases import say
from vla_ros.sim.course import Course, SPEED_MAX_M_S
from vla_ros.sim.scene import random_scene, Scene, Solid
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds, distance_m

LIMIT_S = 60.0
_SPEED_MIN_M_S = 0.12
_CORNERS, _TRIES = 4, 60
_REACH_M = 2.9
"""How far from the middle of the room its way leads."""
_ROOM_M = 0.9
"""How near to its way no other thing stands."""
_LEG_MIN_M = 1.2


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; the first solid moves."""
    kinds = core_kinds(rng, 3)
    goal = Follow(kinds[0][1], kinds[0][0])
    scene = moving(random_scene(rng, kinds), rng)
    while scene.solids[0].course is None:
        scene = moving(random_scene(rng, kinds), rng)
    return Episode(Suite.FOLLOW, index, scene, goal, say(goal, rng), LIMIT_S)


def moving(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene whose first solid goes round past the others, where there is a way."""
    first, *others = scene.solids
    corners = _corners(np.array(first.position), others, rng)
    if len(corners) < 2:
        return scene
    speed_m_s = round(float(rng.uniform(_SPEED_MIN_M_S, SPEED_MAX_M_S)), 3)
    course = Course(tuple((float(x), float(y)) for x, y in corners), speed_m_s)
    return replace(scene, solids=(replace(first, course=course), *others))


def _corners(first: np.ndarray, others: list[Solid],
             rng: np.random.Generator) -> list[np.ndarray]:
    """Return up to `_CORNERS` corners of a closed way that begins at the first of them."""
    corners = [first]
    for corner in rng.uniform(-_REACH_M, _REACH_M, (_TRIES, 2)).round(3):
        ends = [corners[-1]] if len(corners) + 1 < _CORNERS else [corners[-1], first]
        if len(corners) < _CORNERS and all(_is_free(corner, end, others) for end in ends):
            corners.append(corner)
    return corners if len(corners) == _CORNERS else corners[:2]        # there and back


def _is_free(first: np.ndarray, second: np.ndarray, others: list[Solid]) -> bool:
    """Return whether a leg of the way is long enough and leads past the others."""
    return bool(np.hypot(*(second - first)) > _LEG_MIN_M and all(
        distance_m(np.array(s.position), first, second) - s.size_m > _ROOM_M for s in others))
