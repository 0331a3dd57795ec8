"""Gestures and pointing, by where shoulders and hands are."""
from collections.abc import Iterable

import numpy as np

from vla_ros.core.goals import Gesture, PointAt, Posture, Side
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.going import bearing
from vla_ros.sim.tasks.conditions.moving import stays

POINTS_WITHIN_RAD = np.radians(10)
"""How far beside a thing an arm may point."""
_POSTURE_RAD = np.radians(35)
"""How far from its ideal an arm in a posture may be."""
_SWINGS, _SWING_M = 4, 0.12
"""So many times a waving hand has gone so far from side to side."""
_EITHER_RAD = 0.15
"""Nearer to straight ahead than this, either arm is the nearer one."""


class IsInPosture:
    """The named arms are in the posture, or have waved; the other arm is as it was."""

    needs_rest = True

    def __init__(self, goal: Gesture, scene: Scene, start: np.ndarray):
        self._goal, self._start = goal, start
        self._waves = {arm: _Swings() for arm in goal.side.arms}
        self._first: Body | None = None
        self.hold_s = 0.0 if goal.posture is Posture.WAVE else goal.hold_s or 1.0

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is so now, and the robot is where it was."""
        return self.is_done(body) and stays(self._start, body.pose)

    def is_done(self, body: Body) -> bool:
        """Return whether the arms do it now, wherever the robot is; asked once per tick."""
        if body.arms is None:
            return False
        ways = directions(body)
        self._first = self._first or body
        others = [arm for arm in Side.BOTH.arms if arm not in self._goal.side.arms]
        has_stayed = have_stayed(self._first, body, others)
        done = [self._does(arm, body, ways[arm]) for arm in self._goal.side.arms]
        return has_stayed and all(done)

    def _does(self, arm: int, body: Body, way: np.ndarray) -> bool:
        match self._goal.posture:
            case Posture.WAVE:
                return self._waves[arm].count(body, arm) >= _SWINGS
            case Posture.RAISE:
                return _angle(way, (0, 0, 1)) < _POSTURE_RAD
            case Posture.SPREAD:
                return _angle(way, (0, 1 - 2 * arm, 0)) < _POSTURE_RAD
            case Posture.LOWER:
                return _angle(way, (0.4, 0, -1)) < _POSTURE_RAD


class PointsAt:
    """A straight line from shoulder to hand meets the thing; the arm is the right one."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: PointAt, scene: Scene, start: np.ndarray):
        self._goal, self._start = goal, start
        solids = scene.find_all(goal.shape, goal.colour)
        self._solid = min(solids, key=lambda s: abs(bearing(s, start)), default=None)

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it points now, and the robot is where it was."""
        return self.is_done(body) and stays(self._start, body.pose)

    def is_done(self, body: Body) -> bool:
        """Return whether it points now, wherever the robot is."""
        if body.arms is None or self._solid is None:
            return False
        there = np.array([*self._solid.position, self._solid.size_m])
        return any(_angle(body.arms[arm, 2] - body.arms[arm, 0], there - body.arms[arm, 0])
                   < POINTS_WITHIN_RAD for arm in self._allowed(body.pose))

    def _allowed(self, pose: np.ndarray) -> tuple[int, ...]:
        """Return the arms that may be used: the named one, or the nearer one."""
        if self._goal.side is not None:
            return self._goal.side.arms
        angle = bearing(self._solid, pose)
        return (0, 1) if abs(angle) < _EITHER_RAD else (int(angle < 0),)


class _Swings:
    """Counts how often a raised hand went from one side to the other."""

    def __init__(self):
        self._swings, self._turned_m, self._way = 0, 0.0, 0

    def count(self, body: Body, arm: int) -> int:
        """Return how many swings there were; a hand that comes down begins anew."""
        shoulder, _, hand = body.arms[arm]
        if hand[2] < shoulder[2]:
            self.__init__()
            return 0
        across = float(np.array([-np.sin(body.pose[2]), np.cos(body.pose[2])])
                       @ (hand - shoulder)[:2])
        if self._way == 0:
            self._way, self._turned_m = 1, across
        if self._way * (across - self._turned_m) > 0:
            self._turned_m = across
        elif abs(across - self._turned_m) > _SWING_M:
            self._swings, self._way, self._turned_m = self._swings + 1, -self._way, across
        return self._swings


def directions(body: Body) -> np.ndarray:
    """Return where both arms go, shoulder to hand, (2, 3), seen from the base."""
    yaw = body.pose[2]
    cos, sin = np.cos(yaw), np.sin(yaw)
    ways = body.arms[:, 2] - body.arms[:, 0]
    return np.column_stack([cos * ways[:, 0] + sin * ways[:, 1],
                            cos * ways[:, 1] - sin * ways[:, 0], ways[:, 2]])


def have_stayed(before: Body, now: Body, arms: Iterable[int] = Side.BOTH.arms) -> bool:
    """Return whether arms are in the posture that they were in, as the torso sees them."""
    was, ways = (_from_torso(body) for body in (before, now))
    return all(_angle(ways[arm], was[arm]) < _POSTURE_RAD for arm in arms)


def _from_torso(body: Body) -> np.ndarray:
    """Return `directions`, (2, 3), as one sees them who is bent by the waist."""
    cos, sin = np.cos(body.waist_rad), np.sin(body.waist_rad)
    x, y, z = directions(body).T
    return np.column_stack([cos * x - sin * z, y, sin * x + cos * z])


def _angle(one, other) -> float:
    """Return the angle [rad] between two vectors (3,)."""
    return float(np.arccos(np.clip(np.dot(one, other) / (
        np.linalg.norm(one) * np.linalg.norm(other)), -1, 1)))
