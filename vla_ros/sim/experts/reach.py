"""Where shoulders and hands are, and which joints let a straight arm point somewhere."""
import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import STRAIGHT_RAD

PELVIS_HEIGHT_M = 0.76
"""How high the pelvis of a G1 that stands is."""
_WAIST = ('waist_yaw_joint', 'waist_roll_joint', 'waist_pitch_joint')
_TORSO = np.array([-0.004, 0.0, 0.044])
"""Of the waist in the pelvis frame [m]."""
_SHOULDER = np.array([0.004, 0.1002, 0.2478])
_SHOULDER_TILT_RAD = 0.2793
"""The axes of a shoulder's pitch lean outwards by this."""
_ROLL = np.array([0.0, 0.038, -0.0138])
_YAW = np.array([0.0, 0.0062, -0.1032])
_ELBOW = np.array([0.0158, 0.0, -0.0805])
_HAND = np.array([0.264, 0.0019, -0.01])
_STRAIGHT = np.array([[0.0, 0.0, 0.0, STRAIGHT_RAD, 0.0, 0.0, 0.0]])
_ROUNDS = 3


def in_torso(robot: RobotDescription, joints: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return points (B, 3) of the pelvis frame as the torso sees them, by the waist's joints."""
    yaw, roll, pitch = (joints[:, robot.joint_names.index(name)] for name in _WAIST)
    points = _turned(points, 2, -yaw) - _TORSO
    return _turned(_turned(points, 0, -roll), 1, -pitch)


def pointing_arm(targets: np.ndarray) -> np.ndarray:
    """
    Return joints (B, 7) of a straight left arm that points at targets.

    :param targets: (B, 3) [m] in the torso frame; mirrored (y) for a right arm.
    """
    arm = np.repeat(_STRAIGHT, len(targets), axis=0)
    along = hand_from_shoulder(_STRAIGHT)[0]
    for _ in range(_ROUNDS):
        wanted = _turned(targets - shoulder(arm), 0, -_SHOULDER_TILT_RAD)
        wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
        arm[:, :2] = _solved(along, wanted)
    return arm


def _solved(along: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return pitch and roll (B, 2) that turn the vector `along` (3,) into directions (B, 3)."""
    across = np.hypot(along[1], along[2])
    cosine = np.clip(np.linalg.norm(along) * wanted[:, 1] / across, -1, 1)
    roll = -np.arccos(cosine) - np.arctan2(along[2], along[1])
    lifted = _turned(np.broadcast_to(along, wanted.shape), 0, roll)
    pitch = (np.arctan2(-wanted[:, 2], wanted[:, 0])
             - np.arctan2(-lifted[:, 2], lifted[:, 0]))
    return np.stack([_wrapped(pitch), _wrapped(roll + _SHOULDER_TILT_RAD)], axis=1)


def shoulder(arm: np.ndarray) -> np.ndarray:
    """Return where the shoulder of left arms (B, 7) is, (B, 3) [m] in the torso frame."""
    offset = _turned(np.broadcast_to(_ROLL, (len(arm), 3)), 1, arm[:, 0])
    return _SHOULDER + _turned(offset, 0, _SHOULDER_TILT_RAD)


def direction(arm: np.ndarray) -> np.ndarray:
    """Return which way left arms (B, 7) point, shoulder to hand: unit (B, 3), torso frame."""
    along = _turned(hand_from_shoulder(arm), 0, arm[:, 1] - _SHOULDER_TILT_RAD)
    along = _turned(_turned(along, 1, arm[:, 0]), 0, _SHOULDER_TILT_RAD)
    return along / np.linalg.norm(along, axis=1, keepdims=True)


def hand_from_shoulder(arm: np.ndarray) -> np.ndarray:
    """Return the hand (B, 3) [m] as seen from a shoulder before it rolls; wrists straight."""
    hand = _ELBOW + _turned(np.broadcast_to(_HAND, (len(arm), 3)), 1, arm[:, 3])
    return _YAW + _turned(hand, 2, arm[:, 2])


def _turned(points: np.ndarray, axis: int, angle) -> np.ndarray:
    """Return points (B, 3) turned about an axis by angles (B,) [rad] or one angle."""
    first, second = (axis + 1) % 3, (axis + 2) % 3
    cos, sin = np.cos(angle), np.sin(angle)
    turned = np.array(points, float)
    turned[:, first] = cos * points[:, first] - sin * points[:, second]
    turned[:, second] = sin * points[:, first] + cos * points[:, second]
    return turned


def _wrapped(angle: np.ndarray) -> np.ndarray:
    return (angle + np.pi) % (2 * np.pi) - np.pi

