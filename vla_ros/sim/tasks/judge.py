"""
The judge: whether a goal was reached, by the simulator's truth and never by the model's word.

A goal counts as reached when its condition has held for a while. The judge is asked once per
tick.
"""
import numpy as np

from vla_ros.core.goals import Goal
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.of_goal import condition_of

HOLD_S = 1.0
STANDS_BELOW = np.array([0.08, 0.08, 0.15])
"""Speeds (vx, vy [m/s], wz [rad/s]) of a robot that stands: it sways."""
_MILESTONE_M = 0.15


class Judge:
    """Judges one goal in one scene, from the moment that the command was given."""

    def __init__(self, goal: Goal, scene: Scene, pose: np.ndarray):
        start = np.array(pose, float)
        self._condition = condition_of(goal, scene, start)
        self._milestone = start[:2]
        self._since_s: float | None = None
        self.walked_m = 0.0
        """Length of the way so far [m]."""

    def update(self, body: Body, now_s: float) -> bool:
        """Return whether the goal is reached by now."""
        self._measure(body.pose[:2])
        holds = self._condition.holds(body, now_s)
        if not holds or (self._condition.needs_rest and not stands(body)):
            self._since_s = None
            return False
        self._since_s = now_s if self._since_s is None else self._since_s
        return now_s - self._since_s >= self._condition.hold_s

    def _measure(self, place: np.ndarray) -> None:
        """Add up the way by milestones: the sway of each step is none of it."""
        step = float(np.hypot(*(place - self._milestone)))
        if step >= _MILESTONE_M:
            self.walked_m += step
            self._milestone = np.array(place)


def stands(body: Body) -> bool:
    """Return whether a robot stands still."""
    return bool((np.abs(body.velocity) < STANDS_BELOW).all())
