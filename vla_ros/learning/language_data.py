"""
Annotated sentences as tensors: word pieces, their labels, and the words of each clause.

Dimensions: B batch, L words (word pieces), C clauses, D width.
"""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
import itertools
import re

import numpy as np
from tokenizers import Tokenizer
import torch

from vla_ros.language.bio import labels_of
from vla_ros.language.corpus.sentences import Sentence, Split, USUAL, Writer
from vla_ros.language.meaning import Action, CLAUSE_INTENTS, EntityType, Intent
from vla_ros.language.steps import clauses_of
from vla_ros.models.bert import BertEncoder

ACTIONS = tuple(Action)
NOTHING = -100
"""A target that is not learned from: cross entropy's own word for it."""
_BETWEEN = (EntityType.CONNECTOR, EntityType.OPENER)
_JOINING = re.compile(r'\b(?:and|then)\b|,')
"""Words that often part two clauses."""
_SEVERAL = 0.6
"""Share of the usual commands that have several steps."""
_PIECES = 1600
"""Word pieces that are encoded at a time."""


@dataclass(frozen=True)
class Example:
    """A sentence as the model sees it, and what it should answer."""

    ids: list[int]
    labels: list[int]
    """Of each word piece."""
    clauses: np.ndarray
    """(C, L) bool: which word pieces belong to each clause, then to each other stretch."""
    intents: list[int]
    """Of each clause; NOTHING where it is no command."""
    actions: list[int]
    wholes: list[bool]
    """Of each other stretch: whether it is one clause, and perhaps a connector too."""


@dataclass(frozen=True)
class LanguageBatch:
    """Examples padded to one length and one number of clauses."""

    words: torch.Tensor
    """(B, L, D) float32."""
    keep: torch.Tensor
    """(B, L) bool."""
    labels: torch.Tensor
    """(B, L) int64, NOTHING for padding."""
    clauses: torch.Tensor
    """(B, C, L) bool, clauses and other stretches; all false for padding."""
    intents: torch.Tensor
    """(B, C) int64."""
    actions: torch.Tensor
    """(B, C) int64."""
    is_clause: torch.Tensor
    """(B, C) bool."""
    is_stretch: torch.Tensor
    """(B, C) bool: a clause or another stretch."""
    wholes: torch.Tensor
    """(B, C) bool: whether it is one whole clause."""


def draw(split: Split, commands: int, others: int, mixed: int, seed: int,
         several: float = 0.25, usual: int = 0) -> list[Sentence]:
    """
    Return sentences of a split: commands, no commands and both in one, no text twice.

    :param several: share of the commands that have several steps.
    :param usual: how many commands of every day there are besides; the shortest come often.
    """
    rng = np.random.default_rng([0x1A9, list(Split).index(split), seed])
    writer, everyday = Writer(split, rng), Writer(USUAL.get(split, split), rng)
    made = {}
    for write, count in ((partial(writer.command, several), commands), (writer.other, others),
                         (writer.mixed, mixed)):
        for _ in range(count):
            sentence = write()
            made.setdefault(sentence.text, sentence)
    return [*made.values(), *(everyday.command(_SEVERAL) for _ in range(usual))]


def example_of(sentence: Sentence, tokenizer: Tokenizer) -> Example:
    """Return a sentence as the model sees it."""
    encoded = tokenizer.encode(sentence.text)
    bounds = clause_bounds(sentence)
    others = [s for s in stretches(sentence, bounds) if s[0] not in bounds]
    clauses = np.array([clause_words(encoded.offsets, start, end)
                        for start, end in (*bounds, *(b for b, _ in others))])
    return Example(
        encoded.ids, labels_of(sentence.spans, encoded.offsets), clauses,
        [NOTHING if c.intent is Intent.NOT_UNDERSTOOD else CLAUSE_INTENTS.index(c.intent)
         for c in sentence.clauses],
        [NOTHING if c.intent is Intent.NOT_UNDERSTOOD else ACTIONS.index(c.action)
         for c in sentence.clauses],
        [is_whole for _, is_whole in others])


