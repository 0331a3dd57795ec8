"""
Grounding: where in the image the thing is that was named.

Words are read into slots, one per kind of attribute; each slot is matched against every vision
token by itself, and a token shows the thing if ALL slots match. Since colour and shape never
meet before that product, a pair that was never seen together is still found.

Dimensions: F images, B instructions (as many for each image), N vision tokens, L words, D width,
S slots.
"""
from dataclasses import dataclass
import math

import torch
from torch import nn
from torch.nn import functional

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
    token: torch.Tensor
    """(B, 1, D) what was found and where, for the fusion transformer."""
    reading: torch.Tensor
    """(B, S, L) the share of each word in what each slot reads."""


class SlotGrounding(nn.Module):
    """Reads words into slots, matches them, and gathers what matches."""

    def __init__(self, width: int, rows: int, columns: int):
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
        reading = self._reading(words, keep)
        slots = reading @ self.word_value(words)                            # (B, S, D)
        asked = slots.unflatten(0, (len(vision), -1)).permute(0, 2, 3, 1)   # (F, S, D, B/F)
        matches = (described @ asked).permute(0, 3, 1, 2).flatten(0, 1).float()     # (B, S, N)
        logits = matches / math.sqrt(vision.shape[-1]) + self.bias[:, None]
        log_probability = functional.logsigmoid(logits).sum(dim=1)
        return Grounding(logits, log_probability, self._gather(vision, log_probability), reading)

    def _reading(self, words: torch.Tensor, keep: torch.Tensor) -> torch.Tensor:
        scores = self.slot_query @ self.word_key(words).transpose(1, 2)     # (B, S, L)
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
