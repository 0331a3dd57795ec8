"""Floor, walls, furniture and solids of a scene, added to a MuJoCo model specification."""
import mujoco
import numpy as np

from vla_ros.sim.scene import Look, ROOM_HALF_M, Scene, Solid

GEOM = mujoco.mjtGeom
SOLID_PREFIX = 'solid_'
FURNITURE = ('shelf', 'table', 'sofa', 'plant')
"""Bodies along the walls."""
WALL_HEIGHT_M = 2.4
_WOODS = ((0.45, 0.30, 0.18), (0.62, 0.48, 0.32), (0.28, 0.20, 0.15))
_FABRICS = ((0.35, 0.37, 0.42), (0.52, 0.48, 0.42), (0.25, 0.28, 0.27))


def add_room(spec: mujoco.MjSpec, scene: Scene) -> None:
    """Add everything of the scene but the robot to the world body."""
    _add_light(spec, scene.look)
    _add_floor(spec, scene.look)
    _add_walls(spec, scene.look)
    _add_furniture(spec, np.random.default_rng(scene.look.furniture_seed))
    for index, solid in enumerate(scene.solids):
        _add_solid(spec, solid, f'{SOLID_PREFIX}{index}')


def _add_light(spec: mujoco.MjSpec, look: Look) -> None:
    spec.visual.headlight.ambient = [0.25 + 0.25 * look.light] * 3
    spec.visual.headlight.diffuse = [0.25] * 3
    spec.worldbody.add_light(pos=[*look.lamp_xy, 4.0], dir=[0, 0, -1],
                             diffuse=[0.45 * look.light] * 3, castshadow=False,
                             type=mujoco.mjtLightType.mjLIGHT_DIRECTIONAL)


def _add_floor(spec: mujoco.MjSpec, look: Look) -> None:
    lighter = [min(1.0, 1.12 * c) for c in look.floor_rgb]
    spec.add_texture(name='tiles', type=mujoco.mjtTexture.mjTEXTURE_2D, width=128, height=128,
                     builtin=mujoco.mjtBuiltin.mjBUILTIN_CHECKER, rgb1=look.floor_rgb,
                     rgb2=lighter)
    tiles = spec.add_material(name='tiles', texrepeat=[6, 6])
    tiles.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = 'tiles'
    spec.worldbody.add_geom(name='floor', type=GEOM.mjGEOM_PLANE, material='tiles',
                            size=[ROOM_HALF_M, ROOM_HALF_M, 0.1], condim=3,
                            friction=[1, 0.005, 0.0001])


def _add_walls(spec: mujoco.MjSpec, look: Look) -> None:
    for index, (x, y) in enumerate(((1, 0), (-1, 0), (0, 1), (0, -1))):
        half = [ROOM_HALF_M * abs(y) + 0.05, ROOM_HALF_M * abs(x) + 0.05, WALL_HEIGHT_M / 2]
        shade = 1.0 - 0.06 * index
        _add_box(spec, f'wall_{index}', [x * ROOM_HALF_M, y * ROOM_HALF_M, WALL_HEIGHT_M / 2],
                 half, [shade * c for c in look.wall_rgb])


def _add_furniture(spec: mujoco.MjSpec, rng: np.random.Generator) -> None:
    """Add one piece along each wall: a shelf, a table, a sofa and a plant, in random order."""
    builders = {'shelf': _add_shelf, 'table': _add_table, 'sofa': _add_sofa,
                'plant': _add_plant}
    for wall, index in enumerate(rng.permutation(4)):
        yaw = wall * np.pi / 2
        along = rng.uniform(-0.5, 0.5) * ROOM_HALF_M
        name = list(builders)[index]
        builders[name](_Corner(spec, name, yaw, along), rng)


class _Corner:
    """A place at a wall: local x points into the room, local y runs along the wall."""

    def __init__(self, spec: mujoco.MjSpec, name: str, yaw: float, along_m: float):
        position, quaternion = place_at_wall(yaw, along_m)
        self._body = spec.worldbody.add_body(name=name, pos=position, quat=quaternion)

    def add(self, kind: mujoco.mjtGeom, position, size, rgb, name: str = '') -> None:
        self._body.add_geom(type=kind, pos=position, size=size, rgba=[*rgb, 1], name=name)


