"""
The source document's model: all of its modules, one forward pass.

Perception looks at the image and a BERT reads the command; words, cells of the image and joints
ask each other (cross-modal attention); the encoder fuses one token of each modality; temporal
fusion adds what was before; a head writes one action.

The document says what the modules are, not how they meet. Its cross-modal attention has a single
vector per modality, so that it could only attend over the batch; here a modality's first token
is that vector, and perception's cells and the words stand beside it. The three that were
attended go on to the encoder's fusion.

Dimensions: B batch, N ticks, A actions, J joints, M modalities, D width, C cells, L words.
"""
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from vla_ros.models.cross_attention import CrossModalAttention
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.document_encoder import DocumentEncoder
from vla_ros.models.document_language import DocumentLanguage, Said
from vla_ros.models.document_perception import DocumentPerceived, DocumentPerception
from vla_ros.models.document_temporal import DocumentState, DocumentTemporal
from vla_ros.models.temporal import MODALITIES

CELLS = (7, 7)
"""Rows and columns of the image's cells."""


class Seen(NamedTuple):
    """What one image gives, whatever is said about it: computed once per frame."""

    token: torch.Tensor
    """(B, D) of the whole image."""
    cells: torch.Tensor
    """(B, C, D)."""
    perceived: DocumentPerceived | None


class Mixed(NamedTuple):
    """The modalities of one tick, fused."""

    fused: torch.Tensor
    """(M, B, D)."""
    attention: torch.Tensor
    """(B, M, M) of the encoder."""
    asked: dict[tuple[str, str], torch.Tensor]
    """By (asking, asked): (B, 1, tokens, tokens) of cross-modal attention."""


@dataclass(frozen=True)
class DocumentDecision:
    """What the model answers."""

    action: torch.Tensor
    """(B, A), scaled: see the checkpoint's action scale."""
    mixed: Mixed
    over_time: torch.Tensor
    """(B, M, T M) attention to the last T ticks, oldest first."""
    perceived: DocumentPerceived | None
    """None if the image was encoded without the heads of perception."""
    said: Said
    state: DocumentState
    """The memory afterwards."""


class DocumentVla(nn.Module):
    """Image, word pieces and joints in; one action out, and what was seen and understood."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        self.config = config
        self.encoder = DocumentEncoder(config)
        self.perception = DocumentPerception(config)
        self.language = DocumentLanguage(config)
        self.place = nn.Parameter(0.02 * torch.randn(CELLS[0] * CELLS[1], config.width))
        self.cross_attention = CrossModalAttention(config.width, 1, MODALITIES)
        self.temporal = DocumentTemporal(config)
        for network in (self.perception, self.encoder.vision_encoder):
            network.to(memory_format=torch.channels_last)       # faster, in bf16 threefold

    def forward(self, image: torch.Tensor, ids: torch.Tensor, joints: torch.Tensor,
                keep: torch.Tensor | None = None,
                state: DocumentState | None = None) -> DocumentDecision:
        """
        Return what to do at one tick, and all that led to it.

        :param image: (B, 3, H, W) from 0 to 1.
        :param ids: (B, L) int64.
        :param joints: (B, J) [rad].
        :param keep: (B, L) bool, false for padding; None: there is none.
        :param state: of the tick before; None: the command is new.
        """
        return self.decide(self.encode_vision(image), self.language(ids, keep), joints, state)

    def encode_vision(self, image: torch.Tensor, *, has_heads: bool = True) -> Seen:
        """
        Return what images (B, 3, H, W) from 0 to 1 show.

        :param has_heads: False: without objects, segmentation and depth, which reach no action
            and are most of the work.
        """
        image = image.contiguous(memory_format=torch.channels_last)
        features = self.perception.features(image)
        perceived = self.perception.perceive(features, image.shape[-2:]) if has_heads else None
        cells = functional.adaptive_avg_pool2d(features, CELLS).flatten(2).transpose(1, 2)
        return Seen(self.encoder.vision(image), cells + self.place, perceived)

    def decide(self, seen: Seen, said: Said, joints: torch.Tensor,
               state: DocumentState | None = None) -> DocumentDecision:
        """Return the same as `forward`, with what `encode_vision` and `language` gave."""
        mixed = self.mix(seen, said, joints)
        actions, over_time, state = self.act(mixed.fused.transpose(0, 1)[:, None], state)
        return DocumentDecision(actions[:, 0], mixed, over_time[:, 0], seen.perceived, said,
                                state)

    def mix(self, seen: Seen, said: Said, joints: torch.Tensor) -> Mixed:
        """Return the modalities of one tick, each knowing of the others."""
        tokens, asked = self.cross_attention(
            {'vision': torch.cat([seen.token[:, None], seen.cells], dim=1),
             'language': self.encoder.language(said.words),
             'action': self.encoder.action(joints)[:, None]},
            {'language': said.keep}, need_maps=True)
        fused, attention = self.encoder.fuse(torch.stack([tokens[m][:, 0] for m in MODALITIES]))
        return Mixed(fused, attention, asked)

    def act(self, fused: torch.Tensor, state: DocumentState | None = None) -> tuple[
            torch.Tensor, torch.Tensor, DocumentState]:
        """Return actions (B, N, A) at N ticks fused (B, N, M, D), attention and state after."""
        remembered, over_time, state = self.temporal(fused, state)
        return self.encoder.action_output(fused.mean(dim=2) + remembered), over_time, state
