"""The suite `long`: seeded commands of two to five subtasks in the apartment."""
from dataclasses import dataclass, field

import numpy as np

from vla_ros.core.goals import Direction, GoTo, Move
from vla_ros.language.amounts import amount_words
from vla_ros.language.vocabulary import CORE_COLOURS, CORE_SHAPES, HELD_OUT_PAIRS
from vla_ros.sim.apartment_scenes import random_apartment_scene, ROOMS_FOR_SOLIDS
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.scene import random_kinds, Scene
from vla_ros.sim.tasks.long_task import AtPlace, Check, Home, LongTask

SUBTASKS_MIN, SUBTASKS_MAX = 2, 5
_LIMITS_S = {AtPlace: 75.0, Home: 75.0, GoTo: 60.0, Move: 25.0}
"""Time for each kind of subtask; what is not used is there for the others."""
_SOLIDS_MAX = 5
_TURNS_DEG = (90, 180)
_BACK_M = 0.5
_JOINTS = (', then ', ' and then ', ', and then ', '. Then ')
_PLACE_FRAMES = ('go to the {}', 'walk to the {}', 'head to the {}', 'go over to the {}')
_SOLID_FRAMES = ('go to the {}', 'walk up to the {}', 'walk over to the {}', 'find the {}',
                 'approach the {}')
_HOME_FRAMES = ('come back', 'come back here', 'come back to where you started')


@dataclass(frozen=True)
class LongEpisode:
    """One long command in one scene."""

    index: int
    scene: Scene
    task: LongTask
    limit_s: float
    """Time after which it counts as not done."""


@dataclass
class _Draft:
    """A command in the making."""

    room: str
    """Where the robot would be by now."""
    checks: list[Check] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    """Colour and shape of the solids that are needed."""
    rooms: list[str] = field(default_factory=list)
    """Which room each of them is in."""


def long_episode(seed: int, index: int) -> LongEpisode:
    """
    Return an episode, by the seed and its own number alone.

    Kinds of solids are those of the other suites' training; every solid of a scene is another.
    """
    rng = np.random.default_rng([0x1046, seed, index])
    start = APARTMENT.places[rng.integers(len(APARTMENT.places))].name
    spare = random_kinds(rng, _SOLIDS_MAX, HELD_OUT_PAIRS, CORE_COLOURS, CORE_SHAPES)
    draft = _drafted(rng, start, SUBTASKS_MIN + index % (SUBTASKS_MAX - SUBTASKS_MIN + 1), spare)
    others = spare[len(draft.kinds):][:rng.integers(1, 3)]
    scene = random_apartment_scene(rng, draft.kinds + others, draft.rooms, start)
    checks = tuple(draft.checks)
    limit_s = sum(_LIMITS_S[type(check)] for check in checks)
    return LongEpisode(index, scene, LongTask(_sentence(checks, rng), checks), limit_s)


def _drafted(rng: np.random.Generator, start: str, count: int, spare: list) -> _Draft:
    """Return a command of `count` subtasks, of which one at least goes to another room."""
    draft = _Draft(start)
    comes_back = bool(rng.random() < 0.4)
    while len(draft.checks) < count:
        if comes_back and len(draft.checks) == count - 1 and draft.room != start:
            draft.checks.append(Home())
        else:
            options = _options(draft, count)
            options[rng.integers(len(options))](draft, rng, spare)
    return draft


def _options(draft: _Draft, count: int) -> list:
    """Return what may follow; nothing is asked for that the robot would bump into."""
    last = draft.checks[-1] if draft.checks else None
    has_left = any(isinstance(check, AtPlace) for check in draft.checks)
    if last is None and (count == SUBTASKS_MIN or draft.room not in ROOMS_FOR_SOLIDS):
        return [_to_place]
    if not has_left and len(draft.checks) >= 1:
        return [_to_place]
    options = [] if isinstance(last, AtPlace) else [_to_place]
    if draft.room in ROOMS_FOR_SOLIDS and len(draft.kinds) < _SOLIDS_MAX - 1:
        options += [_to_solid, _to_solid]
    if last is not None and not isinstance(last, Move):
        options.append(_turn)
    if isinstance(last, GoTo):
        options.append(_step_back)
    return options


def _to_place(draft: _Draft, rng: np.random.Generator, spare: list) -> None:
    names = [p.name for p in APARTMENT.places if p.name != draft.room]
    draft.room = names[rng.integers(len(names))]
    draft.checks.append(AtPlace(draft.room))


def _to_solid(draft: _Draft, rng: np.random.Generator, spare: list) -> None:
    colour, shape = spare[len(draft.kinds)]
    draft.kinds.append((colour, shape))
    draft.rooms.append(draft.room)
    draft.checks.append(GoTo(shape, colour))


def _turn(draft: _Draft, rng: np.random.Generator, spare: list) -> None:
    direction = (Direction.TURN_LEFT, Direction.TURN_RIGHT)[rng.integers(2)]
    draft.checks.append(Move(direction, float(np.radians(rng.choice(_TURNS_DEG)))))


def _step_back(draft: _Draft, rng: np.random.Generator, spare: list) -> None:
    draft.checks.append(Move(Direction.BACK, _BACK_M))


def _sentence(checks: tuple[Check, ...], rng: np.random.Generator) -> str:
    """Return the checks as one command."""
    text = _words(checks[0], rng)
    for check in checks[1:]:
        joint = _pick(rng, _JOINTS)
        text += joint + _words(check, rng)
    return text


def _words(check: Check, rng: np.random.Generator) -> str:
    match check:
        case AtPlace(name):
            return _pick(rng, _PLACE_FRAMES).format(name)
        case GoTo() as goal:
            return _pick(rng, _SOLID_FRAMES).format(goal.name)
        case Home():
            return _pick(rng, _HOME_FRAMES)
        case Move(direction=direction) as move if direction.is_turn:
            return f'{direction.value} {amount_words(move, rng)}'
        case Move() as move:
            return f'step back {amount_words(move, rng)}'


def _pick(rng: np.random.Generator, options):
    return options[rng.integers(len(options))]
