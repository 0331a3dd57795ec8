"""What a demo leaves behind: a video, and one picture of all its commands."""
from dataclasses import dataclass, field
from pathlib import Path
import textwrap

import cv2
import numpy as np

VIDEO_HZ = 8
_WIDTH, _HEIGHT, _BAR = 480, 360, 36
_DARK, _LIGHT, _GOOD, _BAD = (28, 30, 34), (236, 238, 240), (120, 210, 130), (240, 120, 110)
_COLUMNS = 5
_PANEL_MAP, _PANEL_LETTERS = 348, 18
"""Width of the map [pixels] and of a line [letters] where a plan is shown."""


@dataclass
class Scene:
    """The pictures of one command."""

    command: str
    frames: list[np.ndarray] = field(default_factory=list)
    """Each (H, W, 3) uint8 RGB: the bystander's picture with the robot's in its corner."""
    result: str = ''
    is_done: bool = False


class Film:
    """Takes pictures while commands are carried out."""

    def __init__(self, video: Path | None):
        self.scenes: list[Scene] = []
        self._writer = _VideoWriter(video) if video else None

    def begin(self, command: str) -> None:
        """Start the scene of a command."""
        self.scenes.append(Scene(command))

    def take(self, pictures: dict[str, np.ndarray], caption: str) -> None:
        """
        Add what the bystander and the robot see now; nothing if either is missing yet.

        A picture 'plan', where there is one, takes the robot's place, and that goes to a corner.
        """
        if not {'robot', 'bystander'} <= pictures.keys():
            return
        bystander = cv2.resize(pictures['bystander'], (_WIDTH, _HEIGHT))
        robot = cv2.resize(pictures['robot'], (_WIDTH, _HEIGHT), interpolation=cv2.INTER_LINEAR)
        self.scenes[-1].frames.append(_inset(bystander, pictures['robot']))
        if self._writer:
            if 'plan' in pictures:
                bystander, robot = _inset(bystander, pictures['robot']), pictures['plan']
            bar = _text_bar(2 * _WIDTH, f'"{self.scenes[-1].command}"', caption, _LIGHT)
            self._writer.write(np.vstack([np.hstack([bystander, robot]), bar]))

    def end_with(self, picture: np.ndarray) -> None:
        """Let the scene's last picture be this one, (H, W, 3)."""
        self.scenes[-1].frames.append(cv2.resize(picture, (_WIDTH, _HEIGHT)))

    def end(self, result: str, is_done: bool) -> None:
        """End the scene of a command."""
        self.scenes[-1].result, self.scenes[-1].is_done = result, is_done

    def close(self, sheet: Path) -> None:
        """Finish the video and write the contact sheet."""
        if self._writer:
            self._writer.close()
        rows = [_row(scene) for scene in self.scenes if scene.frames]
        if rows:
            cv2.imwrite(str(sheet), np.vstack(rows)[:, :, ::-1])


def plan_panel(floor: np.ndarray, lines: list[str]) -> np.ndarray:
    """
    Return a floor from above beside lines of text, in the size of a film's picture.

    :param floor: (H, W, 3) uint8 RGB.
    """
    panel = np.full((_HEIGHT, _WIDTH, 3), 255, np.uint8)
    scale = min(_HEIGHT / floor.shape[0], _PANEL_MAP / floor.shape[1])
    small = cv2.resize(floor, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    panel[:small.shape[0], :small.shape[1]] = small
    row = 24
    for line in lines:
        for part in textwrap.wrap(line, _PANEL_LETTERS, subsequent_indent='  '):
            cv2.putText(panel, part, (_PANEL_MAP + 6, row), cv2.FONT_HERSHEY_SIMPLEX, 0.38, _DARK,
                        1, cv2.LINE_AA)
            row += 17
        row += 8
    return panel


def _row(scene: Scene) -> np.ndarray:
    """Return the picture of one command: a line of text over moments from start to end."""
    moments = np.linspace(0, len(scene.frames) - 1, _COLUMNS).round().astype(int)
    cells = [cv2.resize(scene.frames[i], (_WIDTH * 2 // 3, _HEIGHT * 2 // 3),
                        interpolation=cv2.INTER_AREA) for i in moments]
    pictures = np.hstack(cells)
    bar = _text_bar(pictures.shape[1], f'"{scene.command}"', scene.result,
                    _GOOD if scene.is_done else _BAD)
    return np.vstack([bar, pictures])


def _inset(picture: np.ndarray, small: np.ndarray) -> np.ndarray:
    """Return a picture with another one, framed, in its upper right corner."""
    result, inset = picture.copy(), cv2.resize(small, (144, 108), interpolation=cv2.INTER_AREA)
    result[6:118, -154:-6] = 255
    result[8:116, -152:-8] = inset
    return result


def _text_bar(width: int, left: str, right: str, colour) -> np.ndarray:
    bar = np.full((_BAR, width, 3), _DARK, np.uint8)
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, 0.6
    cv2.putText(bar, left, (12, 24), font, scale, _LIGHT, 1, cv2.LINE_AA)
    length = cv2.getTextSize(right, font, scale, 1)[0][0]
    cv2.putText(bar, right, (width - length - 12, 24), font, scale, colour, 1, cv2.LINE_AA)
    return bar


class _VideoWriter:

    def __init__(self, path: Path):
        import av
        self._frame_of = av.VideoFrame.from_ndarray
        self._container = av.open(str(path), 'w')
        self._stream = self._container.add_stream('h264', VIDEO_HZ)
        self._stream.width, self._stream.height = 2 * _WIDTH, _HEIGHT + _BAR
        self._stream.pix_fmt = 'yuv420p'
        self._stream.options = {'preset': 'ultrafast', 'crf': '26'}
        self._stream.codec_context.thread_count = 1

    def write(self, image: np.ndarray) -> None:
        for packet in self._stream.encode(self._frame_of(image, format='rgb24')):
            self._container.mux(packet)

    def close(self) -> None:
        for packet in self._stream.encode():
            self._container.mux(packet)
        self._container.close()
