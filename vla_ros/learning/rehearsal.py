"""
Batches of several datasets: what is new is learned while what is old is rehearsed.

A network that is trained on ten demonstrations alone forgets the rest within a few hundred
steps; a part of each batch from the data it was made with keeps it (Robins, 1995).
"""
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning import processes
from vla_ros.learning.batch_parts import joined, what_is_known
from vla_ros.learning.batches import Batch


class Source(Protocol):
    """Whoever draws batches."""

    def draw(self, images: int, per_image: int, rng: np.random.Generator,
             augment: bool = True) -> Batch:
        """Return a batch of `images` frames with `per_image` instructions each."""
        ...

    def draw_pictures(self, images: int,
                      rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return images (F, H, W, 3) and the kinds of their cells, see `BatchMaker`."""
        ...


class Mixture:
    """Draws from several sources, of each a fixed share."""

    def __init__(self, sources: Sequence[Source], shares: Sequence[float]):
        """
        Mix sources.

        :param shares: how much of a batch is from each, more than 0, 1 in all.
        :raises ConfigurationError: if they are not that.
        """
        if len(sources) != len(shares) or min(shares) <= 0 or abs(sum(shares) - 1) > 1e-6:
            raise ConfigurationError(f'shares of {len(sources)} datasets: {list(shares)}, '
                                     'expected one for each, above 0, and 1 in all')
        self._sources, self._ends = list(sources), np.cumsum(shares)

    def counts(self, images: int) -> list[int]:
        """Return how many of a batch's images are from each source; processes share each."""
        whole = processes.count()
        ends = np.round(self._ends * images / whole).astype(int) * whole
        return np.diff(ends, prepend=0).tolist()

    def draw_each(self, images: int, per_image: int, rng: np.random.Generator,
                  augment: bool = True) -> list[Batch]:
        """Return a batch of each source, which may know different things of their frames."""
        return [source.draw(count, per_image, rng, augment)
                for source, count in self._parts(images)]

    def draw_pictures(self, images: int,
                      rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return images (F, H, W, 3) and the kinds of their cells, see `BatchMaker`."""
        return joined([source.draw_pictures(count, rng)
                       for source, count in self._parts(images)])

    def _parts(self, images: int) -> list[tuple[Source, int]]:
        return [(source, count) for source, count in
                zip(self._sources, self.counts(images), strict=True) if count]


def draw_alike(source: 'Source | Mixture', images: int, per_image: int,
               rng: np.random.Generator, augment: bool = True) -> list[Batch]:
    """Return batches whose sizes add up to `images`; in one are all frames of equal knowledge."""
    if not isinstance(source, Mixture):
        return [source.draw(images, per_image, rng, augment)]
    alike: dict[tuple, list[Batch]] = {}
    for batch in source.draw_each(images, per_image, rng, augment):
        alike.setdefault(what_is_known(batch), []).append(batch)
    return [joined(batches) for batches in alike.values()]


def rehearsed(new: Sequence[Source], old: Sequence[Source],
              share: float) -> 'Source | Mixture':
    """
    Return batches of which `share` is from old sources and the rest from new ones.

    Several of either have equal parts in it.

    :raises ConfigurationError: if the share is not between 0 and 1 where there are old ones.
    """
    if not old:
        return new[0] if len(new) == 1 else Mixture(new, [1 / len(new)] * len(new))
    if not 0 < share < 1:
        raise ConfigurationError(f'share of rehearsal: {share:g}, expected above 0 and below 1')
    shares = [(1 - share) / len(new)] * len(new) + [share / len(old)] * len(old)
    return Mixture([*new, *old], shares)
