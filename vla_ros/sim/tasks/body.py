"""What a judge looks at."""
from dataclasses import dataclass, field

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
    waist_rad: float = 0.0
    """How far the waist is bent forward from rest [rad]."""
    solids: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    """(S, 2) where the solids of the scene are by now [m], world frame."""
    touches: frozenset[tuple[str, int]] = frozenset()
    """Every touch so far: part of the robot's body, number of the solid."""
    met: frozenset[str] = frozenset()
    """Walls, stands and furniture that the robot ever touched."""
