"""What a judge looks at."""
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Body:
    """A robot at one moment."""

    pose: np.ndarray
    """(3,) x, y [m], yaw [rad] in the world frame."""
    velocity: np.ndarray
    """(3,) vx, vy [m/s], wz [rad/s] in the base frame."""
    arms: np.ndarray | None = None
    """(2, 3, 3) shoulder, elbow and hand of the left and the right arm [m], world frame."""
