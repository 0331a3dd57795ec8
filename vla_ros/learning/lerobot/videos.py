"""Pictures as video files: H.264, each frame at its time, every second one a key frame."""
from collections.abc import Iterator
from fractions import Fraction
import io
from pathlib import Path

import numpy as np

from vla_ros.core.errors import InvalidValueError, MissingDependencyError

try:
    import av
except ImportError as error:
    raise MissingDependencyError(
        "LeRobot datasets need PyAV: pip install 'av>=12'") from error

CODEC, PIXELS = 'h264', 'yuv420p'
_OPTIONS = {'crf': '18', 'preset': 'veryfast', 'g': '2', 'bf': '0', 'threads': '1'}


class VideoWriter:
    """Writes one video; `close` makes it whole."""

    def __init__(self, path: Path, fps: int, height: int, width: int):
        """
        Begin a video.

        :raises InvalidValueError: if a side is odd: such pictures have no colour in half size.
        """
        if height % 2 or width % 2:
            raise InvalidValueError(f'video: {width}x{height} pixels, expected even numbers')
        self._shape, self._frames = (height, width, 3), 0
        self._container = av.open(str(path), 'w', options={'movflags': 'faststart'})
        self._stream = self._container.add_stream('libx264', fps, options=_OPTIONS)
        self._stream.height, self._stream.width = height, width
        self._stream.pix_fmt = PIXELS
        self._stream.codec_context.time_base = Fraction(1, fps)

    def add(self, image: np.ndarray) -> None:
        """
        Take a picture (H, W, 3) uint8 RGB.

        :raises InvalidValueError: if it is none, or of another size.
        """
        if image.shape != self._shape or image.dtype != np.uint8:
            raise InvalidValueError(
                f'video: expected {self._shape} uint8, got {image.shape} {image.dtype}')
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format='rgb24')
        frame.pts, self._frames = self._frames, self._frames + 1
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what is left."""
        if self._frames:
            self._container.mux(self._stream.encode())
        self._container.close()


def video_info(fps: int, height: int, width: int) -> dict[str, object]:
    """Return what `info.json` says of a video that is written here."""
    return {'video.height': height, 'video.width': width, 'video.codec': CODEC,
            'video.pix_fmt': PIXELS, 'video.fps': fps, 'video.channels': 3,
            'is_depth_map': False, 'has_audio': False}


def read_video(path: Path, start_s: float, frames: int, fps: int) -> Iterator[np.ndarray]:
    """
    Return the frames (H, W, 3) uint8 RGB of an episode, in order.

    :param start_s: where in the file the episode begins [s].
    :raises InvalidValueError: if the file is no video, or a frame is not in it.
    """
    try:
        with av.open(str(path)) as container:
            yield from _frames_of(container, path, start_s, frames, fps)
    except (av.error.FFmpegError, IndexError) as error:
        raise InvalidValueError(f'{path}: no video: {error}') from error


def _frames_of(container, path: Path, start_s: float, frames: int,
               fps: int) -> Iterator[np.ndarray]:
    stream = container.streams.video[0]
    stream.thread_count = 1
    container.seek(max(0, round(start_s / stream.time_base) - 1), stream=stream)
    wanted = 0
    for frame in container.decode(stream):
        at = round((float(frame.pts * stream.time_base) - start_s) * fps)
        if at > wanted:
            break
        if at == wanted:
            yield frame.to_ndarray(format='rgb24')
            wanted += 1
            if wanted == frames:
                return
    raise InvalidValueError(
        f'{path}: no frame at {start_s + wanted / fps:.3f} s, expected {frames} from '
        f'{start_s:.3f} s on')


def decoded(data: bytes) -> np.ndarray:
    """
    Return a picture that is a file of its own, such as a PNG, as (H, W, 3) uint8 RGB.

    :raises InvalidValueError: if it is damaged.
    """
    try:
        with av.open(io.BytesIO(data)) as container:
            return next(container.decode(video=0)).to_ndarray(format='rgb24')
    except (av.error.FFmpegError, StopIteration) as error:
        raise InvalidValueError(f'picture of {len(data)} bytes is damaged: {error}') from error
