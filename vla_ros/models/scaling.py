"""The scale of actions: networks work with numbers about one, robots with m/s and rad."""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.robot import RobotDescription

_JOINT_SCALE_RAD = 0.5


@dataclass(frozen=True)
class ActionScale:
    """What one unit of each action stands for, and where zero is; kept in the checkpoint."""

    offset: np.ndarray
    """(A,) [m/s, rad/s, rad]."""
    scale: np.ndarray
    """(A,) [m/s, rad/s, rad]."""

    @classmethod
    def of(cls, robot: RobotDescription) -> 'ActionScale':
        """Return a scale for a robot: full speed is one, and so is half a radian from rest."""
        neutral = robot.of_commanded('neutral_position')
        return cls(np.concatenate([np.zeros(len(robot.base_axes)), neutral]),
                   np.concatenate([robot.base_velocity_max,
                                   np.full(len(neutral), _JOINT_SCALE_RAD)]))

    def shrink(self, actions: np.ndarray) -> np.ndarray:
        """Return actions (..., A) as the network sees them."""
        return (actions - self.offset) / self.scale

    def stretch(self, outputs: np.ndarray) -> np.ndarray:
        """Return a network's outputs (..., A) as actions."""
        return outputs * self.scale + self.offset
