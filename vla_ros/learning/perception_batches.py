"""Batches for perception: views at random, mirrored, in other light, through a noisy sensor."""
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch

from vla_ros.learning.perception_data import Views
from vla_ros.perception.segments import mirrored

PRESENT_PIXELS = 30
"""An object that fewer pixels of 320x240 show counts as not present."""
_NOISE_MAX = 7.0
_BLURRED_SHARE = 0.25


@dataclass(frozen=True)
class PerceptionBatch:
    """What a step learns from."""

    image: torch.Tensor
    """(B, H, W, 3) uint8 RGB."""
    intrinsics: torch.Tensor
    """(B, 4) fx, fy, cx, cy [pixels]."""
    segmentation: torch.Tensor
    """(B, H, W) int64."""
    depth_m: torch.Tensor
    """(B, H, W) float32; 0: no surface."""
    kinds: torch.Tensor
    """(B, H/4, W/4) int64."""
    pixels: torch.Tensor
    """(B, O) how many show each kind."""

    def every_second(self, row: int, column: int) -> 'PerceptionBatch':
        """Return the same with every second row and column of segmentation and depth."""
        return replace(self, segmentation=self.segmentation[:, row::2, column::2],
                       depth_m=self.depth_m[:, row::2, column::2])


class PerceptionBatches:
    """Draws batches; the same generator, the same batch."""

    def __init__(self, views: Views):
        self._views = views
        bank = np.random.default_rng(0).normal(0, 32, 2 * views.image[0].size)
        self._noise = bank.clip(-127, 127).astype(np.int8)      # drawing it anew costs 50 ms

    def draw(self, count: int, rng: np.random.Generator) -> PerceptionBatch:
        """Return `count` different views, each changed at random."""
        v, rows = self._views, np.sort(rng.choice(len(self._views), count, replace=False))
        images = [self._seen(v.image[row], rng) for row in rows]
        segmentation, depth, kinds = v.segmentation[rows], v.depth_m[rows], v.kinds[rows]
        intrinsics = v.intrinsics[rows].copy()
        for i in np.flatnonzero(rng.random(count) < 0.5):
            images[i] = images[i][:, ::-1]
            segmentation[i], depth[i] = mirrored(segmentation[i]), depth[i, :, ::-1].copy()
            kinds[i] = kinds[i, :, ::-1].copy()
            intrinsics[i, 2] = depth.shape[2] - intrinsics[i, 2]
        return PerceptionBatch(
            torch.from_numpy(np.stack(images)), torch.from_numpy(intrinsics),
            torch.from_numpy(segmentation.astype(np.int64)),
            torch.from_numpy(depth.astype(np.float32)),
            torch.from_numpy(kinds.astype(np.int64)), torch.from_numpy(v.pixels[rows]))

    def _seen(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return an image as another camera might give it."""
        image = cv2.LUT(image, _response(rng))
        if rng.random() < _BLURRED_SHARE:
            image = cv2.GaussianBlur(image, (3, 3), rng.uniform(0.3, 0.9))
        start = rng.integers(self._noise.size - image.size)
        noise = self._noise[start:start + image.size].reshape(image.shape)
        noisy = image + (noise * np.float32(rng.uniform(0, _NOISE_MAX) / 32)).astype(np.int16)
        return noisy.clip(0, 255).astype(np.uint8)


def _response(rng: np.random.Generator) -> np.ndarray:
    """Return a table (256, 1, 3) uint8 of exposure, white balance and gamma."""
    gain = rng.uniform(0.85, 1.15) * rng.uniform(0.96, 1.04, 3)
    level = np.linspace(0, 1, 256)[:, None] ** rng.uniform(0.85, 1.18)
    return (255 * level * gain).clip(0, 255).astype(np.uint8)[:, None]
