"""What the robot's own controllers do with commands: time-outs and interpolation."""
import math
import threading

import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import Trajectory


class RobotInterface:
    """
    Follows twists until they time out, and joint trajectories point by point.

    Written by the executor's thread and read by the simulator's. Times are steady.
    """

    def __init__(self, robot: RobotDescription, timeout_s: float):
        self.timeout_s = timeout_s
        self._index = {name: i for i, name in enumerate(robot.commanded_joints)}
        self._lock = threading.Lock()
        self._twist, self._heard_s = np.zeros(3), -math.inf
        rest = robot.of_commanded('neutral_position')
        self._times_s, self._points = np.array([0.0]), rest[None]

    def put_twist(self, twist: np.ndarray, now_s: float) -> None:
        """
        Take a twist (6,).

        :raises InvalidValueError: if it is not finite; the base then times out.
        """
        if not np.isfinite(twist).all():
            raise InvalidValueError('cmd_vel: not finite')
        with self._lock:
            self._twist, self._heard_s = np.asarray(twist, float)[[0, 1, 5]], now_s

    def put_trajectory(self, trajectory: Trajectory, now_s: float) -> None:
        """
        Take a trajectory that starts now, from wherever the joints are being sent.

        :raises InvalidValueError: if it names an unknown joint, is empty or not finite, or its
            times don't rise.
        """
        if unknown := set(trajectory.joint_names) - self._index.keys():
            raise InvalidValueError(f'joint_trajectory: unknown joints {sorted(unknown)}')
        if not len(trajectory.times_s) or not np.isfinite(trajectory.positions).all():
            raise InvalidValueError('joint_trajectory: empty or not finite')
        if not trajectory.is_rising:
            raise InvalidValueError("joint_trajectory: times that don't rise from zero: "
                                    f'{trajectory.times_s.tolist()}')
        columns = [self._index[name] for name in trajectory.joint_names]
        with self._lock:
            start = self._targets_at(now_s)
            points = np.tile(start, (len(trajectory.times_s), 1))
            points[:, columns] = trajectory.positions
            self._points = np.vstack([start, points])
            self._times_s = now_s + np.concatenate([[0.0], trajectory.times_s])

    def twist_at(self, now_s: float) -> np.ndarray:
        """Return the twist (3,) to walk with; zero after the time-out."""
        with self._lock:
            return self._twist if now_s - self._heard_s <= self.timeout_s else np.zeros(3)

    def targets_at(self, now_s: float) -> np.ndarray:
        """Return the joint targets (C,) for now."""
        with self._lock:
            return self._targets_at(now_s)

    def _targets_at(self, now_s: float) -> np.ndarray:
        after = max(1, int(np.searchsorted(self._times_s, now_s, side='right')))
        if after == len(self._times_s):
            return self._points[-1].copy()
        start_s, end_s = self._times_s[after - 1:after + 1]
        share = (now_s - start_s) / (end_s - start_s)
        return self._points[after - 1] + share * (self._points[after] - self._points[after - 1])
