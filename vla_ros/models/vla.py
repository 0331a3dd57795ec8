"""
The vision-language-action model: what is seen, what was said and what the body does, fused.

Vision, language and action become tokens of one width; cross-modal attention lets each ask the
others; grounding finds the named thing; a fusion transformer reads all of it; a head writes a
chunk of actions. Encoding an image and deciding are separate calls, so that a node can do them
at two rates.

Dimensions: F images, B instructions (as many for each image; mostly one), N vision tokens,
L words, D width, K chunk steps, A actions, J joints.
"""
from dataclasses import asdict, dataclass, replace
import math

import torch
from torch import nn

from vla_ros.core.body import MOTION_SIZE
from vla_ros.core.errors import InvalidValueError
from vla_ros.models.cross_attention import CrossModalAttention
from vla_ros.models.grounding import Grounding, SlotGrounding, SLOTS
from vla_ros.models.posture import PostureHead
from vla_ros.models.straight import StraightWay
from vla_ros.models.swing import SwingWay
from vla_ros.models.temporal import (
    expectation,
    Moments,
    TemporalConfig,
    TemporalFusion,
    TemporalState,
)
from vla_ros.models.vision import CHANNELS, VisionEncoder

MODALITIES = ('vision', 'language', 'action')
_POOL = (3, 4)
"""Cells that share one token in fusion; grounding works on every cell."""


@dataclass(frozen=True)
class VlaConfig:
    """Sizes of the model."""

    joints: int
    """J: joints that are observed."""
    actions: int
    """A: base axes and commanded joints."""
    horizon: int = 10
    """K."""
    width: int = 256
    """D."""
    heads: int = 8
    fusion_layers: int = 4
    feedforward: int = 512
    text_width: int = 384
    image_height: int = 120
    image_width: int = 160
    has_memory: bool = False
    """Whether it remembers what it saw and did since the command."""
    vision_channels: int = CHANNELS
    """Channels of the vision network at its first stride."""
    reads_inputs: bool = False
    """Whether chunks are written with joints and sentence in sight, besides what fusion makes of
    them."""
    tells_apart: bool = False
    """Whether things of one name are told apart by how they stand to others."""
    goes_straight: bool = False
    """Whether joints are led straight to where the last row of a chunk has them."""
    swings: bool = False
    """Whether joints can be let swing from side to side."""
    doubts: bool = False
    """Whether its memory forgets a place where the named thing is expected and not seen."""

    def __post_init__(self):
        if self.width % self.heads:
            raise InvalidValueError(f'width {self.width} is no multiple of heads {self.heads}')

    def as_dict(self) -> dict[str, int | bool]:
        """Return the sizes for a manifest."""
        return asdict(self)


@dataclass(frozen=True)
class BodyState:
    """What the body does, scaled to about one."""

    joints: torch.Tensor
    """(B, 2 J) positions from rest [rad] and a tenth of velocities [rad/s]."""
    motion: torch.Tensor
    """(B, MOTION_SIZE) how the base has moved since the command."""
    previous_action: torch.Tensor
    """(B, A) what was commanded last, scaled as the output."""


@dataclass(frozen=True)
class VisionFeatures:
    """What one image gives, whatever is said about it: computed once per frame."""

    tokens: torch.Tensor
    """(F, N, D), one per cell of the image."""
    described: torch.Tensor
    """(F, S, N, D) the same, attribute by attribute."""


@dataclass(frozen=True)
class Draft:
    """What a chunk is written from, but for what the joints do."""

    summary: torch.Tensor
    """(B, 2 D) what fusion makes of everything."""
    heard: torch.Tensor
    """(B, D) the mean of the sentence's words."""
    added: torch.Tensor
    """(B, K A) what the memory adds to the chunk; zeros where there is none."""


@dataclass(frozen=True)
class Decision:
    """What the model answers."""

    actions: torch.Tensor
    """(B, K, A), scaled: see the checkpoint's action scale."""
    progress: torch.Tensor
    """(B,) logit of how far the command is done."""
    target: torch.Tensor
    """(B, 4) of the named thing: visible (logit), bearing (sin, cos), distance [m]."""
    grounding: Grounding
    moments: Moments
    """What a memory takes in of it, one tick."""
    draft: Draft
    """What `write` makes its actions from."""
    state: TemporalState | None = None
    """The memory afterwards; None where there is none."""


