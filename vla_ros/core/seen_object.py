"""An object that a camera sees, in words and metres."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import InvalidValueError


@dataclass(frozen=True)
class SeenObject:
    """
    One object in the camera's optical frame.

    :raises InvalidValueError: if a number is not finite or out of range.
    """

    name: str
    """In words: 'red cube', 'table'."""
    shape: str
    """'cube', 'table'."""
    colour: str | None
    """A word; None: a colour without a name, or not asked for."""
    centre: np.ndarray
    """(3,) x right, y down, z forward [m]."""
    size_m: float
    """Width [m]."""
    confidence: float
    """0 to 1."""

    def __post_init__(self):
        if self.centre.shape != (3,) or not np.isfinite(self.centre).all():
            raise InvalidValueError(f'{self.name}: centre {self.centre}')
        if not (self.size_m > 0 and 0 <= self.confidence <= 1):
            raise InvalidValueError(
                f'{self.name}: size {self.size_m} m, confidence {self.confidence}')
