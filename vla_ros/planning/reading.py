"""From steps, as they were understood, to subtasks that can be done."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
import re

import numpy as np

from vla_ros.core.goals import Direction
from vla_ros.language.lexicon import ANY, PLACES, SPEAKER
from vla_ros.language.meaning import EntityType, Intent
from vla_ros.language.steps import things_of
from vla_ros.language.understanding import Entity, Step, Thing
from vla_ros.language.vocabulary import SHAPES
from vla_ros.planning.capabilities import Knowledge, TOLD_BY_PLACE
from vla_ros.planning.goals import (
    Act,
    Approach,
    ComeBack,
    Describe,
    Move,
    Navigate,
    Skill,
    Subtask,
    Turn,
    Wait,
)

STEP_M = 0.3
"""Length of a step, where steps are counted."""
WALK_M_S = 0.4
"""Speed of walking, where its time is told."""
COUNT_MAX = 10
_PRONOUNS = frozenset(('it', 'that', 'this', 'them', 'those', 'these', 'there', 'him', 'her'))
_ACTS = {
    Intent.LOOK_AT: Skill.FACE, Intent.POINT_AT: Skill.POINT, Intent.WAVE: Skill.WAVE,
    Intent.RAISE_ARM: Skill.RAISE, Intent.LOWER_ARM: Skill.LOWER, Intent.TOUCH: Skill.TOUCH,
    Intent.PUSH: Skill.PUSH, Intent.FOLLOW: Skill.FOLLOW, Intent.PICK_UP: Skill.PICK_UP,
    Intent.PUT_DOWN: Skill.PUT_DOWN, Intent.BRING: Skill.BRING}
_IMPOSSIBLE = re.compile(r'\b(fly|jump|swim|climb|dance|crawl|kick|throw|catch|hop|lie|sit|cook'
                         r'|drive|teleport|disappear|explode|dig|eat|drink|kill|hit|punch|break'
                         r'|shoot|attack)\b')
_ALREADY_FIRST = re.compile(
    r'\b(?:saw|seen|noticed)\s+first\b|\bfirst\b.*\b(?:saw|seen|noticed)\b')
_INSIDE = re.compile(r'\b(?:in|inside|from)\s+(?:the\s+)?\w+(?:\s\w+)?$', re.IGNORECASE)
_AMOUNTS = (EntityType.DISTANCE, EntityType.ANGLE, EntityType.DURATION, EntityType.STEPS,
            EntityType.COUNT)
_WHERE = {'forward': Direction.FORWARD, 'back': Direction.BACK, 'left': Direction.LEFT,
          'right': Direction.RIGHT, None: Direction.FORWARD}


class Asks(Exception):
    """Something has to be asked before anything is done."""


class Objects(Exception):
    """Something can't be done."""


