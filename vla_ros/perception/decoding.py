"""
From what a model makes of an image to objects in 3-D.

The segmentation says which pixels are a solid of some shape, the map of objects says in which
colour, and the depth says how far away the surface is that they show. H, W pixels, h, w cells.
"""
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject
from vla_ros.perception.kinds import Kind
from vla_ros.perception.percept import Percept
from vla_ros.perception.segments import Segment

PIXELS_MIN = 20
"""Smallest region that is an object."""
SAME_PLACE_M = 0.22
"""Two solids nearer than this are one, in two pieces or in two readings [m]."""
USUAL_HALF_M = 0.19
"""Half the size of the solids that it was trained with, on average [m]."""
_TRUSTED = 0.6
"""How far a measured size counts against the usual one: what is partly hidden looks smaller."""
_PARTS = {Segment.SHELF: (Segment.SHELF, Segment.BOOKS),
          Segment.PLANT: (Segment.PLANT, Segment.POT)}
_FURNITURE_PIXELS_MIN = 60


@dataclass(frozen=True)
class Proportions:
    """How a solid of a shape shows itself to a camera at eye level."""

    width: float
    """Part of its apparent width in the estimate of half its size."""
    height: float
    """Part of its apparent height in the same."""
    behind: float
    """How far its centre lies behind the surface that is seen, in halves of its size."""
    row: float = 0.5
    """Where its centre shows between top (0) and bottom (1) of what holds it in the image."""


PROPORTIONS = {
    Segment.CUBE: Proportions(0.05, 0.30, 0.80, 0.48),
    Segment.BALL: Proportions(0.07, 0.45, 0.83),
    Segment.CYLINDER: Proportions(0.0, 0.40, 0.77, 0.49),
    Segment.CONE: Proportions(0.04, 0.42, 0.33, 0.38),
    Segment.PYRAMID: Proportions(0.02, 0.39, 0.36, 0.37),
    Segment.PILL: Proportions(0.20, 0.36, 0.66),
}
"""Least squares on 1,000 solids that were whole in the simulator's images. Height counts for
more than width, because a turned cube is wider and no higher."""


@dataclass(frozen=True)
class Region:
    """Connected pixels that show one thing."""

    mask: np.ndarray
    """(rows, columns) bool, of the part of the image that holds it."""
    top: int
    left: int

    @property
    def pixels(self) -> int:
        """Return how many there are."""
        return int(self.mask.sum())

    def middle(self, share: float = 0.5) -> tuple[float, float]:
        """Return column and row [pixels] in what holds it: half across, a share down."""
        rows, columns = self.mask.shape
        return self.left + columns / 2, self.top + share * rows

    @property
    def centroid_column(self) -> float:
        """Return the mean column of its pixels [pixels]."""
        return self.left + float(np.nonzero(self.mask)[1].mean()) + 0.5

    def of(self, array: np.ndarray) -> np.ndarray:
        """Return the values (N, ...) of an array (H, W, ...) at its pixels."""
        rows, columns = self.mask.shape
        return array[self.top:self.top + rows, self.left:self.left + columns][self.mask]


def objects_of(percept: Percept, kinds: Sequence[Kind],
               confidence_min: float = 0.5) -> list[SeenObject]:
    """Return what is seen, surest first: solids by shape and colour, and furniture."""
    names = _names_of_solids(percept, kinds)
    found = []
    for number in np.unique(names[names > 0]) - 1:
        kind = kinds[number]
        surely = _large(percept.object_map[:, :, number], percept)
        for region in regions(names == number + 1, PIXELS_MIN):
            sure = float(region.of(surely).max())
            if sure >= confidence_min:
                found.append((region.pixels, _solid(percept, region, kind, sure)))
    solids = _apart([o for _, o in sorted(found, key=lambda pair: -pair[0])])
    return sorted(solids + _furniture(percept, kinds, confidence_min),
                  key=lambda seen: -seen.confidence)


