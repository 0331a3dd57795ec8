"""
The source document's temporal fusion: LSTMs, attention over the last ticks, a memory.

Repaired: each modality has an LSTM of its own; time and modality are not mixed by a reshape;
the memory takes the three vectors that it is given. A sequence at once and tick by tick give the
same numbers, and no tick knows later ones.

Dimensions: B batch, N ticks, M modalities, D width, T ticks of the window, R recurrent layers.
"""
from dataclasses import dataclass

import torch
from torch import nn

from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.temporal import MODALITIES


@dataclass(frozen=True)
class DocumentState:
    """What is carried from tick to tick; all zero when a command is given."""

    recurrent: torch.Tensor
    """(M, 2, R, B, D) hidden and cell state of each modality."""
    window: torch.Tensor
    """(B, T - 1, M, D) the ticks before, oldest first."""
    ticks: torch.Tensor
    """(B,) how many there were, int64."""


class DocumentTemporal(nn.Module):
    """Remembers the last ticks."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        self.window, width = config.window, config.width
        self.recurrent = nn.ModuleDict({
            name: nn.LSTM(width, width, config.recurrent_layers, batch_first=True, dropout=0.1)
            for name in MODALITIES})
        self.attention = nn.MultiheadAttention(width, config.heads, batch_first=True)
        self.memory = nn.Sequential(
            nn.Linear(len(MODALITIES) * width, width), nn.ReLU(), nn.Linear(width, width))

    def begin(self, batch: int = 1) -> DocumentState:
        """Return a memory in which nothing is."""
        lstm = self.recurrent[MODALITIES[0]]
        new = lstm.weight_hh_l0.new_zeros
        return DocumentState(
            new(len(MODALITIES), 2, lstm.num_layers, batch, lstm.hidden_size),
            new(batch, self.window - 1, len(MODALITIES), lstm.hidden_size),
            new(batch, dtype=torch.int64))

    def forward(self, tokens: torch.Tensor, state: DocumentState | None = None) -> tuple[
            torch.Tensor, torch.Tensor, DocumentState]:
        """
        Return what is remembered (B, N, D), attention (B, N, M, T M) and the state afterwards.

        :param tokens: (B, N, M, D).
        :param state: after the ticks before; None: there were none.
        """
        state = state or self.begin(len(tokens))
        hidden, recurrent = self._recur(tokens, state.recurrent)            # (B, N, M, D)
        every = torch.cat([state.window, hidden], dim=1)                    # (B, T - 1 + N, M, D)
        lately = every.unfold(1, self.window, 1).permute(0, 1, 4, 2, 3)     # (B, N, T, M, D)
        keys = lately.flatten(2, 3).flatten(0, 1)                           # (B N, T M, D)
        attended, weights = self.attention(
            hidden.flatten(0, 1), keys, keys, self._unknown(state.ticks, tokens.shape[1]))
        batch = tokens.shape[:2]
        return (self.memory(attended.flatten(1)).unflatten(0, batch),
                weights.unflatten(0, batch),
                DocumentState(recurrent, every[:, batch[1]:], state.ticks + batch[1]))

    def _recur(self, tokens: torch.Tensor,
               before: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden, after = [], []
        for index, lstm in enumerate(self.recurrent.values()):
            out, carried = lstm(tokens[:, :, index], tuple(before[index]))
            hidden.append(out)
            after.append(torch.stack(carried))
        return torch.stack(hidden, dim=2), torch.stack(after)

    def _unknown(self, ticks: torch.Tensor, count: int) -> torch.Tensor:
        """Return which keys are of before the command, (B N, T M) bool."""
        known = ticks[:, None] + torch.arange(1, count + 1, device=ticks.device)    # (B, N)
        age = torch.arange(self.window - 1, -1, -1, device=ticks.device)
        unknown = age >= known[..., None]                                           # (B, N, T)
        return unknown.flatten(0, 1).repeat_interleave(len(MODALITIES), dim=-1)
