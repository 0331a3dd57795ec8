"""Planar poses and angles. A pose is (x [m], y [m], yaw [rad])."""
import numpy as np


def wrap_angle(angle_rad):
    """Return the same angle within [-pi, pi); takes a number or an array."""
    return (np.asarray(angle_rad) + np.pi) % (2 * np.pi) - np.pi


def yaw_of_quaternion(w: float, x: float, y: float, z: float) -> float:
    """Return the rotation about the vertical axis [rad] of a unit quaternion."""
    return float(np.arctan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)))


def pose_in(frame: np.ndarray, pose: np.ndarray) -> np.ndarray:
    """
    Return poses seen from a frame.

    :param frame: pose of the frame, shape (3,).
    :param pose: poses, shape (..., 3), given where `frame` is given.
    """
    frame, pose = np.asarray(frame, float), np.asarray(pose, float)
    xy = points_in(frame, pose[..., :2])
    return np.concatenate([xy, wrap_angle(pose[..., 2:] - frame[2])], axis=-1)


def points_in(frame: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return points (..., 2) [m] as seen from a frame (3,)."""
    cos, sin = np.cos(frame[2]), np.sin(frame[2])
    delta = np.asarray(points, float) - np.asarray(frame, float)[:2]
    return np.stack([cos * delta[..., 0] + sin * delta[..., 1],
                     cos * delta[..., 1] - sin * delta[..., 0]], axis=-1)


def moved(pose: np.ndarray, twist: np.ndarray, duration_s: float) -> np.ndarray:
    """
    Return the pose after following a body-frame twist (vx, vy, wz) for a while.

    The midpoint rule: exact for straight lines and for turning in place.
    """
    x, y, yaw = pose
    middle = yaw + 0.5 * twist[2] * duration_s
    return np.array([
        x + (np.cos(middle) * twist[0] - np.sin(middle) * twist[1]) * duration_s,
        y + (np.sin(middle) * twist[0] + np.cos(middle) * twist[1]) * duration_s,
        wrap_angle(yaw + twist[2] * duration_s)])
