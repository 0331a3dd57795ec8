"""Batches for perception: views at random, mirrored, in other light, through a noisy sensor."""
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch

from vla_ros.learning.perception_data import CELL, Views
from vla_ros.perception.kinds import NONE, OUTPUTS
from vla_ros.perception.segments import mirrored, Segment

PRESENT_PIXELS = 30
"""An object that fewer pixels of 320x240 show counts as not present."""
_NOISE_MAX = 7.0
_BLURRED_SHARE = 0.25
_OBJECT_SHARE = 0.85
"""Share of the parts of views that are taken around something."""
_EVERYWHERE = (Segment.FLOOR, Segment.WALL)
Window = tuple[slice, slice]
_WHOLE = slice(None), slice(None)


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
        return _stacked([self._sample(row, _WHOLE, v.pixels[row], rng) for row in rows])

    def draw_crops(self, count: int, side: int, rng: np.random.Generator) -> PerceptionBatch:
        """
        Return square parts of `count` different views, most of them with something in it.

        A part costs a sixth of a view, and nearly all of a view is floor and wall.

        :param side: of the parts [pixels], a multiple of 16.
        """
        rows = np.sort(rng.choice(len(self._views), count, replace=False))
        samples = []
        for row in rows:
            window = self._window(self._views.segmentation[row], side, rng)
            shown = self._views.kinds[row][_cells(window[0]), _cells(window[1])]
            pixels = CELL ** 2 * np.bincount(shown[shown != NONE], minlength=OUTPUTS)
            samples.append(self._sample(row, window, pixels, rng))
        return _stacked(samples)

    def _window(self, segmentation: np.ndarray, side: int, rng: np.random.Generator) -> Window:
        """Return rows and columns around something, each class as likely as another."""
        cells = segmentation[CELL // 2::CELL, CELL // 2::CELL]
        middle = rng.integers(cells.shape[0]), rng.integers(cells.shape[1])
        present = np.setdiff1d(cells, _EVERYWHERE)
        if len(present) and rng.random() < _OBJECT_SHARE:
            places = np.argwhere(cells == rng.choice(present))
            middle = places[rng.integers(len(places))]
        corner = CELL * (np.array(middle) + rng.integers(-8, 9, 2)) - side // 2
        most = np.array(segmentation.shape) - side
        top, left = np.clip(corner // CELL * CELL, 0, most)
        return slice(top, top + side), slice(left, left + side)

    def _sample(self, row: int, window: Window, pixels: np.ndarray,
                rng: np.random.Generator) -> tuple:
        v = self._views
        image, segmentation = v.image[row][window], v.segmentation[row][window]
        depth, cells = v.depth_m[row][window], v.kinds[row][_cells(window[0]), _cells(window[1])]
        fx, fy, cx, cy = v.intrinsics[row]
        cx, cy = cx - (window[1].start or 0), cy - (window[0].start or 0)
        image = self._seen(np.ascontiguousarray(image), rng)
        if rng.random() < 0.5:
            image, segmentation = image[:, ::-1], mirrored(segmentation)
            depth, cells, cx = depth[:, ::-1], cells[:, ::-1], image.shape[1] - cx
        return (image, np.array([fx, fy, cx, cy], np.float32), segmentation.astype(np.int64),
                depth.astype(np.float32), cells.astype(np.int64), pixels)

    def _seen(self, image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return an image as another camera might give it."""
        image = cv2.LUT(image, _response(rng))
        if rng.random() < _BLURRED_SHARE:
            image = cv2.GaussianBlur(image, (3, 3), rng.uniform(0.3, 0.9))
        start = rng.integers(self._noise.size - image.size)
        noise = self._noise[start:start + image.size].reshape(image.shape)
        noisy = image + (noise * np.float32(rng.uniform(0, _NOISE_MAX) / 32)).astype(np.int16)
        return noisy.clip(0, 255).astype(np.uint8)


def _stacked(samples: list[tuple]) -> PerceptionBatch:
    return PerceptionBatch(*(torch.from_numpy(np.stack(field))
                             for field in zip(*samples, strict=True)))


def _cells(pixels: slice) -> slice:
    """Return the cells of a slice of pixels."""
    return slice(pixels.start and pixels.start // CELL, pixels.stop and pixels.stop // CELL)


def _response(rng: np.random.Generator) -> np.ndarray:
    """Return a table (256, 1, 3) uint8 of exposure, white balance and gamma."""
    gain = rng.uniform(0.85, 1.15) * rng.uniform(0.96, 1.04, 3)
    level = np.linspace(0, 1, 256)[:, None] ** rng.uniform(0.85, 1.18)
    return (255 * level * gain).clip(0, 255).astype(np.uint8)[:, None]
