"""The suite `memory`: what is in view does not say what to do."""
import numpy as np

from vla_ros.core.goals import GoTo, Visit
from vla_ros.language.phrases import say
from vla_ros.language.vocabulary import CORE_COLOURS, HELD_OUT_PAIRS
from vla_ros.sim.experts.motion import TURN_MAX_RAD_S
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Shove, Suite
from vla_ros.sim.tasks.goto_suite import LIMIT_S as GOTO_LIMIT_S
from vla_ros.sim.tasks.scenes import core_kinds, scene_seen

VISIT_LIMIT_S = 60.0
_SHOVED_S = 1.0
"""When a robot is turned; it has seen by then what there is to see [s]."""
_WALK_M_S, _TURN_RAD_S, _SPARE_S = 0.35, 0.5, 4.0
"""What is unhurried, and what time there is beyond that."""


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode of one of three sorts, in turn."""
    return (_turned_away, _twin, _and_back)[index % 3](index, rng)


def _turned_away(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode whose thing is in view until the robot is turned away from it."""
    kinds = core_kinds(rng, 3)
    colour, shape = kinds[0]
    goal = GoTo(shape, colour)
    away = rng.choice([-1, 1]) * rng.uniform(1.3, 2.2)
    scene, distance = scene_seen(rng, kinds, {0: rng.uniform(-0.4, 0.4)})
    # Time to turn back the shorter way and to walk there, not to look all around.
    limit_s = (_SHOVED_S + abs(away) / TURN_MAX_RAD_S + abs(away) / _TURN_RAD_S
               + distance / _WALK_M_S + _SPARE_S)
    return Episode(Suite.MEMORY, index, scene, goal, say(goal, rng), limit_s, _shove(away))


def _twin(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode in which a second thing like the first comes into view."""
    kinds = core_kinds(rng, 2)
    (colour, shape), has_same_colour = kinds[0], bool(rng.random() < 0.5)
    goal = GoTo(shape, colour if has_same_colour else None, is_first=True)
    others = [c for c in CORE_COLOURS if c != colour and (c, shape) not in HELD_OUT_PAIRS]
    twin = colour if has_same_colour else others[rng.integers(len(others))]
    first = rng.uniform(-0.4, 0.4)
    away = rng.choice([-1, 1]) * rng.uniform(1.7, 2.8)
    kinds = [(colour, shape), (twin, shape),
             *(k for k in core_kinds(rng, 3) if k[1] != shape)][:3]
    scene, _ = scene_seen(rng, kinds, {0: first, 1: first + away})
    return Episode(Suite.MEMORY, index, scene, goal, say(goal, rng), GOTO_LIMIT_S,
                   _shove(first + away))


def _and_back(index: int, rng: np.random.Generator) -> Episode:
    kinds = core_kinds(rng, rng.integers(3, 5))
    goal = Visit(kinds[0][1], kinds[0][0])
    return Episode(Suite.MEMORY, index, random_scene(rng, kinds), goal, say(goal, rng),
                   VISIT_LIMIT_S)


def _shove(turn_rad: float) -> Shove:
    """Return the shove that turns a robot by an angle [rad]."""
    return Shove(_SHOVED_S, abs(turn_rad) / TURN_MAX_RAD_S,
                 float(np.copysign(TURN_MAX_RAD_S, turn_rad)))
