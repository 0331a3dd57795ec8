"""
What became of what was commanded: whether base and joints did it, and whether it leads anywhere.

A base that is told to go and does half of it slips; a joint that stays where it is although it
is sent elsewhere is blocked. The expectation is what was commanded, as slow as a body is.
"""
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from vla_ros.control.settings import FusionSettings
from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.robot import RobotDescription

PLANAR = (0, 1, 5)
"""Where x, y and yaw stand in a twist."""
RESPONSE_S = 0.5
"""How slowly a walking base follows its command [s]."""
WINDOW_S = 0.8
"""Time over which a base is compared with its commands [s]."""
_STEADY = 0.2
"""Part of the greatest speed by which a command may be ahead of the base to be compared."""
_STEADY_SHARE = 0.3
"""Part of the window that has to be steady."""
_TRUSTED = np.array([1.0, 0.0, 1.0])
"""Axes that are compared: sideways no gait does quite what it is told."""
_TOLD = 0.15
"""Part of the greatest speed from which a base counts as told to move."""
_SLIP_BAND = 0.1
_STANDS = 0.02
_NO_PROGRESS = 0.02
_JOINT_STANDS_RAD_S = 0.05


class Finding(Enum):
    """What is found about a command while it is being followed."""

    DOING = 'doing'
    DONE = 'done'
    """The policy says so."""
    SLIPPING = 'slipping'
    """The base does much less than it is told."""
    BLOCKED = 'blocked'
    """A joint stays where it is although it is sent elsewhere."""
    STUCK = 'stuck'
    """The base is told to move, does not, and nothing gets any further."""
    LOST = 'lost'
    """The policy stands without being done: it does not know where to go."""


@dataclass(frozen=True)
class Moment:
    """One tick: what was commanded and what was measured."""

    now_s: float
    twist: np.ndarray
    """(6,) commanded [m/s, rad/s]."""
    targets: np.ndarray
    """(C,) where the commanded joints should be now [rad]."""
    pose: np.ndarray | None
    """(3,) measured x, y [m], yaw [rad]; None without odometry."""
    positions: np.ndarray
    """(C,) where they are [rad]."""
    speeds: np.ndarray
    """(C,) how fast they move [rad/s]."""
    progress: float
    """How far the command is done, 0 to 1, by the policy's account."""


