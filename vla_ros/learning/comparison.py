"""
What two runs over the same episodes tell together.

Of two policies: which does more, and how likely chance alone would make such a difference. Of two
sentences in one scene: whether the policy did what each of them said.
"""
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import binomtest

from vla_ros.learning.evaluate import Outcome, wilson


@dataclass(frozen=True)
class Pairs:
    """How the pairs of some episodes ended."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def count(self) -> int:
        """Return the number of pairs."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def p_value(self) -> float:
        """
        Return how likely so uneven a split is if both are equally good.

        The exact test of McNemar (1947), two-sided: only pairs that differ say anything.
        """
        differing = self.only_first + self.only_second
        return float(binomtest(self.only_first, differing).pvalue) if differing else 1.0

    @property
    def difference(self) -> float:
        """Return how much more often the first succeeds, as a share of the pairs."""
        return (self.only_first - self.only_second) / max(1, self.count)

    def document(self) -> dict:
        """Return the figures as JSON."""
        return {'pairs': self.count, 'both': self.both, 'only_first': self.only_first,
                'only_second': self.only_second, 'neither': self.neither,
                'difference': self.difference, 'p_value': self.p_value,
                'both_rate': self.both / max(1, self.count),
                'both_wilson_95': wilson(self.both, self.count)}


def paired(first: Iterable[Outcome], second: Iterable[Outcome]) -> Pairs:
    """Return how the episodes ended that are in both, by suite and number."""
    other = {(o.suite, o.index): o.is_success for o in second}
    ends = [(o.is_success, other[o.suite, o.index]) for o in first
            if (o.suite, o.index) in other]
    return Pairs(*(ends.count(end) for end in
                   ((True, True), (True, False), (False, True), (False, False))))
