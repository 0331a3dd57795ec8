"""What perception makes of an image, as pictures for people."""
from collections.abc import Sequence

import cv2
import numpy as np

from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject
from vla_ros.perception.percept import Percept
from vla_ros.perception.segments import PALETTE

_FAR_M = 7.0
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


def panel(image: np.ndarray, percept: Percept, objects: Sequence[SeenObject]) -> np.ndarray:
    """Return input, segmentation, depth and objects side by side, (H, W, 3) uint8 RGB."""
    size = percept.intrinsics
    small = cv2.resize(image, (size.width, size.height), interpolation=cv2.INTER_AREA)
    solids = [o for o in objects if o.colour or o.shape != o.name]
    parts = [small, coloured(percept.segmentation), depth_coloured(percept.depth_m),
             with_objects(small, solids, size)]
    gap = np.full((size.height, _GAP, 3), 255, np.uint8)
    return np.hstack([p for part in parts for p in (part, gap)][:-1])


def stacked(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Return panels (H, W, 3) of one width, one below another."""
    gap = np.full((_GAP, rows[0].shape[1], 3), 255, np.uint8)
    return np.vstack([p for row in rows for p in (row, gap)][:-1])


def _write(image: np.ndarray, text: str, place: tuple[int, int]) -> None:
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.33, 1)
    x = min(max(place[0], 1), image.shape[1] - width - 2)
    y = min(max(place[1], height + 2), image.shape[0] - 3)
    for colour, thick in (((0, 0, 0), 3), ((255, 255, 255), 1)):
        cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.33, colour, thick,
                    cv2.LINE_AA)
