"""One goal pursued in one world by the experts' laws; the truth about the scene is known."""
import numpy as np

from vla_ros.core.geometry import points_in, pose_in, wrap_angle
from vla_ros.core.goals import Goal, GoTo, Move
from vla_ros.sim.experts.chunks import goto_chunk, HORIZON, move_chunk, Targets, wish_of
from vla_ros.sim.sight import Sight
from vla_ros.sim.world import World

_STILL_S = 0.8


class Pursuit:
    """Asked once per tick what to do next."""

    def __init__(self, world: World, sight: Sight, goal: Goal | None, patience_s: float = np.inf):
        self._world, self._sight, self._goal = world, sight, goal
        self._start = self._last = world.base_pose
        self._turned = 0.0
        self._ends_s = world.time_s + patience_s
        self._moved_s = world.time_s

    def chunk(self) -> np.ndarray:
        """Return base twists (K, 3) for the next moments."""
        pose = self._world.base_pose
        self._turned += float(wrap_angle(pose[2] - self._last[2]))
        self._last = pose
        match self._goal:
            case GoTo() as goto:
                return goto_chunk(self._targets(pose, goto), np.array([self._turned]))[0]
            case Move() as move:
                done = pose_in(self._start, pose)
                done[2] = self._turned
                return move_chunk(wish_of(move)[None], done[None])[0]
            case _:
                return np.zeros((HORIZON, 3))

    def twist(self) -> np.ndarray:
        """Return what to do now, (3,)."""
        twist = self.chunk()[0]
        if twist.any():
            self._moved_s = self._world.time_s
        return twist

    def is_over(self) -> bool:
        """Return whether nothing was left to do for a while, or patience has ended."""
        now_s = self._world.time_s
        return now_s > self._ends_s or now_s - self._moved_s > _STILL_S

    def _targets(self, pose: np.ndarray, goto: GoTo) -> Targets:
        solids = self._world.scene.solids
        points = points_in(pose, np.array([s.position for s in solids]))
        around = np.column_stack([points, [s.size_m for s in solids]])
        wanted = [s.shape == goto.shape and goto.colour in (None, s.colour) for s in solids]
        if not any(wanted):
            return Targets(np.zeros((1, 2)), np.zeros(1), np.array([False]), around[None])
        index = wanted.index(True)
        return Targets(points[index][None], around[index, 2:], self._sight.visible()[[index]],
                       np.delete(around, index, axis=0)[None])
