"""
The guard: the one place that every outgoing number passes.

Numbers are checked to BE numbers before anything is clamped: a clamped NaN is full speed. What is
too fast is made slower as a whole, so that a way keeps its curve and a trajectory its shape. A
wish for zeros is a stop, and passes at once.

Dimensions: P points of a trajectory, C commanded joints, A base axes.
"""
from collections.abc import Callable
from dataclasses import dataclass
import math

import numpy as np

from vla_ros.control.settings import GuardSettings
from vla_ros.core.errors import InvalidValueError
from vla_ros.core.robot import RobotDescription

STRETCH_MAX = 64.0
"""A trajectory that would have to be this much slower is broken off instead."""
_FURTHER = 2.0 ** np.arange(0.0, 6.01, 0.125)
"""How many times the least stretch is tried, where the least is not enough for the first jerk."""
_PERIOD_MAX_S = 0.2
_SLACK = 1.0 + 1e-6


@dataclass(frozen=True)
class Wish:
    """What somebody wants of the robot now."""

    twist: np.ndarray
    """(6,) linear x y z [m/s], angular x y z [rad/s]."""
    points: np.ndarray | None = None
    """(P, C) [rad]; None: the joints are left alone."""
    times_s: np.ndarray | None = None
    """(P,) [s] from now, strictly rising, above zero."""
    measured: np.ndarray | None = None
    """(C,) where the commanded joints are [rad]; needed with `points`."""
    share: float = 1.0
    """How much of the base's speed is allowed, 0 to 1."""


@dataclass(frozen=True)
class Passed:
    """What the robot may do: every number finite and within the limits."""

    twist: np.ndarray
    """(6,) [m/s, rad/s]."""
    points: np.ndarray | None
    """(P, C) [rad]."""
    times_s: np.ndarray | None
    """(P,) [s] from now."""
    clipped: tuple[str, ...]
    """Which limits changed the wish."""


class Guard:
    """Keeps commands within a robot's limits. Owned by one thread; times are steady."""

    def __init__(self, robot: RobotDescription, settings: Callable[[], GuardSettings]):
        self._settings = settings
        self._base, self._limbs = _Base(robot), _Limbs(robot)
        self._neutral = robot.of_commanded('neutral_position')
        self.clips: dict[str, int] = {}
        """How often each limit changed a wish."""

    def stop(self) -> None:
        """Stand at once: stopping is never slewed."""
        self._base.stop()
        self._limbs.stop()

    def pass_on(self, wish: Wish, now_s: float) -> Passed:
        """
        Return what of a wish the robot may do.

        :raises InvalidValueError: if a number of it is none; nothing may leave then.
        """
        _expect_numbers(wish)
        share = wish.share * self._caution(wish.measured)
        twist, clipped = self._base.limit(wish.twist, now_s, share)
        points, times_s = wish.points, wish.times_s
        if points is not None:
            points, times_s, more = self._limbs.limit(wish, now_s, self._settings().tracking_max)
            clipped += more
        for limit in clipped:
            self.clips[limit] = self.clips.get(limit, 0) + 1
        return Passed(twist, points, times_s, tuple(clipped))

    def _caution(self, measured: np.ndarray | None) -> float:
        """Return how much of the speed is left: less while arms reach out."""
        if measured is None:
            return 1.0
        reach = np.abs(measured - self._neutral).max(initial=0.0)
        settings = self._settings()
        return settings.extended_share if reach > settings.extended_angle else 1.0


