"""Images from messages to RGB and back; refused by name where that can't be done right."""
import array
from functools import cache
import struct

import cv2
import numpy as np
from sensor_msgs.msg import CompressedImage, Image

from vla_ros.core.errors import ImageError

PIXELS_MAX = 16_000_000
BYTES_PER_PIXEL = {
    'rgb8': 3, 'bgr8': 3, 'rgba8': 4, 'bgra8': 4, 'rgb16': 6, 'bgr16': 6, 'rgba16': 8,
    'bgra16': 8, 'mono8': 1, 'mono16': 2, 'yuv422': 2, 'uyvy': 2, 'yuv422_yuy2': 2, 'yuyv': 2,
    **{f'bayer_{order}{bits}': bits // 8
       for order in ('rggb', 'bggr', 'gbrg', 'grbg') for bits in (8, 16)}}
"""Encodings that are accepted. Others don't say which channel is which colour (8UC3), are no
pictures (32FC1, 16UC1), or aren't known to the converters (nv12, nv21, nv24)."""


def check_image(msg: Image) -> None:
    """
    Refuse a message whose header and data don't fit each other, before anything is allocated.

    :raises ImageError: with the reason.
    """
    if msg.encoding not in BYTES_PER_PIXEL:
        raise ImageError(f'encoding {msg.encoding[:40]!r} is not supported; supported: '
                         f'{", ".join(BYTES_PER_PIXEL)}')
    if not 0 < msg.width * msg.height <= PIXELS_MAX:
        raise ImageError(f'{msg.width}x{msg.height} pixels, expected 1 to {PIXELS_MAX} in all')
    row = msg.width * BYTES_PER_PIXEL[msg.encoding]
    if msg.step < row:
        raise ImageError(f'step {msg.step}, a row of {msg.width} {msg.encoding} has {row} bytes')
    if len(msg.data) != msg.step * msg.height:
        raise ImageError(f'{len(msg.data)} bytes of data, step x height is '
                         f'{msg.step * msg.height}')


def image_from_msg(msg: Image) -> np.ndarray:
    """
    Return an image as (H, W, 3) uint8 RGB.

    :raises ImageError: if header and data contradict each other, or the encoding is unknown.
    """
    check_image(msg)
    if msg.encoding in ('rgb8', 'bgr8'):
        rows = np.frombuffer(msg.data, np.uint8).reshape(msg.height, msg.step)
        image = rows[:, :3 * msg.width].reshape(msg.height, msg.width, 3)
        return image if msg.encoding == 'rgb8' else image[:, :, ::-1]
    try:
        return _converter()(msg)
    except Exception as error:  # what a converter of somebody else's raises is not ours to list
        raise ImageError(f'{msg.encoding} {msg.width}x{msg.height}: {error}') from error


def image_from_compressed_msg(msg: CompressedImage) -> np.ndarray:
    """
    Return a JPEG or PNG as (H, W, 3) uint8 RGB.

    :raises ImageError: if it is neither, too large by its own header, or damaged.
    """
    data = np.frombuffer(msg.data, np.uint8)
    width, height = _size_of(data.tobytes())
    if not 0 < width * height <= PIXELS_MAX:
        raise ImageError(f'{width}x{height} pixels, expected 1 to {PIXELS_MAX} in all')
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if image is None:
        raise ImageError(f'compressed image of {data.size} bytes is damaged')
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def depth_from_msg(msg: Image) -> np.ndarray:
    """
    Return a depth image (H, W) float32 [m] (REP 118); NaN where there is none.

    :raises ImageError: if it is not 32FC1 in this machine's byte order, or its sizes lie.
    """
    if msg.encoding != '32FC1' or msg.is_bigendian:
        raise ImageError(f'depth image: {msg.encoding}, expected 32FC1, little-endian')
    if msg.step != 4 * msg.width or len(msg.data) != msg.step * msg.height:
        raise ImageError(f'depth image: {len(msg.data)} bytes in rows of {msg.step} for '
                         f'{msg.width} by {msg.height} pixels of 4')
    return np.frombuffer(msg.data, np.float32).reshape(msg.height, msg.width)


def image_to_msg(image: np.ndarray, encoding: str = 'rgb8') -> Image:
    """Return a message of an image (H, W, 3) uint8; the header is left to the caller."""
    height, width = image.shape[:2]
    msg = Image(height=height, width=width, encoding=encoding, is_bigendian=0,
                step=width * image.itemsize * (image.size // (height * width)))
    data = array.array('B')
    data.frombytes(memoryview(np.ascontiguousarray(image)).cast('B'))
    msg.data = data
    return msg


def image_to_compressed_msg(image: np.ndarray, quality: int = 90) -> CompressedImage:
    """Return a JPEG message of an image (H, W, 3) uint8 RGB."""
    encoded = cv2.imencode('.jpg', image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    data = array.array('B')
    data.frombytes(encoded.tobytes())
    return CompressedImage(format='rgb8; jpeg compressed bgr8', data=data)


def converter_name() -> str:
    """Return which library converts the rarer encodings."""
    return _converter().__module__.partition('.')[0] if _has_bridge() else 'rosbags-image'


@cache
def _converter():
    if _has_bridge():
        from cv_bridge import CvBridge
        bridge = CvBridge()
        return lambda msg: bridge.imgmsg_to_cv2(msg, 'rgb8')
    from rosbags.image import message_to_cvimage
    return lambda msg: message_to_cvimage(msg, 'rgb8')


@cache
def _has_bridge() -> bool:
    """Return whether ROS 2's cv_bridge is there: the package of that name elsewhere fails."""
    try:
        from cv_bridge import CvBridge
        CvBridge().imgmsg_to_cv2(image_to_msg(np.zeros((2, 2, 3), np.uint8)), 'rgb8')
    except Exception:  # whatever a foreign package raises, it is not the one that works
        return False
    return True


def _size_of(data: bytes) -> tuple[int, int]:
    """Return (width, height) by the header of a PNG or JPEG, without decoding it."""
    if data[:8] == b'\x89PNG\r\n\x1a\n' and len(data) >= 24:
        return struct.unpack('>II', data[16:24])
    if data[:2] == b'\xff\xd8':
        return _size_of_jpeg(data)
    raise ImageError('compressed image is neither JPEG nor PNG')


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2:at + 4], 'big')
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack('>HH', data[at + 5:at + 9])
            return width, height
        at += 2 + max(length, 2)
    raise ImageError('JPEG without a frame header')
