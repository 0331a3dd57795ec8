"""What perception makes of an image, as pictures for people."""
from collections.abc import Sequence

import cv2
import numpy as np

from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject
from vla_ros.core.values import Attention
from vla_ros.perception.percept import Percept
from vla_ros.perception.segments import PALETTE

_FAR_M = 7.0
_UNATTENDED = 0.5
"""How bright that is which is not attended."""
_EDGE_RGB = (255, 230, 60)
_GAP = 4


def coloured(segmentation: np.ndarray) -> np.ndarray:
    """Return a segmentation (H, W) as (H, W, 3) uint8 RGB, one colour for each class."""
    return PALETTE[segmentation]


def depth_coloured(depth_m: np.ndarray) -> np.ndarray:
    """Return depths (H, W) [m] as (H, W, 3) uint8 RGB: near is bright."""
    near = 255 * (1 - np.clip(depth_m / _FAR_M, 0, 1))
    return cv2.applyColorMap(near.astype(np.uint8), cv2.COLORMAP_INFERNO)[:, :, ::-1]


def with_objects(image: np.ndarray, objects: Sequence[SeenObject],
                 intrinsics: Intrinsics) -> np.ndarray:
    """Return an image (H, W, 3) uint8 RGB with a box, name and distance for each solid."""
    drawn = image.copy()
    for seen in sorted(objects, key=lambda o: -o.centre[2]):
        x, y, z = seen.centre
        column, row = x / z * intrinsics.fx + intrinsics.cx, y / z * intrinsics.fy + intrinsics.cy
        half = 0.55 * seen.size_m / z * np.array([intrinsics.fx, intrinsics.fy])
        corner = (round(column - half[0]), round(row - half[1]))
        cv2.rectangle(drawn, corner, (round(column + half[0]), round(row + half[1])),
                      (255, 255, 255), 1)
        distance = np.linalg.norm(seen.centre)
        _write(drawn, f'{seen.name} {distance:.1f} m', (corner[0], corner[1] - 4))
    return drawn


def with_attention(image: np.ndarray, attention: Attention) -> np.ndarray:
    """
    Return an image (H, W, 3) uint8 RGB that is bright where the named thing is seen.

    What was looked for, and how sure it is, stands above the best place; a line runs where the
    probability is a half.
    """
    height, width = image.shape[:2]
    seen = np.clip(cv2.resize(attention.cells.astype(np.float32), (width, height)), 0, 1)
    light = _UNATTENDED + (1 - _UNATTENDED) * seen
    drawn = (image * light[:, :, None]).astype(np.uint8)
    edges, _ = cv2.findContours((seen > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL,
                                cv2.CHAIN_APPROX_NONE)
    scale = max(1.0, height / 240)
    cv2.drawContours(drawn, edges, -1, _EDGE_RGB, round(scale), cv2.LINE_AA)
    rows, columns = np.nonzero(seen >= seen.max() / 2)
    _write(drawn, f'{attention.words} {attention.cells.max():.2f}',
           (int(columns.min()), int(rows.min()) - round(4 * scale)), scale)
    return drawn


def panel(image: np.ndarray, percept: Percept, objects: Sequence[SeenObject]) -> np.ndarray:
    """Return input, segmentation, depth and objects side by side, (H, W, 3) uint8 RGB."""
    size = percept.intrinsics
    small = cv2.resize(image, (size.width, size.height), interpolation=cv2.INTER_AREA)
    solids = [o for o in objects if o.colour or o.shape != o.name]
    parts = [small, coloured(percept.segmentation), depth_coloured(percept.depth_m),
             with_objects(small, solids, size)]
    return beside(parts)


def captioned(image: np.ndarray, text: str) -> np.ndarray:
    """Return an image (H, W, 3) with a line of text above it."""
    strip = np.zeros((18, image.shape[1], 3), np.uint8)
    _write(strip, text, (5, 13))
    return np.vstack([strip, image])


def beside(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """Return pictures (H, W, 3) of one height, one beside another."""
    gap = np.full((pictures[0].shape[0], _GAP, 3), 255, np.uint8)
    return np.hstack([p for picture in pictures for p in (picture, gap)][:-1])


def stacked(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Return panels (H, W, 3) of one width, one below another."""
    gap = np.full((_GAP, rows[0].shape[1], 3), 255, np.uint8)
    return np.vstack([p for row in rows for p in (row, gap)][:-1])


def _write(image: np.ndarray, text: str, place: tuple[int, int], scale: float = 1.0) -> None:
    size, thin = 0.33 * scale, round(scale)
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, thin)
    x = min(max(place[0], 1), image.shape[1] - width - 2)
    y = min(max(place[1], height + 2), image.shape[0] - 3)
    # A thicker stroke would be a wider one: the rim is the same text, shifted.
    rim = [(x + a, y + b, (0, 0, 0)) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]
    for column, row, colour in (*rim, (x, y, (255, 255, 255))):
        cv2.putText(image, text, (column, row), cv2.FONT_HERSHEY_SIMPLEX, size, colour, thin,
                    cv2.LINE_AA)
