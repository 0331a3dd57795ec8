"""
Where a hand is, and how to bring it somewhere: the chain from the pelvis to each hand.

Lengths and axes are those of the G1's model. All points are seen from the pelvis, which is taken
to stand upright: x ahead, y left, z up [m]. B robots at a time.
"""
from collections.abc import Mapping
from functools import lru_cache

import mujoco
import numpy as np

from vla_ros.core.goals import Side
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.assets import g1_model_file

PELVIS_HEIGHT_M = 0.78
"""Of the G1 in its gait, on average."""
_HAND = {Side.LEFT: (0.11, -0.01, 0.0), Side.RIGHT: (0.11, 0.01, 0.0)}
"""Middle of the hand in the frame of its last link [m]."""
_STEPS = 8
_DAMPING = 0.03
_ARM_JOINTS = 7
_REACHING = {'shoulder_pitch': -0.5, 'shoulder_roll': 0.15, 'elbow': 0.3}
"""A posture [rad] of the left arm with the hand ahead; what is not named is 0."""
_STIFFNESS = np.array([0.3, 0.3, 0.6, 0.3, 3.0, 3.0, 3.0])
"""How dear it is to leave that posture: wrists hardly turn."""


class Arm:
    """One arm: seven joints that are commanded, after three of the waist."""

    def __init__(self, robot: RobotDescription, side: Side):
        links = _links(f'{side.value}_wrist_yaw_link')
        self._offsets = [np.array(link.pos) for link in links]
        self._axes = np.array([link.joints[0].axis for link in links])
        self._spins = np.array([_spin(axis) for axis in self._axes])
        self._turns = np.array([_matrix(np.array(link.quat)) for link in links])
        names = [link.joints[0].name for link in links]
        self._index = np.array([robot.joint_names.index(name) for name in names])
        self.commanded = np.array([robot.commanded_joints.index(name)
                                   for name in names[-_ARM_JOINTS:]])
        """Where the arm's joints stand among the commanded ones, (7,)."""
        self._low, self._high = (np.array(getattr(robot, limit))[self._index[-_ARM_JOINTS:]]
                                 for limit in ('position_min', 'position_max'))
        self._hand = np.array(_HAND[side])
        sign = 1 if side is Side.LEFT else -1
        self._posture = np.array([_angle(name, sign) for name in names[-_ARM_JOINTS:]])

    def hand(self, joints: np.ndarray) -> np.ndarray:
        """Return where the hand is (B, 3) [m] with all joints at these positions (B, J)."""
        return self._followed(joints[:, self._index])[0]

    def reach(self, points: np.ndarray, joints: np.ndarray) -> np.ndarray:
        """
        Return positions (B, 7) [rad] of the arm that bring its hand to points, or close to them.

        It depends on the points and the waist alone, not on where the arm is. Damped least
        squares towards a posture (Nakamura and Hanafusa, 1986).

        :param points: (B, 3) [m]; joints: (B, J) [rad], of which only the waist counts.
        """
        chain = joints[:, self._index].copy()
        arm = chain[:, -_ARM_JOINTS:]
        arm[:] = self._posture
        for _ in range(_STEPS):
            hand, jacobian = self._followed(chain)
            weighted = jacobian / _STIFFNESS
            pull = np.linalg.solve(weighted @ jacobian.transpose(0, 2, 1)
                                   + _DAMPING ** 2 * np.eye(3), (points - hand)[..., None])
            step = (weighted.transpose(0, 2, 1) @ pull)[..., 0]
            arm[:] = np.clip(arm + np.clip(step, -0.3, 0.3), self._low, self._high)
        return arm

    def _followed(self, chain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the hand (B, 3) and how the arm's joints move it, (B, 3, 7)."""
        place, turn = np.zeros((len(chain), 3)), np.eye(3)
        sin, cos = np.sin(chain)[..., None, None], np.cos(chain)[..., None, None]
        # Rodrigues: a rotation about each joint's axis, behind the link's own.
        turns = self._turns @ (np.eye(3) + sin * self._spins
                               + (1 - cos) * (self._spins @ self._spins))
        places, axes = [], []
        for offset, axis, own in zip(self._offsets, self._axes, turns.swapaxes(0, 1),
                                     strict=True):
            place = place + turn @ offset
            turn = turn @ own
            places.append(place)
            axes.append(turn @ axis)                # which its own rotation leaves as it is
        hand = place + turn @ self._hand
        lever = hand - np.array(places[-_ARM_JOINTS:])
        moves = np.cross(np.array(axes[-_ARM_JOINTS:]), lever)             # (7, B, 3)
        return hand, np.moveaxis(moves, 0, -1)


@lru_cache(maxsize=4)
def arms_of(robot: RobotDescription) -> Mapping[Side, Arm]:
    """
    Return the left and the right arm of the G1.

    :raises MissingDependencyError: if its model is not installed.
    """
    return {side: Arm(robot, side) for side in (Side.LEFT, Side.RIGHT)}


def _links(last: str) -> list:
    """Return the bodies from below the pelvis to the last one."""
    links, spec = [], mujoco.MjSpec.from_file(str(g1_model_file()))
    body = spec.body(last)
    while body.name != 'pelvis':
        links.insert(0, body)
        body = body.parent
    return links


def _angle(joint: str, sign: int) -> float:
    for name, angle in _REACHING.items():
        if name in joint:
            return sign * angle if 'roll' in name else angle
    return 0.0


def _matrix(quaternion: np.ndarray) -> np.ndarray:
    matrix = np.zeros(9)
    mujoco.mju_quat2Mat(matrix, quaternion / np.linalg.norm(quaternion))
    return matrix.reshape(3, 3)


def _spin(axis: np.ndarray) -> np.ndarray:
    """Return the matrix (3, 3) that multiplies by an axis (3,) as the cross product does."""
    x, y, z = axis
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
