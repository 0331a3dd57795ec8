"""
The heart of the planner node, without ROS: what was heard and seen in, orders out.

One thread puts everything and ticks; only `decide` may run beside it. Times are arguments.
"""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import GridMap, Place
from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.stop_words import is_stop
from vla_ros.planning.behaviours import Orders
from vla_ros.planning.capabilities import Capabilities, Knowledge
from vla_ros.planning.context import NavigatorState, Situation
from vla_ros.planning.executive import Executive, PlanState
from vla_ros.planning.floor import Body
from vla_ros.planning.goals import Halt, Outcome, Plan, Question, Refusal, Skill
from vla_ros.planning.policy_state import policy_state
from vla_ros.planning.settings import PlannerSettings
from vla_ros.planning.sightings import CameraMount
from vla_ros.planning.surroundings import Surroundings


class Planner:
    """Decides what is said to the policy, to the base and to people. Knows nothing of messages."""

    def __init__(self, mount: CameraMount, settings: PlannerSettings = PlannerSettings(),
                 places: Sequence[Place] = ()):
        """
        Begin with nothing to do.

        :raises ConfigurationError: if a skill is unknown.
        """
        self._skills = skills_of(settings.skills)
        self.executive = Executive(settings)
        self._surroundings = Surroundings(mount)
        self._places = tuple(places)
        self._pose, self._pose_s = None, -np.inf
        self._said, self._progress = '', 0.0
        self._navigator, self._navigator_reason = NavigatorState.IDLE, ''
        self._last: Plan | None = None

    @property
    def settings(self) -> PlannerSettings:
        """Return the settings."""
        return self.executive.settings

    @settings.setter
    def settings(self, settings: PlannerSettings) -> None:
        self.executive.settings = settings

    def put_pose(self, pose: np.ndarray, now_s: float) -> None:
        """Take where the robot is in the map, (3,)."""
        self._pose, self._pose_s = pose, now_s

    def put_map(self, grid: GridMap) -> None:
        """Take a map."""
        self._surroundings.put_map(grid, _body(self.settings))

    def put_places(self, places: Sequence[Place]) -> None:
        """Take places; those of the same name are replaced."""
        known = {place.name: place for place in (*self._places, *places)}
        self._places = tuple(known.values())

    def put_mode(self, said: str) -> None:
        """Take what the fusion node says of itself."""
        self._said, self._progress = said, 0.0

    def put_progress(self, progress: float) -> None:
        """Take how far the policy says it is, from 0 to 1."""
        self._progress = progress

    def put_navigator(self, state: NavigatorState, reason: str = '') -> None:
        """Take what the node does that was asked to walk, and why it failed."""
        self._navigator, self._navigator_reason = state, reason

    def see(self, objects: Sequence[SeenObject], now_s: float) -> None:
        """Take what perception sees now; without odometry nobody knows where that is."""
        if (pose := self._pose_at(now_s)) is not None:
            self._surroundings.see(objects, pose, now_s)

    def see_depth(self, depth: np.ndarray, camera: Intrinsics, now_s: float) -> None:
        """Take a depth image (H, W) [m]."""
        if (pose := self._pose_at(now_s)) is not None:
            self._surroundings.see_depth(depth, camera, pose)

    def forget(self) -> None:
        """Forget what was seen: the clock of its stamps has jumped."""
        self._surroundings.forget()
        self._pose_s = -np.inf

    def knowledge(self) -> Knowledge:
        """Return what a command is read with."""
        capabilities = Capabilities(self._skills, tuple(p.name for p in self._places))
        seen = {thing.name for thing in self._surroundings.things.things}
        return Knowledge(capabilities, tuple(sorted(seen)), self._last)

    def hear(self, text: str) -> Orders | None:
        """Return what a stop word orders, at once; None for what has to be read first."""
        return self.executive.halt('told to stop') if is_stop(text) else None

    def begin(self, outcome: Outcome, now_s: float) -> Orders:
        """Carry out what a command came down to; a question or a refusal changes nothing else."""
        match outcome:
            case Halt():
                return self.executive.halt('told to stop')
            case Question(text) | Refusal(text):
                return Orders(says=[text])
        self._last = outcome if outcome.subtasks else self._last
        self._navigator = NavigatorState.IDLE           # what it did was for the plan before
        orders = self.executive.begin(outcome, self.situation(now_s))
        words = '; '.join(subtask.words for subtask in outcome.subtasks)
        orders.says.append(f'I will: {words}.' if words else "All right, I won't.")
        return orders

    def tick(self, now_s: float) -> Orders:
        """Return what to send now."""
        was_running = self.executive.state is PlanState.RUNNING
        if was_running and self._navigator is NavigatorState.CALLED_OFF:
            orders = self.executive.halt('somebody else called the navigator off')
            orders.says.append('Somebody else called the navigator off, so I stop.')
            return orders
        orders = self.executive.tick(self.situation(now_s))
        if was_running and self.executive.state is PlanState.DONE and self.executive.plan.subtasks:
            orders.says.append('Done.')
        return orders

    def situation(self, now_s: float) -> Situation:
        """Return everything that is known now."""
        things = self._surroundings.things
        return Situation(
            now_s, self._pose_at(now_s), self._surroundings.floor(), self._places,
            things.things, things.looks, things.looked_s,
            policy_state(self._said, self._progress), self._navigator, self._navigator_reason,
            doubts=self._surroundings.doubts())

    def _pose_at(self, now_s: float) -> np.ndarray | None:
        is_fresh = now_s - self._pose_s <= self.settings.odometry_max_age
        return self._pose if is_fresh else None


def skills_of(names: Sequence[str]) -> frozenset[Skill]:
    """
    Return skills by their names.

    :raises ConfigurationError: if a name is unknown; the message lists the known ones.
    """
    known = {skill.value: skill for skill in Skill}
    if unknown := set(names) - known.keys():
        raise ConfigurationError(f'skills: {sorted(unknown)}, expected some of {list(known)}')
    return frozenset(known[name] for name in names)


def _body(settings: PlannerSettings) -> Body:
    return Body(settings.robot_radius, max(settings.robot_margin, settings.robot_radius + 0.01))
