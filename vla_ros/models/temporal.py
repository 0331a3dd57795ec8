"""
Temporal fusion: what was seen and done since the command.

Each modality has a recurrent state (LSTM; Hochreiter and Schmidhuber, 1997), the last ticks are
attended to, and what must last is written through gates: into slots of free content, and into
one that holds where the named thing is, seen from where the command was given. Odometry then
tells where it is now, in view or not. What is expected modulates the vision tokens of the next
tick (FiLM; Perez et al., 2018).

A sequence at once and tick by tick give the same numbers. One tick costs the same however long
the command has been going on.

Dimensions: B batch, N ticks, M modalities, D width of a token, H recurrent width, W width of the
memory, T ticks of the window, S slots, V vision tokens.
"""
from dataclasses import dataclass, fields
import math

import torch
from torch import nn

MODALITIES = ('vision', 'language', 'action')
SUMMARY_TOKENS = 2
"""Fused tokens that the heads read."""
_OBSERVED = 12
_EXPECTED = 5
_DISTANCE_M = 3.0
"""Distances are counted in this [m]."""
_NEVER = -3.0
"""First bias of gates: nothing is written unless there is a reason."""
_MAPS = 8
"""Different maps over the image by which the memory can modulate it."""


@dataclass(frozen=True)
class TemporalConfig:
    """Sizes of the memory."""

    outputs: int
    """Numbers that it adds to: chunk, progress, target."""
    token_width: int = 256
    recurrent: int = 96
    width: int = 128
    window: int = 10
    """Last ticks that are attended to, T."""
    slots: int = 4
    described: int = 2
    """Attributes by which vision tokens are described, each a modality of seeing to modulate."""
    doubts: bool = False
    """Whether a place is forgotten where the named thing is expected and not seen."""


@dataclass(frozen=True)
class Moments:
    """What the memory takes in: one tick, or N of them with a dimension after the first."""

    tokens: torch.Tensor
    """(B, N, M, D) one of each modality."""
    target: torch.Tensor
    """(B, N, 4) where the named thing seems to be: visible (logit), sin, cos, distance [m]."""
    progress: torch.Tensor
    """(B, N) logit, by what is in view alone."""
    pose: torch.Tensor
    """(B, N, 3) x, y [m], yaw [rad] since the command, seen from where it was given."""

    def at(self, tick: int) -> 'Moments':
        """Return one tick, still with a dimension of ticks."""
        return Moments(*(getattr(self, f.name)[:, tick:tick + 1] for f in fields(self)))


@dataclass(frozen=True)
class TemporalState:
    """What is carried from tick to tick; all zero when a command is given."""

    recurrent: torch.Tensor
    """(M, 2, B, H) hidden and cell state of each modality."""
    window: torch.Tensor
    """(B, T - 1, W) the ticks before, oldest first."""
    ticks: torch.Tensor
    """(B,) how many there were, int64."""
    slots: torch.Tensor
    """(B, S, W) what must last."""
    place: torch.Tensor
    """(B, 2) where the named thing is [m], seen from where the command was given."""
    strength: torch.Tensor
    """(B, 1) how far that is known, 0 to 1."""


@dataclass(frozen=True)
class Remembered:
    """What the memory answers, for each tick."""

    outputs: torch.Tensor
    """(B, N, outputs) to be added to what is decided by the view alone, if it is relevant."""
    relevance: torch.Tensor
    """(B, N, 1) logit of whether a command is one for which memory matters."""
    place: torch.Tensor
    """(B, N, 2) [m] and strength (B, N, 1), as in `TemporalState`."""
    strength: torch.Tensor


