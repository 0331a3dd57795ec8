"""One goal pursued in one world by the experts' laws; the truth about the scene is known."""
import numpy as np

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.goals import aim_of, Aimed, Goal, GoTo, Move, Stop, Visit
from vla_ros.sim.experts.chunks import home_chunk, Targets
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.meant import meant
from vla_ros.sim.experts.motion import has_arrived
from vla_ros.sim.experts.situation import Answer, Situation
from vla_ros.sim.experts.waist import SINKS_RAD, waist_column
from vla_ros.sim.sight import Sight
from vla_ros.sim.solids import height_of
from vla_ros.sim.world import World

_STILL_S = 0.8
_STILL_RAD = 0.05
"""Arms with less left to go than this in the next second are where they should be."""


class Pursuit:
    """
    Asked once per tick what to do next.

    It goes to the first thing that it saw and that the goal may mean, wherever that is now.
    """

    def __init__(self, world: World, sight: Sight, goal: Goal | None, patience_s: float = np.inf):
        self._world, self._sight, self._goal = world, sight, goal or Stop()
        self._start = self._last = world.base_pose
        self._turned = 0.0
        self._target: int | None = None
        self._has_been_there = False
        self._ends_s = world.time_s + patience_s
        self._moved_s = world.time_s

    def answer(self) -> Answer:
        """Return what to do in the next moments, for one robot (B = 1)."""
        pose, goal = self._world.base_pose, self._goal
        self._turned += float(wrap_angle(pose[2] - self._last[2]))
        self._last = pose
        situation = self._situation(pose)
        if isinstance(goal, Visit):
            answer = self._visited(goal, pose, situation)
        else:
            answer = answer_of(self._world.robot, [goal], situation)
        self._note_motion(answer)
        return answer

    def is_over(self) -> bool:
        """Return whether nothing was left to do for a while, or patience has ended."""
        now_s = self._world.time_s
        return now_s > self._ends_s or now_s - self._moved_s > _STILL_S

    def _note_motion(self, answer: Answer) -> None:
        if answer.base[0, 0].any() or (self._has_arms and self._left_rad(answer) > _STILL_RAD):
            self._moved_s = self._world.time_s

    def _left_rad(self, answer: Answer) -> float:
        """Return how far the joint that has furthest to go is from where it will be."""
        robot = self._world.robot
        left = np.abs(answer.arms[0, -1] - self._world.joint_positions[robot.commanded_index])
        if (waist := waist_column(robot)) is not None:
            left[waist] -= SINKS_RAD
        return float(left.max())

    @property
    def _has_arms(self) -> bool:
        """Return whether the goal asks for anything of the arms."""
        return not isinstance(self._goal, GoTo | Visit | Move | Stop)

    def _visited(self, goal: Visit, pose: np.ndarray, situation: Situation) -> Answer:
        """Return the way there and, from there on, the way back."""
        targets = situation.targets
        if targets.is_visible[0]:
            self._has_been_there |= bool(has_arrived(targets.position, targets.radius_m)[0])
        there = answer_of(self._world.robot, [GoTo(goal.shape, goal.colour)], situation)
        if not self._has_been_there:
            return there
        back = home_chunk(points_in(pose, self._start[:2])[None], targets.obstacles)
        return Answer(back, there.arms, there.progress)

    def _situation(self, pose: np.ndarray) -> Situation:
        done = np.array([*points_in(self._start, pose[:2]), self._turned])
        world = self._world
        return Situation(self._targets(pose), done[None], world.joint_positions[None],
                         world.joint_velocities[None], world.base_velocity[None],
                         np.array([self._displaced_m]))

    @property
    def _displaced_m(self) -> float:
        """Return how far the thing has been moved since it was seen first [m]."""
        if self._target is None:
            return 0.0
        place = self._world.scene.solids[self._target].position
        return float(np.hypot(*np.subtract(place, self._place)))

    def _targets(self, pose: np.ndarray) -> Targets:
        """Return where the thing is that was seen first, and what is in the way."""
        solids = self._world.scene.solids
        points = points_in(pose, np.array([s.position for s in solids]).reshape(-1, 2))
        around = np.column_stack([points, [s.size_m for s in solids]])
        if aim := aim_of(self._goal):
            self._look(points, aim)
        if self._target is None:
            return Targets(np.zeros((1, 2)), np.zeros(1), np.array([False]), around[None],
                           np.zeros(1))
        there, solid = points[self._target], solids[self._target]
        return Targets(there[None], np.array([solid.size_m]), np.array([True]),
                       np.delete(around, self._target, axis=0)[None],
                       np.array([height_of(solid)]))

    def _look(self, points: np.ndarray, aim: Aimed) -> None:
        """Remember the first thing in sight that is meant; of several, the one ahead."""
        if self._target is not None:
            return
        names = [(s.colour, s.shape) for s in self._world.scene.solids]
        candidates = np.flatnonzero(meant(aim, names, points, self._sight.visible()))
        if len(candidates):
            self._target = min(candidates, key=lambda i: abs(np.arctan2(*points[i, ::-1])))
            self._place = self._world.scene.solids[self._target].position