class _Base:
    """Velocity and acceleration of the base."""

    def __init__(self, robot: RobotDescription):
        self._axes = robot.base_index
        self._low, self._high = (np.array(v) for v in (
            robot.base_velocity_min, robot.base_velocity_max))
        self._acceleration = np.array(robot.base_acceleration_max)
        self.stop()

    def stop(self) -> None:
        self._last, self._last_s = np.zeros(len(self._axes)), math.inf

    def limit(self, twist: np.ndarray, now_s: float, share: float) -> tuple[
            np.ndarray, list[str]]:
        """Return the twist (6,) that may be followed, and the limits that changed it."""
        period_s = min(max(now_s - self._last_s, 0.0), _PERIOD_MAX_S)
        self._last_s = now_s
        if not twist.any():
            self._last[:] = 0.0                             # zeros mean: stand, now
        wished, clipped = twist[self._axes], []
        allowed = _shrunk(wished, share * self._low, share * self._high)
        if _differ(allowed, wished) or np.count_nonzero(twist) > np.count_nonzero(wished):
            clipped.append('base velocity')
        step = self._acceleration * period_s
        slewed = self._last + _shrunk(allowed - self._last, -step, step)
        if _differ(slewed, allowed):
            clipped.append('base acceleration')
        self._last = slewed
        passed = np.zeros(6)
        passed[self._axes] = slewed
        return passed, clipped


class _Limbs:
    """Position, velocity, acceleration and jerk of the commanded joints."""

    def __init__(self, robot: RobotDescription):
        self._low, self._high, self._velocity, self._acceleration, self._jerk = (
            robot.of_commanded(name) for name in (
                'position_min', 'position_max', 'velocity_max', 'acceleration_max', 'jerk_max'))
        self.stop()

    def stop(self) -> None:
        self._sent: _Sent | None = None

    def limit(self, wish: Wish, now_s: float, tracking_max: float) -> tuple[
            np.ndarray, np.ndarray, list[str]]:
        """Return points (P, C), times (P,) and the limits that changed them."""
        start, speed, period_s = self._where(wish, now_s, tracking_max)
        points = np.clip(wish.points, self._low, self._high)
        clipped = [] if np.array_equal(points, wish.points) else ['joint position']
        way = _Way(start, speed, period_s, points, wish.times_s)
        stretch = self._stretch(way)
        times_s = wish.times_s * stretch
        if stretch > STRETCH_MAX:
            points, times_s = self._braked(way), wish.times_s
            clipped.append('joint brake')
        elif stretch > 1.0:
            clipped.append('joint speed')
        self._sent = _Sent(now_s, start, points, times_s)
        return points, times_s, clipped

    def _where(self, wish: Wish, now_s: float, tracking_max: float) -> tuple[
            np.ndarray, np.ndarray, float]:
        """Return where the joints are being sent now, how fast, and the time to change that."""
        if self._sent is not None:
            position, speed = self._sent.at(now_s)
            if np.abs(position - wish.measured).max(initial=0.0) <= tracking_max:
                period_s = min(max(now_s - self._sent.since_s, 1e-3), _PERIOD_MAX_S)
                return position, speed, period_s
        # From rest, or from arms that don't follow: begin where they are.
        start = np.clip(wish.measured, self._low, self._high)
        return start, np.zeros_like(start), wish.times_s[0]

    def _stretch(self, way: '_Way') -> float:
        """Return by how much a way has to be slowed down; infinite where that is no help."""
        if self._allows(way, 1.0):
            return 1.0
        least, most = self._bounds(way)
        tried = least * _FURTHER
        return next((s for s in tried[tried <= min(most, STRETCH_MAX)] if self._allows(way, s)),
                    math.inf)

    def _bounds(self, way: '_Way') -> tuple[float, float]:
        """
        Return between which stretches everything but the first jerk is allowed.

        The least is exact: slowed down by more, joints would fall behind a way that goes on, and
        stay behind. None is allowed where a joint has to turn round first.
        """
        velocity, acceleration, jerk = way.derivatives(1.0)
        least = max(1.0, (np.abs(velocity) / self._velocity).max(initial=0.0),
                    (np.abs(acceleration[1:]) / self._acceleration).max(initial=0.0) ** (1 / 2),
                    (np.abs(jerk[1:]) / self._jerk).max(initial=0.0) ** (1 / 3))
        # Slowed down, the first velocity has to stay within a change that the joint may make.
        wished, speed = np.abs(velocity[0]), np.where(velocity[0] < 0, -way.speed, way.speed)
        change = self._acceleration * way.period_s
        return (max(least, _shares(wished, speed + change).max(initial=0.0)),
                _shares(wished, speed - change).min(initial=math.inf) * _SLACK)

    def _allows(self, way: '_Way', stretch: float) -> bool:
        velocity, acceleration, jerk = way.derivatives(stretch)
        return bool((np.abs(velocity) <= self._velocity * _SLACK).all()
                    and (np.abs(acceleration) <= self._acceleration * _SLACK).all()
                    and (np.abs(jerk) <= self._jerk * _SLACK).all())

    def _braked(self, way: '_Way') -> np.ndarray:
        """Return points that slow down to a stand as fast as the joints may."""
        points, position, speed = np.empty_like(way.points), way.start, way.speed
        for index, step_s in enumerate(_steps(0.0, way.times_s)):
            pace_s = way.period_s if index == 0 else step_s
            change = self._acceleration * pace_s
            speed = speed - np.clip(speed, -change, change)
            position = np.clip(position + speed * step_s, self._low, self._high)
            points[index] = position
        return points


