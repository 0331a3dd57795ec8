"""
Following a route: pure pursuit for a base that steps to all sides, slower in narrow places.

Coulter, Implementation of the Pure Pursuit Path Tracking Algorithm (CMU-RI-TR-92-01, 1992).
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.planning.floor import Floor
from vla_ros.planning.route import Route

_TURNS_FIRST_RAD = 0.8
"""What is further aside is turned to before anything else, but for a step aside."""
_ASIDE_RAD = 1.8
"""What is further aside than that lies behind, where nobody looks: steps there are for
who has no room to turn."""
_STEP_M_S, _HOLD_GAIN = 0.25, 0.8
_LOOKS_ROUND_M = 0.45
"""So near to its end a robot begins to look where it should in the end."""
_TURN_GAIN = 1.6
_WINDOW = 15
"""Points of the route that are looked through for the nearest, from the last one on."""


@dataclass(frozen=True)
class Gait:
    """How fast a route is walked."""

    speed_max_m_s: float = 0.5
    turn_max_rad_s: float = 0.7
    lookahead_m: float = 0.35
    arrived_m: float = 0.2
    """Distance from the goal that counts as there."""
    arrived_rad: float = 0.2
    """Angle from the wanted direction that counts as there."""


@dataclass(frozen=True)
class Step:
    """What a follower wants now."""

    twist: np.ndarray
    """(3,) vx, vy [m/s], wz [rad/s] in the base's frame."""
    is_there: bool
    remaining_m: float
    """Way that is left."""
    aside_m: float
    """How far the robot is from its route."""
    turns: bool = False
    """Whether it turns rather than gets on: progress, though the way does not shrink."""


class Follower:
    """Follows one route. Asked again and again with where the robot is."""

    def __init__(self, route: Route, yaw_rad: float | None = None, gait: Gait = Gait()):
        """
        Begin at the start of a route.

        :param yaw_rad: where to look at its end; None: wherever.
        """
        self.route, self._yaw_rad, self._gait = route, yaw_rad, gait
        pieces = np.linalg.norm(np.diff(route.points, axis=0), axis=1)
        self._left_m = np.concatenate([np.cumsum(pieces[::-1])[::-1], [0.0]])
        self._nearest, self._has_arrived = 0, False

    def step(self, pose: np.ndarray, floor: Floor | None = None) -> Step:
        """Return what to do at a pose (3,), given what stands around."""
        points = self.route.points
        window = points[self._nearest:self._nearest + _WINDOW]
        away = np.linalg.norm(window - pose[:2], axis=1)
        self._nearest += int(away.argmin())
        to_goal_m = float(np.linalg.norm(points[-1] - pose[:2]))
        remaining_m = max(to_goal_m, float(self._left_m[self._nearest]))
        self._has_arrived |= remaining_m <= self._gait.arrived_m
        is_near = self._yaw_rad is not None and remaining_m <= _LOOKS_ROUND_M
        if self._has_arrived or is_near:
            return self._turned(pose, remaining_m, float(away.min()))
        twist = self._pursuit(pose, remaining_m, floor is not None and bool(
            floor.clearance_at(pose[:2]) < floor.body.margin_m))
        if floor is not None:
            twist[:2] *= self._caution(pose, twist, floor)
        ahead, left = points_in(pose, self._ahead())
        return Step(twist, False, remaining_m, float(away.min()),
                    turns=abs(float(np.arctan2(left, ahead))) > _TURNS_FIRST_RAD)

    def points_ahead(self, distance_m: float) -> np.ndarray:
        """Return the route's points (N, 2) from the nearest one on, so far along it."""
        left_m = self._left_m[self._nearest] - self._left_m
        ahead = (left_m >= 0) & (left_m <= distance_m)
        return self.route.points[ahead]

    def _ahead(self) -> np.ndarray:
        """Return the point (2,) that is pursued."""
        return self.points_ahead(self._gait.lookahead_m)[-1] if (
            self._left_m[self._nearest] > self._gait.lookahead_m) else self.route.points[-1]

    def _pursuit(self, pose: np.ndarray, remaining_m: float, is_cramped: bool) -> np.ndarray:
        gait, target = self._gait, points_in(pose, self._ahead())
        bearing = float(np.arctan2(target[1], target[0]))
        turn = float(np.clip(_TURN_GAIN * bearing, -gait.turn_max_rad_s, gait.turn_max_rad_s))
        if abs(bearing) > _ASIDE_RAD:
            # Where there is little room to turn, away from it first, backwards too.
            spot = self._ahead() if is_cramped else self.route.points[self._nearest]
            return np.array([*_towards(pose, spot), turn])
        speed = min(gait.speed_max_m_s, 0.1 + 0.8 * remaining_m)
        if abs(bearing) > _TURNS_FIRST_RAD:
            speed = min(speed, _STEP_M_S)
        # A walker is slower sideways.
        return np.array([speed * np.cos(bearing), min(speed, _STEP_M_S) * np.sin(bearing), turn])

    def _turned(self, pose: np.ndarray, remaining_m: float, aside_m: float) -> Step:
        off = 0.0 if self._yaw_rad is None else float(wrap_angle(self._yaw_rad - pose[2]))
        if self._has_arrived and abs(off) <= self._gait.arrived_rad:
            return Step(np.zeros(3), True, remaining_m, aside_m)
        most = self._gait.turn_max_rad_s
        turn = float(np.clip(_TURN_GAIN * off, -most, most))
        twist = np.array([*_towards(pose, self.route.points[-1]), turn])
        return Step(twist, False, remaining_m, aside_m,
                    turns=abs(off) > self._gait.arrived_rad)

    def _caution(self, pose: np.ndarray, twist: np.ndarray, floor: Floor) -> float:
        """Return the part of the speed that the room ahead allows."""
        body = floor.body
        course = pose[2] + np.arctan2(twist[1], twist[0])
        ahead = pose[:2] + 0.25 * np.array([np.cos(course), np.sin(course)])
        room = float(floor.clearance_at(ahead)) - 0.5 * body.radius_m
        return float(np.clip(room / body.margin_m, 0.35, 1.0))


def _towards(pose: np.ndarray, spot: np.ndarray) -> np.ndarray:
    """Return the velocity (2,) in the base's frame that brings it to a spot and holds it there."""
    wish = _HOLD_GAIN * points_in(pose, spot)
    return wish * min(1.0, _STEP_M_S / max(float(np.hypot(*wish)), 1e-6))


def is_blocked(floor: Floor, points: np.ndarray) -> bool:
    """Return whether the robot doesn't fit at one of some points (N, 2) of its way."""
    return bool(blocks(floor, points).any())


def blocks(floor: Floor, points: np.ndarray) -> np.ndarray:
    """Return at which points (N, 2) of its way the robot doesn't fit, (N,) bool."""
    # A cell of tolerance: a route keeps exactly the distance that is needed.
    return floor.clearance_at(points) < floor.body.radius_m - floor.grid.resolution_m
