"""Leaves that tell the policy one sentence and follow what becomes of it."""
from collections.abc import Callable

import numpy as np
from py_trees.common import Status

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.goals import Direction
from vla_ros.planning.behaviours import Desk, Leaf, ProgressWatch
from vla_ros.planning.goals import Move, Turn
from vla_ros.planning.policy_state import PolicyState, PolicyWord

_GREW = 0.05
"""What counts as progress: of the policy's own, [m] and [rad]."""
SETTLED_S, _STILL = 1.0, 0.06
"""How long a policy has to say that it is done, and how far [m, rad] it may move meanwhile."""
AT_ONCE = {Direction.FORWARD: 3.0, Direction.BACK: 2.0, Direction.LEFT: 1.5,
           Direction.RIGHT: 1.5, Direction.TURN_LEFT: np.pi, Direction.TURN_RIGHT: np.pi}
"""The most [m, rad] that the policy was trained to move by one sentence."""


class Tell(Leaf):
    """
    Tells the policy one sentence.

    RUNNING while it gets any further; SUCCESS when the policy is done; FAILURE when it is lost,
    stuck or broken, or nothing gets any further: by its progress, by odometry, by what is seen.
    """

    def __init__(self, name: str, desk: Desk, sentence: str):
        super().__init__(name, desk)
        self._sentence = sentence

    def initialise(self) -> None:
        """Tell it."""
        self._watch = ProgressWatch(self.situation.now_s)
        self._walked, self._pose, self._has_answered = 0.0, self.situation.pose, False
        self.tell(self._sentence)

    def tell(self, sentence: str) -> None:
        """Send a sentence; an end of the same one, told before, must not be taken for its own."""
        self._told = sentence
        self._is_heard = self.situation.policy.instruction != sentence
        self._settling = None
        self.desk.orders.instructions.append(sentence)

    def update(self) -> Status:
        """Return how it goes."""
        policy = self.situation.policy
        self._follow(policy)
        if policy.is_broken:
            return self.fails(f'My policy is broken: {policy.reason}.')
        if self.is_mine(policy):
            self._has_answered = True
            self._is_heard |= policy.word is not PolicyWord.DONE
            if self._is_heard and self._is_settled(policy) and (
                    ended := self._ended(policy)) is not None:
                return ended
        return self._late(policy)

    def _is_settled(self, policy: PolicyState) -> bool:
        """Return whether an end is one: a policy that says it is done may still take a step."""
        now_s = self.situation.now_s
        if policy.word is not PolicyWord.DONE:
            self._settling = None
            return True
        if self._settling is None or self._walked - self._settling[1] > _STILL:
            self._settling = now_s, self._walked
        return now_s - self._settling[0] >= SETTLED_S

    def terminate(self, new_status: Status) -> None:
        """Have the policy stand: what it was told last must not come back later."""
        self.desk.stand()

    def finished(self) -> Status:
        """Return what it means that the policy says it is done."""
        return Status.SUCCESS

    def lost(self) -> str:
        """Return what it means that the policy does not know how to go on."""
        return f"I don't know how to go on with: {self._told}."

    def is_mine(self, policy: PolicyState) -> bool:
        """Return whether the policy speaks of what it was told last."""
        return policy.instruction == self._told

    def _ended(self, policy: PolicyState) -> Status | None:
        """Return the end that the policy speaks of; None: none yet."""
        what = self._told
        match policy.word:
            case PolicyWord.DONE:
                return self.finished()
            case PolicyWord.LOST:
                return self.fails(self.lost())
            case PolicyWord.STUCK | PolicyWord.BLOCKED:
                return self.fails(f'Something holds me ({policy.reason}), with: {what}.')
            case PolicyWord.OVER:
                return self.fails(f'It took too long: {what}.')
        return None

    def _follow(self, policy: PolicyState) -> None:
        """Note whatever got any further."""
        pose, now_s = self.situation.pose, self.situation.now_s
        if pose is not None and self._pose is not None:
            self._walked += _apart(pose, self._pose)
        self._pose = pose
        progress = policy.progress if self.is_mine(policy) else 0.0
        self._watch.note(now_s, _GREW, progress=progress, **self.measures())
        if policy.mode in ('HOLD', 'INIT'):             # an input is late: that is no stalling
            self._watch.forgive(now_s)

    def measures(self) -> dict[str, float]:
        """Return what grows with progress, besides the policy's own account."""
        return {'walked': self._walked}

    def _late(self, policy: PolicyState) -> Status:
        now_s, settings = self.situation.now_s, self.desk.settings
        if self._watch.age_s(now_s) > settings.subtask_time:
            return self.fails(f'It took too long: {self._told}.')
        if self._watch.idle_s(now_s) > settings.stall_time:
            silent = '' if self._has_answered else ', and my policy does not answer'
            return self.fails(f'I get no further with: {self._told}{silent}.')
        return self.goes_on(f'{policy.progress:.0%}' if self._has_answered else 'told')


