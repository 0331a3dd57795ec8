"""
One robot's decision with fewer operations: the numbers of `VlaModel.decide`, in half its time.

What depends on the sentence alone is computed once per command; layers that read the same are
one product of matrices; there is neither a batch nor padding, so that nothing is masked; and the
last fusion layer answers only for tokens that somebody reads. All tensors in, all tensors out:
compilers take it as it is.

Dimensions: N vision tokens, V of them pooled, L words, D width, H heads, S slots, T tokens.
"""
import math
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from vla_ros.inference.lean_memory import LeanMemory
from vla_ros.models.standing import SIDES, Standing
from vla_ros.models.temporal import expectation
from vla_ros.models.vla import pool_matrix, pose_of, VlaModel

FUSED_BEFORE_WORDS = 4
"""Tokens before the words': what was found, joints, motion, previous action."""
_CERTAIN = 100.0
"""Logit whose probability is one, for models to which it does not matter how things stand."""


class Read(NamedTuple):
    """What the model makes of a sentence, whatever is seen."""

    words: torch.Tensor
    """(L, D)."""
    query: torch.Tensor
    """(H, L, D / H) by which the words ask the other modalities; key and value answer them."""
    key: torch.Tensor
    value: torch.Tensor
    slots: torch.Tensor
    """(S, D, 2) what is looked for, and what it is told by."""
    counts: torch.Tensor
    """(1, 7) what it counts how things stand to each other: of `Standing.weights`."""


