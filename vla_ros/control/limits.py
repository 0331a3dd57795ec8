"""
The guard: the one place that every outgoing number passes.

Numbers are checked to BE numbers before anything is clamped (a clamped NaN is full speed).
"""
import numpy as np

from vla_ros.core.robot import RobotDescription


class BaseLimiter:
    """Keeps base twists within velocity and acceleration. Owned by one thread."""

    def __init__(self, robot: RobotDescription):
        self._axes = robot.base_index
        self._low, self._high = np.array(robot.base_velocity_min), np.array(
            robot.base_velocity_max)
        self._acceleration = np.array(robot.base_acceleration_max)
        self.stop()

    def stop(self) -> None:
        """Stand at once: stopping is never slewed."""
        self._last = np.zeros(len(self._axes))

    def limit(self, twist: np.ndarray, duration_s: float,
              share: float = 1.0) -> tuple[np.ndarray, bool]:
        """
        Return a twist (6,) that the base may follow, and whether it differs from the wish.

        :param twist: (6,), finite; axes that the base does not have become zero.
        :param duration_s: time since the last call [s].
        :param share: how much of the speed is allowed, 0 to 1.
        """
        wished = twist[self._axes]
        allowed = np.clip(wished, share * self._low, share * self._high)
        step = self._acceleration * duration_s
        self._last = np.clip(allowed, self._last - step, self._last + step)
        limited = np.zeros(6)
        limited[self._axes] = self._last
        return limited, bool(np.abs(limited - twist).max() > 1e-9)


class JointLimiter:
    """Keeps joint trajectories within positions and speeds. Without state."""

    def __init__(self, robot: RobotDescription):
        self._low, self._high = (robot.of_commanded(n) for n in ('position_min', 'position_max'))
        self._speed = robot.of_commanded('velocity_max')

    def limit(self, points: np.ndarray, times_s: np.ndarray,
              now: np.ndarray) -> tuple[np.ndarray, bool]:
        """
        Return points (P, C) that the joints can follow, and whether any differs.

        :param points: (P, C) [rad], finite.
        :param times_s: (P,) [s] from now.
        :param now: (C,) measured positions [rad].
        """
        wished = np.clip(points, self._low, self._high)
        limited, last, last_s = np.empty_like(wished), now, 0.0
        for index, (point, at_s) in enumerate(zip(wished, times_s, strict=True)):
            reach = self._speed * (at_s - last_s)
            last, last_s = np.clip(point, last - reach, last + reach), at_s
            limited[index] = np.clip(last, self._low, self._high)
        return limited, bool(np.abs(limited - points).max(initial=0.0) > 1e-9)
