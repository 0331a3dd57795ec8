"""Paint, textures and light at random."""
import mujoco
import numpy as np

from vla_ros.sim.furniture import add_piece, FURNITURE, GEOM
from vla_ros.sim.room import place_at_wall, WALL_HEIGHT_M
from vla_ros.sim.scene import ROOM_HALF_M

_BUILTINS = (mujoco.mjtBuiltin.mjBUILTIN_CHECKER, mujoco.mjtBuiltin.mjBUILTIN_FLAT,
             mujoco.mjtBuiltin.mjBUILTIN_GRADIENT)
_MARKS = (mujoco.mjtMark.mjMARK_NONE, mujoco.mjtMark.mjMARK_RANDOM, mujoco.mjtMark.mjMARK_EDGE)
_TEXTURES = 4
SURFACES = tuple(f'surface_{i}' for i in range(_TEXTURES))
"""Materials that `add_surfaces` makes."""
_LOW_WALLS_M = 1.2, 1.7
"""Heights of walls that something can be seen beyond [m]."""
_DOOR_HALF = (0.45, 1.0)
"""Half of a door's width and height [m]."""
_FRAME_M, _BORDER_M = 0.07, 0.06
"""How far a door's frame and a rug's border reach beyond it [m]."""
_COVERS = ('rug', 'rug_border', 'door', 'door_frame', 'door_handle')


def mat_colour(rng: np.random.Generator) -> np.ndarray:
    """Return a colour of a wall or a floor, (3,) 0 to 1: a grey with a little tint."""
    return np.clip(rng.uniform(0.1, 0.95) + rng.uniform(-0.1, 0.1, 3), 0.02, 1)


def decorate(spec: mujoco.MjSpec, rng: np.random.Generator) -> None:
    """Add a rug, a door and a few textures to a room."""
    add_surfaces(spec, rng)
    for name, half in zip(_COVERS, (
            [1, 1, 0.006], [1, 1, 0.004], [0.06, *_DOOR_HALF],
            [0.04, _DOOR_HALF[0] + _FRAME_M, _DOOR_HALF[1] + _FRAME_M / 2],
            [0.1, 0.06, 0.02]), strict=True):
        # At the origin it would share its body's frame and could not be moved afterwards.
        spec.worldbody.add_geom(name=name, type=GEOM.mjGEOM_BOX, size=half, pos=[1, 2, 3],
                                quat=[0.8, 0, 0, 0.6], contype=0, conaffinity=0)
    add_piece(spec, 'bench', 'bench', (0.0, 0.0), 0.0, rng)


def add_surfaces(spec: mujoco.MjSpec, rng: np.random.Generator) -> None:
    """Add the materials `SURFACES`, each with a pattern drawn at random."""
    for name in SURFACES:
        first, second = mat_colour(rng), mat_colour(rng)
        near = np.clip(first + rng.uniform(-0.12, 0.12), 0, 1)
        spec.add_texture(
            name=name, type=mujoco.mjtTexture.mjTEXTURE_2D, width=128, height=128,
            builtin=_BUILTINS[rng.integers(len(_BUILTINS))],
            mark=_MARKS[rng.integers(len(_MARKS))], markrgb=second, random=0.02,
            rgb1=first, rgb2=second if rng.random() < 0.25 else near)
        repeat = rng.uniform(1, 10)
        material = spec.add_material(name=name, texrepeat=[repeat, repeat])
        material.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = name


