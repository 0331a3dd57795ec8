"""What experts are asked, and what they answer; B robots, K chunk steps, C commanded joints."""
from dataclasses import dataclass

import numpy as np

from vla_ros.sim.experts.chunks import Targets


@dataclass(frozen=True)
class Situation:
    """B robots at one moment, each with a goal: all that an expert needs to know."""

    targets: Targets
    """Where the named things are; goals that name none don't look at it."""
    done: np.ndarray
    """(B, 3) motion of the base since the command, x, y [m], yaw [rad]; yaw counts whole turns."""
    joint_positions: np.ndarray
    """(B, J) [rad]."""
    joint_velocities: np.ndarray
    """(B, J) [rad/s]."""
    base_velocity: np.ndarray | None = None
    """(B, 3) vx, vy [m/s], wz [rad/s] in the base frame; None: they stand."""
    displaced_m: np.ndarray | None = None
    """(B,) how far the named things have been moved since the command; None: not known."""

    def of(self, which: np.ndarray) -> 'Situation':
        """Return the same for some of the robots, (B,) bool or their numbers."""
        return Situation(self.targets.of(which), self.done[which], self.joint_positions[which],
                         self.joint_velocities[which],
                         None if self.base_velocity is None else self.base_velocity[which],
                         None if self.displaced_m is None else self.displaced_m[which])


@dataclass(frozen=True)
class Answer:
    """What to do about it."""

    base: np.ndarray
    """(B, K, 3) twists vx, vy [m/s], wz [rad/s]."""
    arms: np.ndarray
    """(B, K, C) targets of the commanded joints [rad]."""
    progress: np.ndarray
    """(B,) how far the goal is reached, 0 to 1."""
