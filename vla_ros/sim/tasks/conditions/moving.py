"""Moving by an amount, and staying."""
import numpy as np

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.goals import Move, Stop
from vla_ros.sim.experts.chunks import wish_of
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body

_STAY_M = 0.3
"""How far from its place a robot that stays may be."""


class HasMoved:
    """The robot has moved by the amount, and no more."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: Move, scene: Scene, start: np.ndarray):
        self._goal, self._start = goal, start
        self._yaw, self._turned = start[2], 0.0

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it has moved so by now."""
        self._turned += float(wrap_angle(body.pose[2] - self._yaw))
        self._yaw = body.pose[2]
        return has_moved(self._goal, self._start, body.pose, self._turned)


class Stays:
    """The robot is where it was."""

    hold_s, needs_rest = 3.0, True

    def __init__(self, goal: Stop, scene: Scene, start: np.ndarray):
        self._start = start

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is still there."""
        return stays(self._start, body.pose)


def stays(start: np.ndarray, pose: np.ndarray) -> bool:
    """Return whether a robot is where it began."""
    return bool(np.hypot(*(pose[:2] - start[:2])) < _STAY_M)


def has_moved(move: Move, start: np.ndarray, pose: np.ndarray, turned_rad: float) -> bool:
    """Return whether the amount is right within 15 % (a quarter metre, 12 degrees at least)."""
    wish = wish_of(move)
    done = np.array([*points_in(start, pose[:2]), turned_rad])
    error = np.abs(wish - done)
    if move.direction.is_turn:
        return bool(error[2] < max(0.21, 0.15 * move.distance) and np.hypot(*done[:2]) < 0.5)
    along, across = move.direction.axis[0], 1 - move.direction.axis[0]
    return bool(error[along] < max(0.25, 0.15 * move.distance) and error[across] < 0.4
                and error[2] < 0.35)
