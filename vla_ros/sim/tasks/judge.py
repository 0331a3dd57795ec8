"""
Judges: whether a goal was reached, by the simulator's truth and never by the model's word.

A goal counts as reached when its condition has held, with the robot standing, for
`HOLD_S`. A judge is asked once per tick.
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.goals import Goal, GoTo, Move, Stop, Visit
from vla_ros.sim.experts.chunks import wish_of
from vla_ros.sim.experts.motion import STAND_OFF_M
from vla_ros.sim.scene import Scene, Solid

HOLD_S = 1.0
STANDS_BELOW = np.array([0.08, 0.08, 0.15])
"""Speeds (vx, vy [m/s], wz [rad/s]) of a robot that stands: it sways."""
GOTO_SLACK_M = 0.35
"""How much further than the expert's stand-off still counts as being there."""
GOTO_BEARING_RAD = 0.61
HOME_SLACK_M = 0.5
"""How far from where it began a robot may be to count as back."""
_MILESTONE_M = 0.15


@dataclass(frozen=True)
class Body:
    """What a judge looks at."""

    pose: np.ndarray
    """(3,) x, y [m], yaw [rad] in the world frame."""
    velocity: np.ndarray
    """(3,) vx, vy [m/s], wz [rad/s] in the base frame."""


class Judge:
    """Judges one goal in one scene, from the moment that the command was given."""

    def __init__(self, goal: Goal, scene: Scene, pose: np.ndarray):
        self._goal, self._scene, self._start = goal, scene, np.array(pose, float)
        self._last, self._turned = self._start, 0.0
        self._milestone = self._start[:2]
        self._since_s: float | None = None
        self._has_been_there = False
        self.walked_m = 0.0
        """Length of the way so far [m]."""

    def update(self, body: Body, now_s: float) -> bool:
        """Return whether the goal is reached by now."""
        self._turned += float(wrap_angle(body.pose[2] - self._last[2]))
        self._measure(body.pose[:2])
        self._last = np.array(body.pose, float)
        stands = bool((np.abs(body.velocity) < STANDS_BELOW).all())
        holds = self._holds(body.pose)
        if not (stands and holds):
            self._since_s = None
            return False
        self._since_s = now_s if self._since_s is None else self._since_s
        return now_s - self._since_s >= self._hold_s

    def _measure(self, place: np.ndarray) -> None:
        """Add up the way by milestones: the sway of each step is none of it."""
        step = float(np.hypot(*(place - self._milestone)))
        if step >= _MILESTONE_M:
            self.walked_m += step
            self._milestone = np.array(place)

    @property
    def _hold_s(self) -> float:
        return 3.0 if isinstance(self._goal, Stop) else HOLD_S

    def _holds(self, pose: np.ndarray) -> bool:
        match self._goal:
            case GoTo() as goto:
                return self._is_at(goto, pose)
            case Visit() as visit:
                self._has_been_there |= self._is_at(visit, pose)
                return (self._has_been_there
                        and bool(np.hypot(*(pose[:2] - self._start[:2])) < HOME_SLACK_M))
            case Move() as move:
                return has_moved(move, self._start, pose, self._turned)
            case Stop():
                return bool(np.hypot(*(pose[:2] - self._start[:2])) < 0.3)

    def _is_at(self, goal: GoTo | Visit, pose: np.ndarray) -> bool:
        """Return whether the robot is at the thing: of several, at the one it saw first."""
        solids = self._scene.find_all(goal.shape, goal.colour)
        return bool(solids) and stands_before(
            min(solids, key=lambda s: abs(bearing(s, self._start))), self._scene, pose)


def bearing(solid: Solid, pose: np.ndarray) -> float:
    """Return the angle [rad] to the left at which a robot sees a solid."""
    x, y = points_in(pose, np.array(solid.position))
    return float(np.arctan2(y, x))


def stands_before(solid: Solid, scene: Scene, pose: np.ndarray) -> bool:
    """Return whether a robot is near a solid and faces it, with no nearer one ahead."""
    gap = surface_distance(solid, pose)
    ahead = [surface_distance(other, pose) for other in scene.solids if _is_ahead(other, pose)]
    return bool(_is_ahead(solid, pose) and gap <= STAND_OFF_M + GOTO_SLACK_M
                and gap <= min(ahead))


def _is_ahead(solid: Solid, pose: np.ndarray) -> bool:
    return abs(bearing(solid, pose)) <= GOTO_BEARING_RAD


def surface_distance(solid: Solid, pose: np.ndarray) -> float:
    """Return the distance from the base to the solid's surface [m]."""
    return float(np.hypot(*(np.array(solid.position) - pose[:2])) - solid.size_m)


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
