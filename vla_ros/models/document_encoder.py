"""
The source document's encoder: one token per modality, fused; a head writes one action.

Vision, text features and joint positions become vectors of one shared space; attention over the
three (never over the batch) and a fusion transformer mix them. On its own it is the document's
first module, shape for shape; in `DocumentVla` the other modules come between its parts.

Dimensions: B batch, A actions, J joints, D shared width.
"""
import torch
from torch import nn

from vla_ros.models.document_config import DocumentConfig


class DocumentEncoder(nn.Module):
    """Image, text features and joints in; one action out."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        width = config.width
        self.vision_encoder = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2), nn.BatchNorm2d(64), nn.ReLU(),
            nn.MaxPool2d(3, 2, 1), nn.Conv2d(64, 128, 3, stride=2, padding=1),
            nn.BatchNorm2d(128), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(128, config.vision_width), nn.LayerNorm(config.vision_width))
        self.language_encoder = _encoder(config.text_width, 512, config.language_width)
        self.action_encoder = _encoder(config.joints, 128, config.action_width)
        self.vision_projection = nn.Linear(config.vision_width, width)
        self.language_projection = nn.Linear(config.language_width, width)
        self.action_projection = nn.Linear(config.action_width, width)
        self.cross_attention = nn.MultiheadAttention(width, config.heads, 0.1)
        self.fusion = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(width, config.heads, dropout=0.1), config.fusion_layers,
            enable_nested_tensor=False)
        self.action_output = nn.Sequential(
            nn.Linear(width, 128), nn.ReLU(), nn.Linear(128, config.actions))

    def forward(self, image: torch.Tensor, text: torch.Tensor,
                joints: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """
        Return action (B, A), attention weights (B, 3, 3) and fused features (3, B, D).

        :param image: (B, 3, H, W) from 0 to 1.
        :param text: (B, text width).
        :param joints: (B, J) [rad].
        """
        fused, weights = self.fuse(torch.stack(
            [self.vision(image), self.language(text), self.action(joints)]))
        return self.action_output(fused.mean(dim=0)), weights, fused

    def vision(self, image: torch.Tensor) -> torch.Tensor:
        """Return what images (B, 3, H, W) from 0 to 1 show, (B, D)."""
        return self.vision_projection(self.vision_encoder(image))

    def language(self, text: torch.Tensor) -> torch.Tensor:
        """Return text features (..., text width) in the shared space, (..., D)."""
        return self.language_projection(self.language_encoder(text))

    def action(self, joints: torch.Tensor) -> torch.Tensor:
        """Return joint positions (B, J) [rad] in the shared space, (B, D)."""
        return self.action_projection(self.action_encoder(joints))

    def fuse(self, tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return fused features (3, B, D) of tokens (3, B, D), and who attended to whom."""
        attended, weights = self.cross_attention(tokens, tokens, tokens)
        return self.fusion(attended), weights


def _encoder(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs),
                         nn.LayerNorm(outputs))
