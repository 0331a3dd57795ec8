"""Everything of a scene but the robot, added to a MuJoCo model specification."""
import mujoco

from vla_ros.sim.apartment import add_apartment
from vla_ros.sim.room import add_room
from vla_ros.sim.scene import Dwelling, Look, Scene
from vla_ros.sim.solids import add_solids


def add_surroundings(spec: mujoco.MjSpec, scene: Scene) -> None:
    """Add light, the dwelling and the solids in it."""
    _add_light(spec, scene.look)
    match scene.dwelling:
        case Dwelling.ROOM:
            add_room(spec, scene.look)
        case Dwelling.APARTMENT:
            add_apartment(spec, scene.look)
    add_solids(spec, scene.solids)


def _add_light(spec: mujoco.MjSpec, look: Look) -> None:
    spec.visual.headlight.ambient = [0.25 + 0.25 * look.light] * 3
    spec.visual.headlight.diffuse = [0.25] * 3
    spec.worldbody.add_light(pos=[*look.lamp_xy, 4.0], dir=[0, 0, -1],
                             diffuse=[0.45 * look.light] * 3, castshadow=False,
                             type=mujoco.mjtLightType.mjLIGHT_DIRECTIONAL)
