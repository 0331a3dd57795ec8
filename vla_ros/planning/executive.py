"""
Carrying out a plan: one tree at a time, ticked with what is known, never resumed once ended.

Times are arguments, and every end has a reason in words.
"""
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from py_trees.common import Status
from py_trees.composites import Sequence
from py_trees.display import unicode_tree

from vla_ros.planning.behaviours import Desk, Orders
from vla_ros.planning.context import Situation
from vla_ros.planning.goals import Plan
from vla_ros.planning.settings import PlannerSettings
from vla_ros.planning.tree import tree_of


class PlanState(Enum):
    """What a plan does."""

    IDLE = 'idle'
    """There is none."""
    RUNNING = 'running'
    PAUSED = 'paused'
    DONE = 'done'
    FAILED = 'failed'
    CANCELLED = 'cancelled'


class SubtaskState(Enum):
    """What a subtask does."""

    WAITING = 'waiting'
    RUNNING = 'running'
    DONE = 'done'
    FAILED = 'failed'


_OF_STATUS = {Status.INVALID: SubtaskState.WAITING, Status.RUNNING: SubtaskState.RUNNING,
              Status.SUCCESS: SubtaskState.DONE, Status.FAILURE: SubtaskState.FAILED}


@dataclass(frozen=True)
class Report:
    """What a plan does, for people and programs."""

    command: str
    state: PlanState
    subtasks: tuple[tuple[str, SubtaskState], ...]
    """Each in words, and what it does."""
    current: str
    """What the running leaf does, and how far it is."""
    reason: str
    """Why it ended; empty while it runs, and when it is done."""
    tree: str
    """Drawn with characters."""

    def document(self) -> dict:
        """Return the JSON document, all keys always there."""
        return {'version': 1, 'command': self.command, 'state': self.state.value,
                'reason': self.reason, 'current': self.current,
                'subtasks': [{'words': w, 'state': s.value} for w, s in self.subtasks]}


class Executive:
    """Carries out one plan at a time. Owned by one thread."""

    def __init__(self, settings: PlannerSettings = PlannerSettings()):
        self.settings = settings
        self.state, self.reason = PlanState.IDLE, ''
        self.plan: Plan | None = None
        self._root: Sequence | None = None
        self._desk: Desk | None = None
        self._home: np.ndarray | None = None
        self._final = ((), '')

    def begin(self, plan: Plan, situation: Situation) -> Orders:
        """Carry out a plan from now on; whatever was being done ends here."""
        orders = self._end(PlanState.CANCELLED, 'another command came')
        self.plan, self.state, self.reason = plan, PlanState.RUNNING, ''
        self._home = situation.pose
        self._desk = Desk(situation, self.settings)
        self._root = tree_of(plan.subtasks, self._desk)
        return orders

    def tick(self, situation: Situation) -> Orders:
        """Return what to send now."""
        if self.state is not PlanState.RUNNING:
            return Orders()
        orders = self._renew(situation)
        self._root.tick_once()
        if self._root.status is Status.SUCCESS:
            self._close(PlanState.DONE, '')
        elif self._root.status is Status.FAILURE:
            self._close(PlanState.FAILED, self._desk.reason)
            orders.says.append(self.reason)
        return orders

    def halt(self, reason: str) -> Orders:
        """Stop at once and for good."""
        orders = self._end(PlanState.CANCELLED, reason)
        orders.twist, orders.cancels_goal = np.zeros(3), True
        orders.instructions = [*orders.instructions, 'stop'][-1:]
        return orders

    def pause(self) -> Orders:
        """Stand until `resume`; the subtask that is interrupted begins anew then."""
        if self.state is not PlanState.RUNNING:
            return Orders()
        self.state = PlanState.PAUSED
        orders = self._desk.orders = Orders()
        for leaf in self._running():
            leaf.stop(Status.INVALID)
        orders.twist = np.zeros(3)
        self._desk.stand()
        return orders

    def resume(self) -> bool:
        """Go on after a pause, and return whether there is anything to go on with."""
        if self.state is not PlanState.PAUSED:
            return False
        self.state = PlanState.RUNNING
        return True

    def report(self) -> Report:
        """Return what the plan does."""
        command = self.plan.text if self.plan else ''
        subtasks, tree = self._states() if self._root is not None else self._final
        tip = self._root.tip() if self._root is not None else None
        current = f'{tip.name}: {tip.feedback_message}'.strip(': ') if tip else ''
        return Report(command, self.state, subtasks, current, self.reason, tree)

    def _renew(self, situation: Situation) -> Orders:
        """Put the situation and new, empty orders on the desk."""
        self._desk.situation = replace(situation, home=self._home)
        self._desk.orders = Orders()
        return self._desk.orders

    def _running(self) -> list:
        return [node for node in self._root.iterate()
                if not node.children and node.status is Status.RUNNING]

    def _states(self) -> tuple[tuple[tuple[str, SubtaskState], ...], str]:
        subtasks = tuple((subtask.words, _OF_STATUS[child.status]) for subtask, child in zip(
            self.plan.subtasks, self._root.children, strict=True))
        return subtasks, unicode_tree(self._root, show_status=True)

    def _end(self, state: PlanState, reason: str) -> Orders:
        """Take the tree down, its leaves leaving the robot standing."""
        if self._root is None:
            return Orders()
        orders = self._desk.orders = Orders()
        self._close(state, reason)
        return orders

    def _close(self, state: PlanState, reason: str) -> None:
        self._final = self._states()
        self.state, self.reason = state, reason
        for leaf in self._running():
            leaf.stop(Status.INVALID)
        self._root = None
