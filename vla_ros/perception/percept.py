"""What a model makes of an image, as arrays that need no torch."""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.intrinsics import Intrinsics


@dataclass(frozen=True)
class Percept:
    """
    The answers of the three heads to one image.

    :raises InvalidValueError: if the shapes do not fit each other.
    """

    segmentation: np.ndarray
    """(H, W) uint8, values of `Segment`."""
    depth_m: np.ndarray
    """(H, W) float32 along the optical axis [m]."""
    object_map: np.ndarray
    """(h, w, O) float32: how surely a cell shows an object of a kind, 0 to 1."""
    intrinsics: Intrinsics
    """Of the image in the size of segmentation and depth."""

    def __post_init__(self):
        size = self.intrinsics.height, self.intrinsics.width
        shapes = self.segmentation.shape, self.depth_m.shape
        if shapes != (size, size) or self.object_map.ndim != 3:
            raise InvalidValueError(f'percept: segmentation and depth {shapes}, the camera has '
                                    f'{size}, map of objects {self.object_map.shape}')