class TemporalFusion(nn.Module):
    """Remembers what matters for a command, and whether memory matters for it at all."""

    def __init__(self, config: TemporalConfig):
        super().__init__()
        self.config = config
        recurrent, width = config.recurrent, config.width
        self.recurrent = nn.ModuleDict({
            name: nn.LSTM(config.token_width, recurrent, batch_first=True)
            for name in MODALITIES})
        self.fuse = nn.Sequential(
            nn.Linear(len(MODALITIES) * recurrent + _OBSERVED, width), nn.GELU(),
            nn.LayerNorm(width))
        self.query = nn.Linear(width, width)
        self.age = nn.Parameter(torch.zeros(config.window))
        self.slot_gate = nn.Linear(width, config.slots)
        self.slot_value = nn.Linear(width, width)
        self.slot_query = nn.Linear(width, width)
        self.slot_key = nn.Parameter(torch.randn(config.slots, width) / math.sqrt(width))
        self.place_facts = nn.Linear(width + _EXPECTED, 64)
        self.place_known = nn.Linear(2, 64, bias=False)
        self.place_gate = nn.Linear(64, 1)
        self.place_expected = nn.Linear(_EXPECTED, 64, bias=False) if config.doubts else None
        self.place_doubt = nn.Linear(64, 1) if config.doubts else None
        read = 3 * width + _EXPECTED + _OBSERVED + SUMMARY_TOKENS * config.token_width
        self.head = nn.Sequential(nn.Linear(read, 256), nn.GELU(), nn.Linear(256, 256), nn.GELU(),
                                  nn.Linear(256, config.outputs))
        self.relevance = nn.Sequential(nn.Linear(config.token_width, 32), nn.GELU(),
                                       nn.Linear(32, 1))
        self.modulation = Modulation(config.token_width, config.described)
        nn.init.constant_(self.slot_gate.bias, _NEVER)
        nn.init.constant_(self.place_gate.bias, _NEVER)
        if config.doubts:
            nn.init.constant_(self.place_doubt.bias, 2 * _NEVER)
        nn.init.zeros_(self.head[-1].weight)
        nn.init.zeros_(self.head[-1].bias)

    def begin(self, batch: int = 1) -> TemporalState:
        """Return the state in which a command is given."""
        config, like = self.config, self.age

        def zeros(*shape: int, dtype=like.dtype) -> torch.Tensor:
            return torch.zeros(*shape, dtype=dtype, device=like.device)
        return TemporalState(
            zeros(len(MODALITIES), 2, batch, config.recurrent),
            zeros(batch, config.window - 1, config.width), zeros(batch, dtype=torch.int64),
            zeros(batch, config.slots, config.width), zeros(batch, 2), zeros(batch, 1))

    def forward(self, moments: Moments,
                state: TemporalState | None = None) -> tuple[Remembered, TemporalState]:
        """Return what is remembered at each of N ticks, and the state after the last."""
        state = state or self.begin(len(moments.tokens))
        observed = observed_of(moments)                                       # (B, N, O)
        hidden, recurrent = self._recur(moments.tokens, state.recurrent)
        fused = self.fuse(torch.cat([hidden, observed], dim=-1))            # (B, N, W)
        context, window = self._look_back(fused, state)
        slots, places, strengths = self._write(fused, moments, state)
        read = self._read(fused, slots)
        summary = moments.tokens[:, :, (0, 2)].flatten(2)
        expected = expectation(places, strengths, moments.pose)
        outputs = self.head(torch.cat(
            [fused, context, read, expected, observed, summary], dim=-1))
        relevance = self.relevance(moments.tokens[:, :, 1])
        return Remembered(outputs, relevance, places, strengths), TemporalState(
            recurrent, window, state.ticks + fused.shape[1], slots[:, -1], places[:, -1],
            strengths[:, -1])

    def _recur(self, tokens: torch.Tensor,
               before: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden, after = [], []
        for index, network in enumerate(self.recurrent.values()):
            h, c = before[index]
            out, (h, c) = network(tokens[:, :, index], (h[None], c[None]))
            hidden.append(out)
            after.append(torch.stack([h[0], c[0]]))
        return torch.cat(hidden, dim=-1), torch.stack(after)

    def _look_back(self, fused: torch.Tensor,
                   state: TemporalState) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the last T ticks say to each tick, (B, N, W), and the window after them."""
        window = self.config.window
        every = torch.cat([state.window, fused], dim=1)                     # (B, T - 1 + N, W)
        lately = every.unfold(1, window, 1).transpose(2, 3)                 # (B, N, T, W)
        scores = (lately @ self.query(fused)[..., None]).squeeze(-1) / math.sqrt(fused.shape[-1])
        ticks = torch.arange(1, fused.shape[1] + 1, device=fused.device)
        known = (state.ticks[:, None] + ticks).clamp(max=window)            # (B, N)
        age = torch.arange(window - 1, -1, -1, device=fused.device)         # oldest first
        scores = (scores + self.age[age]).masked_fill(
            age >= known[..., None], torch.finfo(scores.dtype).min)
        context = (scores.softmax(dim=-1)[..., None, :] @ lately).squeeze(-2)
        return context, every[:, fused.shape[1]:]

    def _write(self, fused: torch.Tensor, moments: Moments, state: TemporalState) -> tuple[
            torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return slots (B, N, S, W), places (B, N, 2), strengths (B, N, 1) after each tick."""
        gates = self.slot_gate(fused).sigmoid()[..., None]                  # (B, N, S, 1)
        values = self.slot_value(fused)[:, :, None]                         # (B, N, 1, W)
        seen = places_of(moments)                                             # (B, N, 2)
        facts = self.place_facts(torch.cat([fused, expectation(
            seen, torch.ones_like(seen[..., :1]), moments.pose)], dim=-1))  # (B, N, 64)
        slot, place, strength = state.slots, state.place, state.strength
        slots, places, strengths = [], [], []
        for keep, value, there, fact, pose in zip(
                *(t.unbind(1) for t in (gates, values, seen, facts, moments.pose)), strict=True):
            slot = slot + keep * (value - slot)
            place, strength = self.placed(fact, there, pose, place, strength)
            slots.append(slot)
            places.append(place)
            strengths.append(strength)
        return torch.stack(slots, 1), torch.stack(places, 1), torch.stack(strengths, 1)

    def placed(self, fact: torch.Tensor, there: torch.Tensor, pose: torch.Tensor,
               place: torch.Tensor, strength: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return where the named thing is after one tick (B, 2), and how far that is known (B, 1).

        :param fact: (B, 64) what was made of the tick.
        :param there: (B, 2) where the thing seems to be; place and strength: as before the tick.
        :param pose: (B, 3) since the command.
        """
        miss = there - place
        away = (miss.square().sum(dim=-1, keepdim=True) + 1e-6).sqrt()
        fact = fact + self.place_known(torch.cat([strength, strength * away], dim=-1))
        if self.place_doubt is not None:
            expected = self.place_expected(expectation(place, strength, pose))
            doubt = self.place_doubt(nn.functional.gelu(fact + expected)).sigmoid()
            strength = strength * (1 - doubt)
        gate = self.place_gate(nn.functional.gelu(fact)).sigmoid()
        strength = strength + gate * (1 - strength)
        return place + gate / strength.clamp_min(1e-6) * miss, strength

    def _read(self, fused: torch.Tensor, slots: torch.Tensor) -> torch.Tensor:
        asked = self.slot_query(fused)[..., None, :]                        # (B, N, 1, W)
        keys = slots + self.slot_key
        weights = (asked @ keys.transpose(-1, -2) / math.sqrt(fused.shape[-1])).softmax(dim=-1)
        return (weights @ slots).squeeze(-2)


class Modulation(nn.Module):
    """How what is expected modulates what is seen."""

    def __init__(self, width: int, described: int):
        super().__init__()
        self.maps = nn.Sequential(nn.Linear(2 + _EXPECTED, 32), nn.GELU(), nn.Linear(32, _MAPS))
        self.scale = nn.Parameter(torch.zeros(1 + described, _MAPS, width))
        self.shift = nn.Parameter(torch.zeros(1 + described, _MAPS, width))

    def forward(self, tokens: torch.Tensor, described: torch.Tensor, cells: torch.Tensor,
                expected: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return modulated vision tokens and their descriptions, shaped as they came.

        :param tokens: (B, V, D); described (B, attributes, V, D).
        :param cells: (V, 2) where each of them is in the image, -1 to 1.
        :param expected: (B, 5) from `expectation`; where nothing is known, nothing changes.
        """
        where = torch.cat([cells.expand(len(tokens), -1, -1),
                           expected[:, None].expand(-1, len(cells), -1)], dim=-1)
        maps = (self.maps(where) * expected[:, None, -1:])[:, None]         # (B, 1, V, maps)
        scale, shift = maps @ self.scale, maps @ self.shift                 # (B, 1 + a, V, D)
        return (tokens * (1 + scale[:, 0]) + shift[:, 0],
                described * (1 + scale[:, 1:]) + shift[:, 1:])


def expectation(place: torch.Tensor, strength: torch.Tensor, pose: torch.Tensor) -> torch.Tensor:
    """
    Return where a remembered place is now, (..., 5): sin, cos, distance, its inverse, strength.

    :param place: (..., 2) [m] seen from where the command was given; strength (..., 1).
    :param pose: (..., 3) of the base since then, x, y [m], yaw [rad].
    """
    away = place - pose[..., :2]
    distance = (away.square().sum(dim=-1, keepdim=True) + 1e-6).sqrt()
    sin, cos = _turned(away / distance, -pose[..., 2])
    return strength * torch.cat([
        sin, cos, distance / _DISTANCE_M, 0.3 / (0.3 + distance), torch.ones_like(distance)],
        dim=-1)


def _turned(direction: torch.Tensor, yaw: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return sin and cos (..., 1) of unit vectors (..., 2), turned by yaw (...) [rad]."""
    x, y = direction[..., :1], direction[..., 1:]
    sin, cos = yaw.sin()[..., None], yaw.cos()[..., None]
    return sin * x + cos * y, cos * x - sin * y


def places_of(moments: Moments) -> torch.Tensor:
    """Return where the thing seems to be (B, N, 2) [m], seen from where the command was given."""
    direction = nn.functional.normalize(moments.target[..., 1:3].flip(-1), dim=-1)  # cos, sin
    sin, cos = _turned(direction, moments.pose[..., 2])
    return moments.pose[..., :2] + moments.target[..., 3:] * torch.cat([cos, sin], dim=-1)


def observed_of(moments: Moments) -> torch.Tensor:
    """Return (B, N, 12) what is in view, how far it is done, and where the command was given."""
    start = expectation(torch.zeros_like(moments.pose[..., :2]),
                        torch.ones_like(moments.progress)[..., None], moments.pose)
    yaw = moments.pose[..., 2:]
    visible = moments.target[..., :1].sigmoid()
    return torch.cat([visible, visible * moments.target[..., 1:3],
                      visible * moments.target[..., 3:] / _DISTANCE_M,
                      moments.progress.sigmoid()[..., None], start[..., :4],
                      yaw / math.pi, yaw.sin(), yaw.cos()], dim=-1)
