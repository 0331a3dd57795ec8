"""
A base without legs: what stands in for the walking G1 where its wheels are not installed.

It moves exactly as it is told, within an acceleration, and carries its camera where the G1 has
it. Joints follow at a limited speed; nothing has weight and nothing falls.
"""
import mujoco
import numpy as np

from vla_ros.core.geometry import moved
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.g1_model import add_camera, PERIOD_S, set_options, TICK_S
from vla_ros.sim.random_model import compiled
from vla_ros.sim.randomisation import NOTHING, Randomisation
from vla_ros.sim.scene import Scene
from vla_ros.sim.scenery import Scenery
from vla_ros.sim.surroundings import add_surroundings

TORSO_HEIGHT_M, PELVIS_HEIGHT_M = 0.819, 0.775
_ACCELERATION = np.array([5.0, 5.0, 8.0])
_JOINT_SPEED = 3.0
_GREY = (0.35, 0.36, 0.40, 1)


class KinematicWorld:
    """The same interface as `World`, by geometry alone."""

    has_physics = False
    is_fallen = False
    arms = None
    """Nobody sees any."""

    def __init__(self, robot: RobotDescription, scene: Scene, mesh_cell_m: float = 0.005,
                 randomisation: Randomisation = NOTHING):
        self.robot = robot
        self.model = compiled(kinematic_spec(robot, scene), randomisation)
        self.data = mujoco.MjData(self.model)
        self.scenery = Scenery(self.model, self.data, scene)
        self._pose, self._velocity = np.array(scene.start, float), np.zeros(3)
        self._joints = np.array(robot.neutral_position)
        self._joint_rates = np.zeros(len(self._joints))
        self.step(np.zeros(3), robot.of_commanded('neutral_position'))
        self.data.time = 0.0

    def step(self, twist: np.ndarray, arm_targets: np.ndarray) -> None:
        """Go on by 20 ms."""
        for _ in range(round(PERIOD_S / TICK_S)):
            self.advance(twist, arm_targets)

    def advance(self, twist: np.ndarray, arm_targets: np.ndarray) -> None:
        """Go on by 10 ms; see `World.advance`."""
        change = _ACCELERATION * TICK_S
        self._velocity += np.clip(np.asarray(twist, float) - self._velocity, -change, change)
        self._pose = moved(self._pose, self._velocity, TICK_S)
        self._move_joints(arm_targets)
        x, y, yaw = self._pose
        self.data.mocap_pos[0] = x, y, TORSO_HEIGHT_M
        self.data.mocap_quat[0] = np.cos(yaw / 2), 0, 0, np.sin(yaw / 2)
        self.scenery.advance(TICK_S, self._pose[:2])
        self.data.time += TICK_S
        mujoco.mj_forward(self.model, self.data)

    def push(self, velocity: np.ndarray) -> None:
        """Give the base a velocity (2,) [m/s], world frame, on top of its own."""
        cos, sin = np.cos(self._pose[2]), np.sin(self._pose[2])
        self._velocity[:2] += np.array([[cos, sin], [-sin, cos]]) @ velocity

    def _move_joints(self, targets: np.ndarray) -> None:
        index, reach = self.robot.commanded_index, _JOINT_SPEED * TICK_S
        wished = np.clip(targets, self.robot.of_commanded('position_min'),
                         self.robot.of_commanded('position_max'))
        step = np.clip(wished - self._joints[index], -reach, reach)
        self._joints[index] += step
        self._joint_rates[index] = step / TICK_S

    @property
    def scene(self) -> Scene:
        """Return what stands where by now."""
        return self.scenery.scene

    @property
    def time_s(self) -> float:
        """Return the time since the start [s]."""
        return self.data.time

    @property
    def joint_positions(self) -> np.ndarray:
        """Return a copy of all joint positions [rad], (J,)."""
        return self._joints.copy()

    @property
    def joint_velocities(self) -> np.ndarray:
        """Return a copy of all joint velocities [rad/s], (J,)."""
        return self._joint_rates.copy()

    @property
    def base_pose(self) -> np.ndarray:
        """Return x, y [m], yaw [rad] in the world frame."""
        return self._pose.copy()

    @property
    def base_height_m(self) -> float:
        """Return the height of the pelvis [m], which never changes."""
        return PELVIS_HEIGHT_M

    @property
    def base_velocity(self) -> np.ndarray:
        """Return vx, vy [m/s], wz [rad/s] in the base frame."""
        return self._velocity.copy()


def kinematic_spec(robot: RobotDescription, scene: Scene) -> mujoco.MjSpec:
    """Return the specification of the base in the scene, which more can be added to."""
    spec = mujoco.MjSpec()
    set_options(spec)
    body = spec.worldbody.add_body(name=robot.camera_parent, mocap=True)
    body.add_geom(type=mujoco.mjtGeom.mjGEOM_CAPSULE, size=[0.16, 0.28, 0], rgba=_GREY,
                  pos=[0, 0, 0.05], group=2, contype=0, conaffinity=0)
    body.add_geom(type=mujoco.mjtGeom.mjGEOM_CYLINDER, size=[0.22, 0.3, 0], rgba=_GREY,
                  pos=[0, 0, -0.52], group=2, contype=0, conaffinity=0)
    add_camera(spec, robot, scene.look.camera_tilt_rad)
    add_surroundings(spec, scene)
    return spec