class OutcomeMonitor:
    """Compares commands with what came of them. Owned by one thread."""

    def __init__(self, robot: RobotDescription, settings: Callable[[], FusionSettings]):
        self._now = settings
        self._names = robot.commanded_joints
        self._fastest = _fastest(robot)
        self.reset()

    def reset(self) -> None:
        """Begin anew: another command, or standing."""
        self._moments: deque[_Past] = deque()
        self._expected, self._last_s, self._pose = np.zeros(3), None, None
        self._blocked_since_s: dict[int, float] = {}
        self._slips = False
        self.share: float | None = None
        """How much of what it is told the base does; None where that can't be said."""

    def update(self, moment: Moment) -> tuple[Finding, str]:
        """Take one tick and return what is found, with a word about it."""
        self._follow(moment)
        self.share = self._base_share(moment.now_s)
        if moment.progress >= self._now().done_progress:
            return Finding.DONE, ''
        if joint := self._blocked_joint(moment):
            return Finding.BLOCKED, joint
        if self._is_stuck(moment.now_s):
            return Finding.STUCK, f'no further for {self._now().stuck_time:.1f} s'
        if self.share is not None and self.share < self._slip_share:
            self._slips = True
            return Finding.SLIPPING, f'the base does {max(0.0, self.share):.0%} of what it is told'
        if self.share is not None:
            self._slips = False
        if self._is_lost(moment.now_s):
            return Finding.LOST, 'standing, and not done'
        return Finding.DOING, ''

    @property
    def _slip_share(self) -> float:
        """Return the share below which the base slips: higher while it does, so as not to flap."""
        return self._now().slip_share + _SLIP_BAND * self._slips

    def _follow(self, moment: Moment) -> None:
        """Let the expectation follow the command, and keep both."""
        elapsed_s = 0.0 if self._last_s is None else moment.now_s - self._last_s
        self._last_s = moment.now_s
        told = moment.twist[list(PLANAR)]
        self._expected = told + (self._expected - told) * np.exp(-elapsed_s / RESPONSE_S)
        velocity = self._measured(moment.pose, elapsed_s)
        ahead = np.abs(told - self._expected) / self._fastest
        self._moments.append(_Past(
            moment.now_s, self._expected / self._fastest,
            None if velocity is None else velocity / self._fastest, moment.progress,
            bool(ahead.max() < _STEADY)))
        while moment.now_s - self._moments[0].now_s > max(WINDOW_S, self._now().stuck_time):
            self._moments.popleft()

    def _measured(self, pose: np.ndarray | None, elapsed_s: float) -> np.ndarray | None:
        """Return the velocity (3,) by the way since the last moment; None where it is unknown."""
        last, self._pose = self._pose, pose
        if pose is None or last is None or elapsed_s <= 0.0:
            return None
        return np.array([*points_in(last, pose[:2]), wrap_angle(pose[2] - last[2])]) / elapsed_s

    def _base_share(self, now_s: float) -> float | None:
        """Return the part of the expected motion that was measured, least squares."""
        recent = [m for m in self._lately(now_s, WINDOW_S) if m.velocity is not None]
        steady = [m for m in recent if m.is_steady]
        if not steady or len(steady) < _STEADY_SHARE * len(recent):
            return None
        expected = np.array([m.expected for m in steady]) * _TRUSTED
        measured = np.array([m.velocity for m in steady])
        told = (expected ** 2).sum()
        if told < len(steady) * _TOLD ** 2:
            return None
        return float((expected * measured).sum() / told)

    def _blocked_joint(self, moment: Moment) -> str:
        """Return the name of a joint that has not followed for too long; empty if none."""
        stays = ((np.abs(moment.targets - moment.positions) > self._now().blocked_angle)
                 & (np.abs(moment.speeds) < _JOINT_STANDS_RAD_S))
        self._blocked_since_s = {
            int(i): self._blocked_since_s.get(int(i), moment.now_s) for i in np.flatnonzero(stays)}
        late = [i for i, since_s in self._blocked_since_s.items()
                if moment.now_s - since_s >= self._now().blocked_time]
        return self._names[late[0]] if late else ''

    def _is_stuck(self, now_s: float) -> bool:
        recent = self._lately(now_s, self._now().stuck_time)
        if not recent:
            return False
        told = all(np.abs(m.expected).max() > _TOLD for m in recent[len(recent) // 4:])
        moves = any(m.velocity is None or np.abs(m.velocity).max() > _TOLD for m in recent)
        return told and not moves and max(
            m.progress for m in recent) - recent[0].progress < _NO_PROGRESS

    def _is_lost(self, now_s: float) -> bool:
        recent = self._lately(now_s, self._now().lost_time)
        return bool(recent) and all(
            np.abs(m.expected).max() < _STANDS and m.progress < 0.5 * self._now().done_progress
            for m in recent)

    def _lately(self, now_s: float, span_s: float) -> list['_Past']:
        """Return the moments of the last seconds; none if it has not been that long."""
        if not self._moments or now_s - self._moments[0].now_s < 0.9 * span_s:
            return []
        return [m for m in self._moments if now_s - m.now_s <= span_s]


@dataclass(frozen=True)
class _Past:
    """What is kept of a moment; speeds are parts of the greatest."""

    now_s: float
    expected: np.ndarray
    velocity: np.ndarray | None
    progress: float
    is_steady: bool
    """Whether the base has had time to follow the command."""


def _fastest(robot: RobotDescription) -> np.ndarray:
    """Return the greatest speed along x, y and about z (3,); one where the base has none."""
    fastest = np.ones(6)
    fastest[robot.base_index] = np.maximum(np.abs(robot.base_velocity_min),
                                           robot.base_velocity_max)
    return fastest[list(PLANAR)]
