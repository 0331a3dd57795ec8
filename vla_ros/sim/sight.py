"""
Which solid is seen where: truth for labels and for experts, by rays through the image.

Rays cost a millisecond; rendering the same by segmentation in software costs ten.
"""
import mujoco
import numpy as np

from vla_ros.sim.g1_model import CAMERA
from vla_ros.sim.solids import SOLID_PREFIX
from vla_ros.sim.world import World

NOTHING = -1
ROWS, COLUMNS = 15, 20
"""Cells of an image, as many as a model has vision tokens."""
_RAYS_PER_SIDE = 2
_VISIBLE_RAYS = 2
"""A solid that fewer rays meet is too small in the picture to be told what it is."""


class Sight:
    """Sees solids through the robot's camera."""

    def __init__(self, world: World, aspect: float = 4 / 3):
        self._world = world
        self._rays = _camera_rays(world.robot.camera_vertical_fov, aspect)
        self._camera = world.model.camera(CAMERA).id
        self._solid_of_geom = np.full(world.model.ngeom + 1, NOTHING)
        for index in range(len(world.scene.solids)):
            self._solid_of_geom[world.model.geom(f'{SOLID_PREFIX}{index}').id] = index
        # Solids and furniture are in group 0; the robot's own meshes don't hide anything big.
        self._groups = np.array([1, 0, 0, 0, 0, 0], np.uint8)
        self._met_at_s = -np.inf

    def solids(self) -> np.ndarray:
        """Return which solid each ray meets, (rows, columns) of the ray grid."""
        now_s = self._world.time_s
        if now_s != self._met_at_s:         # label and expert ask in turn
            self._met, self._met_at_s = self._meet(), now_s
        return self._met

    def _meet(self) -> np.ndarray:
        model, data = self._world.model, self._world.data
        rotation = data.cam_xmat[self._camera].reshape(3, 3)
        directions = self._rays @ rotation.T
        count = len(directions)
        geoms, distances = np.full(count, -1, np.int32), np.zeros(count)
        mujoco.mj_multiRay(model, data, data.cam_xpos[self._camera], directions.ravel(),
                           self._groups, 1, -1, geoms, distances, None, count, 30.0)
        return self._solid_of_geom[geoms].reshape(
            ROWS * _RAYS_PER_SIDE, COLUMNS * _RAYS_PER_SIDE)

    def cells(self) -> np.ndarray:
        """Return which solid each cell shows, (ROWS, COLUMNS) int8; `NOTHING` where none."""
        n = _RAYS_PER_SIDE
        blocks = self.solids().reshape(ROWS, n, COLUMNS, n).swapaxes(1, 2)
        return blocks.reshape(ROWS, COLUMNS, n * n).max(axis=2).astype(np.int8)

    def visible(self) -> np.ndarray:
        """Return whether each solid of the scene is in the picture, (S,) bool."""
        met = self.solids()
        count = len(self._world.scene.solids)
        return np.bincount(met[met != NOTHING], minlength=count) >= _VISIBLE_RAYS


def _camera_rays(vertical_fov_rad: float, aspect: float) -> np.ndarray:
    """Return unit vectors (N, 3) in MuJoCo's camera frame (x right, y up, looking along -z)."""
    half = np.tan(vertical_fov_rad / 2)
    rows, columns = ROWS * _RAYS_PER_SIDE, COLUMNS * _RAYS_PER_SIDE
    up = half * (1 - 2 * (np.arange(rows) + 0.5) / rows)
    right = half * aspect * (2 * (np.arange(columns) + 0.5) / columns - 1)
    x, y = np.meshgrid(right, up)
    rays = np.stack([x.ravel(), y.ravel(), -np.ones(x.size)], axis=1)
    return rays / np.linalg.norm(rays, axis=1, keepdims=True)
