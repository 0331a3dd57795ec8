"""What a pixel can show."""
from enum import IntEnum

import numpy as np


class Segment(IntEnum):
    """A class of the segmentation; its value is the number of the output."""

    BACKGROUND = 0
    """Beyond the room: depth means nothing there."""
    FLOOR = 1
    WALL = 2
    RUG = 3
    DOOR = 4
    SHELF = 5
    BOOKS = 6
    TABLE = 7
    SOFA = 8
    PLANT = 9
    POT = 10
    BENCH = 11
    LEFT_LIMB = 12
    RIGHT_LIMB = 13
    CUBE = 14
    BALL = 15
    CYLINDER = 16
    CONE = 17
    PYRAMID = 18
    PILL = 19

    @property
    def is_solid(self) -> bool:
        """Return whether it is a solid that stands around in the room."""
        return self >= Segment.CUBE


SEGMENTS = len(Segment)
FURNITURE = (Segment.RUG, Segment.DOOR, Segment.SHELF, Segment.TABLE, Segment.SOFA,
             Segment.PLANT, Segment.BENCH)
"""What is an object besides the solids."""

PALETTE = np.array([
    (0, 0, 0), (128, 110, 92), (200, 196, 186), (150, 60, 80), (96, 70, 130), (120, 72, 32),
    (200, 150, 90), (170, 110, 40), (70, 90, 150), (40, 130, 50), (110, 160, 70),
    (180, 160, 230), (0, 150, 150), (0, 200, 140), (230, 40, 40), (40, 90, 240), (240, 200, 30),
    (240, 120, 20), (190, 50, 210), (90, 220, 240)], np.uint8)
"""Colours of the classes in pictures, (SEGMENTS, 3) RGB."""

_MIRRORED = np.arange(SEGMENTS, dtype=np.uint8)
_MIRRORED[[Segment.LEFT_LIMB, Segment.RIGHT_LIMB]] = Segment.RIGHT_LIMB, Segment.LEFT_LIMB


def mirrored(segmentation: np.ndarray) -> np.ndarray:
    """Return a segmentation (..., H, W) with left and right exchanged, limbs included."""
    return _MIRRORED[segmentation[..., ::-1]]
