"""A leaf that has the policy walk up to a thing, and perception see whether it got there."""
import numpy as np
from py_trees.common import Status

from vla_ros.core.geometry import points_in
from vla_ros.planning.behaviours import Desk
from vla_ros.planning.context import context_for, SightContext
from vla_ros.planning.goals import Approach, name_of
from vla_ros.planning.policy_state import PolicyWord
from vla_ros.planning.telling import SETTLED_S, Tell

NEAR_M = 1.4
"""A thing that the robot stands before is no further away."""
BEFORE_M, _AHEAD_RAD, _BEFORE_S = 0.85, 0.45, 2.0
"""Where the middle of a thing is that the robot stands before, and how long that is enough."""
_SEEN_S, _JUST_S = 4.0, 1.0
"""Seen longer ago, a thing may be gone; seen just now, it is where it was seen."""


class WalkUp(Tell):
    """Has the policy walk up to a thing; perception, where it runs, has to see it there."""

    def __init__(self, name: str, desk: Desk, approach: Approach):
        super().__init__(name, desk, approach.words)
        self._approach, self._arrived_s = approach, None

    def initialise(self) -> None:
        """Tell it."""
        self._before_since_s = self._arrived_s = None
        super().initialise()

    def update(self) -> Status:
        """Return how it goes; who stands before the thing has arrived, done or not."""
        now_s = self.situation.now_s
        if self._arrived_s is not None:
            is_still = now_s - self._arrived_s >= SETTLED_S
            return Status.SUCCESS if is_still else self.goes_on('there')
        if not self._stands_before():
            self._before_since_s = None
            return super().update()
        if self._before_since_s is None:
            self._before_since_s = now_s
        # Near a thing, a policy may take step after step around it without ever settling.
        says_so = self.is_mine(self.situation.policy) and (
            self.situation.policy.word is PolicyWord.DONE)
        if says_so or now_s - self._before_since_s >= _BEFORE_S:
            self._arrived_s = now_s
            self.desk.stand()
            return self.goes_on('there')
        return super().update()

    def terminate(self, new_status: Status) -> None:
        """Have the policy stand, unless it was told to when it arrived."""
        if self._arrived_s is None:
            super().terminate(new_status)

    def finished(self) -> Status:
        """Return FAILURE where perception runs and sees no such thing near."""
        context = self._context()
        if not context.is_looking or context.pose is None:
            return Status.SUCCESS
        if any(away_m < NEAR_M for away_m, _ in self._seen(context, _SEEN_S)):
            return Status.SUCCESS
        return self.fails(f"I don't see the {name_of(self._approach.thing)} where I am.")

    def _context(self) -> SightContext:
        return context_for(self._approach, self.situation)

    def _stands_before(self) -> bool:
        """Return whether perception sees the thing as near and ahead as it should be."""
        context = self._context()
        return context.is_looking and context.pose is not None and any(
            away_m < BEFORE_M and abs(aside_rad) < _AHEAD_RAD
            for away_m, aside_rad in self._seen(context, _JUST_S))

    def _seen(self, context: SightContext, within_s: float) -> list[tuple[float, float]]:
        """Return how far [m] and how far aside [rad] things are that were seen lately."""
        found = []
        for thing in context.things:
            if self.situation.now_s - thing.seen_s < within_s:
                ahead, left = points_in(context.pose, thing.position)
                found.append((float(np.hypot(ahead, left)), float(np.arctan2(left, ahead))))
        return found

    def lost(self) -> str:
        """Return that nothing was found."""
        return f"I don't find the {name_of(self._approach.thing)}."
