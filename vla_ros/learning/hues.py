"""
Pictures with turned hues, from which shapes are learned whatever their colour is.

In demonstrations some pairs of colour and shape are never there; a network that sees colours
well then takes the shape of a thing of such a colour for another. Withheld pairs stay withheld: a
picture in which the turn would make one loses its colours instead.
"""
import colorsys

import cv2
import numpy as np

from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES

_NEAR = 20 / 360
"""Hues nearer than this to that of a colour look like it [turns]."""
_COLOURED = 0.25
"""Cells of less saturation have no hue to speak of."""
_WITHHELD = tuple((SHAPES.index(shape) + 1, colorsys.rgb_to_hsv(*COLOURS[colour])[0])
                  for colour, shape in sorted(HELD_OUT_PAIRS))
"""Kind of shape and the hue that it must not have [turns]."""


def hues_turned(image: np.ndarray, shapes: np.ndarray, cells: tuple[int, int],
                rng: np.random.Generator) -> np.ndarray:
    """
    Return images whose hues are turned by a random angle each.

    :param image: (F, H, W, 3) uint8 RGB.
    :param shapes: (F, N) the kind of shape that each cell shows; see `Batch.kinds`.
    :param cells: rows and columns of cells.
    """
    return np.stack([_turned(one, own.reshape(cells), rng.random())
                     for one, own in zip(image, shapes, strict=True)])


def _turned(image: np.ndarray, shapes: np.ndarray, turn: float) -> np.ndarray:
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV_FULL)
    hsv[..., 0] += np.uint8(256 * turn)                     # it wraps as hues do
    turned = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB_FULL)
    if not _shows_withheld(turned, shapes):
        return turned
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def _shows_withheld(image: np.ndarray, shapes: np.ndarray) -> bool:
    """Return whether any cell of a shape has the hue that this shape must not have."""
    mean = cv2.resize(image, shapes.shape[::-1], interpolation=cv2.INTER_AREA)
    hue, saturation, _ = np.moveaxis(cv2.cvtColor(
        mean.astype(np.float32) / 255, cv2.COLOR_RGB2HSV), -1, 0)
    for shape, withheld in _WITHHELD:
        away = np.abs((hue / 360 - withheld + 0.5) % 1 - 0.5)
        if ((shapes == shape) & (away < _NEAR) & (saturation > _COLOURED)).any():
            return True
    return False
