"""Moving a thing away, and no other."""
import numpy as np

from vla_ros.core.goals import Push
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body

PUSHED_M = 0.3
"""How far the thing has to be from where it was."""
UNMOVED_M = 0.1
"""How far from where it was every other thing has to stay within."""


class HasPushed:
    """The thing is elsewhere, and the others are where they were; the robot may go on."""

    hold_s, needs_rest = 1.0, False

    def __init__(self, goal: Push, scene: Scene, start: np.ndarray):
        self._places = np.array([s.position for s in scene.solids]).reshape(-1, 2)
        self._is_meant = np.array([s in scene.find_all(goal.shape, goal.colour)
                                   for s in scene.solids], bool)

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is so now."""
        moved_m = np.hypot(*(body.solids - self._places).T)
        return bool(self._is_meant.sum() == 1 and (moved_m[self._is_meant] >= PUSHED_M).all()
                    and (moved_m[~self._is_meant] < UNMOVED_M).all())
