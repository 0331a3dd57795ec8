"""
The waist: bent forward by who bows, led back upright by everybody else.

Its joint also moves by the gait, and sinks under the weight of torso and arms: the deeper it is
sent, the deeper it sinks. Who led it up from where it is would never get it up with raised arms,
so most of the way up is asked for at once, and the limits of the servo make it smooth.
B robots, K chunk steps, J joints.
"""
from functools import lru_cache

import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.chunks import arm_chunk

WAIST = 'waist_pitch_joint'
BOW_RAD = 0.35
"""How far who bows is bent; it sinks further by its weight: see `SINKS_RAD`."""
SPEED_RAD_S = 0.5
SINKS_RAD = 0.12
"""The waist of who bows is at most so much lower than asked for: 0.05 with the arms at rest."""
NEAR_RAD = 0.08
"""Who has less left to bend than this bows."""
_DOWN_AT_ONCE_RAD, _UP_AT_ONCE_RAD = 0.03, 0.15
"""So much of its way is asked for at once, down and up."""


@lru_cache
def waist_column(robot: RobotDescription) -> int | None:
    """Return where the pitch of the waist stands among the commanded joints; None: it does not."""
    return robot.commanded_joints.index(WAIST) if WAIST in robot.commanded_joints else None


def bent(robot: RobotDescription, joints: np.ndarray) -> np.ndarray:
    """Return how far waists are bent forward from rest, (B,) [rad], of all joints (B, J)."""
    if WAIST not in robot.joint_names:
        return np.zeros(len(joints))
    index = robot.joint_names.index(WAIST)
    return joints[:, index] - robot.neutral_position[index]


def with_waist(robot: RobotDescription, targets: np.ndarray, joints: np.ndarray,
               bow_rad: np.ndarray | float = 0.0) -> np.ndarray:
    """
    Return targets (B, K, C) of the commanded joints with a straight way of the waist.

    :param joints: (B, J) where all joints are.
    :param bow_rad: how far it is to be bent in the end, (B,) or for all.
    """
    if (column := waist_column(robot)) is None:
        return targets
    goal = np.broadcast_to(bow_rad, len(joints))
    left = goal - bent(robot, joints)
    start = goal - np.maximum(left - _DOWN_AT_ONCE_RAD, 0) + np.maximum(
        -left - _UP_AT_ONCE_RAD, 0)
    way = arm_chunk(start[:, None], goal[:, None], SPEED_RAD_S)[..., 0]
    way = way[:, :targets.shape[1]] + robot.of_commanded('neutral_position')[column]
    changed = targets.copy()
    changed[..., column] = way
    return changed
