"""
The simulated world: a robot in a scene that walks, moves its arms, sees and falls.

`World` is physics and sensors alone; tasks, rewards and ROS are elsewhere.
"""
import mujoco
import numpy as np

from vla_ros.core.geometry import yaw_of_quaternion
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.g1_model import model_spec, PERIOD_S, TICK_S, TIMESTEP_S
from vla_ros.sim.random_model import compiled
from vla_ros.sim.randomisation import NOTHING, Randomisation
from vla_ros.sim.scene import Scene
from vla_ros.sim.scenery import Scenery
from vla_ros.sim.walker import arms_of, waist_of, Walker

FALLEN_BELOW_M = 0.45
_STANDING_HEIGHT_M = 0.775


class World:
    """A Unitree G1 with real physics and a learned gait, in a room or an apartment."""

    has_physics = True

    def __init__(self, robot: RobotDescription, scene: Scene, mesh_cell_m: float = 0.005,
                 randomisation: Randomisation = NOTHING):
        """
        Make a world.

        :param randomisation: of it, light, paint, textures, camera and friction are drawn here;
            the rest is for whoever commands the robot: see `Disturbances`.
        """
        self.robot = robot
        self._walker = Walker(robot)
        self.model = compiled(model_spec(robot, scene, self._walker.servos, mesh_cell_m),
                              randomisation)
        self.data = mujoco.MjData(self.model)
        self.scenery = Scenery(self.model, self.data, scene)
        joints = [self.model.joint(name) for name in robot.joint_names]
        self._q = np.array([joint.qposadr[0] for joint in joints])
        self._v = np.array([joint.dofadr[0] for joint in joints])
        self._commanded, self._arms, self._waist = (
            robot.commanded_index, arms_of(robot), waist_of(robot))
        self._reach = PERIOD_S * robot.of_commanded('velocity_max')
        self._neutral = np.array(robot.neutral_position)
        self._limits = robot.of_commanded('position_min'), robot.of_commanded('position_max')
        self._stiffness = self._walker.servos.stiffness
        self._place_robot()

    def _place_robot(self) -> None:
        x, y, yaw = self.scene.start
        self.data.qpos[:3] = x, y, _STANDING_HEIGHT_M
        self.data.qpos[3:7] = np.cos(yaw / 2), 0, 0, np.sin(yaw / 2)
        self.data.qpos[self._q] = self.data.ctrl[:] = self.robot.neutral_position
        self._targets = self._neutral.copy()
        self._velocity, self._ticks = np.zeros(3), 0
        mujoco.mj_forward(self.model, self.data)

    def step(self, twist: np.ndarray, arm_targets: np.ndarray) -> None:
        """Go on by 20 ms: twice what `advance` does."""
        for _ in range(round(PERIOD_S / TICK_S)):
            self.advance(twist, arm_targets)

    def advance(self, twist: np.ndarray, arm_targets: np.ndarray) -> None:
        """
        Go on by 10 ms; at every second call the walking controller decides anew.

        :param twist: base velocity (vx, vy [m/s], wz [rad/s]) to walk with.
        :param arm_targets: positions of the commanded joints [rad], (C,); approached no faster
            than the robot's own limit.
        """
        if self._ticks % round(PERIOD_S / TICK_S) == 0:
            self._decide(np.asarray(twist, float), arm_targets)
        self._ticks += 1
        mujoco.mj_step(self.model, self.data, round(TICK_S / TIMESTEP_S))
        self.scenery.note_contacts()
        self.scenery.advance(TICK_S, self.data.qpos[:2])

    def push(self, velocity: np.ndarray) -> None:
        """Give the robot a velocity (2,) [m/s], world frame, on top of its own."""
        self.data.qvel[:2] += velocity

    def _decide(self, twist: np.ndarray, arm_targets: np.ndarray) -> None:
        self._measure_velocity()
        wished = np.clip(arm_targets, *self._limits)
        self._targets[self._commanded] += np.clip(
            wished - self._targets[self._commanded], -self._reach, self._reach)
        lean = np.zeros_like(self._targets)
        lean[self._waist] = (self._targets - self._neutral)[self._waist]
        targets = self._walker.step(
            twist, self.base_velocity, self.data.qvel[3:6], self._gravity(),
            self.joint_positions - lean, self.joint_velocities) + lean
        sag = self.data.qfrc_bias[self._v[self._arms]] / self._stiffness[self._arms]
        targets[self._arms] = self._targets[self._arms] + sag
        self.data.ctrl[:] = targets

    def _measure_velocity(self) -> None:
        """Follow the true velocity with a filter that takes the sway of each step out."""
        yaw = self.base_pose[2]
        vx, vy = self.data.qvel[:2]
        now = np.array([np.cos(yaw) * vx + np.sin(yaw) * vy,
                        np.cos(yaw) * vy - np.sin(yaw) * vx, self.data.qvel[5]])
        self._velocity += PERIOD_S / 0.5 * (now - self._velocity)

    def _gravity(self) -> np.ndarray:
        rotation = np.zeros(9)
        mujoco.mju_quat2Mat(rotation, self.data.qpos[3:7])
        return -rotation.reshape(3, 3)[2]

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
        return self.data.qpos[self._q]

    @property
    def joint_velocities(self) -> np.ndarray:
        """Return a copy of all joint velocities [rad/s], (J,)."""
        return self.data.qvel[self._v]

    @property
    def base_pose(self) -> np.ndarray:
        """Return x, y [m], yaw [rad] of the pelvis in the world frame."""
        return np.array([*self.data.qpos[:2], yaw_of_quaternion(*self.data.qpos[3:7])])

    @property
    def base_height_m(self) -> float:
        """Return the height of the pelvis [m]."""
        return float(self.data.qpos[2])

    @property
    def base_velocity(self) -> np.ndarray:
        """Return vx, vy [m/s], wz [rad/s] of the pelvis, without the sway of each step."""
        return self._velocity.copy()

    @property
    def arms(self) -> np.ndarray:
        """Return shoulder, elbow and hand of both arms, left first, (2, 3, 3) [m], world."""
        return np.array([[self.data.body(f'{side}_shoulder_roll_link').xpos,
                          self.data.body(f'{side}_elbow_link').xpos,
                          self.data.site(f'{side}_palm').xpos] for side in ('left', 'right')])

    @property
    def is_fallen(self) -> bool:
        """Return whether the robot lies on the floor."""
        return self.base_height_m < FALLEN_BELOW_M
