"""What every condition offers to the judge."""
from typing import Protocol

from vla_ros.sim.tasks.body import Body


class Condition(Protocol):
    """The condition of one goal in one scene, from the moment that the command was given."""

    hold_s: float
    """How long it has to hold [s]."""
    needs_rest: bool
    """Whether it counts only while the robot stands."""

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is true now; asked once per tick, whatever happens."""