@dataclass
class Reader:
    """Reads the steps of one understanding, one after the other."""

    knowledge: Knowledge
    meant: Mapping[str, str]
    """What the stand-ins for names of places stand for."""
    steps: Sequence[Step]
    entities: Sequence[Sequence[Entity]]
    """Of each step."""
    known: Thing | None
    """The thing named last."""
    is_wish: bool = True
    """Whether it is to be done; what is forbidden may stay vague."""
    is_cut: bool = False
    """Whether each step is one sentence; otherwise all steps are one sentence."""
    subtasks: list[Subtask] = field(default_factory=list)
    _number: int = 0

    def read_sentence(self) -> None:
        """Add the subtasks of the next sentence."""
        self._read_step(self._next())
        while not self.is_cut and self._number < len(self.steps):
            self._read_step(self._next())

    def read_thing(self) -> Thing | None:
        """Return what the next step is about; None if it is about nothing."""
        step = self._next()
        return None if step.target is None else self._thing(step.target)

    def _next(self) -> Step:
        if self._number >= len(self.steps):
            raise Asks('I lost the thread. Can you say it in other words?')
        self._own = self.entities[self._number]
        self._number += 1
        return self.steps[self._number - 1]

    def _read_step(self, step: Step) -> None:
        if vague := [e.text for e in self._own if e.span.kind in _AMOUNTS and e.value is None]:
            raise Asks(f'How much is "{vague[0]}"?')
        if found := _IMPOSSIBLE.search(step.text.lower()):
            raise Objects(f"I can't {found[1]}.")
        if not step.is_negated:
            count = 1 if step.intent is Intent.REPEAT else _times(step)
            self.subtasks += list(self._subtasks(step)) * count

    def _subtasks(self, step: Step) -> tuple[Subtask, ...]:
        match step.intent:
            case Intent.GO_TO:
                return self._visits(step)
            case Intent.COME_BACK:
                return (ComeBack(),)
            case Intent.MOVE:
                return tuple(self._move(one) for one in self._each_way(step))
            case Intent.TURN:
                return tuple(self._turn(one) for one in self._each_way(step))
            case Intent.STOP:
                return (Wait(step.duration_s),)
            case Intent.DESCRIBE:
                return self._description(step)
            case Intent.REPEAT:
                return self._again(step)
            case Intent.SLOWER | Intent.FASTER | Intent.UNDO:
                raise Objects("I can't change what I am doing that way. Tell me what to do.")
        return (Act(_ACTS[step.intent], self._acted_on(step), step.side),)

    def _acted_on(self, step: Step) -> Thing | None:
        try:
            return None if step.target is None else self._thing(step.target)
        except Asks:
            if self.is_wish:
                raise
            return None                                 # "don't touch anything"

    def _visits(self, step: Step) -> tuple[Subtask, ...]:
        """Return walks to each of the things and places that are named."""
        if step.target is None:
            raise Asks('Where should I go?')
        things = self._named(step)
        return tuple(subtask for thing in things for subtask in self._visit(step, thing))

    def _visit(self, step: Step, thing: Thing) -> tuple[Subtask, ...]:
        if (place := self._place(thing)) is not None:
            return (Navigate(place),)
        if thing.kind == SPEAKER:
            return self._to_speaker()
        if _ALREADY_FIRST.search(step.text.lower()):
            thing = replace(thing, selector='first')
        thing = self._thing(thing)
        if thing.relation == 'in' and thing.other and self._place(thing.other):
            alone = replace(thing, relation=None, other=None)
            return (Navigate(self._place(thing.other)), Approach(alone))
        return (Approach(thing),)

    def _to_speaker(self) -> tuple[Subtask, ...]:
        """Return the way to who speaks: where the command was given, once it has been left."""
        if self.subtasks:
            return (ComeBack(),)
        raise Asks(f"I can't see where you are. {self.knowledge.capabilities.known_places} "
                   'Which place should I go to?')

    def _named(self, step: Step) -> list[Thing]:
        """Return all things of a step that are not there to tell another: "the ball and ..."."""
        own = self._own
        if any(e.span.kind in (EntityType.NEGATION, EntityType.ALTERNATIVE) for e in own):
            return [step.target]
        self._ask_about_places(own)
        things = things_of(own)
        if len(things) == 2 and self._place(things[1][1]) and _INSIDE.search(step.text):
            return [replace(things[0][1], relation='in', other=things[1][1])]
        alone = [thing for relation, thing in things if relation is None]
        return alone if len(alone) > 1 and len(alone) == len(things) else [step.target]

    def _ask_about_places(self, own: Sequence[Entity]) -> None:
        """Ask where a place sounds like a known one without being it: dining, living room."""
        for entity in own:
            words = entity.text.lower()
            if entity.span.kind is not EntityType.PLACE or entity.value is None:
                continue
            if words not in PLACES.get(entity.value, ()) and _letters_apart(
                    words, str(entity.value)) > 1:
                raise Asks(f"I don't know the {words}. Do you mean the "
                           f'{self.meant.get(entity.value, entity.value)}?')

    def _place(self, thing: Thing) -> str | None:
        """Return the name of a place, None for what is no place."""
        name = self.meant.get(thing.kind, thing.kind)
        if name in self.knowledge.capabilities.places:
            return name
        known = [p for p in self.knowledge.capabilities.places
                 if name in PLACES and (p.startswith(name) or name.startswith(p))]
        if known:
            return known[0]
        return name if name in PLACES else None

    def _thing(self, thing: Thing) -> Thing:
        thing = resolved_thing(thing, self.known, self.meant, self.knowledge)
        self.known = thing
        return thing

    def _each_way(self, step: Step) -> list[Step]:
        """Return a step for each direction that is named: "turn left and right"."""
        ways = list(dict.fromkeys(
            str(e.value) for e in self._own if e.span.kind is EntityType.DIRECTION))
        if len(ways) < 2 or 'around' in ways:
            return [step]
        if any(e.span.kind in (EntityType.NEGATION, EntityType.ALTERNATIVE, EntityType.DISTANCE,
                               EntityType.ANGLE, EntityType.STEPS) for e in self._own):
            raise Asks(f'Which way first: {" or ".join(ways)}?')
        return [replace(step, direction=way) for way in ways]

    def _move(self, step: Step) -> Move:
        direction = _WHERE.get(step.direction)
        if direction is None:
            raise Objects(f"I can't walk {step.direction}.")
        if step.target is not None:
            raise Asks(f'What should I do about {step.target.words}?')
        if step.distance_m is not None:
            distance_m = step.distance_m
        elif step.steps is not None:
            distance_m = step.steps * STEP_M
        else:
            distance_m = 1.0 if step.duration_s is None else step.duration_s * WALK_M_S
        if not distance_m > 0:
            raise Asks('How far should I walk?')
        return Move(direction, round(float(distance_m), 3))

    def _turn(self, step: Step) -> Subtask:
        if step.target is not None and step.direction is not None:
            raise Asks(f'What should I do about {step.target.words}?')
        if step.direction == 'around':
            return Turn(Direction.TURN_LEFT, float(step.angle_rad or np.pi))
        if step.target is not None and step.direction is None:
            return Act(Skill.FACE, self._thing(step.target))
        ways = {'left': Direction.TURN_LEFT, 'right': Direction.TURN_RIGHT}
        if step.direction not in ways:
            raise Asks('Which way should I turn: left or right?')
        return Turn(ways[step.direction], float(step.angle_rad or np.pi / 2))

    def _description(self, step: Step) -> tuple[Subtask, ...]:
        if step.target is None or (step.target.kind == ANY and step.target.colour is None):
            return (Describe(),)
        if (place := self._place(step.target)) is not None:
            return Navigate(place), Describe()
        thing = self._thing(self._named(step)[0])
        if thing.relation == 'in' and thing.other and (place := self._place(thing.other)):
            return Navigate(place), Describe(replace(thing, relation=None, other=None))
        return (Describe(thing),)

    def _again(self, step: Step) -> tuple[Subtask, ...]:
        if not self.subtasks and self.knowledge.last is None:
            raise Asks('What should I do again? I have done nothing yet.')
        again = (self.subtasks[-1],) if self.subtasks else self.knowledge.last.subtasks
        return again * _times(step)


