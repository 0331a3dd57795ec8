"""Where a sentence is cut into steps: of all ways, the one whose pieces are likeliest whole."""
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
import itertools
import math

from vla_ros.language.bio import Span
from vla_ros.language.steps import clauses_of

CUTS_MAX = 5
"""Doubtful connectors that are tried, surest first: twice as many ways with each."""
_SURE = 0.999
"""A connector as likely as this is no question."""
Bounds = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Cut:
    """One way to cut a sentence."""

    connectors: tuple[Span, ...]
    bounds: Bounds
    """First character of each clause, and one past the last."""
    chance: float
    """How likely it is by the connectors alone; all ways together have 1."""


def cuts_of(text: str, candidates: Sequence[tuple[Span, float]]) -> list[Cut]:
    """
    Return all ways to cut a sentence that leave at least one clause.

    :param candidates: what may be a connector, each with its probability.
    """
    known = sorted(candidates, key=lambda c: -c[1])
    doubtful = sorted((c for c in known if c[1] < _SURE), key=lambda c: abs(c[1] - 0.5))
    doubtful = doubtful[:CUTS_MAX]
    fixed = [span for span, chance in known if chance >= 0.5 and (span, chance) not in doubtful]
    return [cut for cut in _ways(text, fixed, doubtful) if cut.bounds]


def _ways(text: str, fixed: list[Span], doubtful: list[tuple[Span, float]]) -> Iterator[Cut]:
    for chosen in itertools.product((True, False), repeat=len(doubtful)):
        spans = sorted(fixed + [s for (s, _), is_cut in zip(doubtful, chosen, strict=True)
                                if is_cut])
        chance = math.prod(p if is_cut else 1 - p
                           for (_, p), is_cut in zip(doubtful, chosen, strict=True))
        yield Cut(tuple(spans), tuple(clauses_of(len(text), spans, text)), chance)


def best_cut(cuts: Sequence[Cut], whole: Callable[[tuple[int, int]], float]) -> Cut:
    """Return the likeliest way, given how likely each stretch is one whole clause."""
    return max(cuts, key=lambda cut: cut.chance * math.prod(whole(b) for b in cut.bounds))
