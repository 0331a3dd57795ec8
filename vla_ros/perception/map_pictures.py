"""A floor from above: the map, the way walked, where it was meant to go and what came of it."""
from collections.abc import Sequence
from dataclasses import dataclass
import textwrap

import cv2
import numpy as np

from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED

PIXELS_PER_M = 60
_UNKNOWN_RGB, _FREE_RGB, _OCCUPIED_RGB = (222, 224, 228), (250, 250, 248), (62, 66, 74)
_WALKED_RGB, _PLANNED_RGB, _PLACE_RGB = (30, 100, 220), (150, 175, 215), (120, 124, 132)
_DONE_RGB, _NOT_DONE_RGB, _TEXT_RGB = (30, 140, 60), (200, 50, 40), (40, 42, 48)
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_LINE, _LETTER = 20, 8
"""Height of a line and width of a letter of the legend [pixels]."""


@dataclass(frozen=True)
class Mark:
    """Something drawn as a disc with a name: a solid."""

    name: str
    position: tuple[float, float]
    """x, y [m]."""
    size_m: float
    """Its radius [m]."""
    rgb: tuple[int, int, int]


@dataclass(frozen=True)
class Subtask:
    """A line of the legend, and a number where it ended."""

    text: str
    is_done: bool
    end: tuple[float, float] | None = None
    """Where the robot was then, x, y [m]; None: it was never begun."""


def map_picture(grid: GridMap, walked: np.ndarray | None = None, *,
                planned: Sequence[np.ndarray] = (), marks: Sequence[Mark] = (),
                subtasks: Sequence[Subtask] = (), title: str = '') -> np.ndarray:
    """
    Return a picture (H, W, 3) uint8 RGB, x to the right and y upwards.

    :param walked: the way that was walked, (N, 2) or (N, 3) [m]; only x and y are looked at.
    :param planned: ways that were meant, each of the same form.
    """
    canvas = _Canvas(grid)
    for mark in marks:
        canvas.disc(mark.position, mark.size_m, mark.rgb)
        canvas.write(mark.name, np.add(mark.position, (mark.size_m + 0.05, 0.0)), _TEXT_RGB)
    for place in grid.places:
        canvas.cross(place.pose[:2], _PLACE_RGB)
        canvas.write(place.name, np.add(place.pose[:2], (0.1, 0.1)), _PLACE_RGB)
    for way in planned:
        canvas.line(way, _PLANNED_RGB, 6)
    if walked is not None:
        canvas.line(walked, _WALKED_RGB, 2)
        canvas.disc(walked[0][:2], 0.09, _WALKED_RGB)
    for number, subtask in enumerate(subtasks, 1):
        if subtask.end is not None:
            canvas.number(number, subtask.end, _colour_of(subtask))
    return np.vstack([canvas.image, _legend(canvas.image.shape[1], title, subtasks)])


class _Canvas:
    """A map's picture, drawn on in metres."""

    def __init__(self, grid: GridMap):
        self._grid = grid
        known = np.full((*grid.cells.shape, 3), _UNKNOWN_RGB, np.uint8)
        known[grid.cells >= FREE] = _FREE_RGB
        known[grid.cells > OCCUPIED // 2] = _OCCUPIED_RGB
        rows, columns = grid.cells.shape
        self._scale = PIXELS_PER_M * grid.resolution_m
        self.image = cv2.resize(known[::-1], (round(columns * self._scale),
                                              round(rows * self._scale)),
                                interpolation=cv2.INTER_NEAREST)

    def _pixels(self, points) -> np.ndarray:
        """Return columns and rows (..., 2) int32 of points (..., 2) [m]."""
        xy = (np.asarray(points, float) - self._grid.origin) * PIXELS_PER_M
        return np.round(np.stack([xy[..., 0], self.image.shape[0] - xy[..., 1]],
                                 axis=-1)).astype(np.int32)

    def disc(self, point, radius_m: float, rgb) -> None:
        cv2.circle(self.image, self._pixels(point).tolist(), round(radius_m * PIXELS_PER_M), rgb,
                   -1, cv2.LINE_AA)

    def cross(self, point, rgb) -> None:
        cv2.drawMarker(self.image, self._pixels(point).tolist(), rgb, cv2.MARKER_CROSS, 12, 1,
                       cv2.LINE_AA)

    def line(self, points, rgb, width: int) -> None:
        way = self._pixels(np.asarray(points, float)[:, :2])
        cv2.polylines(self.image, [way], False, rgb, width, cv2.LINE_AA)

    def number(self, number: int, point, rgb) -> None:
        column, row = self._pixels(point).tolist()
        cv2.circle(self.image, (column, row), 10, rgb, -1, cv2.LINE_AA)
        cv2.putText(self.image, str(number), (column - 4, row + 5), _FONT, 0.45,
                    (255, 255, 255), 1, cv2.LINE_AA)

    def write(self, text: str, point, rgb) -> None:
        cv2.putText(self.image, text, self._pixels(point).tolist(), _FONT, 0.4, rgb, 1,
                    cv2.LINE_AA)


def _legend(width: int, title: str, subtasks: Sequence[Subtask]) -> np.ndarray:
    """Return the lines below the map, (H, W, 3); none if there is nothing to say."""
    lines = [(line, _TEXT_RGB) for line in textwrap.wrap(title, width // _LETTER)]
    lines += [(f'{i}  {s.text}', _colour_of(s)) for i, s in enumerate(subtasks, 1)]
    legend = np.full((_LINE * len(lines) + 10 * bool(lines), width, 3), 255, np.uint8)
    for row, (text, rgb) in enumerate(lines):
        cv2.putText(legend, text, (10, _LINE * row + 18), _FONT, 0.45, rgb, 1, cv2.LINE_AA)
    return legend


def _colour_of(subtask: Subtask) -> tuple[int, int, int]:
    return _DONE_RGB if subtask.is_done else _NOT_DONE_RGB
