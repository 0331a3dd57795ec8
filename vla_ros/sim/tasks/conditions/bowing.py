"""Bowing, by how far the waist is bent."""
import numpy as np

from vla_ros.core.goals import Bow
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.arms import have_stayed
from vla_ros.sim.tasks.conditions.moving import stays

BOWED_RAD = np.radians(15)
"""Who is bent further than this bows."""


class HasBowed:
    """The robot is bent forward by the waist where it was, with its arms as they were."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: Bow, scene: Scene, start: np.ndarray):
        self._start = start
        self._first: Body | None = None

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it bows now; asked once per tick."""
        if body.arms is None:
            return False
        self._first = self._first or body
        return bool(body.waist_rad > BOWED_RAD and have_stayed(self._first, body)
                    and stays(self._start, body.pose))
