"""
Domain randomisation of a compiled world: light, paint, textures, the camera's mount, friction.

What is drawn at full strength is blended with what was there: value + strength * change.
"""
import mujoco
import numpy as np

from vla_ros.sim.g1_model import CAMERA
from vla_ros.sim.random_surfaces import add_surfaces, light, mat_colour, SURFACES
from vla_ros.sim.randomisation import Kind, Randomisation
from vla_ros.sim.solids import SOLID_PREFIX

_CAMERA_SIGMA_M, _CAMERA_SIGMA_RAD, _FOV_SHARE = 0.02, 0.04, 0.06
_SOLID_TONE = 0.1
"""How far a solid's paint may move and still be called by its name (0 to 1 a channel)."""
_LOOSEST, _TIGHTEST = 0.4, 1.4
"""Friction at strength 1, as a share of what it was."""
_TINT = 0.35


def compiled(spec: mujoco.MjSpec, randomisation: Randomisation) -> mujoco.MjModel:
    """Return the model of a world with everything drawn that changes the model."""
    if randomisation.of(Kind.TEXTURES):
        add_surfaces(spec, randomisation.generator(Kind.TEXTURES))
    model = spec.compile()
    for kind, change in _CHANGES.items():
        if strength := randomisation.of(kind):
            change(model, strength, randomisation.generator(kind))
    return model


def _lights(model: mujoco.MjModel, strength: float, rng: np.random.Generator) -> None:
    head = model.vis.headlight
    arrays = [head.ambient, head.diffuse, model.light_pos, model.light_dir, model.light_diffuse]
    before = [array.copy() for array in arrays]
    light(model, rng)
    for array, old in zip(arrays, before, strict=True):
        array[:] = old + strength * (array - old)
    model.light_dir /= np.linalg.norm(model.light_dir, axis=1, keepdims=True)


def _colours(model: mujoco.MjModel, strength: float, rng: np.random.Generator) -> None:
    """Blend the paint of what stands still with any colour, and tint what has a pattern."""
    for geom in _still(model):
        paint = model.geom_rgba[geom, :3]
        paint += 0.7 * strength * (mat_colour(rng) - paint)
    tint = rng.uniform(1 - _TINT, 1 + _TINT, (model.nmat, 3))
    model.mat_rgba[:, :3] = np.clip(
        model.mat_rgba[:, :3] * (1 + strength * (tint - 1)), 0, 1)
    for geom in _solids(model):
        paint = model.geom_rgba[geom, :3]
        paint[:] = np.clip(paint + strength * rng.uniform(-_SOLID_TONE, _SOLID_TONE, 3), 0, 1)


def _textures(model: mujoco.MjModel, strength: float, rng: np.random.Generator) -> None:
    """Give patterns to floors and to as much else as the strength says."""
    names = [model.material(name).id for name in SURFACES]
    for geom in _still(model):
        is_floor = model.geom(geom).name.startswith('floor')
        if rng.random() < strength * (1.0 if is_floor else 0.5):
            model.geom_matid[geom] = names[rng.integers(len(names))]


def _camera(model: mujoco.MjModel, strength: float, rng: np.random.Generator) -> None:
    at, small, total = model.camera(CAMERA).id, np.zeros(4), np.zeros(4)
    mujoco.mju_euler2Quat(small, strength * rng.normal(0, _CAMERA_SIGMA_RAD, 3), 'xyz')
    mujoco.mju_mulQuat(total, model.cam_quat[at], small)
    model.cam_quat[at] = total
    model.cam_pos[at] += strength * rng.normal(0, _CAMERA_SIGMA_M, 3)
    model.cam_fovy[at] *= 1 + strength * rng.uniform(-_FOV_SHARE, _FOV_SHARE)


def _friction(model: mujoco.MjModel, strength: float, rng: np.random.Generator) -> None:
    """Change how feet (together) and solids (each by itself) grip."""
    feet = [i for i in range(model.ngeom) if '_foot' in model.geom(i).name]
    for geoms in (feet, *([geom] for geom in _solids(model))):
        model.geom_friction[geoms, 0] *= 1 + strength * (rng.uniform(_LOOSEST, _TIGHTEST) - 1)


def _still(model: mujoco.MjModel) -> list[int]:
    """Return the geometries of floor, walls, doors and furniture."""
    return [i for i in range(model.ngeom) if model.body_weldid[model.geom_bodyid[i]] == 0
            and not _body(model, i).startswith(SOLID_PREFIX)]


def _solids(model: mujoco.MjModel) -> list[int]:
    return [i for i in range(model.ngeom) if _body(model, i).startswith(SOLID_PREFIX)]


def _body(model: mujoco.MjModel, geom: int) -> str:
    return model.body(model.geom_bodyid[geom]).name


_CHANGES = {Kind.LIGHTS: _lights, Kind.COLOURS: _colours, Kind.TEXTURES: _textures,
            Kind.CAMERA: _camera, Kind.FRICTION: _friction}