class LeanDecision(nn.Module):
    """Decides for one robot, with the weights of a model."""

    def __init__(self, model: VlaModel):
        super().__init__()
        config, attention = model.config, model.cross_attention
        self.heads, self.horizon = config.heads, config.horizon
        self.language, self.grounding, self.attention = model.language, model.grounding, attention
        self.standing = model.grounding.standing or Standing(
            config.width, model.vision.rows, model.vision.columns)
        self.body = _Body(model)
        self.projections = nn.ModuleDict({
            name: _side_by_side(attention.query[name], attention.key_value[name])
            for name in attention.modalities})
        self.fusion = model.fusion
        parts = model.chunk_head, model.progress_head, model.target_head
        self.head_inner = _side_by_side(*(head[0] for head in parts))
        self.posture, self.ways = model.posture, nn.ModuleList(
            way for way in (model.straight, model.swing) if way is not None)
        self.head_outer = _block_diagonal(*(head[2] for head in parts))
        self.memory = model.memory and LeanMemory(model.memory, model.grounding.place)
        self.register_buffer('pool', pool_matrix(model.vision.rows, model.vision.columns))
        self.register_buffer('modality', model.modality.detach())

    def read(self, words: torch.Tensor) -> tuple[Read, torch.Tensor]:
        """Return what the model makes of words (L, text width), and the slots' reading (S, L)."""
        words = self.language(words)
        query, key, value = (t.contiguous() for t in self._asking('language', words))
        values = self.grounding.word_value(words)
        reading = self._reading(self.grounding.slot_query, words)
        named = other = reading @ values
        counts = torch.tensor([[0.0] * SIDES + [_CERTAIN]])
        if (standing := self.grounding.standing) is not None:
            queries = torch.cat([self.grounding.other_query, standing.query])
            told = self._reading(queries, words) @ values
            other, counts = told[:-1], standing.weights(told[-1:])
        slots = torch.stack([named, other], dim=-1) / math.sqrt(words.shape[-1])
        return Read(words, query, key, value, slots, counts), reading

    def _reading(self, queries: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        return (queries @ self.grounding.word_key(words).T).softmax(dim=-1)

    def forward(self, tokens: torch.Tensor, described: torch.Tensor, words: torch.Tensor,
                query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, slots: torch.Tensor,
                counts: torch.Tensor, joints: torch.Tensor, motion: torch.Tensor,
                previous: torch.Tensor, *memory: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """
        Return what to do.

        These are actions (K, A), scaled; progress (), a logit; the log of the probability (N,)
        that a vision token shows the named thing; summary and added of a `Draft`, B = 1; and
        where there is a memory, what it is afterwards: recurrent, window, slots, place and
        strength of `TemporalState`, B = 1.

        :param tokens: (1, N, D), and described (1, S, N, D): of `VisionFeatures`.
        :param words: and the next five: of `Read`.
        :param joints: and the next two: of `BodyState`, B = 1.
        :param memory: of `TemporalState`, B = 1; nothing where there is none.
        """
        tokens, described, pose = tokens[0], described[0], pose_of(motion)
        if memory:
            expected = expectation(memory[-2], memory[-1], pose)
            tokens, maps = self.memory.modulated(tokens, expected)
            logits = self.memory.found(described, maps, slots)
        else:
            logits = described @ slots
        log_probability, found = self._found(tokens, logits, counts)
        body = self.body(torch.cat([joints, motion, previous], dim=-1))
        read = Read(words, query, key, value, slots, counts)
        sequence = self._crossed(self.pool @ tokens, read, body, found)
        fused = self._fused(sequence, FUSED_BEFORE_WORDS + words.shape[0])
        summary = torch.cat([fused[0], fused[2]])[None]
        outputs = self._outputs(summary, body[0], words.mean(dim=0)[None], joints)
        added = torch.zeros_like(outputs)
        if memory:
            said = fused[FUSED_BEFORE_WORDS:].mean(dim=0, keepdim=True)
            added, memory = self.memory(fused[:1], said, fused[2:3], outputs, pose, *memory)
            outputs = outputs + added
        return (outputs[:-5].view(self.horizon, -1), outputs[-5], log_probability, summary,
                added[None, :-5], *memory)

    def _outputs(self, summary: torch.Tensor, body: torch.Tensor, heard: torch.Tensor,
                 joints: torch.Tensor) -> torch.Tensor:
        """Return chunk, progress and target (K A + 5,); see `VlaModel`."""
        read = summary
        if self.posture is not None:
            read = torch.cat([summary, body[None], heard], dim=-1)
        outputs = self.head_outer(functional.gelu(self.head_inner(read)))
        if self.posture is not None:
            outputs = outputs + functional.pad(self.posture(joints, heard, summary), (0, 5))
        for way in self.ways:
            chunk, others = outputs[:, :-5], outputs[:, -5:]
            chunk = way(chunk.unflatten(-1, (self.horizon, -1)), joints, heard, summary)
            outputs = torch.cat([chunk.flatten(1), others], dim=-1)
        return outputs[0]

    def _found(self, tokens: torch.Tensor, logits: torch.Tensor,
               counts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return the log of where the named thing is (N,), and what fusion gets to know of it.

        :param logits: (S, N, 2) how far what is seen is what is sought, before the bias.
        """
        logits = logits + self.grounding.bias[:, None, None]
        matches = functional.logsigmoid(logits).sum(dim=0).T
        named, other = matches.exp().chunk(2)
        log_probability = matches[0] + self.standing(named, other, counts)[0]
        weights, mass = log_probability.softmax(dim=0)[None], log_probability.exp()
        evidence = torch.stack([mass.amax(), mass.sum().log1p()])[None]
        seen = torch.cat([weights @ tokens, weights @ self.grounding.place, evidence], dim=-1)
        return log_probability, self.grounding.found(seen)

    def _crossed(self, vision: torch.Tensor, read: Read, action: torch.Tensor,
                 found: torch.Tensor) -> torch.Tensor:
        """Return all tokens (T, D) for fusion after each modality asked the others."""
        tokens = {'vision': vision, 'language': read.words, 'action': action}
        asking = {'vision': self._asking('vision', vision), 'language': read[1:4],
                  'action': self._asking('action', action)}
        parts = [found + self.modality[0]]
        for kind, name in enumerate(('action', 'language', 'vision'), start=1):
            answers = [_attend(asking[name][0], *asking[other][1:]).transpose(0, 1).flatten(1)
                       for other in self.attention.modalities if other != name]
            crossed = tokens[name] + self.attention.output[name](torch.cat(answers, dim=-1))
            parts.append(crossed + self.modality[kind])
        return torch.cat(parts)

    def _asking(self, name: str, tokens: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return query, key and value (H, T, D / H) of tokens (T, D)."""
        width = tokens.shape[-1]
        query, pairs = self.projections[name](self.attention.norm[name](tokens)).split(
            (width, 2 * width), dim=-1)
        return (_headed(query, self.heads),
                *_headed(pairs, self.heads).chunk(2, dim=-1))

    def _fused(self, tokens: torch.Tensor, read: int) -> torch.Tensor:
        """Return the first `read` of the fused tokens; the others are asked, but not answered."""
        *layers, last = self.fusion.layers
        for layer in layers:
            tokens = _layer(layer, tokens, tokens, self.heads)
        return self.fusion.norm(_layer(last, tokens, tokens[:read], self.heads))


class _Body(nn.Module):
    """Joints, motion and previous action, read at once."""

    def __init__(self, model: VlaModel):
        super().__init__()
        parts = list(model.action.values())
        self.inner = _block_diagonal(*(part[0] for part in parts))
        self.outer = nn.ParameterList([
            torch.stack([part[2].weight.T for part in parts]),
            torch.stack([part[2].bias[None] for part in parts]),
            torch.stack([part[3].weight for part in parts]),
            torch.stack([part[3].bias for part in parts])]).requires_grad_(False)

    def forward(self, body: torch.Tensor) -> torch.Tensor:
        """Return (3, D) for (1, numbers)."""
        weight, bias, gain, offset = self.outer
        inner = functional.gelu(self.inner(body)).view(len(weight), 1, -1)
        outer = torch.baddbmm(bias, inner, weight)[:, 0]
        return functional.layer_norm(outer, outer.shape[-1:]) * gain + offset


def _layer(layer: nn.TransformerEncoderLayer, tokens: torch.Tensor, asking: torch.Tensor,
           heads: int) -> torch.Tensor:
    """Return what a layer makes of those tokens that ask, the first of all (T, D)."""
    attention, width = layer.self_attn, tokens.shape[-1]
    all_three = functional.linear(layer.norm1(tokens), attention.in_proj_weight,
                                  attention.in_proj_bias).split(width, dim=-1)
    query, key, value = (_headed(part, heads) for part in all_three)
    answer = _attend(query[:, :asking.shape[0]], key, value).transpose(0, 1).flatten(1)
    asking = asking + attention.out_proj(answer)
    return asking + layer.linear2(functional.gelu(layer.linear1(layer.norm2(asking))))


def _headed(tokens: torch.Tensor, heads: int) -> torch.Tensor:
    return tokens.unflatten(-1, (heads, -1)).transpose(0, 1)            # (H, T, D / H)


def _attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    scores = query @ key.transpose(1, 2)
    return (scores / math.sqrt(query.shape[-1])).softmax(dim=-1) @ value


def _side_by_side(*layers: nn.Linear) -> nn.Linear:
    """Return layers as one, its outputs in their order; some may read a first part only."""
    most = max(layer.in_features for layer in layers)
    return _linear(torch.cat([functional.pad(layer.weight, (0, most - layer.in_features))
                              for layer in layers]),
                   torch.cat([layer.bias for layer in layers]))


def _block_diagonal(*layers: nn.Linear) -> nn.Linear:
    """Return layers that read different inputs as one, inputs and outputs in their order."""
    return _linear(torch.block_diag(*(layer.weight for layer in layers)),
                   torch.cat([layer.bias for layer in layers]))


def _linear(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    layer = nn.Linear(*weight.T.shape, device='meta')
    layer.weight, layer.bias = (nn.Parameter(t.detach(), requires_grad=False)
                                for t in (weight, bias))
    return layer
