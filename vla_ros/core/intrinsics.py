"""Where a camera's pixels look: the four numbers of a pinhole, and the image they belong to."""
from __future__ import annotations

from dataclasses import dataclass
import math

import numpy as np

from vla_ros.core.errors import InvalidValueError

SIDE_MAX = 20_000
FOCAL_SHARE_MAX = 50.0
"""Longest focal length, in sides of the image: beyond it is a mistake, not a lens."""


@dataclass(frozen=True)
class Intrinsics:
    """
    A pinhole camera without distortion; x right, y down, z forward (REP 103, optical frame).

    Pixel (column u, row v) covers u to u + 1 and v to v + 1.

    :raises InvalidValueError: if a number is not finite or no camera has it.
    """

    width: int
    """[pixels]."""
    height: int
    """[pixels]."""
    fx: float
    """Focal length along x [pixels]."""
    fy: float
    """Focal length along y [pixels]."""
    cx: float
    """Where the optical axis meets the image [pixels]."""
    cy: float
    """Where the optical axis meets the image [pixels]."""

    def __post_init__(self):
        sides = (self.width, self.height)
        if not all(0 < side <= SIDE_MAX for side in sides):
            raise InvalidValueError(f'camera: {self.width}x{self.height} pixels, expected '
                                    f'1 to {SIDE_MAX} each')
        most = FOCAL_SHARE_MAX * max(sides)
        if not all(math.isfinite(f) and 0 < f <= most for f in (self.fx, self.fy)):
            raise InvalidValueError(f'camera: focal lengths {self.fx}, {self.fy}: expected '
                                    f'above 0 up to {most:g} pixels; is it calibrated?')
        for centre, side in ((self.cx, self.width), (self.cy, self.height)):
            if not (math.isfinite(centre) and abs(centre) <= 2 * side):
                raise InvalidValueError(f'camera: optical axis at {centre}, the image has '
                                        f'{side} pixels')

    def scaled_to(self, width: int, height: int) -> Intrinsics:
        """Return the same camera with its image resized."""
        x, y = width / self.width, height / self.height
        return Intrinsics(width, height, x * self.fx, y * self.fy, x * self.cx, y * self.cy)

    def point(self, column: float, row: float, depth_m: float) -> np.ndarray:
        """Return where a pixel's place in the image lies at a depth [m], (3,) in metres."""
        return np.array([(column - self.cx) / self.fx * depth_m,
                         (row - self.cy) / self.fy * depth_m, depth_m])

    def as_row(self) -> list[float]:
        """Return fx, fy, cx, cy [pixels]."""
        return [self.fx, self.fy, self.cx, self.cy]


def pinhole(width: int, height: int, vertical_fov_rad: float) -> Intrinsics:
    """Return the camera that looks straight through the middle of its image."""
    focal = height / 2 / math.tan(vertical_fov_rad / 2)
    return Intrinsics(width, height, focal, focal, width / 2, height / 2)
