"""Pictures show what they are told, where it is."""
import numpy as np
import pytest

from vla_ros.core.values import Attention
from vla_ros.perception.pictures import beside, captioned, with_attention

GREY = np.full((120, 160, 3), 200, np.uint8)


def _cells(row, column):
    share = np.zeros((15, 20))
    share[row, column] = 1.0
    return Attention(share, 'cube')


@pytest.mark.parametrize('row, column', [(7, 3), (14, 19), (0, 0)])
def test_the_attended_place_stays_bright_and_the_rest_does_not(row, column):
    drawn = with_attention(GREY, _cells(row, column))
    y, x = 8 * row + 4, 8 * column + 4
    assert drawn.shape == GREY.shape and drawn.dtype == np.uint8
    assert (drawn[y, x] > 150).all()                        # its label may touch it
    far = np.ones((120, 160), bool)
    far[max(0, y - 30):y + 20] = False                      # the place and its label
    assert (drawn[far] == 100).all()


def test_the_words_are_written_into_the_picture():
    wordless = with_attention(GREY, Attention(_cells(7, 3).cells, ''))
    assert (with_attention(GREY, _cells(7, 3)) != wordless).any()


def test_what_is_seen_nowhere_is_bright_nowhere():
    drawn = with_attention(GREY, Attention(np.zeros((15, 20)), ''))
    assert np.median(drawn) == 100 and (drawn[20:] == 100).all()


def test_the_image_itself_is_not_drawn_upon():
    image = GREY.copy()
    image.flags.writeable = False                           # as images from messages are
    with_attention(image, _cells(7, 3))
    assert (image == 200).all()


@pytest.mark.parametrize('size', [(1, 1), (7, 900), (480, 640), (1080, 1920)])
def test_an_overlay_has_the_size_of_its_image(size):
    assert with_attention(np.zeros((*size, 3), np.uint8), _cells(3, 3)).shape == (*size, 3)


def test_pictures_stand_beside_each_other_under_their_captions():
    both = beside([captioned(GREY, 'left'), captioned(GREY, 'right')])
    assert both.shape[1] > 320 and (both[-1, [0, -1]] == 200).all()
