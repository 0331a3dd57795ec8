"""
Sentences with what they mean, drawn from templates.

Training, calibration and measuring have templates, courtesies and connectors of their own; what
fills their slots is the same.
"""
from dataclasses import dataclass, replace
from enum import Enum
import itertools
import re

import numpy as np

from vla_ros.language.bio import Span
from vla_ros.language.corpus import (
    dev, dev_usual, train_body, train_composed, train_frames, train_more_arms, train_more_body,
    train_more_things, train_other, train_things, train_usual, train_usual_frames,
    train_wide_arms, train_wide_body, train_wide_company, train_wide_confused, train_wide_frames,
    train_wide_other, train_wide_repeats, train_wide_things, unseen)
from vla_ros.language.corpus.slots import SLOTS
from vla_ros.language.lexicon import value_of
from vla_ros.language.meaning import Action, CLAUSE_INTENTS, EntityType, Intent
from vla_ros.language.steps import action_of
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import LENGTH_MAX

_INNERMOST = re.compile(r'\[([^\[\]]*)\]|\{(\w+)\}')
_ENTITY = re.compile(r'<(\w+):([^<>]*)>')
_TYPES = {kind.value: kind for kind in EntityType}
_HANDLING = (Intent.GO_TO, Intent.PICK_UP, Intent.BRING, Intent.PUT_DOWN, Intent.PUSH,
             Intent.TOUCH)
_HANDLED = 0.15
"""Share of commands that are about things: their steps belong together."""
_FILLERS = ('um', 'uh', 'er', 'well')


class Split(Enum):
    """Whose templates sentences are drawn from."""

    TRAIN = 'train'
    DEV = 'dev'
    UNSEEN = 'unseen'


@dataclass(frozen=True)
class Templates:
    """All templates of one split."""

    commands: dict[Intent, tuple[str, ...]]
    other: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    joined: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    """Words and what speech recognition hears instead."""


_TRAINED = (train_body, train_things, train_more_body, train_more_arms, train_more_things,
            train_wide_body, train_wide_arms, train_wide_things, train_wide_repeats,
            train_wide_confused, train_wide_company, train_composed, train_usual)
TEMPLATES = {
    Split.TRAIN: Templates(
        {intent: tuple(itertools.chain(*(part.COMMANDS.get(intent, ()) for part in _TRAINED)))
         for intent in CLAUSE_INTENTS},
        train_other.OTHER + train_wide_other.OTHER + train_usual_frames.OTHER,
        train_frames.BEFORE + train_wide_frames.BEFORE + train_usual_frames.BEFORE,
        train_frames.AFTER + train_wide_frames.AFTER,
        train_frames.JOINED + train_wide_frames.JOINED, train_frames.SLIPS),
    **{split: Templates(dict(of.COMMANDS), of.OTHER, of.BEFORE, of.AFTER, of.JOINED, of.SLIPS)
       for split, of in ((Split.DEV, dev), (Split.UNSEEN, unseen))}}
USUAL = {split: replace(TEMPLATES[split], commands=dict(of.COMMANDS), joined=around.JOINED,
                        before=around.BEFORE)
         for split, of, around in ((Split.TRAIN, train_usual, train_usual_frames),
                                   (Split.DEV, dev_usual, dev_usual))}
"""What is said most often; several steps of it are joined by little more than "and"."""


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence that asks for one thing."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    intent: Intent
    """NOT_UNDERSTOOD where it is no command."""
    action: Action


@dataclass(frozen=True)
class Sentence:
    """A text and what it means."""

    text: str
    spans: tuple[Span, ...]
    """Entities, in order."""
    clauses: tuple[Clause, ...]

    @property
    def is_command(self) -> bool:
        """Return whether everything in it is a command."""
        return all(c.intent is not Intent.NOT_UNDERSTOOD for c in self.clauses)