class VlaModel(nn.Module):
    """Vision, language and action in; a chunk of actions out."""

    def __init__(self, config: VlaConfig):
        super().__init__()
        self.config = config
        width = config.width
        self.vision = VisionEncoder(width, config.image_height, config.image_width,
                                    config.vision_channels)
        self.language = nn.Sequential(nn.Linear(config.text_width, width), nn.LayerNorm(width))
        self.action = nn.ModuleDict({
            name: nn.Sequential(nn.Linear(size, width), nn.GELU(), nn.Linear(width, width),
                                nn.LayerNorm(width))
            for name, size in (('joints', 2 * config.joints), ('motion', MOTION_SIZE),
                               ('previous', config.actions))})
        self.cross_attention = CrossModalAttention(width, config.heads, MODALITIES)
        self.grounding = SlotGrounding(width, self.vision.rows, self.vision.columns,
                                       config.tells_apart)
        self.modality = nn.Parameter(0.02 * torch.randn(len(MODALITIES) + 1, width))
        self.fusion = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(width, config.heads, config.feedforward, 0.0, 'gelu',
                                       batch_first=True, norm_first=True),
            config.fusion_layers, norm=nn.LayerNorm(width), enable_nested_tensor=False)
        outputs = config.horizon * config.actions
        self.chunk_head = (_head(4 * width, 2 * width, outputs) if config.reads_inputs
                           else _head(2 * width, width, outputs))
        self.posture = None
        """What of a chunk comes from the joints themselves."""
        if config.reads_inputs:
            self.posture = PostureHead(config.joints, width, outputs)
        self.straight = StraightWay(
            config.joints, width, config.actions, config.horizon
        ) if config.goes_straight else None
        self.swing = SwingWay(
            config.joints, width, config.actions, config.horizon) if config.swings else None
        self.progress_head = _head(2 * width, width // 2, 1)
        self.target_head = _head(2 * width, width // 2, 4)
        self.memory = TemporalFusion(TemporalConfig(
            outputs + 5, width, described=len(SLOTS), doubts=config.doubts)
        ) if config.has_memory else None

    @property
    def writers(self) -> list[nn.Module]:
        """Return the parts that write a chunk from what fusion made of everything."""
        parts = self.chunk_head, self.posture, self.straight, self.swing
        return [part for part in parts if part is not None]

    def encode_vision(self, image: torch.Tensor) -> VisionFeatures:
        """Return what images (F, H, W, 3) uint8 show."""
        tokens = self.vision(image)
        return VisionFeatures(tokens, self.grounding.describe(tokens))

    def decide(self, vision: VisionFeatures, words: torch.Tensor, keep: torch.Tensor,
               body: BodyState, state: TemporalState | None = None) -> Decision:
        """
        Return what to do.

        With a state, what is remembered counts too; each image then has one instruction.
        """
        if state is None:
            return self.decide_by_view(vision, words, keep, body)
        pose = pose_of(body.motion)
        decision = self.decide_by_view(vision, words, keep, body,
                                       expectation(state.place, state.strength, pose))
        remembered, state = self.memory(decision.moments, state)
        # All or nothing: a part of what is remembered would be a way that nobody learned.
        outputs = (remembered.relevance > 0) * remembered.outputs
        return self.recalled(decision, outputs[:, 0], state)

    def recalled(self, decision: Decision, outputs: torch.Tensor,
                 state: TemporalState | None = None) -> Decision:
        """Return a decision to which the outputs (B, K A + 5) of the memory are added."""
        chunk, progress, target = outputs.split((outputs.shape[-1] - 5, 1, 4), dim=-1)
        return replace(decision, actions=decision.actions + chunk.view_as(decision.actions),
                       progress=decision.progress + progress[:, 0],
                       target=decision.target + target,
                       draft=replace(decision.draft, added=chunk), state=state)

    def decide_by_view(self, vision: VisionFeatures, words: torch.Tensor, keep: torch.Tensor,
                       body: BodyState, expected: torch.Tensor | None = None) -> Decision:
        """
        Return what to do by what is in view alone.

        :param vision: from `encode_vision`, of F images.
        :param words: (B, L, text width) features of the word pieces; B is a multiple of F, and
            the instructions for the first image come first.
        :param keep: (B, L) bool, true for words.
        :param expected: (B, 5) where the named thing is expected, from `expectation`.
        """
        if expected is not None:
            vision = VisionFeatures(*self.memory.modulation(
                vision.tokens, vision.described, self.grounding.place, expected))
        language = self.language(words)
        action = torch.stack([self.action['joints'](body.joints),
                              self.action['motion'](body.motion),
                              self.action['previous'](body.previous_action)], dim=1)
        grounding = self.grounding(vision.tokens, vision.described, language, keep)
        tokens, _ = self.cross_attention(
            {'vision': self._coarse(vision.tokens, len(words)), 'language': language,
             'action': action},
            {'language': keep})
        fused = self._fuse(tokens, grounding.token, keep)
        summary = torch.cat([fused[:, 0], fused[:, 2]], dim=-1)     # what was found; motion
        heard = (language * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)
        draft = Draft(summary, heard, summary.new_zeros(
            len(summary), self.config.horizon * self.config.actions))
        actions = self._chunk(summary, action[:, 0], heard, body.joints)
        progress, target = self.progress_head(summary).squeeze(-1), self.target_head(summary)
        said = fused[:, 4:4 + keep.shape[1]] * keep[..., None]
        tokens = torch.stack([fused[:, 0], said.sum(1) / keep.sum(1, keepdim=True), fused[:, 2]],
                             dim=1)
        moments = Moments(tokens[:, None], target[:, None], progress[:, None],
                          pose_of(body.motion)[:, None])
        return Decision(actions, progress, target, grounding, moments, draft)

    def write(self, draft: Draft, joints: torch.Tensor) -> torch.Tensor:
        """
        Return the chunk (B, K, A) of a decision for what the joints do, (B, 2 J), by now.

        With the joints that were decided on, it is the decision's; fusion alone sees those still.
        """
        chunk = self._chunk(draft.summary, self.action['joints'](joints), draft.heard, joints)
        return chunk + draft.added.view_as(chunk)

    def forward(self, image: torch.Tensor, words: torch.Tensor, keep: torch.Tensor,
                body: BodyState, state: TemporalState | None = None) -> Decision:
        """Return what to do about images (F, H, W, 3), all modalities at once."""
        return self.decide(self.encode_vision(image), words, keep, body, state)

    def _chunk(self, summary: torch.Tensor, body: torch.Tensor, heard: torch.Tensor,
               joints: torch.Tensor) -> torch.Tensor:
        """
        Return chunks (B, K, A).

        :param summary: (B, 2 D) what fusion makes of everything.
        :param body: (B, D) the joints' token, and heard: (B, D) the sentence, before fusion.
        """
        if self.posture is None:
            chunk = self.chunk_head(summary)
        else:
            chunk = (self.chunk_head(torch.cat([summary, body, heard], dim=-1))
                     + self.posture(joints, heard, summary))
        chunk = chunk.unflatten(-1, (self.config.horizon, -1))
        for way in self.straight, self.swing:
            chunk = chunk if way is None else way(chunk, joints, heard, summary)
        return chunk

    def _coarse(self, tokens: torch.Tensor, instructions: int) -> torch.Tensor:
        """Return the mean of the tokens of neighbouring cells, once per instruction, (B, V, D)."""
        grid = tokens.transpose(1, 2).unflatten(-1, (self.vision.rows, self.vision.columns))
        pooled = nn.functional.avg_pool2d(grid, _POOL).flatten(2).transpose(1, 2)
        return pooled.repeat_interleave(instructions // len(tokens), 0)

    def _fuse(self, tokens, found: torch.Tensor, keep: torch.Tensor) -> torch.Tensor:
        """Return fused tokens (B, 1 + 3 + L + V, D): what was found, action, language, vision."""
        found, action, language, vision = (
            part + kind for part, kind in zip(
                (found, tokens['action'], tokens['language'], tokens['vision']),
                self.modality, strict=True))
        sequence = torch.cat([found, action, language, vision], dim=1)
        ignore = torch.zeros(sequence.shape[:2], dtype=torch.bool, device=sequence.device)
        start = 1 + action.shape[1]
        ignore[:, start:start + keep.shape[1]] = ~keep
        return self.fusion(sequence, src_key_padding_mask=ignore)


def pool_matrix(rows: int, columns: int) -> torch.Tensor:
    """Return (V, N) whose product with the tokens of all cells is what fusion reads of them."""
    cells = torch.eye(rows * columns).unflatten(-1, (rows, columns))
    return nn.functional.avg_pool2d(cells, _POOL).flatten(1).T.contiguous()


def pose_of(motion: torch.Tensor) -> torch.Tensor:
    """Return x, y [m] and yaw [rad] since the command (..., 3) of a `motion_vector` (..., 11)."""
    return torch.cat([2 * motion[..., :2], math.pi * motion[..., 4:5]], dim=-1)


def _head(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.GELU(), nn.Linear(hidden, outputs))
