"""
The law of pushing a thing: up to it, past all others, and on against it; arms at rest.

It stops when the thing has been moved far enough, as far as that is known.
"""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Push
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import resting
from vla_ros.sim.experts.chunks import HORIZON, seen_after, STEP_S, Targets
from vla_ros.sim.experts.going import goto_progress
from vla_ros.sim.experts.motion import approach, search
from vla_ros.sim.experts.situation import Answer, Situation

PUSH_M = 0.4
"""How far a thing is pushed."""
_BEGINS_M = 0.75
"""Distance from its surface at which the way leads straight against it."""
_TOUCHES_M = 0.15
"""Distance of the base from the surface of what legs push."""
_SPEED_M_S, _BACK_M_S, _SIDE_M_S, _TURN_RAD_S = 0.35, 0.3, 0.15, 0.5
_ONLY_BEGUN = 0.5


def push(robot: RobotDescription, goals: Sequence[Push], situation: Situation) -> Answer:
    """Return what to do about things to push."""
    moved_m = np.zeros(len(goals)) if situation.displaced_m is None else situation.displaced_m
    is_done = moved_m >= PUSH_M
    base = push_chunk(situation.targets, situation.done[:, 2])
    base[is_done] = 0.0
    progress = _ONLY_BEGUN * (goto_progress(situation.targets) + np.minimum(moved_m / PUSH_M, 1))
    return Answer(base, resting(robot, situation.joint_positions),
                  np.where(is_done, 1.0, np.minimum(progress, 0.95)))


def push_chunk(targets: Targets, turned_rad: np.ndarray) -> np.ndarray:
    """Return base twists (B, K, 3); `turned_rad` (B,) is the angle since the command."""
    seen, points = targets.is_visible[:, None], np.nan_to_num(targets.position)
    obstacles, turned, rows = targets.obstacles.copy(), turned_rad.copy(), []
    for _ in range(HORIZON):
        twist = np.where(seen, _against(points, targets.radius_m, obstacles), search(turned))
        points = _kept_away(seen_after(points, twist), targets.radius_m + _TOUCHES_M)
        obstacles[..., :2] = seen_after(obstacles[..., :2], twist[:, None])
        turned = turned + twist[:, 2] * STEP_S
        rows.append(twist)
    return np.stack(rows, axis=1)


def _against(points: np.ndarray, radius_m: np.ndarray, obstacles: np.ndarray) -> np.ndarray:
    """Return twists (B, 3) that lead to things and, close to them, straight on."""
    bearing = np.arctan2(points[:, 1], points[:, 0])
    ahead = np.clip((np.cos(bearing) - 0.8) / 0.15, 0, 1)
    straight = np.stack([
        _SPEED_M_S * ahead, ahead * np.clip(points[:, 1], -_SIDE_M_S, _SIDE_M_S),
        np.clip(1.6 * bearing, -_TURN_RAD_S, _TURN_RAD_S)], axis=1)
    gap_m = np.hypot(points[:, 0], points[:, 1]) - radius_m
    straight[gap_m < 0] = -_BACK_M_S, 0.0, 0.0              # it is between the feet
    return np.where((gap_m < _BEGINS_M)[:, None], straight,
                    approach(points, radius_m, obstacles))


def _kept_away(points: np.ndarray, least_m: np.ndarray) -> np.ndarray:
    """Return points (B, 2) no nearer than distances (B,): what is met is pushed along."""
    distance = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-6)
    return points * np.maximum(1.0, least_m / distance)[:, None]