@dataclass(frozen=True)
class _Sent:
    """The trajectory that the joints follow."""

    since_s: float
    start: np.ndarray
    points: np.ndarray
    times_s: np.ndarray

    def at(self, now_s: float) -> tuple[np.ndarray, np.ndarray]:
        """Return position (C,) and velocity (C,) at an instant."""
        after_s = now_s - self.since_s
        index = int(np.searchsorted(self.times_s, after_s))
        if index == len(self.times_s):
            return self.points[-1], np.zeros_like(self.start)
        from_s = self.times_s[index - 1] if index else 0.0
        before = self.points[index - 1] if index else self.start
        velocity = (self.points[index] - before) / (self.times_s[index] - from_s)
        return before + velocity * (after_s - from_s), velocity


@dataclass(frozen=True)
class _Way:
    """A trajectory and where it begins."""

    start: np.ndarray
    """(C,) [rad]."""
    speed: np.ndarray
    """(C,) [rad/s] now."""
    period_s: float
    """Time in which the speed may change at the beginning [s]."""
    points: np.ndarray
    """(P, C) [rad]."""
    times_s: np.ndarray
    """(P,) [s]."""

    def derivatives(self, stretch: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return velocity (P, C), acceleration (P, C), jerk (P - 1, C), made slower."""
        steps_s = stretch * _steps(0.0, self.times_s)[:, None]
        velocity = _steps(self.start, self.points) / steps_s
        between_s = (steps_s[1:] + steps_s[:-1]) / 2
        acceleration = _steps(self.speed, velocity)
        acceleration[0] /= self.period_s
        acceleration[1:] /= between_s
        return velocity, acceleration, (acceleration[1:] - acceleration[:-1]) / between_s


def _steps(first: np.ndarray | float, values: np.ndarray) -> np.ndarray:
    """Return how much each row differs from the one before; the first, from `first`."""
    steps = values.copy()
    steps[0] -= first
    steps[1:] -= values[:-1]
    return steps


def _shares(values: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Return values (C,) by parts (C,); infinite where a part is not above zero."""
    return np.divide(values, parts, out=np.full_like(values, math.inf), where=parts > 0)


def _expect_numbers(wish: Wish) -> None:
    for name in ('twist', 'points', 'times_s', 'measured'):
        values = getattr(wish, name)
        if values is not None and not np.isfinite(values).all():
            raise InvalidValueError(f'{name}: not finite')


def _differ(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.abs(first - second).max(initial=0.0) > 1e-9)


def _shrunk(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return values (A,) made smaller by one factor, so that they keep their direction."""
    limit = np.where(values < 0, -low, high)
    reachable = np.where(limit > 0, values, 0.0)            # an axis that can't move, doesn't
    excess = np.abs(reachable) / np.where(limit > 0, limit, 1.0)
    return reachable / max(1.0, excess.max(initial=0.0))
