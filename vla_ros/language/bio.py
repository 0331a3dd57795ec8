"""
Labels of tokens: B begins an entity, I goes on, O is outside.

Label 0 is O; type number t has 2t + 1 for B and 2t + 2 for I.
"""
from collections.abc import Sequence
from dataclasses import dataclass

from vla_ros.language.meaning import ENTITY_TYPES, EntityType

OUTSIDE = 0
LABELS = 2 * len(ENTITY_TYPES) + 1
"""How many labels there are."""
Offsets = Sequence[tuple[int, int]]
"""Of each token, where it begins and ends [characters]; equal for a token that stands for none."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text that says something."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    kind: EntityType


def labels_of(spans: Sequence[Span], offsets: Offsets) -> list[int]:
    """Return the label of each token."""
    labels = [OUTSIDE] * len(offsets)
    for span in spans:
        base = 2 * ENTITY_TYPES.index(span.kind) + 1
        inside = [i for i, (start, end) in enumerate(offsets)
                  if span.start <= start < end <= span.end]
        for n, i in enumerate(inside):
            labels[i] = base if n == 0 else base + 1
    return labels


def spans_of(labels: Sequence[int], offsets: Offsets) -> list[tuple[Span, tuple[int, ...]]]:
    """
    Return the spans that labels say, each with the numbers of its tokens.

    An I without a B of its type before it begins an entity too.
    """
    found: list[tuple[EntityType, list[int]]] = []
    before = OUTSIDE
    for i, (label, (start, end)) in enumerate(zip(labels, offsets, strict=True)):
        if label == OUTSIDE or start == end:
            before = OUTSIDE
            continue
        number, is_inside = divmod(label - 1, 2)
        if is_inside and before != OUTSIDE and (before - 1) // 2 == number:
            found[-1][1].append(i)
        else:
            found.append((ENTITY_TYPES[number], [i]))
        before = label
    return [(Span(offsets[at[0]][0], offsets[at[-1]][1], kind), tuple(at)) for kind, at in found]


def whole_words(labels: Sequence[int], words: Sequence[int | None]) -> list[int]:
    """
    Return the labels with each word's first token deciding for the whole word.

    :param words: of each token, the number of its word; None for a token that stands for none.
    """
    decided, first = [], {}
    for label, word in zip(labels, words, strict=True):
        if word is None:
            decided.append(OUTSIDE)
        elif word not in first:
            first[word] = label
            decided.append(label)
        else:
            decided.append(first[word] + first[word] % 2)   # B of the first is I of the rest
    return decided