def _times(step: Step) -> int:
    return checked_count(1 if step.count is None else int(step.count))


def checked_count(count: int) -> int:
    """
    Return how often something is to be done.

    :raises Objects: if that is too often.
    """
    if not 1 <= count <= COUNT_MAX:
        raise Objects(f"I can't do anything {count} times: from once to {COUNT_MAX} times.")
    return count


def thing_in(subtasks: Sequence[Subtask]) -> Thing | None:
    """Return the first thing that subtasks name."""
    return next((s.thing for s in subtasks if getattr(s, 'thing', None) is not None), None)


def resolved_thing(thing: Thing, known: Thing | None, meant: Mapping[str, str],
                   knowledge: Knowledge) -> Thing:
    """
    Return a thing with "it" and "the red one" replaced by what they mean.

    :raises Asks: if nobody can know what is meant.
    """
    if thing.other is not None:
        other = replace(thing.other, kind=meant.get(thing.other.kind, thing.other.kind))
        thing = replace(thing, other=other)
    if thing.kind in _PRONOUNS or (thing.kind == ANY and not _has_properties(thing)):
        if known is None:
            raise Asks(f'What do you mean by "{thing.kind}"?')
        return known
    if thing.kind == ANY and thing.selector is None:
        return replace(thing, kind=_only_shape(thing, known, knowledge))
    if (thing.colour is None and thing.kind in SHAPES and thing.relation is None
            and thing.selector not in TOLD_BY_PLACE):
        _ask_which(thing, knowledge)
    return thing


def _has_properties(thing: Thing) -> bool:
    return bool(thing.colour or thing.size or thing.selector)


def _only_shape(thing: Thing, known: Thing | None, knowledge: Knowledge) -> str:
    """Return the shape of "the red one": of what was named, or of the only red thing seen."""
    seen = {name.rpartition(' ')[2] for name in knowledge.seen
            if name.rpartition(' ')[0] == thing.colour}
    if len(seen) == 1:
        return seen.pop()
    if known is not None and known.kind != ANY and thing.colour:
        return known.kind
    raise Asks(f'Which {thing.colour or ""} thing do you mean'.replace('  ', ' ')
               + (f': the {" or the ".join(sorted(seen))}?' if seen else '?'))


def _ask_which(thing: Thing, knowledge: Knowledge) -> None:
    """Ask where several things of a shape are seen and no colour was said."""
    alike = [name for name in knowledge.seen if name.endswith(f' {thing.kind}')]
    if len(set(alike)) > 1:
        raise Asks(f'Which one: the {" or the ".join(sorted(set(alike)))}?')


def _letters_apart(one: str, two: str) -> int:
    """Return how many letters have to be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        row, last = [i], row
        for j, b in enumerate(two, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]