def regions(mask: np.ndarray, pixels_min: int) -> list[Region]:
    """Return the connected regions of a mask (H, W) bool that are large enough."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=8)
    found = []
    for index in range(1, count):
        left, top, width, height, pixels = stats[index]
        if pixels >= pixels_min:
            part = labels[top:top + height, left:left + width] == index
            found.append(Region(part, int(top), int(left)))
    return found


def locate(region: Region, depth_m: np.ndarray, intrinsics: Intrinsics,
           segment: Segment) -> tuple[np.ndarray, float]:
    """Return centre (3,) in the optical frame and half the size of a solid [m]."""
    proportions = PROPORTIONS[segment]
    surface_m = surface_depth(region, depth_m)
    width_m, height_m = apparent_size(region, surface_m, intrinsics)
    half_m = proportions.width * width_m + proportions.height * height_m
    half_m = USUAL_HALF_M + _TRUSTED * (half_m - USUAL_HALF_M)
    column, row = region.middle(proportions.row)
    column = (column + region.centroid_column) / 2
    front = intrinsics.point(column, row, surface_m)
    return front * (1 + proportions.behind * half_m / np.linalg.norm(front)), half_m


def surface_depth(region: Region, depth_m: np.ndarray) -> float:
    """Return how far away the surface is [m], without the pixels at its rim if it has others."""
    padded = np.pad(region.mask.astype(np.uint8), 1)
    inner = cv2.erode(padded, np.ones((3, 3), np.uint8))[1:-1, 1:-1].astype(bool)
    core = Region(inner, region.top, region.left) if inner.sum() >= PIXELS_MIN else region
    return float(np.median(core.of(depth_m)))


def apparent_size(region: Region, depth_m: float,
                  intrinsics: Intrinsics) -> tuple[float, float]:
    """Return width and height that a region has at a depth [m]."""
    height, width = region.mask.shape
    return width * depth_m / intrinsics.fx, height * depth_m / intrinsics.fy


def _names_of_solids(percept: Percept, kinds: Sequence[Kind]) -> np.ndarray:
    """Return (H, W) the number of the kind of solid that a pixel shows, plus 1; 0: no solid."""
    names = np.zeros(percept.segmentation.shape, np.uint8)
    for segment in (s for s in Segment if s.is_solid):
        mask = percept.segmentation == segment
        if not mask.any():
            continue
        numbers = np.array([i for i, kind in enumerate(kinds) if kind.segment is segment])
        # A cell at a rim asks its neighbours.
        blurred = cv2.blur(percept.object_map[:, :, numbers], (3, 3))
        best = numbers[blurred.reshape(*blurred.shape[:2], -1).argmax(2)].astype(np.uint8)
        names[mask] = _large(best, percept)[mask] + 1
    return names


def _large(cells: np.ndarray, percept: Percept) -> np.ndarray:
    """Return a map of cells (h, w) in the size of the segmentation (H, W)."""
    return cv2.resize(np.ascontiguousarray(cells), percept.segmentation.shape[::-1],
                      interpolation=cv2.INTER_NEAREST)


def _solid(percept: Percept, region: Region, kind: Kind, confidence: float) -> SeenObject:
    centre, half_m = locate(region, percept.depth_m, percept.intrinsics, kind.segment)
    return SeenObject(kind.name, kind.segment.name.lower(), kind.colour, centre, 2 * half_m,
                      confidence)


def _apart(solids: list[SeenObject]) -> list[SeenObject]:
    """Return the solids, largest first, without those that stand where another stands."""
    kept: list[SeenObject] = []
    for solid in solids:
        if all(np.linalg.norm(solid.centre - other.centre) > SAME_PLACE_M for other in kept):
            kept.append(solid)
    return kept


def _furniture(percept: Percept, kinds: Sequence[Kind], confidence_min: float) -> list[SeenObject]:
    """Return a piece of furniture of each kind, the largest, where its surface is."""
    found = []
    for number, kind in enumerate(kinds):
        if kind.segment.is_solid:
            continue
        sure = float(percept.object_map[:, :, number].max())
        parts = _PARTS.get(kind.segment, (kind.segment,))
        pieces = sure >= confidence_min and regions(
            np.isin(percept.segmentation, parts), _FURNITURE_PIXELS_MIN)
        if pieces:
            piece = max(pieces, key=lambda region: region.pixels)
            depth_m = surface_depth(piece, percept.depth_m)
            width_m, _ = apparent_size(piece, depth_m, percept.intrinsics)
            found.append(SeenObject(
                kind.name, kind.name, None, percept.intrinsics.point(*piece.middle(), depth_m),
                width_m, sure))
    return found
