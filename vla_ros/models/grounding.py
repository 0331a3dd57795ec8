"""
Grounding: where in the image the thing is that was named.

Words are read into slots, one per kind of attribute; each slot is matched against every vision
token by itself, and a token shows the thing if ALL slots match. Since colour and shape never
meet before that product, a pair that was never seen together is still found. Where several have
the name, how they stand to each other, or to another thing, tells them apart (`standing`).

Dimensions: F images, B instructions (as many for each image), N vision tokens, L words, D width,
S slots.
"""
from dataclasses import dataclass
import math

import torch
from torch import nn
from torch.nn import functional

from vla_ros.models.standing import Standing

SLOTS = ('colour', 'shape')
ATTRIBUTES = (9, 7)
"""Kinds of each slot that a cell may show: none, 8 colours; none, 6 shapes."""


@dataclass(frozen=True)
class Grounding:
    """Where the named thing is."""

    slot_logits: torch.Tensor
    """(B, S, N) whether each token matches each slot."""
    log_probability: torch.Tensor
    """(B, N) log of the probability that a token shows the thing."""
    other: torch.Tensor | None
    """(B, N) the same of another thing that it is told by; None: nobody looks for one."""
    token: torch.Tensor
    """(B, 1, D) what was found and where, for the fusion transformer."""
    reading: torch.Tensor
    """(B, S, L) the share of each word in what each slot reads."""
    sought: torch.Tensor
    """(B, S, D) what each slot looks for."""


class SlotGrounding(nn.Module):
    """Reads words into slots, matches them, and gathers what matches."""

    def __init__(self, width: int, rows: int, columns: int, tells_apart: bool = False):
        """
        Prepare to look for things.

        :param tells_apart: whether things of one name are told apart by how they stand.
        """
        super().__init__()
        self.slot_query = nn.Parameter(torch.randn(len(SLOTS), width) / math.sqrt(width))
        self.word_key = nn.Linear(width, width)
        self.word_value = nn.Linear(width, width)
        self.visual = nn.ModuleList(
            nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, width))
            for _ in SLOTS)
        self.attributes = nn.ModuleList(nn.Linear(width, kinds) for kinds in ATTRIBUTES)
        self.bias = nn.Parameter(torch.full((len(SLOTS),), -3.0))
        self.register_buffer('place', _places(rows, columns), persistent=False)
        self.found = nn.Sequential(nn.Linear(width + 4, width), nn.GELU(),
                                   nn.Linear(width, width))
        self.other_query = self.standing = None
        if tells_apart:
            self.other_query = nn.Parameter(torch.randn(len(SLOTS), width) / math.sqrt(width))
            self.standing = Standing(width, rows, columns)

    def describe(self, vision: torch.Tensor) -> torch.Tensor:
        """Return what each token (F, N, D) shows, attribute by attribute, (F, S, N, D)."""
        return torch.stack([visual(vision) for visual in self.visual], dim=1)

    def classify(self, described: torch.Tensor) -> list[torch.Tensor]:
        """Return for each slot what each token shows, (F, N, kinds) logits; zero is nothing."""
        return [head(described[:, i]) for i, head in enumerate(self.attributes)]

    def forward(self, vision: torch.Tensor, described: torch.Tensor, words: torch.Tensor,
                keep: torch.Tensor) -> Grounding:
        """
        Find the named thing.

        :param vision: (F, N, D).
        :param described: (F, S, N, D) from `describe`: it depends on the image alone.
        :param words: (B, L, D), those of the first image first.
        :param keep: (B, L) bool, true for words.
        """
        reading = self._reading(self.slot_query, words, keep)
        sought = reading @ self.word_value(words)
        logits = self._matches(described, sought)
        log_probability, other = functional.logsigmoid(logits).sum(dim=1), None
        if self.standing is not None:
            told = self._reading(torch.cat([self.other_query, self.standing.query]), words, keep)
            *others, which = (told @ self.word_value(words)).unbind(1)
            other = functional.logsigmoid(
                self._matches(described, torch.stack(others, dim=1))).sum(dim=1)
            log_probability = log_probability + self.standing(
                log_probability.exp(), other.exp(), self.standing.weights(which))
        return Grounding(logits, log_probability, other, self._gather(vision, log_probability),
                         reading, sought)

    def _matches(self, described: torch.Tensor, slots: torch.Tensor) -> torch.Tensor:
        """Return logits (B, S, N) of how each token matches slots (B, S, D)."""
        asked = slots.unflatten(0, (len(described), -1)).permute(0, 2, 3, 1)    # (F, S, D, B/F)
        matches = (described @ asked).permute(0, 3, 1, 2).flatten(0, 1).float()     # (B, S, N)
        return matches / math.sqrt(described.shape[-1]) + self.bias[:, None]

    def _reading(self, query: torch.Tensor, words: torch.Tensor,
                 keep: torch.Tensor) -> torch.Tensor:
        """Return the share of each word in what each query (Q, D) reads, (B, Q, L)."""
        scores = query @ self.word_key(words).transpose(1, 2)
        scores = scores.masked_fill(~keep[:, None], torch.finfo(scores.dtype).min)
        return scores.softmax(dim=-1)

    def _gather(self, vision: torch.Tensor, log_probability: torch.Tensor) -> torch.Tensor:
        weights = log_probability.softmax(dim=-1).to(vision.dtype)          # (B, N)
        mass = log_probability.exp()
        evidence = torch.stack([mass.amax(dim=-1), mass.sum(dim=-1).log1p()], dim=-1)
        read = (weights.unflatten(0, (len(vision), -1)) @ vision).flatten(0, 1)     # (B, D)
        seen = torch.cat([read, weights @ self.place.to(vision.dtype),
                          evidence.to(vision.dtype)], dim=-1)
        return self.found(seen)[:, None]


def _places(rows: int, columns: int) -> torch.Tensor:
    """Return where each token is in the image, (N, 2) from -1 to 1."""
    y = (torch.arange(rows) + 0.5) / rows * 2 - 1
    x = (torch.arange(columns) + 0.5) / columns * 2 - 1
    return torch.stack([x.repeat(rows), y.repeat_interleave(columns)], dim=1)
