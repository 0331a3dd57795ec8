"""Two ways to come from the newest messages to one action, without ROS."""
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
import time
from typing import Protocol

import numpy as np

from vla_ros.bench.recorder import Log
from vla_ros.bench.wordings import wordings
from vla_ros.core.policy import Policy
from vla_ros.core.values import ActionChunk, Observation


@dataclass(frozen=True)
class Newest:
    """The newest messages; they are converted when somebody needs them, and not before."""

    image: Callable[[], np.ndarray]
    """Returns (H, W, 3) uint8 RGB."""
    joints: Callable[[], tuple[np.ndarray, np.ndarray]]
    """Returns positions [rad] and velocities [rad/s], each (J,)."""
    image_stamp_s: float
    joint_stamp_s: float


@dataclass(frozen=True)
class Action:
    """What leaves at one tick, and what it was computed from."""

    twist: np.ndarray
    """(6,) [m/s, rad/s]."""
    joints: np.ndarray
    """(C,) [rad]."""
    step_s: float
    """When the joints are to be there, from now [s]."""
    image_stamp_s: float
    joint_stamp_s: float


class Actor(Protocol):
    """Turns newest messages into actions."""

    def begin(self) -> None:
        """Forget what was, for a new voice command has come."""
        ...

    def act(self, now_s: float, newest: Newest) -> Action:
        """Return the next action."""
        ...

    def warm_up(self, times: int) -> None:
        """Infer on nothing, so that the first real answer is not the slowest."""
        ...


class _Inference:
    """A policy that reads the sentence and looks at the image at every call."""

    def __init__(self, policy: Policy, log: Log, period_s: float):
        self._policy, self._log, self._period_s = policy, log, period_s
        self._wordings = wordings()
        self.begin()

    def begin(self) -> None:
        """Forget what was, for a new voice command has come."""
        self._policy.reset('')

    def warm_up(self, times: int) -> None:
        """Infer on nothing, so that the first real answer is not the slowest."""
        rest = np.array(self._policy.description.robot.neutral_position)
        nothing = Newest(lambda: np.zeros((480, 640, 3), np.uint8),
                         lambda: (rest, np.zeros_like(rest)), 0.0, 0.0)
        for _ in range(times):
            self._chunk(time.monotonic(), nothing)

    def _chunk(self, now_s: float, newest: Newest) -> ActionChunk:
        """Return the policy's answer; the sentence is read anew, for it is worded anew."""
        positions, velocities = newest.joints()
        chunk = self._policy.infer(Observation(
            now_s, newest.image(), positions, velocities, next(self._wordings)))
        done_s = time.monotonic()
        self._log.text_encodes_s.append(done_s)
        self._log.vision_encodes_s.append(done_s)
        return chunk


class Reencoding(_Inference):
    """
    Everything anew for every action, as the source document's `process_vla_fusion` does it.

    Of each chunk the base's first twist and the joints' next targets are taken.
    """

    def act(self, now_s: float, newest: Newest) -> Action:
        """Return the action that image, sentence and joints of this instant call for."""
        chunk = self._chunk(now_s, newest)
        later = min(1, len(chunk.joint_targets) - 1)
        return Action(chunk.base_twist[0], chunk.joint_targets[later], chunk.step_s,
                      newest.image_stamp_s, newest.joint_stamp_s)


class Queueing(_Inference):
    """
    The actions of a chunk one after the other, and a new chunk when none is left.

    This is `select_action` of LeRobot's policies, where `n_action_steps` is the whole chunk.
    Between two rows of a chunk goes a straight line, so that the robot moves as fast as was meant
    whatever the rate is.
    """

    def begin(self) -> None:
        """Forget what was, for a new voice command has come."""
        super().begin()
        self._actions: deque[Action] = deque()

    def act(self, now_s: float, newest: Newest) -> Action:
        """Return the next action of the queue, which is filled first if it is empty."""
        if not self._actions:
            chunk = self._chunk(now_s, newest)
            self._actions.extend(
                Action(twist, targets, self._period_s, newest.image_stamp_s, newest.joint_stamp_s)
                for twist, targets in zip(*rows_at(chunk, self._period_s), strict=True))
        return self._actions.popleft()


def rows_at(chunk: ActionChunk, period_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Return base twists (N, 6) and joint targets (N, C) of a whole chunk, `period_s` apart."""
    at = np.arange(0.0, len(chunk.base_twist) - 1e-9, period_s / chunk.step_s)
    low = at.astype(int)
    high = np.minimum(low + 1, len(chunk.base_twist) - 1)
    share = (at - low)[:, None]
    return tuple(rows[low] + share * (rows[high] - rows[low])
                 for rows in (chunk.base_twist, chunk.joint_targets))
