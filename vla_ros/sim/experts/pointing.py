"""The law of pointing: look for the thing, turn towards it, point at it with a straight arm."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import PointAt, Side
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import arm_for, arms_of, at_rest, commanded_of, straight_chunk
from vla_ros.sim.experts.chunks import HORIZON, seen_after, STEP_S, Targets
from vla_ros.sim.experts.motion import search, TURN_MAX_RAD_S
from vla_ros.sim.experts.reach import direction, in_torso, PELVIS_HEIGHT_M, pointing_arm, shoulder
from vla_ros.sim.experts.situation import Answer, Situation

FACES_RAD = 0.35
"""A thing nearer to straight ahead than this is not turned to."""
_LIFTS_RAD = 0.9
"""From here on the arm goes up while the robot turns."""
_THERE_RAD = 0.1
_KEEPS_RAD = 0.13
"""An arm that is up points on, even if the other is the nearer one, up to this bearing."""


def point_at(robot: RobotDescription, goals: Sequence[PointAt],
             situation: Situation) -> Answer:
    """Return what to do about things to point at."""
    targets = situation.targets
    arms, progress = pointed(robot, [goal.side for goal in goals], situation)
    return Answer(_facing(targets, situation.done[:, 2]), arms, progress)


def pointed(robot: RobotDescription, sides: Sequence[Side | None],
            situation: Situation) -> tuple[np.ndarray, np.ndarray]:
    """Return arms (B, K, C) that point at what is in view and ahead, and the progress (B,)."""
    targets = situation.targets
    points = np.nan_to_num(targets.position)
    arms, rows = arms_of(robot, situation.joint_positions), np.arange(len(points))
    side = arm_for(robot, sides, points, arms, _KEEPS_RAD)
    height = targets.radius_m - PELVIS_HEIGHT_M
    there = in_torso(robot, situation.joint_positions, np.column_stack([points, height]))
    there[side == 1, 1] *= -1
    bearing = np.arctan2(points[:, 1], points[:, 0])
    lifts = targets.is_visible & (np.abs(bearing) < _LIFTS_RAD)
    wished = np.broadcast_to(at_rest(robot), arms.shape).copy()
    wished[rows[lifts], side[lifts]] = pointing_arm(there[lifts])
    pointing = arms[rows, side]
    off = _angle(direction(pointing), there - shoulder(pointing))
    progress = np.where(off < _THERE_RAD, 1.0, 0.9 * (1 - off / np.pi))
    return (commanded_of(robot, straight_chunk(arms, wished), situation.joint_positions),
            np.where(targets.is_visible, progress, 0.0))


def _facing(targets: Targets, turned_rad: np.ndarray) -> np.ndarray:
    """Return base twists (B, K, 3) that turn towards what is in view, or look for it."""
    points, turned, rows = np.nan_to_num(targets.position), turned_rad.copy(), []
    for _ in range(HORIZON):
        twist = search(turned)
        bearing = np.arctan2(points[:, 1], points[:, 0])
        towards = np.clip(1.6 * bearing, -TURN_MAX_RAD_S, TURN_MAX_RAD_S)
        towards = np.where(np.abs(bearing) < FACES_RAD, 0.0, towards)
        twist[:, 2] = np.where(targets.is_visible, towards, twist[:, 2])
        points, turned = seen_after(points, twist), turned + twist[:, 2] * STEP_S
        rows.append(twist)
    return np.stack(rows, axis=1)


def _angle(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the angles [rad] between vectors (B, 3)."""
    cosine = (one * other).sum(axis=1) / np.maximum(
        np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1), 1e-9)
    return np.arccos(np.clip(cosine, -1, 1))
