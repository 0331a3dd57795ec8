"""
Visual perception: one backbone, three heads.

A small residual network (He et al., 2016) whose maps are joined from coarse to fine (feature
pyramid; Lin et al., 2017). The camera's rays are two of its inputs (CAM-Convs; Facil et al.,
2019): depth then follows the lens instead of being learned for one.

Dimensions: B batch, H, W image, O outputs for objects, S classes of the segmentation.
"""
from dataclasses import asdict, dataclass
import math

import torch
from torch import nn
from torch.nn import functional

from vla_ros.core.errors import InvalidValueError
from vla_ros.models.vision import NETWORK_CHANNELS, vision_network

STRIDE = 16
"""Images have sides that are multiples of this [pixels]."""
OBJECT_STRIDE = 4
"""Pixels per side of a cell in the map of objects."""
DEPTH_MAX_M = 20.0
_DEPTH_MIN_M = 0.05
_RARE = -4.0
"""First bias of the outputs for objects: most cells show none."""


@dataclass(frozen=True)
class PerceptionConfig:
    """Sizes of the model."""

    objects: int = 100
    segments: int = 20
    width: int = 24
    """Channels at half of the input's resolution; up to four times as many below."""
    height: int = 240
    """Rows of the images that it was trained with."""
    image_width: int = 320
    """Columns of the images that it was trained with."""

    def __post_init__(self):
        if min(self.objects, self.segments, self.width) < 1:
            raise InvalidValueError(f'perception: sizes {self.as_dict()}, expected above 0')
        if self.height % STRIDE or self.image_width % STRIDE:
            raise InvalidValueError(f'perception: image {self.image_width}x{self.height}, '
                                    f'expected multiples of {STRIDE}')

    def as_dict(self) -> dict[str, int]:
        """Return the sizes for a manifest."""
        return asdict(self)


@dataclass(frozen=True)
class Perceived:
    """What the heads say."""

    object_map: torch.Tensor
    """(B, O, H/4, W/4) logits: whether a cell shows an object of a kind."""
    segmentation: torch.Tensor
    """(B, S, H, W) logits."""
    log_depth: torch.Tensor
    """(B, H, W) float32, logarithm of the depth along the optical axis in metres."""

    @property
    def depth_m(self) -> torch.Tensor:
        """Return (B, H, W) depth along the optical axis [m]."""
        return self.log_depth.exp()

    @property
    def objects(self) -> torch.Tensor:
        """Return (B, O) logits: whether an object of a kind is anywhere in the image."""
        return self.object_map.flatten(2).amax(2)

    def doubled(self) -> 'Perceived':
        """Return the same with segmentation and depth twice as large, bilinear in between."""
        return Perceived(self.object_map, _doubled(self.segmentation),
                         _doubled(self.log_depth[:, None])[:, 0])

    def doubled_at(self, row: int, column: int) -> 'Perceived':
        """
        Return every second row and column of `doubled`, for a quarter of its cost.

        :param row: which of two, 0 or 1; column likewise.
        """
        return Perceived(self.object_map, _every_second(self.segmentation, row, column),
                         _every_second(self.log_depth[:, None], row, column)[:, 0])


class Backbone(nn.Module):
    """
    From images to maps at strides 2, 4, 8 and 16.

    The coarse maps come from the same network as a policy's, on the image at half its size, so
    that the weights of one can be where the other begins; the fine ones are for outlines.
    """

    def __init__(self, width: int):
        super().__init__()
        first, second, third = NETWORK_CHANNELS
        self.channels = (width, 2 * width + first, second, third)
        self.outlines = _convolution(5, width, stride=2)
        self.quarter = nn.Sequential(_convolution(width, 2 * width, stride=2),
                                     _Residual(2 * width))
        self.network = vision_network()
        self.with_rays = nn.Sequential(_convolution(third + 2, third), _Residual(third))

    def forward(self, image: torch.Tensor, intrinsics: torch.Tensor) -> list[torch.Tensor]:
        """
        Return maps (B, C, H/s, W/s), finest first.

        :param image: (B, H, W, 3) uint8 RGB.
        :param intrinsics: (B, 4) fx, fy, cx, cy [pixels].
        """
        seen = _pixels_and_rays(image, intrinsics, self.outlines[0].weight.dtype)
        half = self.outlines(seen)
        first = self.network[0](functional.avg_pool2d(seen[:, :3], 2))      # (B, 32, H/4, W/4)
        eighth = self.network[1:3](first)
        sixteenth = self.network[3:](eighth)
        rays = functional.avg_pool2d(seen[:, 3:], STRIDE)                   # (B, 2, H/16, W/16)
        return [half, torch.cat([self.quarter(half), first], 1), eighth,
                self.with_rays(torch.cat([sixteenth, rays], 1))]


