"""Two things at once, and one after the other."""
import numpy as np

from vla_ros.core.goals import GoTo, InTurn, PointAt, Together
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.arms import IsInPosture, PointsAt
from vla_ros.sim.tasks.conditions.going import IsThere
from vla_ros.sim.tasks.conditions.moving import HasMoved

_WALKS_M_S, _TURNS_RAD_S = 0.1, 0.2
"""Who is faster than this is on the way."""
_MEANWHILE_S = 1.0
"""How long the arms have to do it while the robot is on its way."""


class HasDoneBoth:
    """The robot has walked there, its arms did it on the way and do it still."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: Together, scene: Scene, start: np.ndarray):
        walk = IsThere if isinstance(goal.walk, GoTo) else HasMoved
        self._walk = walk(goal.walk, scene, start)
        self._gesture = IsInPosture(goal.gesture, scene, start)
        self._last_s: float | None = None
        self._both_s = 0.0

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether both are done now."""
        has_walked, gestures = self._walk.holds(body, now_s), self._gesture.is_done(body)
        if self._last_s is not None and gestures and _is_on_its_way(body):
            self._both_s += now_s - self._last_s
        self._last_s = now_s
        return has_walked and gestures and self._both_s >= _MEANWHILE_S


class HasGoneAndDone:
    """The robot stands before the thing and does there what it was told."""

    needs_rest = True

    def __init__(self, goal: InTurn, scene: Scene, start: np.ndarray):
        self._there = IsThere(goal.first, scene, start)
        then = PointsAt if isinstance(goal.then, PointAt) else IsInPosture
        self._then = then(goal.then, scene, start)
        self.hold_s = self._then.hold_s

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is there and does it now."""
        is_done = self._then.is_done(body)
        return self._there.holds(body, now_s) and is_done


def _is_on_its_way(body: Body) -> bool:
    return bool(np.hypot(*body.velocity[:2]) > _WALKS_M_S
                or abs(body.velocity[2]) > _TURNS_RAD_S)
