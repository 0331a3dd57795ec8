"""
Leaves of the tree: each is one attempt at one thing, and says in words why it failed.

`initialise` begins (again, after a pause), `update` never blocks and decides by what was
measured, `terminate` leaves the robot standing.
"""
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from py_trees.behaviour import Behaviour
from py_trees.common import Status

from vla_ros.planning.context import Situation
from vla_ros.planning.route import Route
from vla_ros.planning.settings import PlannerSettings

STOP = 'stop'
"""What the policy is told when a subtask ends, however it ends."""
MOMENT_S = 3.0
"""How long "wait" is where more is to be done."""
LOOKS = 6
"""Looks of perception that decide whether something is there."""


@dataclass
class Orders:
    """What is to be sent after one tick."""

    instructions: list[str] = field(default_factory=list)
    """For the policy, in order."""
    twist: np.ndarray | None = None
    """(3,) for the navigation input; None: nobody walks by the map."""
    says: list[str] = field(default_factory=list)
    """For people."""
    route: Route | None = None
    """A new way."""
    goal: np.ndarray | None = None
    """(3,) pose that another navigator is asked to walk to; yaw NaN: any."""
    cancels_goal: bool = False


@dataclass
class Desk:
    """What all leaves of a tree share: the situation of this tick, and what they order."""

    situation: Situation
    settings: PlannerSettings
    orders: Orders = field(default_factory=Orders)
    bumps: list[tuple[float, float, float]] = field(default_factory=list)
    """Discs x, y, radius [m] where the robot could not go on, though nothing was seen."""
    reason: str = ''
    """Why the last leaf that failed did."""

    def stand(self) -> None:
        """Have the policy do nothing."""
        if STOP not in self.orders.instructions[-1:]:
            self.orders.instructions.append(STOP)


class Leaf(Behaviour):
    """A behaviour that knows the desk and fails with a reason."""

    def __init__(self, name: str, desk: Desk):
        super().__init__(name)
        self.desk = desk

    @property
    def situation(self) -> Situation:
        """Return what is known now."""
        return self.desk.situation

    def fails(self, reason: str) -> Status:
        """Return a failure whose reason is kept."""
        self.feedback_message = self.desk.reason = reason
        return Status.FAILURE

    def goes_on(self, message: str = '') -> Status:
        """Return that it is still running."""
        self.feedback_message = message
        return Status.RUNNING


class ProgressWatch:
    """Notices that nothing gets any further, by whatever measures there are."""

    def __init__(self, now_s: float):
        self._best: dict[str, float] = {}
        self._last_s = self._start_s = now_s

    def note(self, now_s: float, least: float, **measures: float) -> None:
        """Take measures that grow with progress; `least` is what counts as growth."""
        for name, value in measures.items():
            if value > self._best.get(name, -np.inf) + least:
                self._best[name] = value
                self._last_s = now_s

    def forgive(self, now_s: float) -> None:
        """Begin to count anew: something else is being tried, or has to be waited for."""
        self._best.clear()
        self._last_s = now_s

    def idle_s(self, now_s: float) -> float:
        """Return for how long nothing has grown."""
        return now_s - self._last_s

    def age_s(self, now_s: float) -> float:
        """Return how long ago it began."""
        return now_s - self._start_s


class Speak(Leaf):
    """Says something; succeeds at once."""

    def __init__(self, name: str, desk: Desk, text: str):
        super().__init__(name, desk)
        self._text = text

    def update(self) -> Status:
        """Return SUCCESS."""
        self.desk.orders.says.append(self._text)
        return Status.SUCCESS


class Linger(Leaf):
    """Stands; succeeds when the time is over that was asked for."""

    def __init__(self, name: str, desk: Desk, duration_s: float | None):
        super().__init__(name, desk)
        self._left_s = MOMENT_S if duration_s is None else duration_s
        self._last_s = None

    def initialise(self) -> None:
        """Go on counting: what was waited before a pause counts."""
        self._last_s = self.situation.now_s

    def update(self) -> Status:
        """Return SUCCESS when it is over."""
        self._left_s -= self.situation.now_s - self._last_s
        self._last_s = self.situation.now_s
        return Status.SUCCESS if self._left_s <= 0 else self.goes_on(f'{self._left_s:.0f} s left')


class Check(Leaf):
    """Succeeds where something holds, fails without a reason where it doesn't."""

    def __init__(self, name: str, desk: Desk, holds: Callable[[], bool]):
        super().__init__(name, desk)
        self._holds = holds

    def update(self) -> Status:
        """Return SUCCESS or FAILURE."""
        return Status.SUCCESS if self._holds() else Status.FAILURE
