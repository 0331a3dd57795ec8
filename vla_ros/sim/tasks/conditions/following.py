"""Staying near a thing that moves."""
import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import Follow
from vla_ros.sim.experts.motion import STAND_OFF_M
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body

FOLLOW_SLACK_M = 0.75
"""How much further than the expert's stand-off still counts as near."""
FOLLOW_BEARING_RAD = 0.61
FOLLOWED_S, FOLLOWED_M = 8.0, 1.0
"""How long it has to stay near without a break, and how far the thing has to go meanwhile."""


class HasFollowed:
    """The robot has stayed near the thing and faced it while the thing went on."""

    hold_s, needs_rest = 0.0, False

    def __init__(self, goal: Follow, scene: Scene, start: np.ndarray):
        solids = scene.find_all(goal.shape, goal.colour)
        self._number = scene.solids.index(solids[0]) if len(solids) == 1 else None
        self._reach_m = sum(s.size_m for s in solids) + STAND_OFF_M + FOLLOW_SLACK_M
        self._since_s: float | None = None
        self._place, self._followed_m = np.zeros(2), 0.0

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it has by now."""
        if self._number is None:
            return False
        x, y = points_in(body.pose, place := body.solids[self._number])
        if np.hypot(x, y) > self._reach_m or abs(np.arctan2(y, x)) > FOLLOW_BEARING_RAD:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s, self._followed_m, self._place = now_s, 0.0, place
        self._followed_m += float(np.hypot(*(place - self._place)))
        self._place = place
        return now_s - self._since_s >= FOLLOWED_S and self._followed_m >= FOLLOWED_M
