"""
The source document's visual perception: one network, heads for objects, segmentation and depth.

Repaired: depth, which its layers leave at half of the image's resolution and without a unit, is
in metres, above zero and one for each pixel; so is segmentation whatever the image's size.

Dimensions: B batch, D width, H, W image, O objects, S segments.
"""
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from vla_ros.models.document_config import DocumentConfig


class DocumentPerceived(NamedTuple):
    """What is in an image."""

    objects: torch.Tensor
    """(B, O) logits."""
    segmentation: torch.Tensor
    """(B, S, H, W) logits."""
    depth_m: torch.Tensor
    """(B, H, W) [m]."""


class DocumentPerception(nn.Module):
    """Images in; features at a quarter of their resolution, and what three heads read in them."""

    def __init__(self, config: DocumentConfig):
        super().__init__()
        full, half, quarter = config.width, config.width // 2, config.width // 4
        eighth = config.width // 8
        self.features = nn.Sequential(
            nn.Conv2d(3, quarter, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
            nn.Conv2d(quarter, half, 3, 1, 1), nn.ReLU(),
            nn.Conv2d(half, full, 3, 1, 1), nn.ReLU())
        self.objects = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(full, 2 * full), nn.ReLU(),
            nn.Linear(2 * full, config.objects))
        self.segmentation = nn.Sequential(
            nn.Conv2d(full, half, 3, 1, 1), nn.ReLU(), _larger(half, quarter),
            _larger(quarter, eighth), nn.Conv2d(eighth, config.segments, 1))
        self.depth = nn.Sequential(
            nn.Conv2d(full, half, 3, 1, 1), nn.ReLU(), _larger(half, quarter),
            nn.Conv2d(quarter, 1, 1))

    def forward(self, image: torch.Tensor) -> DocumentPerceived:
        """Return what is in images (B, 3, H, W) from 0 to 1."""
        return self.perceive(self.features(image), image.shape[-2:])

    def perceive(self, features: torch.Tensor, size: tuple[int, int]) -> DocumentPerceived:
        """Return what the heads read in features (B, D, H/4, W/4) of images of a size (H, W)."""
        depth = _resized(self.depth(features), size)[:, 0]
        return DocumentPerceived(self.objects(features),
                                 _resized(self.segmentation(features), size),
                                 functional.softplus(depth))


def _larger(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.ConvTranspose2d(inputs, outputs, 4, 2, 1), nn.ReLU())


def _resized(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    if maps.shape[-2:] == size:
        return maps
    return functional.interpolate(maps, size, mode='bilinear', align_corners=False)
