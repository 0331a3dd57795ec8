"""Coloured solids as bodies of a MuJoCo model."""
import mujoco
import numpy as np

from vla_ros.sim.furniture import GEOM
from vla_ros.sim.scene import Solid

SOLID_PREFIX = 'solid_'
STAND_PREFIX = 'stand_'
_STAND_M = 0.025
"""Half of a stand's width."""
_STAND_RGB = (0.30, 0.30, 0.32)
_FREE_FRICTION = (0.4, 0.02, 0.01)
"""Of what can be moved: it slides easily, and a ball does not roll for ever."""


def add_solids(spec: mujoco.MjSpec, solids: tuple[Solid, ...]) -> None:
    """Add solids, each as a body named by its number, and the stands that they are on."""
    for index, solid in enumerate(solids):
        _add_solid(spec, solid, f'{SOLID_PREFIX}{index}')
        if solid.stand_m:
            _add_stand(spec, solid, f'{STAND_PREFIX}{index}')


def _add_solid(spec: mujoco.MjSpec, solid: Solid, name: str) -> None:
    size, kind = solid.size_m, _PRIMITIVES.get(solid.shape, GEOM.mjGEOM_MESH)
    mesh = {}
    if kind == GEOM.mjGEOM_MESH:
        spec.add_mesh(name=name, uservert=(_MESHES[solid.shape] * size).ravel())
        mesh = {'meshname': name}
    half = {'pill': [0.6 * size, 0.5 * size, 0]}.get(solid.shape, [size] * 3)
    body = spec.worldbody.add_body(name=name, pos=[*solid.position, height_of(solid)])
    geom = body.add_geom(name=name, type=kind, size=half, rgba=[*solid.rgb, 1], **mesh)
    if solid.mass_kg:
        body.add_freejoint(name=name)
        geom.mass, geom.condim, geom.friction = solid.mass_kg, 6, _FREE_FRICTION


def _add_stand(spec: mujoco.MjSpec, solid: Solid, name: str) -> None:
    body = spec.worldbody.add_body(name=name, pos=[*solid.position, solid.stand_m / 2])
    body.add_geom(name=name, type=GEOM.mjGEOM_CYLINDER, rgba=[*_STAND_RGB, 1],
                  size=[_STAND_M, solid.stand_m / 2, 0])


def height_of(solid: Solid) -> float:
    """Return how high the centre of the solid's geometry stands [m]."""
    half_m = 1.1 * solid.size_m if solid.shape == 'pill' else solid.size_m
    return solid.stand_m + half_m


def _pyramid(sides: int, radius: float) -> np.ndarray:
    """Return the corners of an upright pyramid of half height 1, shape (sides + 1, 3)."""
    angle = np.arange(sides) * 2 * np.pi / sides + np.pi / sides
    ring = np.stack([radius * np.cos(angle), radius * np.sin(angle), -np.ones(sides)], axis=1)
    return np.vstack([ring, [0, 0, 1]])


_PRIMITIVES = {'cube': GEOM.mjGEOM_BOX, 'ball': GEOM.mjGEOM_SPHERE,
               'cylinder': GEOM.mjGEOM_CYLINDER, 'pill': GEOM.mjGEOM_CAPSULE}
_MESHES = {'cone': _pyramid(24, 1.0), 'pyramid': _pyramid(4, np.sqrt(2.0))}