class MoveBy(Tell):
    """
    Has the policy walk or turn by an amount, in as many sentences as that takes.

    Odometry, where there is some, says how far it got; what is missing is told once more.
    """

    def __init__(self, name: str, desk: Desk, subtask: Move | Turn,
                 before: 'MoveBy | None' = None):
        """
        Prepare.

        :param before: an attempt that failed; what it left is what is to be done.
        """
        super().__init__(name, desk, '')
        self._wanted, self._before = subtask, before
        self._left = _amount(subtask)
        self._sentences = int(np.ceil(self._left / AT_ONCE[subtask.direction])) + 1
        """How many may be told: those it takes, and one more."""

    def initialise(self) -> None:
        """Tell the first part, or what was left when it was interrupted."""
        self._from = self._resting = None
        if self._before is not None:
            self._left, self._before = self._before._left, None
        super().initialise()
        self._next()

    def tell(self, sentence: str) -> None:
        """Send a sentence, if there is one."""
        if sentence:
            super().tell(sentence)

    def update(self) -> Status:
        """Return how it goes."""
        self._count()
        if self._is_done_by_odometry():
            return Status.SUCCESS
        return super().update()

    def _is_done_by_odometry(self) -> bool:
        """Return whether the robot stands where it should, whatever the policy says."""
        now_s = self.situation.now_s
        if self._from is None or self._left > self._tolerance:
            self._resting = None
            return False
        # What is left decides: who walks sways to all sides, also on the spot.
        if self._resting is None or abs(self._left - self._resting[1]) > _STILL:
            self._resting = now_s, self._left
        return now_s - self._resting[0] >= SETTLED_S

    def finished(self) -> Status:
        """Return SUCCESS when nothing is left; tell what is left otherwise."""
        if self.situation.pose is None:
            self._left -= self._part
        self._sentences -= 1
        if self._left <= self._tolerance:
            return Status.SUCCESS
        if self._sentences <= 0:
            return self.fails(f'I am not through with: {self._wanted.words}. '
                              f'{self._amount_words(self._left)} are missing.')
        self._next()
        return self.goes_on(f'{self._left:.2f} left')

    def measures(self) -> dict[str, float]:
        """Return what was done of it."""
        return {'walked': self._walked, 'done': -self._left}

    @property
    def _tolerance(self) -> float:
        return max(0.25, 0.15 * _amount(self._wanted))

    def _next(self) -> None:
        self._part = min(max(self._left, 0.1), AT_ONCE[self._wanted.direction])
        self.tell(_with_amount(self._wanted, self._part).words)

    def _count(self) -> None:
        """Take what odometry says was done since the last tick off what is left."""
        pose = self.situation.pose
        if pose is not None and self._from is not None:
            axis, sign = self._wanted.direction.axis
            way = np.array([*points_in(self._from, pose[:2]), wrap_angle(pose[2] - self._from[2])])
            self._left -= sign * float(way[axis])
        self._from = pose

    def _amount_words(self, amount: float) -> str:
        turns = self._wanted.direction.is_turn
        return f'{np.degrees(amount):.0f} degrees' if turns else f'{amount:.1f} m'


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    """Return how far two poses (3,) are from each other, turns counted half [m, rad]."""
    return float(np.linalg.norm(a[:2] - b[:2]) + 0.5 * abs(wrap_angle(a[2] - b[2])))


def _amount(subtask: Move | Turn) -> float:
    return subtask.angle_rad if isinstance(subtask, Turn) else subtask.distance_m


def _with_amount(subtask: Move | Turn, amount: float) -> Move | Turn:
    kind: Callable = type(subtask)
    return kind(subtask.direction, amount)
