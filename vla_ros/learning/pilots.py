"""
Two ways to have a policy drive the simulated robot through an episode.

`Stepwise` asks it ten times a second, and what it answers happens. `Live` is the fusion node's
controller at its rates, in simulated time: the camera is late, decisions are made at every command
on the newest joints and on what was seen last, chunks are blended, the guard has the last word,
and the robot follows joint trajectories point by point.
"""
import numpy as np

from vla_ros.control.controller import Controller
from vla_ros.control.eyes import Eyes, two_rate
from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import StaleInputError
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Observation, Trajectory
from vla_ros.sim.env import G1Env, TICK_S
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.robot_interface import RobotInterface

INFERENCE_DELAY_S = 0.06
"""A chunk takes effect this long after its image, as it does on a robot."""
CAMERA_PERIODS = 2
"""Command periods from one image to the next: 25 a second."""
IMAGE_DELAY_S = 0.04
"""From a picture's instant to its features: transport, conversion, encoder."""


class Stepwise:
    """Asks the policy once a tick; a chunk takes effect a little after its image."""

    def __init__(self, env: G1Env, policy: Policy, has_feedback: bool = True):
        self._env, self._policy, self._has_feedback = env, policy, has_feedback
        self._chunk: ActionChunk | None = None
        policy.reset(env.task.instruction)

    def tick(self) -> None:
        """Go on by `TICK_S`."""
        env = self._env
        chunk = self._policy.infer(observed(env.observe(), env.elapsed_s, self._has_feedback))
        for action in tick_actions(env.robot, self._chunk or chunk, chunk, env.elapsed_s):
            env.advance(action)
        self._chunk = chunk


class Live:
    """Makes the robot of an environment do what its episode says, as the fusion node does."""

    def __init__(self, env: G1Env, policy: Policy, settings: FusionSettings = FusionSettings()):
        self._env, self._policy = env, two_rate(policy)
        self.controller = Controller(env.robot, settings)
        self.controller.warmed_up()
        self._eyes = Eyes(self._policy, self.controller.image, self.controller.joints,
                          self.controller.times, lambda frame: frame)
        self._body = RobotInterface(env.robot, TICK_S)
        self._periods, self._shown = 0, []
        self._policy.reset(env.task.instruction)
        self._notice_body(0.0)
        self.controller.instruct(env.task.instruction, 0.0)

    def tick(self) -> None:
        """Go on by `TICK_S`."""
        for _ in range(round(TICK_S / PERIOD_S)):
            self._advance()

    def _advance(self) -> None:
        """Go on by one command period of the simulator's time."""
        now_s = self._periods * PERIOD_S
        self._notice_body(now_s)
        self._notice_images(now_s)
        self._decide(now_s)
        command = self.controller.tick(now_s)
        if command.joint_names:
            self._body.put_trajectory(Trajectory(
                command.joint_names, command.joint_positions, command.joint_times_s), now_s)
        joints = self._body.targets_at(now_s + PERIOD_S / 2)
        self._env.advance(np.concatenate([command.twist[self._env.robot.base_index], joints]))
        self._periods += 1

    def _notice_body(self, now_s: float) -> None:
        world = self._env.world
        self.controller.joints.put((world.joint_positions, world.joint_velocities), now_s)
        self.controller.odometry.put((world.base_pose, world.base_velocity), now_s)

    def _notice_images(self, now_s: float) -> None:
        """Show a picture now and then, and let the eyes have those that have come through."""
        if self._periods % CAMERA_PERIODS == 0:
            self._shown.append((now_s, self._env.render()))
        while self._shown and now_s - self._shown[0][0] > IMAGE_DELAY_S - PERIOD_S / 2:
            taken_s, image = self._shown.pop(0)
            self.controller.picture.see(image, now_s)
            self.controller.image.put(image, now_s, now_s - taken_s)
            self._eyes.look(now_s)

    def _decide(self, now_s: float) -> None:
        told = self.controller.instruction
        try:
            seen = self._eyes.fresh(now_s, self.controller.settings.image_max_age)
        except StaleInputError:
            return                                      # nothing has come through yet
        observation = self.controller.observation(now_s, seen)
        self.controller.accept(self._policy.decide(observation, seen.features), told.number,
                               observation.newest_s)


def tick_actions(robot: RobotDescription, previous: ActionChunk, newest: ActionChunk,
                 now_s: float) -> np.ndarray:
    """Return the actions (n, A) of one tick: the old chunk until the new one is computed."""
    rows = []
    for index in range(round(TICK_S / PERIOD_S)):
        at_s = now_s + index * PERIOD_S
        chunk = newest if index * PERIOD_S >= INFERENCE_DELAY_S else previous
        rows.append(_row_at(robot, chunk, at_s))
    return np.array(rows)


def observed(values: dict, now_s: float, has_feedback: bool = True) -> Observation:
    """Return what an environment shows (`G1Env.observe`) as a policy gets it."""
    return Observation(now_s, values['image'], values['joint_positions'],
                       values['joint_velocities'], values['instruction'],
                       values['base_pose'] if has_feedback else None,
                       values['base_velocity'] if has_feedback else None)


def _row_at(robot: RobotDescription, chunk: ActionChunk, at_s: float) -> np.ndarray:
    """Return the action (A,) that a chunk wishes at an instant; its ends are held."""
    position = np.clip((at_s - chunk.origin_s) / chunk.step_s, 0, len(chunk.base_twist) - 1)
    low = int(position)
    high, share = min(low + 1, len(chunk.base_twist) - 1), position - low
    rows = np.hstack([chunk.base_twist[:, robot.base_index], chunk.joint_targets])
    return (1 - share) * rows[low] + share * rows[high]
