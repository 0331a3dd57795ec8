"""The map of a simulated dwelling, made from the model's own geometry."""
from collections.abc import Iterator

import cv2
import mujoco
import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED, Place, UNKNOWN
from vla_ros.sim.apartment import DOOR_PREFIX
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.furniture import GEOM
from vla_ros.sim.scene import Dwelling, Scene
from vla_ros.sim.solids import SOLID_PREFIX
from vla_ros.sim.surroundings import add_surroundings

CELL_M = 0.05
_SLAB_M = 0.05, 1.5
"""What stands within these heights is in a robot's way [m]."""
_MARGIN_M = 0.3
"""How far the map reaches beyond the outermost geometry [m]."""


def map_of_scene(scene: Scene, cell_m: float = CELL_M) -> GridMap:
    """Return the map of where a scene is; its solids can be moved and are not on it."""
    spec = mujoco.MjSpec()
    add_surroundings(spec, scene)
    places = APARTMENT.places if scene.dwelling is Dwelling.APARTMENT else ()
    inside = np.array([scene.start[:2], *(p.pose[:2] for p in places)])
    return map_of_model(spec.compile(), inside, places, cell_m)


def map_of_model(model: mujoco.MjModel, inside: np.ndarray, places: tuple[Place, ...] = (),
                 cell_m: float = CELL_M) -> GridMap:
    """
    Return the map of what stands still in a model: walls and furniture, no doors, no solids.

    A cell is occupied if any of it is covered, free if a way leads there from a point
    `inside`, and unknown otherwise.

    :param inside: points (N, 2) [m].
    :raises InvalidValueError: if a piece has another shape than box, cylinder or ellipsoid.
    """
    footprints = list(_footprints(model))
    low = np.min([f.centre - f.reach for f in footprints], axis=0) - _MARGIN_M
    high = np.max([f.centre + f.reach for f in footprints], axis=0) + _MARGIN_M
    origin = np.round(np.floor(low / cell_m) * cell_m, 6)
    columns, rows = np.ceil((high - origin) / cell_m).astype(int)
    x, y = (origin[i] + (np.arange(n) + 0.5) * cell_m for i, n in ((0, columns), (1, rows)))
    points = np.stack(np.meshgrid(x, y), axis=-1)
    covered = np.zeros((rows, columns), bool)
    for footprint in footprints:
        covered |= footprint.covers(points, cell_m / 2)
    empty = GridMap(np.zeros(covered.shape, np.int8), cell_m, origin)
    cells = np.where(_reached(covered, empty.cell_of(inside)), FREE, UNKNOWN).astype(np.int8)
    cells[covered] = OCCUPIED
    return GridMap(cells, cell_m, origin, places)


class _Footprint:
    """An upright geometry seen from above."""

    def __init__(self, centre: np.ndarray, half: np.ndarray, turn: np.ndarray, is_round: bool):
        self.centre, self._half, self._turn, self._is_round = centre, half, turn, is_round
        self.reach = np.abs(turn) @ half
        """(2,) half of the box along x and y that it fits in [m]."""

    def covers(self, points: np.ndarray, slack_m: float) -> np.ndarray:
        """Return whether each point (..., 2) is covered, or nearer to that than a slack."""
        local = np.abs((points - self.centre) @ self._turn)
        half = self._half + slack_m - 1e-9               # what only touches a cell is not in it
        if self._is_round:
            return ((local / half) ** 2).sum(axis=-1) < 1
        return (local < half).all(axis=-1)


def _footprints(model: mujoco.MjModel) -> Iterator[_Footprint]:
    """Return the footprint of everything that stands still and is in a robot's way."""
    data = mujoco.MjData(model)
    mujoco.mj_kinematics(model, data)
    for index in range(model.ngeom):
        body, kind = model.body(model.geom_bodyid[index]), GEOM(model.geom_type[index])
        collides = model.geom_contype[index] or model.geom_conaffinity[index]
        if (not collides or body.weldid[0] != 0 or kind == GEOM.mjGEOM_PLANE
                or body.name.startswith((DOOR_PREFIX, SOLID_PREFIX))):
            continue
        if kind not in (GEOM.mjGEOM_BOX, GEOM.mjGEOM_CYLINDER, GEOM.mjGEOM_ELLIPSOID):
            raise InvalidValueError(f'{body.name}: geometry {kind.name} is not on maps; '
                                    'expected boxes, cylinders and ellipsoids')
        size, height_m = model.geom_size[index], data.geom_xpos[index, 2]
        half_height_m = size[1] if kind == GEOM.mjGEOM_CYLINDER else size[2]
        if height_m + half_height_m <= _SLAB_M[0] or height_m - half_height_m >= _SLAB_M[1]:
            continue
        half = size[[0, 0]] if kind == GEOM.mjGEOM_CYLINDER else size[:2]
        turn = data.geom_xmat[index].reshape(3, 3)[:2, :2]
        yield _Footprint(data.geom_xpos[index, :2].copy(), half, turn, kind != GEOM.mjGEOM_BOX)


def _reached(covered: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Return which cells (R, C) are joined to any of some cells (N, 2) by uncovered ones."""
    _, labels = cv2.connectedComponents((~covered).astype(np.uint8), connectivity=4)
    wanted = set(labels[cells[:, 0], cells[:, 1]]) - {0}
    return np.isin(labels, list(wanted))
