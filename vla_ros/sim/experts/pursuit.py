"""One goal pursued in one world by the experts' laws; the truth about the scene is known."""
import numpy as np

from vla_ros.core.geometry import points_in, pose_in, wrap_angle
from vla_ros.core.goals import Goal, GoTo, Move, Visit
from vla_ros.sim.experts.chunks import (
    goto_chunk,
    home_chunk,
    HORIZON,
    move_chunk,
    Targets,
    wish_of,
)
from vla_ros.sim.experts.motion import has_arrived
from vla_ros.sim.sight import Sight
from vla_ros.sim.world import World

_STILL_S = 0.8


class Pursuit:
    """
    Asked once per tick what to do next.

    It goes to the first thing that it saw and that the goal may mean, wherever that is now.
    """

    def __init__(self, world: World, sight: Sight, goal: Goal | None, patience_s: float = np.inf):
        self._world, self._sight, self._goal = world, sight, goal
        self._start = self._last = world.base_pose
        self._turned = 0.0
        self._target: int | None = None
        self._has_been_there = False
        self._ends_s = world.time_s + patience_s
        self._moved_s = world.time_s

    def chunk(self) -> np.ndarray:
        """Return base twists (K, 3) for the next moments."""
        pose = self._world.base_pose
        self._turned += float(wrap_angle(pose[2] - self._last[2]))
        self._last = pose
        match self._goal:
            case GoTo() | Visit() as goal:
                targets = self._targets(pose, goal)
                if self._has_been_there:
                    return home_chunk(points_in(pose, self._start[:2])[None], targets.obstacles)[0]
                return goto_chunk(targets, np.array([self._turned]))[0]
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

    def _targets(self, pose: np.ndarray, goal: GoTo | Visit) -> Targets:
        """Return where the thing is that was seen first, and what is in the way."""
        solids = self._world.scene.solids
        points = points_in(pose, np.array([s.position for s in solids]))
        around = np.column_stack([points, [s.size_m for s in solids]])
        self._look(points, goal)
        if self._target is None:
            return Targets(np.zeros((1, 2)), np.zeros(1), np.array([False]), around[None])
        there, radius = points[self._target], solids[self._target].size_m
        if isinstance(goal, Visit):
            self._has_been_there |= bool(has_arrived(there, radius))
        return Targets(there[None], np.array([radius]), np.array([True]),
                       np.delete(around, self._target, axis=0)[None])

    def _look(self, points: np.ndarray, goal: GoTo | Visit) -> None:
        """Remember the first thing in sight that is meant; of several, the one ahead."""
        solids, visible = self._world.scene.solids, self._sight.visible()
        meant = [i for i, s in enumerate(solids) if visible[i] and s.shape == goal.shape
                 and goal.colour in (None, s.colour)]
        if self._target is None and meant:
            self._target = min(meant, key=lambda i: abs(np.arctan2(*points[i, ::-1])))
