"""
The suites: seeded episodes that measure what a policy understands.

An episode is a scene, a goal and the sentence that asks for it. Episodes are drawn from the
seed and their own number alone, so that any of them can be run again by itself.
"""
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
import zlib

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Direction, Goal, GoTo, Move, Stop, Visit
from vla_ros.language.amounts import ANGLES_DEG, BACK_MAX_M, DISTANCES_M, SIDEWAYS_MAX_M
from vla_ros.language.grammar import parse
from vla_ros.language.phrases import say, Split
from vla_ros.language.vocabulary import CORE_COLOURS, CORE_SHAPES, HELD_OUT_PAIRS
from vla_ros.sim.experts.motion import TURN_MAX_RAD_S
from vla_ros.sim.scene import (
    random_kinds,
    random_look,
    random_scene,
    random_solid,
    ROOM_HALF_M,
    Scene,
)


class Suite(Enum):
    """What is measured."""

    GOTO = 'goto'
    """Go to one of three or four solids; words and pairs as in training."""
    MOVE = 'move'
    """Walk, step or turn, with and without an amount."""
    PHRASINGS = 'phrasings'
    """As goto and move, in forms of words that training never had."""
    PAIRS = 'pairs'
    """As goto, to solids whose colour and shape training never had together."""
    SWAPPED = 'swapped'
    """Two episodes after each other share a scene and name different solids of it."""
    ABSENT = 'absent'
    """The sentence names a solid that is not there: don't go to another one."""
    MEMORY = 'memory'
    """
    What is in view does not say what to do: in turn, the thing is turned out of view; another
    like it comes into view and the one seen first is meant; go somewhere and come back.
    """


@dataclass(frozen=True)
class Shove:
    """Somebody turns the robot, whatever it is told."""

    start_s: float
    """After the command [s]."""
    duration_s: float
    turn_rad_s: float
    """To the left [rad/s]."""


@dataclass(frozen=True)
class Episode:
    """One thing to do in one scene."""

    suite: Suite
    index: int
    scene: Scene
    goal: Goal
    instruction: str
    limit_s: float
    """Time after which it counts as not done [s]."""
    shove: Shove | None = None


GOTO_LIMIT_S, MOVE_LIMIT_S, ABSENT_LIMIT_S, VISIT_LIMIT_S = 45.0, 25.0, 25.0, 60.0
_SHOVED_S = 1.0
"""When a robot is turned; it has seen by then what there is to see [s]."""
_WALK_M_S, _TURN_RAD_S, _SPARE_S = 0.35, 0.5, 4.0
"""What is unhurried, and what time there is beyond that."""


def episode(suite: Suite, seed: int, index: int, instruction: str | None = None) -> Episode:
    """
    Return an episode of a suite; `instruction` replaces its sentence and its goal.

    :raises ConfigurationError: if the instruction can't be judged in this suite.
    """
    rng = _generator(suite, seed, index)
    if instruction is not None:
        return _asked(suite, index, instruction, rng)
    return _MAKERS[suite](index, rng)


def random_move(rng: np.random.Generator) -> Move | Stop:
    """Return a movement that the robot can do in the room, or, rarely, standing still."""
    if rng.random() < 0.06:
        return Stop()
    direction = list(Direction)[rng.integers(len(Direction))]
    if rng.random() < 0.35:
        return Move(direction)
    if direction.is_turn:
        return Move(direction, float(np.radians(rng.choice(ANGLES_DEG))))
    most = {Direction.BACK: BACK_MAX_M, Direction.FORWARD: max(DISTANCES_M)}.get(
        direction, SIDEWAYS_MAX_M)
    return Move(direction, float(rng.choice([d for d in DISTANCES_M if d <= most])))


def _goto(index: int, rng: np.random.Generator, suite=Suite.GOTO, split=Split.TRAIN) -> Episode:
    kinds = _core_kinds(rng, rng.integers(3, 5))
    colour, shape = kinds[0]
    return _going(suite, index, kinds, GoTo(shape, colour), rng, split)


