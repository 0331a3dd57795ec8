"""Pictures with turned hues: shapes in all colours but those that are withheld from them."""
import colorsys

import numpy as np
import pytest

from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.learning.hues import hues_turned

CELLS = 2, 2
TURNS = 200


def _picture(shape: str, colour: str) -> tuple[np.ndarray, np.ndarray]:
    """Return a grey image (16, 16, 3) with one coloured cell, and what its cells show."""
    image, shapes = np.full((16, 16, 3), 128, np.uint8), np.zeros(4, int)
    image[:8, :8] = 255 * COLOURS[colour]
    shapes[0] = SHAPES.index(shape) + 1
    return image, shapes


def _turned(shape: str, colour: str) -> np.ndarray:
    """Return many turns (TURNS, 16, 16, 3) of a picture."""
    image, shapes = _picture(shape, colour)
    return hues_turned(np.stack([image] * TURNS), np.stack([shapes] * TURNS), CELLS,
                       np.random.default_rng(0))


def _hues(images: np.ndarray) -> np.ndarray:
    """Return the hues [turns] of coloured cells; those without colour are left out."""
    hsv = [colorsys.rgb_to_hsv(*rgb) for rgb in images[:, 4, 4] / 255]
    return np.array([hue for hue, saturation, _ in hsv if saturation > 0.1])


@pytest.mark.parametrize('colour, shape', sorted(HELD_OUT_PAIRS))
def test_no_turn_makes_a_withheld_pair(colour, shape):
    withheld = colorsys.rgb_to_hsv(*COLOURS[colour])[0]
    hues = _hues(_turned(shape, 'orange'))
    away = np.abs((hues - withheld + 0.5) % 1 - 0.5)
    assert away.min() > 0.05                                # turns, 18 degrees
    assert 0.7 * TURNS < len(hues) < TURNS                  # instead, some lost their colours


def test_shapes_come_in_all_other_hues():
    hues = np.sort(_hues(_turned('pyramid', 'red')))
    assert len(hues) == TURNS and np.diff(hues, append=1 + hues[0]).max() < 0.05


def test_light_stays_as_it_is():
    image, _ = _picture('pyramid', 'red')
    turned = _turned('pyramid', 'red')
    assert np.abs(turned.max(axis=-1).astype(int) - image.max(axis=-1)).max() <= 2
    assert (turned[:, 8:] == 128).all()                     # grey has no hue
