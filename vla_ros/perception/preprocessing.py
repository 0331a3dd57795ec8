"""The one way from a camera image to what a model takes; training and serving both come here."""
import cv2
import numpy as np

from vla_ros.core.errors import InvalidValueError

HEIGHT, WIDTH = 120, 160
"""Size of the images that models of this package take: half of 320x240, a quarter of 640x480."""


def prepare_image(image: np.ndarray, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """
    Return an image of the model's size, each pixel the mean of the area it covers.

    :param image: (H, W, 3) uint8 RGB; the whole field of view is kept.
    :returns: (height, width, 3) uint8 RGB, contiguous.
    :raises InvalidValueError: if it is no such image.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or not image.size:
        raise InvalidValueError(
            f'image: expected (H, W, 3) uint8, got {image.shape} {image.dtype}')
    if image.shape[:2] == (height, width):
        return np.ascontiguousarray(image)
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