def _swapped(index: int, rng: np.random.Generator) -> Episode:
    kinds = _core_kinds(rng, rng.integers(3, 5))
    scene = random_scene(rng, kinds)
    colour, shape = kinds[index % 2]
    goal = GoTo(shape, colour)
    return Episode(Suite.SWAPPED, index, scene, goal, say(goal, rng), GOTO_LIMIT_S)


def _pairs(index: int, rng: np.random.Generator) -> Episode:
    colour, shape = sorted(HELD_OUT_PAIRS)[index % len(HELD_OUT_PAIRS)]
    others = [k for k in _core_kinds(rng, 8) if k != (colour, shape)]
    same = [k for k in others if (k[0] == colour) != (k[1] == shape)]
    kinds = [(colour, shape), *dict.fromkeys(same[:2] + others)][:rng.integers(3, 5)]
    return _going(Suite.PAIRS, index, kinds, GoTo(shape, colour), rng, Split.TRAIN)


def _absent(index: int, rng: np.random.Generator) -> Episode:
    kinds = _core_kinds(rng, 5)
    colour, shape = kinds.pop()
    goal = GoTo(shape, colour)
    return Episode(Suite.ABSENT, index, random_scene(rng, kinds[:rng.integers(3, 5)]), goal,
                   say(goal, rng), ABSENT_LIMIT_S)


def _move(index: int, rng: np.random.Generator, suite=Suite.MOVE, split=Split.TRAIN) -> Episode:
    goal = random_move(rng)
    return Episode(suite, index, _scene_to_move_in(rng), goal, say(goal, rng, split),
                   MOVE_LIMIT_S)


def _phrasings(index: int, rng: np.random.Generator) -> Episode:
    make = _move if index % 3 == 2 else _goto
    return make(index, rng, Suite.PHRASINGS, Split.UNSEEN)


def _memory(index: int, rng: np.random.Generator) -> Episode:
    return (_turned_away, _twin, _and_back)[index % 3](index, rng)


