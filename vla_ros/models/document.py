"""
The encoder of the source document, shape for shape: one token per modality.

Vision, 768 text features and joint positions become vectors of one shared space; attention over
the three (never over the batch) and a fusion transformer mix them; a head writes one action.
Where things are in the image is lost in the pooling: `vla_ros.models.vla` keeps it. Kept for
those who built on these shapes.

Dimensions: B batch, A actions, D = 256.
"""
from dataclasses import asdict, dataclass

import torch
from torch import nn

SHARED, HEADS, FUSION_LAYERS = 256, 8, 4
TEXT_WIDTH = 768


@dataclass(frozen=True)
class DocumentConfig:
    """Sizes of the model; the defaults are the document's."""

    joints: int = 24
    actions: int = 24
    vision_width: int = 512
    language_width: int = 512
    action_width: int = 64
    image_height: int = 224
    image_width: int = 224

    def as_dict(self) -> dict[str, int]:
        """Return the sizes for a manifest."""
        return asdict(self)


class DocumentVla(nn.Module):
    """Image, text features and joints in; one action out."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        self.config = config
        self.vision_encoder = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2), nn.BatchNorm2d(64), nn.ReLU(),
            nn.MaxPool2d(3, 2, 1), nn.Conv2d(64, 128, 3, stride=2), nn.BatchNorm2d(128),
            nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(128, config.vision_width), nn.LayerNorm(config.vision_width))
        self.language_encoder = _encoder(TEXT_WIDTH, 512, config.language_width)
        self.action_encoder = _encoder(config.joints, 128, config.action_width)
        self.projection = nn.ModuleList(
            nn.Linear(width, SHARED)
            for width in (config.vision_width, config.language_width, config.action_width))
        self.cross_attention = nn.MultiheadAttention(SHARED, HEADS, 0.1)
        self.fusion = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(SHARED, HEADS, dropout=0.1), FUSION_LAYERS,
            enable_nested_tensor=False)
        self.action_output = nn.Sequential(
            nn.Linear(SHARED, 128), nn.ReLU(), nn.Linear(128, config.actions))

    def forward(self, image: torch.Tensor, text: torch.Tensor,
                joints: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """
        Return action (B, A), attention weights (B, 3, 3) and fused features (3, B, D).

        :param image: (B, 3, H, W) from 0 to 1.
        :param text: (B, 768).
        :param joints: (B, J) [rad].
        """
        return self.decide(self.encode_vision(image), text, joints)

    def encode_vision(self, image: torch.Tensor) -> torch.Tensor:
        """Return what images (B, 3, H, W) from 0 to 1 show, (B, vision width)."""
        return self.vision_encoder(image)

    def decide(self, vision: torch.Tensor, text: torch.Tensor,
               joints: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the same as `forward`, with what `encode_vision` gave."""
        encoded = vision, self.language_encoder(text), self.action_encoder(joints)
        stacked = torch.stack([p(e) for p, e in zip(self.projection, encoded, strict=True)])
        attended, weights = self.cross_attention(stacked, stacked, stacked)
        fused = self.fusion(attended)                               # (3, B, D)
        return self.action_output(fused.mean(dim=0)), weights, fused


def _encoder(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs),
                         nn.LayerNorm(outputs))
