"""
Velocity laws of the experts, for many robots at once.

All positions are seen from the robot's base: x ahead, y left [m]. B robots, M obstacles.
"""
import numpy as np

SPEED_MAX_M_S = 0.5
BACK_MAX_M_S = 0.3
SIDE_MAX_M_S = 0.22
TURN_MAX_RAD_S = 0.7
SEARCH_RAD_S = 0.6
"""An unseen thing is looked for by turning left."""
SEARCH_ENDS_RAD = 2 * np.pi + 0.4
"""After one whole turn there is nothing more to see."""
STAND_OFF_M = 0.42
"""Distance kept between the base and the surface of the thing it goes to."""
HOME_M = 0.3
"""How near to where it began a robot is back."""
BODY_RADIUS_M = 0.36
_ARRIVED_RAD = 0.25
_BEHIND_RAD = 2.4
"""What is further to the right than this is turned to by the left."""
_DISTANCE_DEADBAND_M, _ANGLE_DEADBAND_RAD = 0.07, 0.10


def approach(target: np.ndarray, stop_m: np.ndarray, obstacles: np.ndarray) -> np.ndarray:
    """
    Return twists (B, 3) that lead to a distance from the targets, facing them.

    :param target: (B, 2).
    :param stop_m: distance from the target's centre at which to stand, (B,).
    :param obstacles: (B, M, 3) x, y, radius; NaN where there are fewer.
    """
    distance = np.hypot(target[:, 0], target[:, 1])
    bearing = np.arctan2(target[:, 1], target[:, 0])
    remaining = distance - stop_m
    heading = np.where(remaining > 0.15, _around(bearing, distance, obstacles), bearing)
    # Straight behind, left and right are as good: who learns from both would stand between them.
    heading = np.where(heading < -_BEHIND_RAD, heading + 2 * np.pi, heading)
    turn = np.clip(1.6 * heading, -TURN_MAX_RAD_S, TURN_MAX_RAD_S)
    ahead = np.clip((np.cos(heading) - 0.7) / 0.25, 0, 1)
    speed = np.clip(0.9 * remaining, -0.2, SPEED_MAX_M_S) * ahead
    speed = np.where(np.abs(remaining) < _DISTANCE_DEADBAND_M, 0, speed)
    arrived = (np.abs(remaining) < 2 * _DISTANCE_DEADBAND_M) & (
        np.abs(bearing) < _ANGLE_DEADBAND_RAD)
    turn = np.where(arrived, 0, turn)
    return np.stack([speed, np.zeros_like(speed), turn], axis=1)


def _around(bearing: np.ndarray, distance: np.ndarray, obstacles: np.ndarray) -> np.ndarray:
    """Return headings (B,) past the nearest obstacle that blocks the straight way."""
    if not obstacles.shape[1]:
        return bearing
    away = np.hypot(obstacles[..., 0], obstacles[..., 1])
    angle = np.arctan2(obstacles[..., 1], obstacles[..., 0])
    clearance = obstacles[..., 2] + BODY_RADIUS_M
    offset = (angle - bearing[:, None] + np.pi) % (2 * np.pi) - np.pi
    half = np.arcsin(np.clip(clearance / np.maximum(away, 1e-6), 0, 1))
    blocks = (np.abs(offset) < half) & (away < distance[:, None]) & (away < 2.0)
    blocked = blocks.any(axis=1)
    nearest = np.where(blocks, np.nan_to_num(away, nan=np.inf), np.inf).argmin(axis=1)
    rows = np.arange(len(bearing))
    side = np.where(offset[rows, nearest] > 0, -1.0, 1.0)
    tangent = angle[rows, nearest] + side * half[rows, nearest]
    return np.where(blocked, (tangent + np.pi) % (2 * np.pi) - np.pi, bearing)


def has_arrived(target: np.ndarray, radius_m) -> np.ndarray:
    """Return whether targets (..., 2) of a radius are near enough and ahead."""
    gap = np.hypot(target[..., 0], target[..., 1]) - radius_m - STAND_OFF_M
    bearing = np.arctan2(target[..., 1], target[..., 0])
    return (gap < 2 * _DISTANCE_DEADBAND_M) & (np.abs(bearing) < _ARRIVED_RAD)


def search(turned_rad: np.ndarray) -> np.ndarray:
    """Return twists (B, 3) that look around, once; `turned_rad` (B,) since the command."""
    turn = np.where(np.abs(turned_rad) < SEARCH_ENDS_RAD, SEARCH_RAD_S, 0.0)
    return np.stack([np.zeros_like(turn), np.zeros_like(turn), turn], axis=1)


def displace(remaining: np.ndarray) -> np.ndarray:
    """
    Return twists (B, 3) that make up for what remains of a movement.

    :param remaining: (B, 3) x, y [m] in the base frame now, yaw [rad].
    """
    near = (np.hypot(remaining[:, 0], remaining[:, 1]) < 0.06) & (
        np.abs(remaining[:, 2]) < 0.08)
    low = (-BACK_MAX_M_S, -SIDE_MAX_M_S, -TURN_MAX_RAD_S)
    high = (SPEED_MAX_M_S, SIDE_MAX_M_S, TURN_MAX_RAD_S)
    twist = np.clip(np.array([1.0, 1.0, 1.5]) * remaining, low, high)
    return np.where(near[:, None], 0.0, twist)
