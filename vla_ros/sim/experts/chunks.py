"""
Action chunks of the experts: their velocity laws followed into the near future.

The future is kinematic: the base is taken to follow its twist. A chunk is sent again ten times
a second, so only its first rows are ever obeyed to the letter.
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.goals import Move
from vla_ros.sim.experts.motion import approach, displace, HOME_M, search, STAND_OFF_M

HORIZON = 10
STEP_S = 0.1
ARM_SPEED_RAD_S = 1.0
"""How fast arms go back to rest."""


@dataclass(frozen=True)
class Targets:
    """What B robots go to: position, visibility and the obstacles on the way."""

    position: np.ndarray
    """(B, 2) [m] in the base frame."""
    radius_m: np.ndarray
    """(B,) [m]."""
    is_visible: np.ndarray
    """(B,) bool: whether the camera shows it; an absent thing is never visible."""
    obstacles: np.ndarray
    """(B, M, 3) x, y, radius [m]; NaN where there are fewer."""
    height_m: np.ndarray | None = None
    """(B,) of the targets' middles above the floor [m]; None: not known."""

    def of(self, which: np.ndarray) -> 'Targets':
        """Return some of them, (B,) bool or their numbers."""
        return Targets(self.position[which], self.radius_m[which], self.is_visible[which],
                       self.obstacles[which],
                       None if self.height_m is None else self.height_m[which])


def goto_chunk(targets: Targets, turned_rad: np.ndarray) -> np.ndarray:
    """Return base twists (B, K, 3); `turned_rad` (B,) is the angle since the command."""
    stop = targets.radius_m + STAND_OFF_M
    seen = targets.is_visible[:, None]
    points = np.nan_to_num(targets.position)
    obstacles, turned, rows = targets.obstacles.copy(), turned_rad.copy(), []
    for _ in range(HORIZON):
        twist = np.where(seen, approach(points, stop, obstacles), search(turned))
        points = seen_after(points, twist)
        obstacles[..., :2] = seen_after(obstacles[..., :2], twist[:, None])
        turned = turned + twist[:, 2] * STEP_S
        rows.append(twist)
    return np.stack(rows, axis=1)


def home_chunk(home: np.ndarray, obstacles: np.ndarray) -> np.ndarray:
    """
    Return base twists (B, K, 3) that lead back to where robots began.

    :param home: (B, 2) [m] in the base frame; obstacles as in `Targets`.
    """
    points, obstacles, rows = home.copy(), obstacles.copy(), []
    for _ in range(HORIZON):
        twist = approach(points, np.zeros(len(points)), obstacles)
        twist[np.hypot(points[:, 0], points[:, 1]) < HOME_M] = 0.0
        points = seen_after(points, twist)
        obstacles[..., :2] = seen_after(obstacles[..., :2], twist[:, None])
        rows.append(twist)
    return np.stack(rows, axis=1)


def move_chunk(wish: np.ndarray, done: np.ndarray) -> np.ndarray:
    """
    Return base twists (B, K, 3).

    :param wish: (B, 3) x, y [m], yaw [rad] to move, seen from where the command was given.
    :param done: (B, 3) the movement since, seen from there; yaw counts whole turns.
    """
    pose, rows = done.copy(), []
    for _ in range(HORIZON):
        twist = displace(remaining(wish, pose))
        rows.append(twist)
        pose = _after(pose, twist)
    return np.stack(rows, axis=1)


def wish_of(move: Move) -> np.ndarray:
    """Return the pose (3,) that a movement leads to, seen from its start."""
    wish = np.zeros(3)
    axis, sign = move.direction.axis
    wish[axis] = sign * move.distance
    return wish


def remaining(wish: np.ndarray, done: np.ndarray) -> np.ndarray:
    """Return what is left (B, 3), x and y in the base frame now."""
    left = wish - done
    cos, sin = np.cos(done[:, 2]), np.sin(done[:, 2])
    return np.stack([cos * left[:, 0] + sin * left[:, 1],
                     cos * left[:, 1] - sin * left[:, 0], left[:, 2]], axis=1)


def arm_chunk(positions: np.ndarray, goal: np.ndarray,
              speed_rad_s: float = ARM_SPEED_RAD_S) -> np.ndarray:
    """
    Return joint targets (B, K, C) [rad] from `positions` (B, C) to goals (C,) or (B, C).

    All joints are on their way together and get there together: a straight way.
    """
    left = goal - positions
    reach = speed_rad_s * STEP_S * np.arange(1, HORIZON + 1)
    furthest = np.maximum(np.abs(left).max(axis=-1), 1e-9)[:, None]
    share = np.minimum(reach / furthest, 1.0)[..., None]
    return positions[:, None] + share * left[:, None]


def _after(pose: np.ndarray, twist: np.ndarray) -> np.ndarray:
    middle = pose[:, 2] + 0.5 * STEP_S * twist[:, 2]
    cos, sin = np.cos(middle), np.sin(middle)
    step = np.stack([cos * twist[:, 0] - sin * twist[:, 1],
                     sin * twist[:, 0] + cos * twist[:, 1], twist[:, 2]], axis=1)
    return pose + STEP_S * step


def seen_after(points: np.ndarray, twist: np.ndarray) -> np.ndarray:
    """Return points (..., 2) as seen after one step of a twist (..., 3)."""
    angle = twist[..., 2] * STEP_S
    x = points[..., 0] - twist[..., 0] * STEP_S
    y = points[..., 1] - twist[..., 1] * STEP_S
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * x + sin * y, cos * y - sin * x], axis=-1)
