"""
What was understood of a command, as values, and the one JSON document that says so.

Its version rises when a reader of the document before would be wrong.
"""
from dataclasses import dataclass, fields

from vla_ros.language.bio import Span
from vla_ros.language.lexicon import Value
from vla_ros.language.meaning import Action, Intent

VERSION = 1


@dataclass(frozen=True)
class Entity:
    """Words that say which, where, how far or how."""

    span: Span
    text: str
    """The words as they came."""
    value: Value
    """What they mean: a name, [m], [rad], [s], a count; None: nobody knows."""
    confidence: float
    """From 0 to 1."""


@dataclass(frozen=True)
class Thing:
    """A thing, a person or a place, as it was described."""

    kind: str
    """Its name; 'thing' where only its properties were said."""
    colour: str | None = None
    size: str | None = None
    selector: str | None = None
    """Which of several: nearest, other, second."""
    relation: str | None = None
    """Where it is, seen from `other`: left_of, behind, on."""
    other: 'Thing | None' = None

    @property
    def words(self) -> str:
        """Return the description in words: 'the nearest red cube'."""
        own = ' '.join(w for w in (self.selector, self.size, self.colour, self.kind) if w)
        if self.relation and self.other:
            return f'the {own} {self.relation.replace("_", " ")} {self.other.words}'
        return f'the {own}'


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    text: str
    """The words that ask for it."""
    intent: Intent
    action: Action
    is_negated: bool
    """Whether it must not be done."""
    confidence: float
    """Probability, from 0 to 1, that the intent is the one that was meant."""
    action_confidence: float
    target: Thing | None = None
    destination: Thing | None = None
    """Where, or to whom, a thing is brought or put."""
    direction: str | None = None
    side: str | None = None
    """Of an arm: left, right, both."""
    distance_m: float | None = None
    angle_rad: float | None = None
    duration_s: float | None = None
    steps: int | None = None
    count: int | None = None
    """How many times."""
    speed: str | None = None


@dataclass(frozen=True)
class Understanding:
    """What was understood of one command."""

    text: str
    """The command, cleaned."""
    intent: Intent
    """Of the only step, or SEQUENCE, or NOT_UNDERSTOOD."""
    confidence: float
    """Of the least certain step; of the refusal where nothing was understood."""
    entities: tuple[Entity, ...] = ()
    steps: tuple[Step, ...] = ()
    question: str = ''
    """What to ask back where two readings are close or something is missing."""
    reason: str = ''
    """Why it was not understood."""

    @property
    def action(self) -> Action:
        """Return what the body does first."""
        return self.steps[0].action if self.steps else Action.NONE

    def document(self) -> dict:
        """Return the JSON document, all keys always there."""
        return {
            'version': VERSION, 'text': self.text,
            'understood': self.intent is not Intent.NOT_UNDERSTOOD,
            'intent': self.intent.value, 'action': self.action.value,
            'confidence': round(self.confidence, 4), 'question': self.question,
            'reason': self.reason, 'entities': [_entity(e) for e in self.entities],
            'steps': [_step(s) for s in self.steps]}


def _entity(entity: Entity) -> dict:
    return {'type': entity.span.kind.value, 'text': entity.text, 'start': entity.span.start,
            'end': entity.span.end, 'value': _rounded(entity.value),
            'confidence': round(entity.confidence, 4)}


def _step(step: Step) -> dict:
    told = {f.name: getattr(step, f.name) for f in fields(step)}
    told['negated'] = told.pop('is_negated')
    return {key: _thing(value) if isinstance(value, Thing) else
            value.value if isinstance(value, (Intent, Action)) else _rounded(value)
            for key, value in told.items()}


def _thing(thing: Thing) -> dict:
    told = {f.name: getattr(thing, f.name) for f in fields(thing)}
    return {**told, 'other': _thing(thing.other) if thing.other else None}


def _rounded(value):
    return round(value, 4) if isinstance(value, float) else value
