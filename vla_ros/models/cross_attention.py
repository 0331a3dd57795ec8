"""
Cross-modal attention: the tokens of each modality ask those of the other two.

Dimensions: B batch, N tokens of one modality (M of another), D width, H heads.
"""
import math

import torch
from torch import nn

Tokens = dict[str, torch.Tensor]
"""By modality: (B, N, D)."""


class CrossModalAttention(nn.Module):
    """
    One layer: every modality adds what it learned from the others (pre-norm, residual).

    Attention runs over tokens, never over the batch; a modality whose tokens are all masked
    adds nothing.
    """

    def __init__(self, width: int, heads: int, modalities: tuple[str, ...]):
        super().__init__()
        self.heads, self.modalities = heads, modalities
        self.norm = nn.ModuleDict({m: nn.LayerNorm(width) for m in modalities})
        self.query = nn.ModuleDict({m: nn.Linear(width, width) for m in modalities})
        self.key_value = nn.ModuleDict({m: nn.Linear(width, 2 * width) for m in modalities})
        self.output = nn.ModuleDict(
            {m: nn.Linear((len(modalities) - 1) * width, width) for m in modalities})

    def forward(self, tokens: Tokens, keep: dict[str, torch.Tensor] | None = None,
                need_maps: bool = False) -> tuple[Tokens, dict[tuple[str, str], torch.Tensor]]:
        """
        Return the new tokens and, on demand, the attention maps.

        :param tokens: (B, N, D) for each modality.
        :param keep: (B, N) bool for modalities with padding: true for tokens that count.
        :param need_maps: whether to return (B, H, N, M) for each pair (asking, asked).
        """
        keep = keep or {}
        normed = {m: self.norm[m](tokens[m]) for m in self.modalities}
        keys = {m: self._split(self.key_value[m](normed[m])).chunk(2, dim=-1)
                for m in self.modalities}
        new, maps = {}, {}
        for m in self.modalities:
            query, answers = self._split(self.query[m](normed[m])), []
            for other in (o for o in self.modalities if o != m):
                answer, weights = _attend(query, *keys[other], keep.get(other), need_maps)
                answers.append(answer.transpose(1, 2).flatten(2))
                maps[m, other] = weights
            new[m] = tokens[m] + self.output[m](torch.cat(answers, dim=-1))
        return new, maps if need_maps else {}

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)        # (B, H, N, D/H)


def _attend(query, key, value, keep, need_weights):
    """Return what is read (B, H, N, D/H) and, if needed, the weights (B, H, N, M)."""
    mask = None
    if keep is not None:
        mask = keep[:, None, None]
    if not need_weights and mask is None:
        return nn.functional.scaled_dot_product_attention(query, key, value), None
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights * mask                            # all masked: nothing is read
    return weights @ value, weights
