"""From labelled words to steps: things from their properties, clauses from connectors."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
import re

from vla_ros.language.bio import Span
from vla_ros.language.lexicon import ANY, readings
from vla_ros.language.meaning import Action, EntityType, Intent, NEEDS_TARGET
from vla_ros.language.understanding import Entity, Step, Thing

_ATTRIBUTES = {EntityType.COLOUR: 'colour', EntityType.SIZE: 'size',
               EntityType.SELECTOR: 'selector'}
_HEADS = (EntityType.OBJECT, EntityType.PERSON, EntityType.PLACE, EntityType.PRONOUN)
_PLAIN = {EntityType.DIRECTION: 'direction', EntityType.SIDE: 'side',
          EntityType.DISTANCE: 'distance_m', EntityType.ANGLE: 'angle_rad',
          EntityType.DURATION: 'duration_s', EntityType.STEPS: 'steps',
          EntityType.COUNT: 'count', EntityType.SPEED: 'speed'}
_UNNAMED = ''
"""Kind of a thing of which only properties were said, until the next thing is known."""
_CARRIED = (Intent.BRING, Intent.PUT_DOWN, Intent.PUSH)
"""Intents that move a thing somewhere."""
_IT = re.compile(r'\b(?:it|that|this|them)\b', re.IGNORECASE)
_BY_DIRECTION = {
    Intent.MOVE: {'back': Action.WALK_BACK, 'left': Action.STEP_LEFT,
                  'right': Action.STEP_RIGHT, None: Action.WALK_FORWARD},
    Intent.TURN: {'left': Action.TURN_LEFT, 'right': Action.TURN_RIGHT,
                  'around': Action.TURN_AROUND, None: Action.TURN},
    Intent.LOOK_AT: {'left': Action.LOOK_LEFT, 'right': Action.LOOK_RIGHT,
                     'up': Action.LOOK_UP, 'down': Action.LOOK_DOWN,
                     'around': Action.LOOK_AROUND, 'back': Action.LOOK_BACK,
                     'forward': Action.LOOK_AHEAD, None: Action.LOOK_AT}}
_BY_SIDE = {
    Intent.WAVE: {'left': Action.WAVE_LEFT, 'right': Action.WAVE_RIGHT,
                  'both': Action.WAVE_BOTH, None: Action.WAVE},
    Intent.RAISE_ARM: {'left': Action.RAISE_LEFT, 'right': Action.RAISE_RIGHT,
                       'both': Action.RAISE_BOTH, None: Action.RAISE},
    Intent.LOWER_ARM: {'left': Action.LOWER_LEFT, 'right': Action.LOWER_RIGHT,
                       'both': Action.LOWER_BOTH, None: Action.LOWER}}
_OTHERS = {
    Intent.GO_TO: Action.WALK_TO, Intent.FOLLOW: Action.FOLLOW, Intent.COME_BACK: Action.RETURN,
    Intent.STOP: Action.STAND, Intent.POINT_AT: Action.POINT_AT, Intent.TOUCH: Action.TOUCH,
    Intent.PUSH: Action.PUSH, Intent.PICK_UP: Action.PICK_UP, Intent.PUT_DOWN: Action.PUT_DOWN,
    Intent.BRING: Action.BRING, Intent.REPEAT: Action.REPEAT, Intent.UNDO: Action.UNDO,
    Intent.SLOWER: Action.SLOW_DOWN, Intent.FASTER: Action.SPEED_UP,
    Intent.DESCRIBE: Action.TELL}


@dataclass(frozen=True)
class Judgement:
    """What a model says of one clause."""

    intents: tuple[tuple[Intent, float], ...]
    """Intents with their probabilities, best first."""
    action: Action
    action_confidence: float
    is_command: float
    """Probability that it is a command at all."""


def action_of(intent: Intent, values: Sequence[tuple[EntityType, object]]) -> Action:
    """Return what the body does for an intent and the (type, value) of its entities."""
    said = dict(reversed(list(values)))                 # of several, the first counts
    if EntityType.NEGATION in said and intent is not Intent.STOP and not _is_exclusion(values):
        return Action.NONE
    if intent in _BY_DIRECTION:
        table, value = _BY_DIRECTION[intent], said.get(EntityType.DIRECTION)
        return table.get(value, table[None])
    if intent in _BY_SIDE:
        table = _BY_SIDE[intent]
        return table.get(_side_of(said), table[None])
    return _OTHERS.get(intent, Action.NONE)


def _side_of(said: dict[EntityType, object]) -> object:
    """Return which arm is meant; both where there are several: "raise your hands"."""
    several = 'both' if said.get(EntityType.LIMB) in ('arms', 'hands') else None
    return said.get(EntityType.SIDE, several)


def _is_exclusion(values: Sequence[tuple[EntityType, object]]) -> bool:
    """Return whether a thing is named before the negation: "the cube, not the red one"."""
    kinds = [kind for kind, _ in values]
    return any(kind in _HEADS for kind in kinds[:kinds.index(EntityType.NEGATION)])


def clauses_of(length: int, connectors: Iterable[Span], text: str) -> list[tuple[int, int]]:
    """Return where each clause begins and ends; connectors belong to none."""
    bounds, start = [], 0
    for span in sorted(connectors):
        bounds.append((start, span.start))
        start = span.end
    bounds.append((start, length))
    return [(a, b) for a, b in bounds if any(c.isalnum() for c in text[a:b])]


def things_of(entities: Sequence[Entity]) -> list[tuple[str | None, Thing]]:
    """Return things in the order they are named, each with the relation before it, or None."""
    things: list[tuple[str | None, Thing]] = []
    attributes, relation = {}, None
    for entity in entities:
        kind, value = entity.span.kind, entity.value
        if kind in _ATTRIBUTES:
            if kind is EntityType.COLOUR and 'colour' in attributes:    # "the red and the blue"
                things = _closed(things, attributes, relation)
                attributes, relation = {}, None
            attributes[_ATTRIBUTES[kind]] = value
        elif kind is EntityType.RELATION:
            things = _closed(things, attributes, relation)
            attributes, relation = {}, str(value)
        elif kind in _HEADS:
            things.append((relation, Thing(str(value or entity.text.lower()), **attributes)))
            attributes, relation = {}, None
        elif kind in (EntityType.ALTERNATIVE, EntityType.NEGATION):
            things = _closed(things, attributes, relation)
            attributes, relation = {}, None
    return _named(_closed(things, attributes, relation))


def _closed(things: list[tuple[str | None, Thing]], attributes: dict,
            relation: str | None) -> list[tuple[str | None, Thing]]:
    """Return things with properties that no name follows: "the cube that is red", "the red"."""
    if not attributes:
        return things
    if things and relation is None:
        before, thing = things[-1]
        return [*things[:-1], (before, replace(thing, **attributes))]
    return [*things, (relation, Thing(_UNNAMED, **attributes))]


def _named(things: list[tuple[str | None, Thing]]) -> list[tuple[str | None, Thing]]:
    """Return things with "the red" of "the red and the blue ball" called a ball too."""
    found: list[tuple[str | None, Thing]] = []
    for relation, thing in reversed(things):
        if thing.kind == _UNNAMED:
            is_alike = found and found[-1][0] is None and found[-1][1].colour
            thing = replace(thing, kind=found[-1][1].kind if is_alike else ANY)
        found.append((relation, thing))
    return found[::-1]


def step_of(text: str, entities: Sequence[Entity], judged: Judgement,
            known: Thing | None) -> Step:
    """
    Return the step that a clause asks for.

    :param known: the thing named last, which "it" means.
    """
    intent, confidence = judged.intents[0]
    kinds = [e.span.kind for e in entities]
    plain = {}
    for entity in entities:
        if name := _PLAIN.get(entity.span.kind):
            plain.setdefault(name, entity.value)
    if intent in _BY_SIDE:
        plain['side'] = _side_of({e.span.kind: e.value for e in reversed(entities)})
    is_negated = EntityType.NEGATION in kinds and not _is_exclusion(
        [(e.span.kind, e.value) for e in entities]) and intent is not Intent.STOP
    target, destination = _roles(intent, entities, known)
    if target is None and intent in NEEDS_TARGET and _IT.search(text):
        target = known                                  # a pronoun that was read over
    return Step(text.strip(' ,.;!?'), intent, judged.action, is_negated, confidence,
                judged.action_confidence, target, destination, **plain)


def _roles(intent: Intent, entities: Sequence[Entity],
           known: Thing | None) -> tuple[Thing | None, Thing | None]:
    """Return what is acted upon, and where it goes."""
    before = _until(entities, (EntityType.ALTERNATIVE, EntityType.NEGATION))
    pronouns = {str(e.value) for e in entities if e.span.kind is EntityType.PRONOUN}
    things = [(relation, known if known and thing.kind in pronouns else thing)
              for relation, thing in things_of(before)]
    if intent in _CARRIED and len(things) > 1:
        return _carried(things)
    return _chained(things), None


def _until(entities: Sequence[Entity], kinds: tuple[EntityType, ...]) -> Sequence[Entity]:
    """Return the entities before the first of some kinds that comes after something else."""
    for i, entity in enumerate(entities):
        if entity.span.kind in kinds and any(e.span.kind in _HEADS for e in entities[:i]):
            return entities[:i]
    return entities


def _carried(things: list[tuple[str | None, Thing]]) -> tuple[Thing, Thing]:
    """Return the thing that is moved, and the person or the spot that it is moved to."""
    whom = next((t for r, t in things if r is None and t.kind in _WHOM), None)
    if whom is not None:
        rest = [(r, t) for r, t in things if t is not whom]
        return _chained(rest), whom
    (relation, last), first = things[-1], _chained(things[:-1])
    spot = last if relation is None else Thing(ANY, relation=relation, other=last)
    return first, spot


def _chained(things: list[tuple[str | None, Thing]]) -> Thing | None:
    """Return the first thing, where it is said by the next: the cube left of the ball."""
    if not things:
        return None
    relation, first = things[0]
    if relation is not None:
        return Thing(ANY, relation=relation, other=_chained([(None, first), *things[1:]]))
    if len(things) > 1 and things[1][0] is not None:
        return replace(first, relation=things[1][0],
                       other=_chained([(None, things[1][1]), *things[2:]]))
    return first


_WHOM = ('speaker', 'man', 'woman', 'person')


def question_of(step: Step, entities: Sequence[Entity], judged: Judgement, margin: float) -> str:
    """Return what to ask about a step; empty where nothing is unclear."""
    kinds = [e.span.kind for e in entities]
    if EntityType.ALTERNATIVE in kinds:
        at = kinds.index(EntityType.ALTERNATIVE)
        return _which(things_of(entities[:at]), things_of(entities[at + 1:]))
    if (close := _close_readings(entities, margin)) is not None:
        return close
    if len(judged.intents) > 1 and judged.intents[0][1] - judged.intents[1][1] < margin:
        first, second = (_verb(intent) for intent, _ in judged.intents[:2])
        return f'Do you want me to {first} or to {second}?'
    if step.intent in NEEDS_TARGET and step.target is None and not step.is_negated:
        return f'What should I {_verb(step.intent)}?'
    return ''


def _which(before: list, after: list) -> str:
    if not before or not after:
        return ''
    first, second = before[-1][1], after[0][1]
    if second.colour is None and second.kind != ANY:
        second = replace(second, colour=first.colour)
    if first.kind == ANY and second.kind != ANY and second.colour != first.colour:
        first = replace(first, kind=second.kind)
    return f'{first.words.capitalize()} or {second.words}?'


def _close_readings(entities: Sequence[Entity], margin: float) -> str | None:
    """Return a question if a misheard word is nearly as near to another value."""
    for entity in entities:
        if entity.span.kind in (EntityType.OBJECT, EntityType.COLOUR):
            found = readings(entity.span.kind, entity.text)
            if len(found) > 1 and found[0][1] - found[1][1] < margin:
                return f'Did you say {found[0][0]} or {found[1][0]}?'
    return None


def _verb(intent: Intent) -> str:
    return intent.value.replace('_', ' ')
