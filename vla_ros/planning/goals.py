"""What a command comes down to: subtasks that a robot does one after the other, as values."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.goals import Direction
from vla_ros.language.understanding import Thing


class Skill(Enum):
    """What a robot may be able to do; which it is, is a parameter."""

    NAVIGATE = 'navigate'
    APPROACH = 'approach'
    TELL_APART = 'tell_apart'
    """Walk up to one of several alike that is told by how it stands: 'the nearest ball'."""
    COME_BACK = 'come_back'
    MOVE = 'move'
    TURN = 'turn'
    WAIT = 'wait'
    SAY = 'say'
    DESCRIBE = 'describe'
    FACE = 'face'
    POINT = 'point'
    WAVE = 'wave'
    RAISE = 'raise'
    LOWER = 'lower'
    TOUCH = 'touch'
    PUSH = 'push'
    FOLLOW = 'follow'
    PICK_UP = 'pick_up'
    PUT_DOWN = 'put_down'
    BRING = 'bring'


@dataclass(frozen=True)
class Navigate:
    """Walk to a place by the map."""

    place: str
    """A name that the map's places have."""
    skill: ClassVar[Skill] = Skill.NAVIGATE

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        return f'go to the {self.place}'


@dataclass(frozen=True)
class Approach:
    """Walk up to a thing that is looked for by eye."""

    thing: Thing
    skill: ClassVar[Skill] = Skill.APPROACH

    @property
    def words(self) -> str:
        """Return the sentence that the policy knows."""
        if self.thing.selector == 'first':
            return f'go to the {name_of(self.thing)} that you saw first'
        return f'go to {self.thing.words}'


@dataclass(frozen=True)
class Move:
    """Walk some way, as seen from where it begins."""

    direction: Direction
    distance_m: float
    skill: ClassVar[Skill] = Skill.MOVE

    def __post_init__(self):
        _expect_amount('distance', self.distance_m, self.direction.is_turn)

    @property
    def words(self) -> str:
        """Return the sentence that the policy knows."""
        unit = 'metre' if self.distance_m == 1.0 else 'metres'
        return f'walk {self.direction.value} {round(self.distance_m, 2):g} {unit}'


@dataclass(frozen=True)
class Turn:
    """Turn in place."""

    direction: Direction
    angle_rad: float
    skill: ClassVar[Skill] = Skill.TURN

    def __post_init__(self):
        _expect_amount('angle', self.angle_rad, not self.direction.is_turn)

    @property
    def words(self) -> str:
        """Return the sentence that the policy knows."""
        return f'{self.direction.value} {round(np.degrees(self.angle_rad))} degrees'


@dataclass(frozen=True)
class Wait:
    """Stand for a while, or for good."""

    duration_s: float | None = None
    """None: until the next command."""
    skill: ClassVar[Skill] = Skill.WAIT

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        if self.duration_s is None:
            return 'wait'
        return f'wait {self.duration_s:g} seconds'


@dataclass(frozen=True)
class Say:
    """Speak."""

    text: str
    skill: ClassVar[Skill] = Skill.SAY

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        return f'say "{self.text}"'


@dataclass(frozen=True)
class Describe:
    """Say what is seen, or whether and where a thing is."""

    thing: Thing | None = None
    """None: everything."""
    skill: ClassVar[Skill] = Skill.DESCRIBE

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        return f'look for the {name_of(self.thing)}' if self.thing else 'say what is seen'


@dataclass(frozen=True)
class ComeBack:
    """Return to where the command was given."""

    skill: ClassVar[Skill] = Skill.COME_BACK
    words: ClassVar[str] = 'come back'


@dataclass(frozen=True)
class Act:
    """Something that a policy does by itself with arms, hands or eyes."""

    skill: Skill
    thing: Thing | None = None
    """With which thing or person, or at which."""
    side: str | None = None
    """Of an arm: left, right, both; None: any."""

    def __post_init__(self):
        if self.skill not in _ACTS:
            raise InvalidValueError(f'skill: {self.skill.value}, expected one of '
                                    f'{[s.value for s in _ACTS]}')

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        arm = {'both': 'both arms', None: 'your arm'}.get(self.side, f'your {self.side} arm')
        verb, joint = _ACTS[self.skill]
        if '{arm}' in verb:
            return verb.format(arm=arm)
        told = f'{verb}{joint} the {name_of(self.thing)}' if self.thing else verb
        return f'{told} with {arm}' if self.side else told

    @property
    def sentence(self) -> str:
        """Return what the policy is told: gestures name the arms, whoever did not say which."""
        if self.skill not in _ARMS_OF_ANY:
            return self.words
        side = self.side or _ARMS_OF_ANY[self.skill]
        return f'{self.skill.value} {"both your arms" if side == "both" else f"your {side} arm"}'


@dataclass(frozen=True)
class IfSeen:
    """Do one thing where something is seen, and another where not."""

    thing: Thing
    then: tuple[Subtask, ...]
    otherwise: tuple[Subtask, ...] = ()
    skill: ClassVar[Skill] = Skill.DESCRIBE

    @property
    def words(self) -> str:
        """Return it as one would say it."""
        return f'look whether a {name_of(self.thing)} is there'


Subtask = (Navigate | Approach | Move | Turn | Wait | Say | Describe | ComeBack | Act | IfSeen)


@dataclass(frozen=True)
class Plan:
    """What a command comes down to."""

    text: str
    """The command."""
    subtasks: tuple[Subtask, ...]
    """In order; none: nothing is to be done."""
    avoided: tuple[Subtask, ...] = ()
    """What the speaker forbade."""


@dataclass(frozen=True)
class Question:
    """What to ask back, because something isn't known."""

    text: str


@dataclass(frozen=True)
class Refusal:
    """Why nothing is done."""

    reason: str


@dataclass(frozen=True)
class Halt:
    """Stand still and forget what was to be done."""


Outcome = Plan | Question | Refusal | Halt


def name_of(thing: Thing) -> str:
    """Return a thing by its properties: 'small red cube'."""
    return ' '.join(w for w in (thing.size, thing.colour, thing.kind) if w)


def flattened(subtasks: Sequence[Subtask]) -> list[Subtask]:
    """Return subtasks with those inside of conditions."""
    found: list[Subtask] = []
    for subtask in subtasks:
        found.append(subtask)
        if isinstance(subtask, IfSeen):
            found += flattened((*subtask.then, *subtask.otherwise))
    return found


_ACTS = {
    Skill.FACE: ('look', ' at'), Skill.POINT: ('point', ' at'), Skill.WAVE: ('wave', ' at'),
    Skill.RAISE: ('raise {arm}', ''), Skill.LOWER: ('lower {arm}', ''),
    Skill.TOUCH: ('touch', ''), Skill.PUSH: ('push', ''), Skill.FOLLOW: ('follow', ''),
    Skill.PICK_UP: ('pick up', ''), Skill.PUT_DOWN: ('put down', ''),
    Skill.BRING: ('bring', '')}

_ARMS_OF_ANY = {Skill.WAVE: 'right', Skill.RAISE: 'right', Skill.LOWER: 'both'}


def _expect_amount(name: str, amount: float, is_other_kind: bool) -> None:
    if is_other_kind or not (np.isfinite(amount) and amount > 0):
        raise InvalidValueError(f'{name}: {amount} in that direction, expected a positive amount, '
                                'turns in radians and ways in metres')
