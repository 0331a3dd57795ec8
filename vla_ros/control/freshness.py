"""Newest-wins inputs that know their age."""
from collections.abc import Callable
import math
import threading
from typing import Any, Generic, TypeVar

import numpy as np

from vla_ros.core.errors import StaleInputError

T = TypeVar('T')
FUTURE_SLACK_S = 0.1
"""How far ahead of our clock a header may be before it counts as wrong."""
PAUSE_S = 0.25
"""A tick that comes this much later than it should has slept through something [s]."""
SETTLE_S = 0.15
"""How long after waking up messages may still be those of before [s]."""
LATE_S = 0.1
"""A command that took longer than this from its tick to its publication is not sent [s]."""


class LatestInput(Generic[T]):
    """
    The newest value of one input.

    Written by the executor's thread, read by the policy's and the command's: the lock is held
    for the swap only.
    """

    def __init__(self, name: str, max_age_s: Callable[[], float]):
        self.name, self._max_age_s = name, max_age_s
        self._lock = threading.Lock()
        self._future_stamps = 0
        self.clear()

    def clear(self) -> None:
        """Forget the value."""
        with self._lock:
            self._sample: tuple[T, float] | None = None

    def put(self, value: T, now_s: float, header_age_s: float | None = None) -> None:
        """
        Keep a value; an older one than what is kept is dropped.

        :param now_s: steady time of receipt [s].
        :param header_age_s: age by the message's own stamp [s]; None: it has no stamp.
        """
        if header_age_s is not None and header_age_s < -FUTURE_SLACK_S:
            self._future_stamps += 1
        stamp_s = now_s - max(0.0, header_age_s or 0.0)
        with self._lock:
            if self._sample is None or stamp_s >= self._sample[1]:
                self._sample = (value, stamp_s)

    def take_future_stamps(self) -> int:
        """Return how many headers came from the future since the last time this was asked."""
        count, self._future_stamps = self._future_stamps, 0
        return count

    def age_s(self, now_s: float) -> float:
        """Return the age of the value [s]; infinite if there is none."""
        with self._lock:
            return math.inf if self._sample is None else now_s - self._sample[1]

    def get(self, now_s: float) -> tuple[T, float]:
        """
        Return the value and the steady time [s] it stands for.

        :raises StaleInputError: if nothing came yet or it is too old.
        """
        with self._lock:
            value, stamp_s = self._sample or (None, -math.inf)
        if (age_s := now_s - stamp_s) > self._max_age_s():
            raise StaleInputError(self.name, age_s, self._max_age_s())
        return value, stamp_s


def _same(one: Any, two: Any) -> bool:
    """Return whether two buffers hold the same bytes, hundreds of times faster than arrays can."""
    one, two = (np.frombuffer(buffer, np.uint8) for buffer in (one, two))
    return len(one) == len(two) and bool((one == two).all())


class PauseWatch:
    """
    Notices that its own process did not run for a while.

    What waited meanwhile, in sockets and queues, looks new to whoever wakes up, and is not.
    """

    def __init__(self):
        self._ticked_s, self._woke_s = math.inf, -math.inf

    def is_waking(self, now_s: float, period_s: float) -> bool:
        """Return whether a tick comes much later than one period after the last, or soon after."""
        if now_s - self._ticked_s - period_s > PAUSE_S:
            self._woke_s = now_s
        self._ticked_s = now_s
        return self.awake_s(now_s) < SETTLE_S

    def awake_s(self, now_s: float) -> float:
        """Return the time since it last slept through something [s]."""
        return now_s - self._woke_s


class FrozenPicture:
    """
    Notices a camera that goes on sending the same picture while the robot moves.

    A real camera's noise changes some bit of every picture. Written by the executor's thread,
    read by the command's.
    """

    def __init__(self):
        self._picture: Any = None
        self._changed_s = math.inf
        self._is_frozen = False

    def see(self, picture: Any, now_s: float) -> None:
        """Take the bytes of the newest picture."""
        if self._picture is None or not _same(picture, self._picture):
            self._picture, self._changed_s, self._is_frozen = picture, now_s, False

    def forgive(self) -> None:
        """Give the camera another chance: somebody has looked after it."""
        self._is_frozen = False

    def is_frozen(self, now_s: float, moving_since_s: float, max_age_s: float) -> bool:
        """Return whether nothing changed for too long in motion; true until something does."""
        if now_s - max(self._changed_s, moving_since_s) > max_age_s:
            self._is_frozen = True
        return self._is_frozen
