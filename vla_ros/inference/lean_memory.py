"""
One tick of `TemporalFusion` with fewer operations: the same numbers, for one robot.

Dimensions: N vision tokens, D width of a token, W width of the memory, M modalities, H recurrent
width, S slots (the grounding's or the memory's own), T ticks of the window, R maps.
"""
import math

import torch
from torch import nn
from torch.nn import functional

from vla_ros.models.temporal import expectation, Moments, observed_of, places_of, TemporalFusion


class LeanMemory(nn.Module):
    """Remembers for one robot, with the weights of a memory."""

    def __init__(self, memory: TemporalFusion, cells: torch.Tensor):
        """
        Take the weights.

        :param cells: (N, 2) where each vision token is in the image, -1 to 1.
        """
        super().__init__()
        self.full = memory
        lstms = list(memory.recurrent.values())
        first, modulation = memory.modulation.maps[0], memory.modulation
        for name, tensor in {
                'lstm_weight': torch.stack([torch.cat([n.weight_ih_l0, n.weight_hh_l0], 1).T
                                            for n in lstms]),
                'lstm_bias': torch.stack([(n.bias_ih_l0 + n.bias_hh_l0)[None] for n in lstms]),
                'cells': cells @ first.weight[:, :2].T + first.bias,
                'expected_weight': first.weight[:, 2:].T.contiguous(),
                'change': torch.cat([modulation.scale[0], modulation.shift[0]], dim=-1),
                'ages': torch.arange(memory.config.window - 1, -1, -1)}.items():
            self.register_buffer(name, tensor.detach().clone())

    def modulated(self, tokens: torch.Tensor,
                  expected: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return tokens (N, D) as `Modulation` does, and the maps (N, R) that change them."""
        maps = self.full.modulation.maps[2](
            functional.gelu(self.cells + expected @ self.expected_weight)) * expected[:, -1:]
        scale, shift = (maps @ self.change).chunk(2, dim=-1)
        return tokens + tokens * scale + shift, maps

    def found(self, described: torch.Tensor, maps: torch.Tensor,
              slots: torch.Tensor) -> torch.Tensor:
        """
        Return `described @ slots` (S, N, 2) with described (S, N, D) as `Modulation` changes it.

        What is sought is changed in its place: there is far less of that.

        :param slots: (S, D, 2); maps: (N, R) from `modulated`.
        """
        modulation = self.full.modulation
        scaled = modulation.scale[1:, ..., None] * slots[:, None]               # (S, R, D, 2)
        sought = torch.cat([slots[:, None], scaled], dim=1).transpose(1, 2)
        answers = (described @ sought.flatten(2)).unflatten(-1, (-1, 2))        # (S, N, 1 + R, 2)
        share = functional.pad(maps, (1, 0), value=1.0)[..., None]
        return (answers * share).sum(dim=2) + maps @ (modulation.shift[1:] @ slots)

    def forward(self, seen: torch.Tensor, said: torch.Tensor, done: torch.Tensor,
                outputs: torch.Tensor, pose: torch.Tensor, recurrent: torch.Tensor,
                window: torch.Tensor, ticks: torch.Tensor, slots: torch.Tensor,
                place: torch.Tensor, strength: torch.Tensor) -> tuple[
                    torch.Tensor, tuple[torch.Tensor, ...]]:
        """
        Return what is to be added to the outputs (K A + 5,), and the memory afterwards.

        :param seen: (1, D) and said and done: what the modalities know.
        :param outputs: (K A + 5,): chunk, progress, target.
        :param pose: (1, 3) since the command.
        :param recurrent: and the next five: as in `TemporalState`, B = 1.
        """
        memory, summary = self.full, torch.cat([seen, done], dim=-1)
        tokens = torch.stack([seen, said, done])                                # (M, 1, D)
        moments = Moments(tokens.transpose(0, 1), outputs[None, -4:], outputs[-5:-4], pose)
        facts = observed_of(moments)                                               # (1, 12)
        hidden, recurrent = self._recur(tokens, recurrent[:, :, 0])
        fused = memory.fuse(torch.cat([hidden.view(1, -1), facts], dim=-1))     # (1, W)
        lately = torch.cat([window[0], fused])                                  # (T, W)
        context = self._look_back(fused, lately, ticks)
        gates = memory.slot_gate(fused).sigmoid().view(-1, 1)
        slots = slots[0] + gates * (memory.slot_value(fused) - slots[0])        # (S, W)
        place, strength = self._placed(fused, moments, place, strength)
        asked = memory.slot_query(fused) @ (slots + memory.slot_key).T
        read = (asked / math.sqrt(fused.shape[-1])).softmax(dim=-1) @ slots
        added = memory.head(torch.cat([fused, context, read, expectation(place, strength, pose),
                                       facts, summary], dim=-1))[0]
        return ((memory.relevance(said)[0] > 0) * added,
                (recurrent[:, :, None], lately[None, 1:], slots[None], place, strength))

    def _recur(self, tokens: torch.Tensor,
               before: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return hidden states (M, 1, H), and all states (M, 2, H)."""
        gates = torch.baddbmm(self.lstm_bias, torch.cat([tokens, before[:, :1]], dim=-1),
                              self.lstm_weight)
        enter, keep, new, show = gates.chunk(4, dim=-1)
        cell = keep.sigmoid() * before[:, 1:] + enter.sigmoid() * new.tanh()
        hidden = show.sigmoid() * cell.tanh()
        return hidden, torch.cat([hidden, cell], dim=1)

    def _look_back(self, fused: torch.Tensor, lately: torch.Tensor,
                   ticks: torch.Tensor) -> torch.Tensor:
        """Return what the last T ticks say, (1, W)."""
        scores = self.full.query(fused) @ lately.T / math.sqrt(fused.shape[-1])
        scores = (scores + self.full.age[self.ages]).masked_fill(
            self.ages >= ticks[:, None] + 1, torch.finfo(scores.dtype).min)
        return scores.softmax(dim=-1) @ lately

    def _placed(self, fused: torch.Tensor, moments: Moments, place: torch.Tensor,
                strength: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return where the named thing is (1, 2), and how far that is known (1, 1)."""
        memory, there = self.full, places_of(moments)
        seen = expectation(there, torch.ones_like(strength), moments.pose)
        fact = memory.place_facts(torch.cat([fused, seen], dim=-1))
        return memory.placed(fact, there, moments.pose, place, strength)
