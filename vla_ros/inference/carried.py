"""
What decisions leave to those after them, for one robot.

Models were trained at steps of a fixed length. Whoever decides may do so at another rate, and
irregularly: what is carried therefore advances with time and not with the number of decisions.
Between two steps decisions are made from what the last step left, and leave no memory.
"""
from collections import deque
import math
from typing import Any

import numpy as np

from vla_ros.core.body import MotionSinceCommand

SETTLED_S = 1.0
"""Time at rest [s] after which nothing more is remembered: memories were not trained on standing
for minutes, and what has been done must not fade."""
_SPEED_DECISIONS = 2
"""Over so many decisions speeds of joints are taken. Where commands act about a decision late, a
speed of the moment answers the command before the last, and who follows it turns round at every
decision. Over more of them a speed is late itself: waves died at fifty decisions a second."""
_ON_TIME = 0.95
"""Part of a step after which the next one is due: clocks jitter."""


class Steps:
    """Says which decisions are steps: those about `step_s`, or more, after the step before."""

    def __init__(self, step_s: float):
        self._step_s = step_s
        self.reset()

    def reset(self) -> None:
        """Start anew: the next decision is a step."""
        self._last_s = -math.inf

    def take(self, now_s: float) -> bool:
        """Return whether a decision at `now_s` is a step; if it is, remember when it was."""
        if is_step := now_s - self._last_s >= _ON_TIME * self._step_s:
            self._last_s = now_s
        return is_step


class Carried:
    """One robot's motion, actions and memory since its command."""

    def __init__(self, step_s: float, first_action: np.ndarray, empty: Any):
        """
        Start at nothing.

        :param first_action: (A,) that counts as decided before the first decision.
        :param empty: the model's memory in which nothing is; None: it has none.
        """
        self._step_s, self._first_action, self._empty = step_s, first_action, empty
        self._steps, self._motion = Steps(step_s), MotionSinceCommand()
        self.reset()

    def reset(self) -> None:
        """Forget everything: a command was given now."""
        self.memory = self._empty
        """After the last step."""
        self._steps.reset()
        self._motion.reset()
        self._actions = deque([(-math.inf, self._first_action)])
        self._places: deque[tuple[float, np.ndarray]] = deque()
        self.speeds = np.zeros(0)
        """(J,) how fast joints moved since the decision before the last [rad/s], once noticed."""
        self._rests_since_s = math.inf

    @property
    def last_action(self) -> np.ndarray:
        """Return the action (A,) that was decided last."""
        return self._actions[-1][1]

    def action_before(self, now_s: float) -> np.ndarray:
        """Return the action (A,) that was decided a step before `now_s`, or next before that."""
        until_s = now_s - _ON_TIME * self._step_s
        while len(self._actions) > 1 and self._actions[1][0] <= until_s:
            self._actions.popleft()
        return self._actions[0][1]

    def notice(self, now_s: float, positions: np.ndarray, measured: np.ndarray) -> None:
        """
        Notice where joints (J,) are [rad].

        :param measured: (J,) their speeds at this moment [rad/s], for as long as nothing else is
            known.
        """
        self._places.append((now_s, positions))
        longest_s = (_SPEED_DECISIONS + 1 - _ON_TIME) * self._step_s
        while (len(self._places) > _SPEED_DECISIONS + 1
               or now_s - self._places[0][0] > longest_s):
            self._places.popleft()
        since_s, before = self._places[0]
        is_known = len(self._places) > _SPEED_DECISIONS and now_s > since_s
        self.speeds = (positions - before) / (now_s - since_s) if is_known else measured

    def moved(self, now_s: float, pose: np.ndarray | None, commanded: np.ndarray) -> np.ndarray:
        """Return how the base has moved since the command: see `MotionSinceCommand.update`."""
        return self._motion.update(now_s, pose, commanded)

    def take(self, now_s: float, action: np.ndarray, is_rest: bool, memory: Any) -> None:
        """
        Take what was decided.

        :param action: (A,), row 0 of the answer.
        :param is_rest: whether the whole answer is to stand.
        :param memory: the model's, after this decision; kept if it is a step.
        """
        self._actions.append((now_s, action))
        if not self._steps.take(now_s):
            return
        self._rests_since_s = min(self._rests_since_s, now_s) if is_rest else math.inf
        # The step that is decided now is part of the rest.
        if now_s - self._rests_since_s < SETTLED_S - (2 - _ON_TIME) * self._step_s:
            self.memory = memory