class Writer:
    """Draws sentences from templates."""

    def __init__(self, of: Split | Templates, rng: np.random.Generator):
        self._of, self._rng = TEMPLATES[of] if isinstance(of, Split) else of, rng

    def command(self, several: float = 0.25) -> Sentence:
        """Return a command; of several steps at this rate."""
        while True:
            frame = self._pick(self._of.joined) if self._rng.random() < several else '@'
            known = _HANDLING if self._rng.random() < _HANDLED else CLAUSE_INTENTS
            intents = [self._pick(known) for _ in range(frame.count('@'))]
            sentence = self._finished(frame, intents)
            means_stop = Intent.STOP in intents
            if len(sentence.text) <= LENGTH_MAX and (means_stop or not is_stop(sentence.text)):
                return sentence

    def other(self) -> Sentence:
        """Return a sentence that is no command a robot's body can carry out."""
        return self._finished('@', [Intent.NOT_UNDERSTOOD], courtesy=0.15)

    def mixed(self) -> Sentence:
        """Return a command together with something that is none."""
        intents = [self._pick(CLAUSE_INTENTS), Intent.NOT_UNDERSTOOD]
        self._rng.shuffle(intents)
        two = [frame for frame in self._of.joined if frame.count('@') == 2]
        return self._finished(self._pick(two), intents)

    def _finished(self, frame: str, intents: list[Intent], courtesy: float = 0.4) -> Sentence:
        parts = re.split('(@)', _expanded(frame, self._rng))
        said, waiting = [], iter(intents)
        for part in parts:
            intent = next(waiting) if part == '@' else None
            said.append((self._clause(intent) if intent else part, intent))
        if self._rng.random() < courtesy:
            said.insert(0, (f'{self._filled(self._of.before)} ', None))
        if self._rng.random() < courtesy:
            after = self._filled(self._of.after)
            said.append((after if after[0] == ',' else f' {after}', None))
        said.append((self._pick(('', '', '', '', '.', '!')), None))
        return _assembled([(self._misheard(text), intent, _action(text, intent))
                           for text, intent in said], self._rng.random() < 0.3)

    def _clause(self, intent: Intent) -> str:
        of = self._of
        return self._filled(of.other if intent is Intent.NOT_UNDERSTOOD else of.commands[intent])

    def _filled(self, templates: tuple[str, ...]) -> str:
        return ' '.join(_expanded(self._pick(templates), self._rng).split())

    def _misheard(self, marked: str) -> str:
        """Return marked words as speech recognition may hear them; mostly as they are."""
        if self._rng.random() < 0.12:
            word, heard = self._pick(self._of.slips)
            marked = re.sub(rf"(?<![<\w']){word}(?![\w':])", heard, marked, count=1)
        if self._rng.random() < 0.04:
            marked = re.sub(r'\bthe ', '', marked, count=1)
        if self._rng.random() < 0.03 and ' ' in marked and '<' not in marked.split(' ')[0]:
            marked = marked.replace(' ', f' {self._pick(_FILLERS)} ', 1)
        if self._rng.random() < 0.02 and marked[:1].isalpha():
            marked = f'{marked.split(" ")[0]} {marked}'
        return marked

    def _pick(self, options):
        return options[self._rng.integers(len(options))]


def skeletons(templates: tuple[str, ...]) -> set[str]:
    """Return every form of words of some templates, their slots left open."""
    return {' '.join(form.split()) for template in templates for form in _forms(template)}


def _forms(template: str):
    parts = re.split(r'(\[[^\[\]]*\])', template)
    options = [part[1:-1].split('|') if part.startswith('[') else [part] for part in parts]
    for chosen in itertools.product(*options):
        form = ''.join(chosen)
        yield from _forms(form) if '[' in form else (form,)


def _expanded(template: str, rng: np.random.Generator) -> str:
    """Return a template with its choices made and its slots filled, entities still marked."""
    while found := _INNERMOST.search(template):
        options = SLOTS[found[2]] if found[2] else found[1].split('|')
        chosen = options[rng.integers(len(options))]
        template = template[:found.start()] + chosen + template[found.end():]
    return template


def _action(marked: str, intent: Intent | None) -> Action:
    if intent is None or intent is Intent.NOT_UNDERSTOOD:
        return Action.NONE
    return action_of(intent, [(kind, value_of(kind, words)) for kind, words in (
        (_TYPES[name], words) for name, words in _ENTITY.findall(marked))])


def _assembled(parts: list[tuple[str, Intent | None, Action]], is_capital: bool) -> Sentence:
    text, spans, clauses = '', [], []
    for marked, intent, action in parts:
        start = len(text)
        for before, kind, words in re.findall(r'([^<]*)(?:<(\w+):([^<>]*)>)?', marked):
            text += before
            if kind and intent is not Intent.NOT_UNDERSTOOD:
                spans.append(Span(len(text), len(text) + len(words), _TYPES[kind]))
            text += words
        if intent is not None:
            clauses.append(Clause(start, len(text), intent, action))
    if is_capital:
        text = text[:1].upper() + text[1:]
    return Sentence(text, tuple(spans), tuple(clauses))