class Surfaces:
    """Paints a decorated room."""

    def __init__(self, model: mujoco.MjModel):
        self._model = model
        self._floor = model.material('tiles').id
        self._walls = [model.geom(f'wall_{i}').id for i in range(4)]
        self._furniture = {}
        for name in (*FURNITURE, 'bench'):
            body = model.body(name)
            first, count = body.geomadr[0], body.geomnum[0]
            self._furniture[name] = model.geom_rgba[first:first + count, :3].copy()

    def shuffle(self, rng: np.random.Generator) -> None:
        """Draw paint, light, rug and door anew."""
        self._paint_room(rng)
        self._paint_furniture(rng)
        self._lay_rug(rng)
        self._hang_door(rng)
        self._place_bench(rng)
        light(self._model, rng)

    def _paint_room(self, rng: np.random.Generator) -> None:
        model, textures = self._model, SURFACES
        use = rng.random() < 0.6
        model.geom_matid[model.geom('floor').id] = (
            model.material(textures[rng.integers(_TEXTURES)]).id if use else self._floor)
        wall = mat_colour(rng) if rng.random() < 0.5 else np.clip(
            rng.uniform(0.5, 0.95) + rng.uniform(-0.06, 0.06, 3), 0, 1)
        height_m = rng.uniform(*_LOW_WALLS_M) if rng.random() < 0.4 else WALL_HEIGHT_M
        for index, geom in enumerate(self._walls):
            model.geom_size[geom, 2] = model.geom_pos[geom, 2] = height_m / 2
            model.geom_rgba[geom, :3] = (1 - rng.uniform(0, 0.08) * index) * wall
            use = rng.random() < 0.25
            model.geom_matid[geom] = (
                model.material(textures[rng.integers(_TEXTURES)]).id if use else -1)

    def _paint_furniture(self, rng: np.random.Generator) -> None:
        for name, rgb in self._furniture.items():
            body = self._model.body(name)
            first, count = body.geomadr[0], body.geomnum[0]
            painted = np.clip(rgb * rng.uniform(0.7, 1.25) + rng.uniform(-0.06, 0.06, 3), 0, 1)
            self._model.geom_rgba[first:first + count, :3] = painted

    def _lay_rug(self, rng: np.random.Generator) -> None:
        model, parts = self._model, [self._model.geom(n).id for n in _COVERS[:2]]
        model.geom_group[parts] = 0 if rng.random() < 0.5 else 5
        yaw, half = rng.uniform(-np.pi, np.pi), rng.uniform(0.5, 1.4, 2)
        place = *rng.uniform(-2.5, 2.5, 2), 0.004
        for part, beyond_m in zip(parts, (0, _BORDER_M), strict=True):
            model.geom_pos[part] = place
            model.geom_quat[part] = np.cos(yaw / 2), 0, 0, np.sin(yaw / 2)
            model.geom_size[part, :2] = half + beyond_m
            self._cover(part, rng)

    def _hang_door(self, rng: np.random.Generator) -> None:
        """Hang a door with its frame and, to the left or right, its handle."""
        model, parts = self._model, [self._model.geom(n).id for n in _COVERS[2:]]
        model.geom_group[parts] = 0 if rng.random() < 0.7 else 5
        yaw, along = rng.integers(4) * np.pi / 2, rng.uniform(-0.85, 0.85) * ROOM_HALF_M
        side = rng.choice([-1, 1]) * (_DOOR_HALF[0] - 0.1)
        for part, beside_m, height_m in zip(parts, (0, 0, side), (
                _DOOR_HALF[1], _DOOR_HALF[1] + _FRAME_M / 2, 1.02), strict=True):
            (x, y, _), model.geom_quat[part] = place_at_wall(yaw, along + beside_m)
            model.geom_pos[part] = x, y, height_m
            self._cover(part, rng)

    def _place_bench(self, rng: np.random.Generator) -> None:
        """Put the bench into a corner, where no furniture stands."""
        body = self._model.body('bench').id
        along = rng.choice([-1, 1]) * rng.uniform(3.35, 3.8)
        position, quaternion = place_at_wall(rng.integers(4) * np.pi / 2, along)
        self._model.body_pos[body], self._model.body_quat[body] = position, quaternion

    def _cover(self, geom: int, rng: np.random.Generator) -> None:
        """Paint something any colour, some of it strong: colour alone makes no solid."""
        rgb = rng.uniform(0.05, 0.95, 3) if rng.random() < 0.4 else mat_colour(rng)
        self._model.geom_rgba[geom, :3] = rgb
        self._model.geom_matid[geom] = -1


def light(model: mujoco.MjModel, rng: np.random.Generator) -> None:
    """Draw the lamp and the light of a room anew."""
    strength = rng.uniform(0.45, 1.0)
    tint = 1 + rng.uniform(-0.07, 0.07, 3)
    head = model.vis.headlight
    head.ambient[:] = (0.25 + 0.25 * strength) * tint * rng.uniform(0.85, 1.1)
    head.diffuse[:] = rng.uniform(0.1, 0.35)
    model.light_pos[0] = *rng.uniform(-3, 3, 2), 4.0
    model.light_dir[0] = _unit(np.array([*rng.normal(0, 0.4, 2), -1.0]))
    model.light_diffuse[0] = 0.5 * strength * tint


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)