def stretches(sentence: Sentence,
              bounds: list[tuple[int, int]]) -> list[tuple[tuple[int, int], bool]]:
    """
    Return stretches as a wrong cut may make them, and whether each is one whole clause.

    Two clauses in one are not, nor are courtesies or connectors alone; with a connector it is.
    Nor is what a cut at an "and" would leave that joins no two clauses: "look up" of "look up
    and down", "be nice" of "be nice and wave".
    """
    own, text = sentence.clauses, sentence.text
    found = [((one[0], two[1]), False) for one, two in itertools.pairwise(bounds)]
    found += [((one[1], two[1]), True) for one, two in itertools.pairwise(bounds)]
    found += [((s.start, s.end), False) for s in sentence.spans if s.kind in _BETWEEN]
    found += [((0, own[0].start), False), ((own[-1].end, len(text)), False)]
    for clause, (start, end) in zip(own, bounds, strict=True):
        for mark in _JOINING.finditer(text, start, end):
            if mark.start() < clause.end:
                found.append(((start, mark.start()), False))
            if mark.end() > clause.start:
                found.append(((mark.end(), end), False))
    return [((a, b), is_whole) for (a, b), is_whole in found if any(map(str.isalnum, text[a:b]))]


def clause_bounds(sentence: Sentence) -> list[tuple[int, int]]:
    """Return where each clause begins and ends as it will be cut: with its courtesies."""
    connectors = [s for s in sentence.spans if s.kind is EntityType.CONNECTOR]
    bounds = clauses_of(len(sentence.text), connectors, sentence.text)
    own = [(c.start, c.end) for c in sentence.clauses]
    return bounds if len(bounds) == len(own) else own


def clause_words(offsets: Sequence[tuple[int, int]], start: int, end: int) -> list[bool]:
    """Return which word pieces lie within some characters."""
    return [start <= a < b <= end for a, b in offsets]


@torch.inference_mode()
def features(encoder: BertEncoder, examples: Sequence[Example]) -> list[torch.Tensor]:
    """Return the encoder's vectors (L, D) for each example, in half precision."""
    found: list[torch.Tensor | None] = [None] * len(examples)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids))
    while order:
        length = len(examples[order[min(len(order), 64) - 1]].ids)
        count = max(1, min(len(order), _PIECES // length))
        now, order = order[:count], order[count:]
        ids, keep = padded([examples[i].ids for i in now])
        for i, words in zip(now, encoder(ids, keep), strict=True):
            found[i] = words[:len(examples[i].ids)].half()
    return found


def padded(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return word pieces (B, L) padded to one length, and which of them are real."""
    length = max(map(len, ids))
    return (torch.tensor([i + [0] * (length - len(i)) for i in ids]),
            torch.tensor([[True] * len(i) + [False] * (length - len(i)) for i in ids]))


def batch_of(examples: Sequence[Example], words: Sequence[torch.Tensor]) -> LanguageBatch:
    """Return examples with their vectors (L, D) as one batch."""
    size, length = len(examples), max(len(e.ids) for e in examples)
    most = max(len(e.clauses) for e in examples)
    made = LanguageBatch(
        torch.zeros(size, length, words[0].shape[1]), torch.zeros(size, length, dtype=torch.bool),
        torch.full((size, length), NOTHING), torch.zeros(size, most, length, dtype=torch.bool),
        torch.full((size, most), NOTHING), torch.full((size, most), NOTHING),
        *(torch.zeros(size, most, dtype=torch.bool) for _ in range(3)))
    for row, (example, vectors) in enumerate(zip(examples, words, strict=True)):
        pieces, all_of, clauses = (
            len(example.ids), len(example.clauses), len(example.intents))
        made.words[row, :pieces] = vectors.float()
        made.keep[row, :pieces] = True
        made.labels[row, :pieces] = torch.tensor(example.labels)
        made.clauses[row, :all_of, :pieces] = torch.from_numpy(example.clauses)
        made.intents[row, :clauses] = torch.tensor(example.intents)
        made.actions[row, :clauses] = torch.tensor(example.actions)
        made.is_clause[row, :clauses] = made.wholes[row, :clauses] = True
        made.is_stretch[row, :all_of] = True
        made.wholes[row, clauses:all_of] = torch.tensor(example.wholes, dtype=torch.bool)
    return made


def batches(examples: Sequence[Example], words: Sequence[torch.Tensor], size: int,
            rng: np.random.Generator) -> Iterator[LanguageBatch]:
    """Yield all examples once, in random batches of sentences of about one length."""
    keys = [len(e.ids) + rng.random() * 4 for e in examples]
    order = np.argsort(keys, kind='stable')
    starts = np.arange(0, len(order), size)
    for start in rng.permutation(starts):
        rows = order[start:start + size]
        yield batch_of([examples[i] for i in rows], [words[i] for i in rows])
