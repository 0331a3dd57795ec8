"""
Which of several things of one name is meant: by how it stands to the others in the image.

For every cell it is known how much of what has the name lies to its left, to its right, nearer
and further (lower and higher in the image), and how much of another thing lies to its left and
right; the sentence says what each of these counts. "The leftmost cube" has no cube to its left.

Dimensions: B pairs, N cells of the image in R rows and C columns, D width.
"""
import math

import torch
from torch import nn
from torch.nn import functional

SIDES = 6
"""The named: left, right, higher, lower; the other thing: left, right."""
_TIMES = 5.0
"""What a unit of a sentence counts: a thing to the left has to outweigh any match."""
SURE = 5.0
"""Logit of "this is the one" before anything is learned."""
_APART = 3.0
"""Cells from which on one thing counts in full as being beside another."""


class Standing(nn.Module):
    """Weighs how things stand to each other by what a sentence says of it."""

    def __init__(self, width: int, rows: int, columns: int):
        super().__init__()
        self.query = nn.Parameter(torch.randn(1, width) / math.sqrt(width))
        self.counts = nn.Linear(width, SIDES + 1)
        nn.init.zeros_(self.counts.weight)
        nn.init.zeros_(self.counts.bias)
        self.across = nn.Parameter(_beyond(columns))
        self.along = nn.Parameter(_beyond(rows))

    def weights(self, told: torch.Tensor) -> torch.Tensor:
        """Return what each side counts, and what all cells get, (B, 7), of (B, D) read words."""
        counts = _TIMES * self.counts(told).float()
        return torch.cat([counts[:, :SIDES], counts[:, SIDES:] + SURE], dim=-1)

    def forward(self, named: torch.Tensor, other: torch.Tensor,
                weights: torch.Tensor) -> torch.Tensor:
        """
        Return the log of the probability that a cell shows the one that is meant, (B, N).

        :param named: (B, N) probability that a cell shows something of the name.
        :param other: (B, N) that it shows what the sentence tells it by.
        :param weights: (B, 7) from `weights`.
        """
        rows, columns = self.along.shape[-1], self.across.shape[-1]
        named, other = (shown.unflatten(-1, (rows, columns)) for shown in (named, other))
        of_columns, of_rows = (named.sum(dim=1), other.sum(dim=1)), named.sum(dim=2)
        weights, always = weights[:, :SIDES, None], weights[:, SIDES:, None]
        beside = sum(
            weights[:, side] * _most_one(amount @ self.across[side % 2].float())
            for side, amount in ((0, of_columns[0]), (1, of_columns[0]),
                                 (4, of_columns[1]), (5, of_columns[1])))
        ahead = sum(weights[:, 2 + side] * _most_one(of_rows @ self.along[side].float())
                    for side in (0, 1))
        logits = beside[:, None, :] + ahead[:, :, None] + always
        return functional.logsigmoid(logits).flatten(1)


def _beyond(cells: int) -> torch.Tensor:
    """Return how much a cell (first) counts as lying before, and as beyond, another: (2, n, n)."""
    ahead = torch.arange(cells)[None, :] - torch.arange(cells)[:, None]
    before = ((ahead - 1) / _APART).clamp(0, 1)
    return torch.stack([before, before.T])


def _most_one(amount: torch.Tensor) -> torch.Tensor:
    return 1 - torch.exp(-functional.relu(amount))