class PerceptionModel(nn.Module):
    """Objects, segmentation and depth of an image."""

    def __init__(self, config: PerceptionConfig = PerceptionConfig()):
        super().__init__()
        self.config = config
        self.backbone = Backbone(config.width)
        half, quarter, eighth, sixteenth = self.backbone.channels
        fine, middle = 4 * config.width // 3, 3 * config.width
        self.scene = nn.Linear(sixteenth, sixteenth)
        self.join_eighth = _Join(sixteenth, eighth, 4 * config.width)
        self.join_quarter = _Join(4 * config.width, quarter, middle)
        self.join_half = _Join(middle, half, fine)
        self.fine = _convolution(fine, fine)
        self.segmentation_head = nn.Conv2d(fine, config.segments, 1)
        self.depth_head = nn.Conv2d(fine, 1, 1)
        self.object_head = nn.Sequential(_convolution(middle, middle),
                                         nn.Conv2d(middle, config.objects, 1))
        nn.init.constant_(self.object_head[1].bias, _RARE)

    def forward(self, image: torch.Tensor, intrinsics: torch.Tensor) -> Perceived:
        """Return what is in images (B, H, W, 3) uint8 RGB; see `Backbone` for the camera."""
        return self.at_half_resolution(image, intrinsics).doubled()

    def at_half_resolution(self, image: torch.Tensor, intrinsics: torch.Tensor) -> Perceived:
        """Return what the heads say before segmentation and depth are made twice as large."""
        half, quarter, eighth, sixteenth = self.backbone(image, intrinsics)
        whole = self.scene(sixteenth.mean((2, 3)))[:, :, None, None]        # (B, 128, 1, 1)
        joined = self.join_eighth(sixteenth + whole, eighth)
        middle = self.join_quarter(joined, quarter)                         # (B, C, H/4, W/4)
        fine = self.fine(self.join_half(middle, half))                      # (B, C, H/2, W/2)
        log_depth = self.depth_head(fine).float()[:, 0] + 1.0               # (B, H/2, W/2)
        return Perceived(self.object_head(middle), self.segmentation_head(fine), log_depth.clamp(
            math.log(_DEPTH_MIN_M), math.log(DEPTH_MAX_M)))


class _Join(nn.Module):
    """A coarse map, twice as large, together with a fine one."""

    def __init__(self, coarse: int, fine: int, outputs: int):
        super().__init__()
        self.coarse = nn.Conv2d(coarse, outputs, 1)
        self.fine = nn.Conv2d(fine, outputs, 1)
        self.join = _convolution(outputs, outputs)

    def forward(self, coarse: torch.Tensor, fine: torch.Tensor) -> torch.Tensor:
        larger = functional.interpolate(self.coarse(coarse), scale_factor=2.0)
        return self.join(larger + self.fine(fine))


class _Residual(nn.Module):

    def __init__(self, channels: int):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False),
                                    nn.BatchNorm2d(channels))

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


def _convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
                         nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


def _doubled(maps: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(maps, scale_factor=2.0, mode='bilinear', align_corners=False)


def _every_second(maps: torch.Tensor, row: int, column: int) -> torch.Tensor:
    """Return rows row, row + 2, ... and columns likewise of `_doubled`."""
    height, width = maps.shape[2:]
    padded = functional.pad(maps, (1, 1, 1, 1), mode='replicate')
    rows = 0.75 * padded[:, :, 1:-1] + 0.25 * padded[:, :, 2 * row:2 * row + height]
    return 0.75 * rows[..., 1:-1] + 0.25 * rows[..., 2 * column:2 * column + width]


def _pixels_and_rays(image: torch.Tensor, intrinsics: torch.Tensor,
                     dtype: torch.dtype) -> torch.Tensor:
    """Return (B, 5, H, W): colours from -1 to 1, and how far right and down a pixel looks."""
    count, height, width, _ = image.shape
    fx, fy, cx, cy = intrinsics.float().T[:, :, None]                       # each (B, 1)
    right = (torch.arange(width, device=image.device) + 0.5 - cx) / fx      # (B, W)
    down = (torch.arange(height, device=image.device) + 0.5 - cy) / fy      # (B, H)
    stacked = torch.empty(count, 5, height, width, dtype=dtype, device=image.device,
                          memory_format=torch.channels_last)
    stacked[:, :3] = image.permute(0, 3, 1, 2).to(dtype) / 127.5 - 1.0
    stacked[:, 3] = right[:, None, :]
    stacked[:, 4] = down[:, :, None]
    return stacked