def place_at_wall(yaw: float, along_m: float) -> tuple[list[float], list[float]]:
    """Return position [m] and quaternion of furniture at the wall that yaw [rad] looks from."""
    cos, sin, back = np.cos(yaw), np.sin(yaw), -ROOM_HALF_M + 0.05
    return ([cos * back - sin * along_m, sin * back + cos * along_m, 0.0],
            [np.cos(yaw / 2), 0.0, 0.0, np.sin(yaw / 2)])


def _add_shelf(corner: _Corner, rng: np.random.Generator) -> None:
    wood = _WOODS[rng.integers(3)]
    corner.add(GEOM.mjGEOM_BOX, [0.16, 0, 0.9], [0.15, 0.5, 0.9], wood)
    for row, height in enumerate((0.45, 0.95, 1.45)):
        corner.add(GEOM.mjGEOM_BOX, [0.3, 0, height], [0.02, 0.42, 0.16],
                   [0.6 * c for c in wood], f'books_{row}')


def _add_table(corner: _Corner, rng: np.random.Generator) -> None:
    wood = _WOODS[rng.integers(3)]
    corner.add(GEOM.mjGEOM_BOX, [0.45, 0, 0.72], [0.35, 0.6, 0.03], wood)
    for x, y in ((0.15, 0.5), (0.15, -0.5), (0.75, 0.5), (0.75, -0.5)):
        corner.add(GEOM.mjGEOM_BOX, [x, y, 0.35], [0.03, 0.03, 0.35], wood)


def _add_sofa(corner: _Corner, rng: np.random.Generator) -> None:
    fabric = _FABRICS[rng.integers(3)]
    corner.add(GEOM.mjGEOM_BOX, [0.45, 0, 0.2], [0.4, 0.8, 0.2], fabric)
    corner.add(GEOM.mjGEOM_BOX, [0.15, 0, 0.5], [0.12, 0.8, 0.35], fabric)


def _add_plant(corner: _Corner, rng: np.random.Generator) -> None:
    leaf = np.array((0.22, 0.30, 0.16)) * rng.uniform(0.7, 1.1)
    corner.add(GEOM.mjGEOM_CYLINDER, [0.35, 0, 0.18], [0.18, 0.18, 0], (0.35, 0.25, 0.2),
               'pot')
    corner.add(GEOM.mjGEOM_ELLIPSOID, [0.35, 0, 0.85], [0.28, 0.28, 0.5], leaf)


def _add_solid(spec: mujoco.MjSpec, solid: Solid, name: str) -> None:
    size, kind = solid.size_m, _PRIMITIVES.get(solid.shape, GEOM.mjGEOM_MESH)
    mesh = {}
    if kind == GEOM.mjGEOM_MESH:
        spec.add_mesh(name=name, uservert=(_MESHES[solid.shape] * size).ravel())
        mesh = {'meshname': name}
    half = {'pill': [0.6 * size, 0.5 * size, 0]}.get(solid.shape, [size] * 3)
    body = spec.worldbody.add_body(name=name, pos=[*solid.position, height_of(solid)])
    body.add_geom(name=name, type=kind, size=half, rgba=[*solid.rgb, 1], **mesh)


def height_of(solid: Solid) -> float:
    """Return how high the centre of the solid's geometry stands [m]."""
    return 1.1 * solid.size_m if solid.shape == 'pill' else solid.size_m


def _pyramid(sides: int, radius: float) -> np.ndarray:
    """Return the corners of an upright pyramid of half height 1, shape (sides + 1, 3)."""
    angle = np.arange(sides) * 2 * np.pi / sides + np.pi / sides
    ring = np.stack([radius * np.cos(angle), radius * np.sin(angle), -np.ones(sides)], axis=1)
    return np.vstack([ring, [0, 0, 1]])


def _add_box(spec: mujoco.MjSpec, name: str, position, half, rgb) -> None:
    spec.worldbody.add_geom(name=name, type=GEOM.mjGEOM_BOX, pos=position, size=half,
                            rgba=[*rgb, 1])


_PRIMITIVES = {'cube': GEOM.mjGEOM_BOX, 'ball': GEOM.mjGEOM_SPHERE,
               'cylinder': GEOM.mjGEOM_CYLINDER, 'pill': GEOM.mjGEOM_CAPSULE}
_MESHES = {'cone': _pyramid(24, 1.0), 'pyramid': _pyramid(4, np.sqrt(2.0))}
