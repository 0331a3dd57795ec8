"""
The body as a model sees it; training and serving both come here.

How the base has moved since the command was given is part of it: without that, nobody can turn
by ninety degrees or walk two metres.
"""
import numpy as np

from vla_ros.core.geometry import moved, points_in, wrap_angle

MOTION_SIZE = 11


def motion_vector(done: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """
    Return the model's view of a motion, (..., 11), scaled to about one.

    :param done: (..., 3) x, y [m] and yaw [rad] since the command, seen from where it was
        given; yaw counts whole turns.
    :param velocity: (..., 3) vx, vy [m/s], wz [rad/s] in the base frame now.
    """
    x, y, yaw = np.moveaxis(np.asarray(done, float), -1, 0)
    return np.concatenate([
        np.stack([x / 2, y / 2, np.sin(np.pi * x), np.cos(np.pi * x),
                  yaw / np.pi, np.sin(yaw), np.cos(yaw), np.abs(yaw) > 2 * np.pi], axis=-1),
        np.asarray(velocity, float) * (2.0, 4.0, 1.5)], axis=-1)


def joint_vector(positions: np.ndarray, velocities: np.ndarray,
                 neutral: np.ndarray) -> np.ndarray:
    """Return the model's view of joints, (..., 2 J): from rest [rad], a tenth of [rad/s]."""
    return np.concatenate([positions - neutral, 0.1 * velocities], axis=-1)


class MotionSinceCommand:
    """Adds up the motion of the base, from odometry or, without it, from what was commanded."""

    def __init__(self):
        self.reset()

    def reset(self) -> None:
        """Start at zero: a command was given now."""
        self._start: np.ndarray | None = None
        self._last_s: float | None = None
        self._reckoned = np.zeros(3)
        self._last_yaw, self._turned = 0.0, 0.0

    def update(self, now_s: float, pose: np.ndarray | None,
               commanded: np.ndarray) -> np.ndarray:
        """
        Return the motion (3,) since the command.

        :param pose: (3,) of odometry, None where there is none.
        :param commanded: (3,) twist that the base was given since the last call.
        """
        if pose is None:
            pose = self._reckon(now_s, commanded)
        self._last_s = now_s
        if self._start is None:
            self._start, self._last_yaw = np.array(pose, float), pose[2]
        self._turned += float(wrap_angle(pose[2] - self._last_yaw))
        self._last_yaw = pose[2]
        return np.array([*points_in(self._start, pose[:2]), self._turned])

    def _reckon(self, now_s: float, commanded: np.ndarray) -> np.ndarray:
        if self._last_s is not None:
            self._reckoned = moved(self._reckoned, commanded, now_s - self._last_s)
        return self._reckoned