def _turned_away(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode whose thing is in view until the robot is turned away from it."""
    kinds = _core_kinds(rng, 3)
    colour, shape = kinds[0]
    goal = GoTo(shape, colour)
    away = rng.choice([-1, 1]) * rng.uniform(1.3, 2.2)
    scene, distance = _scene_seen(rng, kinds, {0: rng.uniform(-0.4, 0.4)})
    # Time to turn back the shorter way and to walk there, not to look all around.
    limit_s = (_SHOVED_S + abs(away) / TURN_MAX_RAD_S + abs(away) / _TURN_RAD_S
               + distance / _WALK_M_S + _SPARE_S)
    return Episode(Suite.MEMORY, index, scene, goal, say(goal, rng), limit_s, _shove(away))


def _twin(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode in which a second thing like the first comes into view."""
    kinds = _core_kinds(rng, 2)
    (colour, shape), has_same_colour = kinds[0], bool(rng.random() < 0.5)
    goal = GoTo(shape, colour if has_same_colour else None, is_first=True)
    others = [c for c in CORE_COLOURS if c != colour and (c, shape) not in HELD_OUT_PAIRS]
    twin = colour if has_same_colour else others[rng.integers(len(others))]
    first = rng.uniform(-0.4, 0.4)
    away = rng.choice([-1, 1]) * rng.uniform(1.7, 2.8)
    kinds = [(colour, shape), (twin, shape),
             *(k for k in _core_kinds(rng, 3) if k[1] != shape)][:3]
    scene, _ = _scene_seen(rng, kinds, {0: first, 1: first + away})
    return Episode(Suite.MEMORY, index, scene, goal, say(goal, rng), GOTO_LIMIT_S,
                   _shove(first + away))


def _and_back(index: int, rng: np.random.Generator) -> Episode:
    kinds = _core_kinds(rng, rng.integers(3, 5))
    goal = Visit(kinds[0][1], kinds[0][0])
    return Episode(Suite.MEMORY, index, random_scene(rng, kinds), goal, say(goal, rng),
                   VISIT_LIMIT_S)


def _shove(turn_rad: float) -> Shove:
    """Return the shove that turns a robot by an angle [rad]."""
    return Shove(_SHOVED_S, abs(turn_rad) / TURN_MAX_RAD_S,
                 float(np.copysign(TURN_MAX_RAD_S, turn_rad)))


def _scene_seen(rng: np.random.Generator, kinds: list[tuple[str, str]],
                bearings: dict[int, float]) -> tuple[Scene, float]:
    """
    Return a scene with some solids at given bearings [rad], and the distance of the first [m].

    The others stand anywhere but before or behind those.
    """
    while True:
        scene = random_scene(rng, kinds)
        x, y, yaw = scene.start
        solids, spots = [], []
        for number, kind in enumerate(kinds):
            bearing = bearings.get(number, rng.uniform(-np.pi, np.pi))
            distance = rng.uniform(1.6, 3.2)
            spots.append((x + distance * np.cos(yaw + bearing),
                          y + distance * np.sin(yaw + bearing)))
            solids.append(random_solid(rng, kind, np.array(spots[-1])))
        angles = [np.arctan2(b - y, a - x) for a, b in spots]
        apart = min(abs((p - q + np.pi) % (2 * np.pi) - np.pi)
                    for i, p in enumerate(angles) for q in angles[:i])
        if apart > 0.5 and np.abs(spots).max() < ROOM_HALF_M - 1.2:
            distance = float(np.hypot(spots[0][0] - x, spots[0][1] - y))
            return Scene(tuple(solids), random_look(rng), scene.start), distance


def _going(suite: Suite, index: int, kinds, goal: GoTo, rng, split: Split) -> Episode:
    return Episode(suite, index, random_scene(rng, kinds), goal, say(goal, rng, split),
                   GOTO_LIMIT_S)


def _asked(suite: Suite, index: int, instruction: str, rng: np.random.Generator) -> Episode:
    goal = parse(instruction)
    if goal is None:
        raise ConfigurationError(
            f'{instruction!r} can\'t be judged: expected "go to the <colour> <shape>" '
            '(and come back), a movement such as "turn left 90 degrees", or "stay"')
    if not isinstance(goal, GoTo | Visit):
        return Episode(suite, index, _scene_to_move_in(rng), goal, instruction, MOVE_LIMIT_S)
    colour = goal.colour or CORE_COLOURS[rng.integers(len(CORE_COLOURS))]
    others = [k for k in _core_kinds(rng, 12) if k[1] != goal.shape or goal.colour]
    others = [k for k in others if k != (colour, goal.shape)]
    kinds = [(colour, goal.shape), *others[:rng.integers(2, 4)]]
    if suite is Suite.ABSENT:
        kinds.pop(0)
    limit = ABSENT_LIMIT_S if suite is Suite.ABSENT else (
        VISIT_LIMIT_S if isinstance(goal, Visit) else GOTO_LIMIT_S)
    return Episode(suite, index, random_scene(rng, kinds), goal, instruction, limit)


def _scene_to_move_in(rng: np.random.Generator) -> Scene:
    """Return a scene whose solids stand out of the way of any movement that is asked for."""
    while True:
        scene = random_scene(rng, _core_kinds(rng, 3))
        start = np.array(scene.start[:2])
        if (np.abs(start).max() < 0.5 and _way_is_free(scene)):
            return scene


def _way_is_free(scene: Scene) -> bool:
    x, y, yaw = scene.start
    for solid in scene.solids:
        offset = np.array(solid.position) - (x, y)
        along = np.cos(yaw) * offset[0] + np.sin(yaw) * offset[1]
        across = np.cos(yaw) * offset[1] - np.sin(yaw) * offset[0]
        if min(abs(along), abs(across)) < 0.9:
            return False
    return True


def _core_kinds(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    return random_kinds(rng, count, HELD_OUT_PAIRS, CORE_COLOURS, CORE_SHAPES)


def _generator(suite: Suite, seed: int, index: int) -> np.random.Generator:
    own = index // 2 if suite is Suite.SWAPPED else index
    return np.random.default_rng([zlib.crc32(b'evaluation ' + suite.value.encode()), seed, own])


_MAKERS: dict[Suite, Callable[[int, np.random.Generator], Episode]] = {
    Suite.GOTO: _goto, Suite.MOVE: _move, Suite.PHRASINGS: _phrasings, Suite.PAIRS: _pairs,
    Suite.SWAPPED: _swapped, Suite.ABSENT: _absent, Suite.MEMORY: _memory}
