"""The one room: floor, walls and furniture, added to a MuJoCo model specification."""
import mujoco
import numpy as np

from vla_ros.sim.furniture import add_piece, FURNITURE, GEOM
from vla_ros.sim.scene import Look, ROOM_HALF_M

WALL_HEIGHT_M = 2.4
FLOOR_FRICTION = (1, 0.005, 0.0001)


def add_room(spec: mujoco.MjSpec, look: Look) -> None:
    """Add the room, its furniture arranged by the look's seed."""
    _add_floor(spec, look)
    _add_walls(spec, look)
    _add_furniture(spec, np.random.default_rng(look.furniture_seed))


def add_tiles(spec: mujoco.MjSpec, name: str, rgb, repeat: tuple[float, float]) -> None:
    """
    Add a material of tiles in two shades of a colour.

    :param repeat: how often the pattern of two by two tiles fits along x and y.
    """
    lighter = [min(1.0, 1.12 * c) for c in rgb]
    spec.add_texture(name=name, type=mujoco.mjtTexture.mjTEXTURE_2D, width=128, height=128,
                     builtin=mujoco.mjtBuiltin.mjBUILTIN_CHECKER, rgb1=rgb, rgb2=lighter)
    tiles = spec.add_material(name=name, texrepeat=repeat)
    tiles.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = name


def add_box(spec: mujoco.MjSpec, name: str, position, half, rgb) -> None:
    """Add a box that stands by itself."""
    spec.worldbody.add_geom(name=name, type=GEOM.mjGEOM_BOX, pos=position, size=half,
                            rgba=[*rgb, 1])


def _add_floor(spec: mujoco.MjSpec, look: Look) -> None:
    add_tiles(spec, 'tiles', look.floor_rgb, (6, 6))
    spec.worldbody.add_geom(name='floor', type=GEOM.mjGEOM_PLANE, material='tiles',
                            size=[ROOM_HALF_M, ROOM_HALF_M, 0.1], condim=3,
                            friction=FLOOR_FRICTION)


def _add_walls(spec: mujoco.MjSpec, look: Look) -> None:
    for index, (x, y) in enumerate(((1, 0), (-1, 0), (0, 1), (0, -1))):
        half = [ROOM_HALF_M * abs(y) + 0.05, ROOM_HALF_M * abs(x) + 0.05, WALL_HEIGHT_M / 2]
        shade = 1.0 - 0.06 * index
        add_box(spec, f'wall_{index}', [x * ROOM_HALF_M, y * ROOM_HALF_M, WALL_HEIGHT_M / 2],
                half, [shade * c for c in look.wall_rgb])


def _add_furniture(spec: mujoco.MjSpec, rng: np.random.Generator) -> None:
    """Add one piece along each wall: a shelf, a table, a sofa and a plant, in random order."""
    for wall, index in enumerate(rng.permutation(4)):
        yaw = wall * np.pi / 2
        along = rng.uniform(-0.5, 0.5) * ROOM_HALF_M
        position, _ = place_at_wall(yaw, along)
        add_piece(spec, FURNITURE[index], FURNITURE[index], position[:2], yaw, rng)


def place_at_wall(yaw: float, along_m: float) -> tuple[list[float], list[float]]:
    """Return position [m] and quaternion of furniture at the wall that yaw [rad] looks from."""
    cos, sin, back = np.cos(yaw), np.sin(yaw), -ROOM_HALF_M + 0.05
    return ([cos * back - sin * along_m, sin * back + cos * along_m, 0.0],
            [np.cos(yaw / 2), 0.0, 0.0, np.sin(yaw / 2)])
