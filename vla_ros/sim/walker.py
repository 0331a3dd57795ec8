"""
The walking controller of the simulated G1: a learned gait under a velocity command.

The policy and the order of its inputs are holosoma's `g1_29dof` locomotion policy. Arms are
ours: the policy is shown resting arms, or it would lean against every gesture. The waist is its
own, and what is commanded there comes on top: it is shown the waist without that.
"""
import json

import numpy as np
import onnxruntime

from vla_ros.core.robot import RobotDescription
from vla_ros.sim.assets import walking_policy_file
from vla_ros.sim.g1_model import ARM_DAMPING, ARM_STIFFNESS, PERIOD_S, Servos

_ACTION_SCALE = 0.25
_GAIT_HZ = 1.0
_STANDING_BELOW = 0.02
_VELOCITY_GAIN, _VELOCITY_LEAK = 0.8, 0.02
_CORRECTION_MAX = np.array([0.25, 0.2, 0.25])


def arms_of(robot: RobotDescription) -> np.ndarray:
    """Return which joints are commanded instead of the walking controller, (arms,)."""
    return np.array([i for i in robot.commanded_index if i not in waist_of(robot)], int)


def waist_of(robot: RobotDescription) -> np.ndarray:
    """Return which joints are commanded on top of the walking controller, (waist,)."""
    return np.array([i for i in robot.commanded_index
                     if robot.joint_names[i].startswith('waist')], int)


class Walker:
    """Turns velocity commands into joint targets, one gait step of 20 ms after another."""

    def __init__(self, robot: RobotDescription):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(walking_policy_file()), options, providers=['CPUExecutionProvider'])
        meta = self._session.get_modelmeta().custom_metadata_map
        self._arms = arms_of(robot)
        self._default = np.array(robot.neutral_position)
        stiffness, damping = (np.array(json.loads(meta[key])) for key in ('kp', 'kd'))
        stiffness[self._arms], damping[self._arms] = ARM_STIFFNESS, ARM_DAMPING
        self.servos = Servos(stiffness, damping)
        self.reset()

    def reset(self) -> None:
        """Stand at rest."""
        self._last_action = np.zeros(len(self._default))
        self._phase = np.array([0.0, np.pi])
        self._stands = False
        self._correction = np.zeros(3)

    def step(self, command: np.ndarray, velocity: np.ndarray, angular_velocity: np.ndarray,
             gravity: np.ndarray, positions: np.ndarray, velocities: np.ndarray) -> np.ndarray:
        """
        Return the targets of all joints [rad], shape (J,), for the next 20 ms.

        :param command: wished base velocity (vx, vy [m/s], wz [rad/s]).
        :param velocity: true base velocity, same form.
        :param angular_velocity: of the pelvis in its own frame [rad/s], (3,).
        :param gravity: direction of gravity in the pelvis frame, (3,).
        :param positions: of the joints [rad], (J,), without what is commanded of the waist.
        """
        self._advance_phase(command)
        corrected = self._corrected(command, velocity)
        shown = positions - self._default, velocities.copy(), self._last_action.copy()
        for part in shown:
            part[self._arms] = 0
        relative, rates, last = shown
        observation = np.concatenate([
            last, 0.25 * angular_velocity, corrected[2:], corrected[:2], np.cos(self._phase),
            relative, 0.05 * rates, gravity, np.sin(self._phase)])
        action = self._session.run(None, {'actor_obs': observation[None].astype(np.float32)})
        self._last_action = np.clip(action[0][0], -100, 100).astype(float)
        return self._default + _ACTION_SCALE * self._last_action

    def _advance_phase(self, command: np.ndarray) -> None:
        turn = 2 * np.pi * _GAIT_HZ * PERIOD_S
        self._phase = np.fmod(self._phase + turn + np.pi, 2 * np.pi) - np.pi
        if np.abs(command).sum() < _STANDING_BELOW:
            self._phase[:], self._stands = np.pi, True
        elif self._stands:
            self._phase, self._stands = np.array([0.0, np.pi]), False

    def _corrected(self, command: np.ndarray, velocity: np.ndarray) -> np.ndarray:
        """Return the command plus a slow integral of what the gait leaves undone."""
        if self._stands:
            self._correction[:] = 0
            return np.zeros(3)
        self._correction += PERIOD_S * (_VELOCITY_GAIN * (command - velocity)
                                        - _VELOCITY_LEAK * self._correction)
        self._correction = np.clip(self._correction, -_CORRECTION_MAX, _CORRECTION_MAX)
        return np.clip(command + self._correction, -1.0, 1.0)
