"""
What the robot's camera really shows: the class, the depth and the object of every pixel.

Three renderings of the same moment: colours, depth, and which geometry each pixel belongs to.
"""
from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np

from vla_ros.core.intrinsics import Intrinsics, pinhole
from vla_ros.perception.kinds import kinds_of, NONE
from vla_ros.perception.segments import FURNITURE, Segment
from vla_ros.sim.camera import Seen
from vla_ros.sim.g1_model import CAMERA
from vla_ros.sim.solids import SOLID_PREFIX

BEYOND_M = 25.0
"""Depths above this are no surface of the room [m]."""
_NAMED = {'floor': Segment.FLOOR, 'rug': Segment.RUG, 'door': Segment.DOOR,
          'wall': Segment.WALL, 'counter': Segment.SHELF,
          'stand': Segment.TABLE, 'books': Segment.BOOKS, 'pot': Segment.POT}


@dataclass(frozen=True)
class TrueObject:
    """A solid that the camera sees."""

    kind: int
    """Its number among the kinds."""
    centre: np.ndarray
    """(3,) in the camera's optical frame [m]."""
    half_m: float
    """Half of its size, as `Solid.size_m` says it [m]."""
    pixels: int
    """How many of them show it."""


@dataclass(frozen=True)
class View:
    """An image and the truth about it."""

    image: np.ndarray
    """(H, W, 3) uint8 RGB."""
    segmentation: np.ndarray
    """(H, W) uint8, values of `Segment`."""
    depth_m: np.ndarray
    """(H, W) float32 along the optical axis [m]; 0 where there is no surface."""
    kinds: np.ndarray
    """(H, W) uint8, numbers of the kinds of objects; `NONE` elsewhere."""
    intrinsics: Intrinsics
    solids: tuple[TrueObject, ...]


class GroundTruth:
    """Looks through the robot's camera and knows. Belongs to the thread that made it."""

    def __init__(self, world: Seen, names: Sequence[str], width: int = 320, height: int = 240):
        self._world, self._kinds = world, kinds_of(names)
        self._size = width, height
        self._renderer = mujoco.Renderer(world.model, height, width)
        self._camera = world.model.camera(CAMERA).id
        self._shape_of = {k.segment: i for i, k in enumerate(self._kinds) if k.colour is None}
        self._number = {k.name: i for i, k in enumerate(self._kinds)}

    def look(self) -> View:
        """Return what the camera sees now; the world's state must be up to date."""
        renderer = self._renderer
        renderer.update_scene(self._world.data, CAMERA)
        image = renderer.render()
        renderer.enable_depth_rendering()
        depth = renderer.render()
        renderer.disable_depth_rendering()
        renderer.enable_segmentation_rendering()
        geoms = renderer.render()[..., 0]
        renderer.disable_segmentation_rendering()
        segments, kinds = self._tables()
        segmentation = segments[geoms]
        depth = np.where(segmentation == Segment.BACKGROUND, 0, depth).astype(np.float32)
        return View(image, segmentation, depth, kinds[geoms], self.intrinsics,
                    self._solids(geoms))

    @property
    def intrinsics(self) -> Intrinsics:
        """Return the camera as it is now."""
        fov = np.radians(self._world.model.cam_fovy[self._camera])
        return pinhole(*self._size, fov)

    def _tables(self) -> tuple[np.ndarray, np.ndarray]:
        """Return class and kind of every geometry; the last entry is for none."""
        model, solids = self._world.model, self._world.scene.solids
        segments = np.zeros(model.ngeom + 1, np.uint8)
        kinds = np.full(model.ngeom + 1, NONE, np.uint8)
        for geom in range(model.ngeom):
            body = model.body(model.geom_bodyid[geom]).name
            if body.startswith(SOLID_PREFIX):
                solid = solids[int(body.removeprefix(SOLID_PREFIX))]
                segments[geom] = Segment[solid.shape.upper()]
                kinds[geom] = self._number[solid.name]
                continue
            segment, thing = _segment_of(body, model.geom(geom).name)
            segments[geom], kinds[geom] = segment, self._shape_of.get(thing, NONE)
        return segments, kinds

    def _solids(self, geoms: np.ndarray) -> tuple[TrueObject, ...]:
        model, data = self._world.model, self._world.data
        counts = np.bincount(geoms[geoms >= 0], minlength=model.ngeom)
        rotation = data.cam_xmat[self._camera].reshape(3, 3)
        found = []
        for index, solid in enumerate(self._world.scene.solids):
            body = model.body(f'{SOLID_PREFIX}{index}').id
            if pixels := int(counts[model.body_geomadr[body]]):
                x, y, z = (data.xpos[body] - data.cam_xpos[self._camera]) @ rotation
                found.append(TrueObject(self._number[solid.name], np.array([x, -y, -z]),
                                        solid.size_m, pixels))
        return tuple(found)

    def close(self) -> None:
        """Free the rendering context."""
        self._renderer.close()


def _segment_of(body: str, geom: str) -> tuple[Segment, Segment | None]:
    """Return what a geometry is labelled as, and which piece of furniture it belongs to."""
    part_of = geom.split('_')[0]
    kinds = body.split('_')[0], part_of
    furniture = next((s for s in FURNITURE if s.name.lower() in kinds), None)
    named = _NAMED.get(part_of)
    if furniture or named:
        return named or furniture, furniture
    # Torso and head have no side; the camera is mounted so that it does not see them.
    return (Segment.RIGHT_LIMB if body.startswith('right') else Segment.LEFT_LIMB), None
