"""From a command to subtasks, a question, or a refusal with its reason."""
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from vla_ros.core.errors import InvalidValueError
from vla_ros.language.meaning import Intent
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import normalise
from vla_ros.language.understanding import Thing, Understanding
from vla_ros.planning.capabilities import Knowledge, SUBTASKS_MAX
from vla_ros.planning.clauses import (
    CLAUSES_MAX,
    Condition,
    condition_of,
    pieces_of,
    PlaceNames,
    speech_of,
    split_count,
    unled_word,
    without_courtesy,
)
from vla_ros.planning.goals import (
    Act,
    flattened,
    Halt,
    IfSeen,
    Navigate,
    Outcome,
    Plan,
    Question,
    Refusal,
    Say,
    Subtask,
)
from vla_ros.planning.reading import Asks, checked_count, Objects, Reader, thing_in

_PRONOUNS = ('it', 'that', 'one', 'them')


class Understands(Protocol):
    """Who reads sentences."""

    def understand(self, text: str) -> Understanding:
        """Return what a sentence means."""

    def understand_pieces(self, pieces: Sequence[str]) -> Understanding:
        """Return what a sentence means that has been cut already: one step for each piece."""


class Decomposer:
    """Says what a command comes down to; whatever it is, there is an answer."""

    def __init__(self, language: Understands):
        self._language = language

    def decompose(self, text: str, knowledge: Knowledge) -> Outcome:
        """Return the plan of a command, a question, a refusal, or a halt."""
        if is_stop(text):
            return Halt()
        try:
            clean = normalise(text)
            wanted, avoided = self._read_command(without_courtesy(clean), knowledge)
            return checked(Plan(clean, wanted, avoided), knowledge)
        except InvalidValueError as error:
            return Refusal(f"I can't follow that: {error}.")
        except Asks as asked:
            return Question(str(asked))
        except Objects as objection:
            return Refusal(str(objection))

    def _read_command(self, text: str,
                      knowledge: Knowledge) -> tuple[tuple[Subtask, ...], tuple[Subtask, ...]]:
        """Return what is to be done and what is not."""
        places = knowledge.capabilities.places
        if condition := condition_of(text, places):
            return self._read_condition(condition, knowledge), ()
        _refuse_order(text)
        pieces = pieces_of(text)
        if (count := len(pieces.wanted) + len(pieces.forbidden)) > CLAUSES_MAX:
            raise Objects(f'That is {count} steps, and I keep {CLAUSES_MAX} at most. '
                          'Tell me the first of them.')
        reader = self._reader(pieces.wanted, knowledge)
        wanted = _subtasks(reader, pieces.wanted)
        if not pieces.forbidden:
            return wanted, ()
        known = None if pieces.forbids_all else reader.known
        reader = self._reader(pieces.forbidden, replace(knowledge, last=None), known, False)
        return wanted, _subtasks(reader, pieces.forbidden)

    def _read_condition(self, condition: Condition, knowledge: Knowledge) -> tuple[Subtask, ...]:
        """Return the subtasks of a condition, going where the thing may be first."""
        parts = (condition.then, condition.otherwise)
        if any(condition_of(part) or unled_word(part) for part in parts):
            raise Asks('I follow one condition at a time. What should I look for first?')
        before, then, otherwise = (
            pieces_of(part).wanted for part in (condition.before, *parts))
        is_named_later = condition.seen.lower() in _PRONOUNS
        look = () if is_named_later else (f'do you see {condition.seen}',)
        reader = self._reader((*before, *look, *then, *otherwise), knowledge)
        done = _subtasks(reader, before)
        place = (Navigate(condition.place),) if condition.place else ()
        thing = None if is_named_later else _seen_thing(reader, condition.seen)
        chosen, other = _subtasks(reader, then), _subtasks(reader, otherwise)
        if (thing := thing or thing_in(chosen)) is None:
            raise Asks(f'What do you mean by "{condition.seen}"?')
        return (*done, *place, IfSeen(thing, chosen, other))

    def _reader(self, sentences: Sequence[str], knowledge: Knowledge,
                known: Thing | None = None, is_wish: bool = True) -> Reader:
        """
        Return the reader of what sentences mean, all but those that ask to speak.

        :param known: what "it" means.
        :param is_wish: whether they are to be done; what is not may stay vague.
        """
        sentences = [split_count(s)[0] for s in sentences if speech_of(s) is None]
        if not sentences:
            return Reader(knowledge, {}, (), (), known, is_wish)
        told, meant = PlaceNames(knowledge.capabilities.places).told('\n'.join(sentences))
        pieces = told.split('\n')
        is_cut = len(pieces) > 1
        understood = (self._language.understand_pieces(pieces) if is_cut
                      else self._language.understand(told))
        if understood.intent is Intent.NOT_UNDERSTOOD:
            raise Objects(f'I did not understand "{"; ".join(sentences)}": {understood.reason}.')
        if understood.question and is_wish:
            raise Asks(understood.question)
        return Reader(knowledge, meant, understood.steps, _by_step(understood), known, is_wish,
                      is_cut)


def _subtasks(reader: Reader, sentences: Sequence[str]) -> tuple[Subtask, ...]:
    """Return the subtasks of sentences, which are the next that the reader has."""
    start = len(reader.subtasks)
    for sentence in sentences:
        if (speech := speech_of(sentence)) is not None:
            reader.subtasks.append(Say(speech))
        else:
            begin = len(reader.subtasks)
            reader.read_sentence()
            reader.subtasks[begin:] *= checked_count(split_count(sentence)[1])
    return tuple(reader.subtasks[start:])


def _seen_thing(reader: Reader, words: str) -> Thing:
    if (thing := reader.read_thing()) is None:
        raise Asks(f'I don\'t know what "{words}" looks like. What should I look for?')
    return thing


def checked(plan: Plan, knowledge: Knowledge) -> Outcome:
    """Return the plan if it can be done, and what stands against it otherwise."""
    if len(plan.subtasks) > SUBTASKS_MAX:
        return Refusal(f'That is {len(plan.subtasks)} subtasks, and I keep {SUBTASKS_MAX} at '
                       'most.')
    if not plan.subtasks and not plan.avoided:
        return Refusal(f'I found nothing to do in "{plan.text}".')
    for wanted in flattened(plan.subtasks):
        if any(_is_against(forbidden, wanted) for forbidden in plan.avoided):
            return Question(f'Should I {wanted.words}, or should I not?')
        if objection := knowledge.capabilities.objection(wanted):
            return Refusal(objection)
    return plan


def _is_against(forbidden: Subtask, wanted: Subtask) -> bool:
    is_any = isinstance(forbidden, Act) and forbidden.thing is None
    return wanted == forbidden or (is_any and wanted.skill is forbidden.skill)


def _refuse_order(text: str) -> None:
    if word := unled_word(text):
        raise Asks(f'I don\'t follow "{word}". What should I do first, and what then?')


def _by_step(understood: Understanding) -> tuple[tuple, ...]:
    """Return the entities of each step."""
    found, at = [], 0
    for step in understood.steps:
        at = max(0, understood.text.find(step.text, at))
        end = at + len(step.text)
        found.append(tuple(e for e in understood.entities if at <= e.span.start < end))
        at = end
    return tuple(found)
