"""
Two arms of seven joints: postures, straight ways between them, where a hand is.

Both arms are written as left ones: the right one is its mirror image. Lengths are those of
Unitree's model of the G1. B robots, K chunk steps, C commanded joints, J joints.
"""
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Posture, Side
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.chunks import arm_chunk
from vla_ros.sim.experts.waist import with_waist

ARM_JOINTS = ('shoulder_pitch', 'shoulder_roll', 'shoulder_yaw', 'elbow', 'wrist_roll',
              'wrist_pitch', 'wrist_yaw')
ELBOW = 3
RAISED = np.array([-2.6, 0.6, 0.0, 1.3, 0.0, 0.0, 0.0])
SPREAD = np.array([0.0, 1.5, 0.0, 1.5, 0.0, 0.0, 0.0])
WAVING = np.array([0.0, 1.25, 1.3, 0.05, 0.0, 0.0, 0.0])
"""Upper arm to the side, forearm up; the elbow swings about this."""
STRAIGHT_RAD = 1.45
"""Elbow of an arm that points."""
_AHEAD_RAD, _RAISED_RAD = 0.1, 0.5
"""Nearer to straight ahead than this, no arm is the nearer one; arms that differ by more, one of
them is up."""
_MIRROR = np.array([[1, 1, 1, 1, 1, 1, 1], [1, -1, -1, 1, -1, 1, -1]])
_FORMS = {Posture.RAISE: RAISED, Posture.SPREAD: SPREAD, Posture.WAVE: WAVING}


@lru_cache
def arm_columns(robot: RobotDescription) -> np.ndarray:
    """
    Return where the joints of the left and the right arm stand among the commanded, (2, 7).

    :raises ConfigurationError: if the robot has other arms.
    """
    names = [[f'{side}_{joint}_joint' for joint in ARM_JOINTS] for side in ('left', 'right')]
    missing = [n for arm in names for n in arm if n not in robot.commanded_joints]
    if missing:
        raise ConfigurationError(f'{robot.name}: gestures need two arms of seven joints; '
                                 f'not among the commanded joints: {missing}')
    return np.array([[robot.commanded_joints.index(n) for n in arm] for arm in names])


def arms_of(robot: RobotDescription, joints: np.ndarray) -> np.ndarray:
    """Return the arms (B, 2, 7), both as left ones, of what all joints (B, J) do."""
    return joints[:, robot.commanded_index][:, arm_columns(robot)] * _MIRROR


def at_rest(robot: RobotDescription) -> np.ndarray:
    """Return arms at rest (2, 7), both as left ones."""
    return robot.of_commanded('neutral_position')[arm_columns(robot)] * _MIRROR


def arm_for(robot: RobotDescription, sides: Sequence[Side | None], points: np.ndarray,
            arms: np.ndarray, keeps_rad: float = np.inf) -> np.ndarray:
    """
    Return the arm (0 left, 1 right) that reaches or points, (B,): the named one, or the nearer.

    Straight ahead it is the right one, so that nobody hesitates between two; and an arm that is
    up already goes on.

    :param points: (B, 2) where the things are [m].
    :param arms: (B, 2, 7) from `arms_of`.
    :param keeps_rad: beyond this bearing an arm that is up gives way to the nearer one [rad].
    """
    bearing = np.arctan2(points[:, 1], points[:, 0])
    lifted = np.abs(arms - at_rest(robot)).sum(axis=2)
    keeps = (np.abs(lifted[:, 0] - lifted[:, 1]) > _RAISED_RAD) & (np.abs(bearing) < keeps_rad)
    is_right = np.where(keeps, lifted[:, 1] > lifted[:, 0], bearing < _AHEAD_RAD)
    return np.array([right if side is None else side.arms[0]
                     for side, right in zip(sides, is_right, strict=True)], int)


def form_of(robot: RobotDescription, posture: Posture) -> np.ndarray:
    """Return what a posture looks like, (7,), as a left arm."""
    return at_rest(robot)[0] if posture is Posture.LOWER else _FORMS[posture]


def arms_as(robot: RobotDescription, posture: Posture | None) -> np.ndarray:
    """Return commanded joints (C,) with both arms in a posture; None: at rest."""
    if posture is None:
        return robot.of_commanded('neutral_position')
    ways = np.broadcast_to(form_of(robot, posture), (1, 2, 1, 7))
    return commanded_of(robot, ways, np.array(robot.neutral_position)[None])[0, 0]


def kept(robot: RobotDescription, arms: np.ndarray) -> np.ndarray:
    """
    Return the posture (B, 2, 7) that each arm is nearest to: at rest, raised or spread.

    Whoever only kept its joints where they are would drift; these don't.
    """
    known = np.stack([at_rest(robot)[0], RAISED, SPREAD])
    away = np.linalg.norm(arms[:, :, None, :4] - known[:, :4], axis=-1)
    return known[away.argmin(axis=-1)]


def straight_chunk(arms: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """Return ways (B, 2, K, 7) from arms to goals (B, 2, 7), in each arm all joints at once."""
    flat = arm_chunk(arms.reshape(-1, 7), goal.reshape(-1, 7))
    return flat.reshape(*arms.shape[:2], *flat.shape[1:])


def commanded_of(robot: RobotDescription, ways: np.ndarray, joints: np.ndarray,
                 bow_rad: np.ndarray | float = 0.0) -> np.ndarray:
    """
    Return targets (B, K, C) of the commanded joints.

    :param ways: (B, 2, K, 7) of the arms.
    :param joints: (B, J) where all joints are; the waist goes on from there.
    :param bow_rad: how far the waist is to be bent, (B,) or for all.
    """
    rest = robot.of_commanded('neutral_position')
    targets = np.broadcast_to(rest, (len(ways), ways.shape[2], len(rest))).copy()
    for side, columns in enumerate(arm_columns(robot)):
        targets[:, :, columns] = ways[:, side] * _MIRROR[side]
    return with_waist(robot, targets, joints, bow_rad)


def resting(robot: RobotDescription, joints: np.ndarray) -> np.ndarray:
    """Return targets (B, K, C) [rad] that lead the commanded of all joints (B, J) to rest."""
    try:
        arm_columns(robot)
    except ConfigurationError:
        return arm_chunk(joints[:, robot.commanded_index],
                         robot.of_commanded('neutral_position'))
    arms = arms_of(robot, joints)
    rest = np.broadcast_to(at_rest(robot), arms.shape)
    return commanded_of(robot, straight_chunk(arms, rest), joints)
