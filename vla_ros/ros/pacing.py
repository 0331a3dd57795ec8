"""Threads that keep a rate: absolute schedule, steady clock, missed slots skipped."""
from collections.abc import Callable
import math
import threading
import time

from vla_ros.ros.priority import ask_for_real_time


class Pacer:
    """
    Calls a function at a rate in a thread of its own, until `stop`.

    Slot n is n / rate after the epoch: two pacers of one epoch and rate keep step, and one with a
    lead is that much ahead of the other.
    """

    def __init__(self, name: str, rate_hz: Callable[[], float], tick: Callable[[float], None],
                 at_end: Callable[[], None] = lambda: None,
                 lead_s: Callable[[], float] = lambda: 0.0, epoch_s: float | None = None,
                 is_urgent: bool = False):
        """
        Prepare a thread.

        :param rate_hz: asked before each call, so that the rate can change; 0: only when nudged.
        :param tick: called with the steady time [s]; must not raise.
        :param at_end: called once by the same thread when it ends.
        :param lead_s: how long before its slot a call begins [s].
        :param epoch_s: steady time of slot 0 [s]; None: now.
        :param is_urgent: ask for real-time priority; without the right to it, go on without.
        """
        self._epoch_s = time.monotonic() if epoch_s is None else epoch_s
        self._rate_hz, self._tick, self._at_end, self._lead_s = rate_hz, tick, at_end, lead_s
        self._is_urgent, self._due_s = is_urgent, 0.0
        self._wakes, self._stops = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.calls = 0
        self.missed = 0
        """Slots that went by because a call took too long."""

    def start(self) -> None:
        """Start calling."""
        self._thread.start()

    def nudge(self) -> None:
        """Have the function called now, beside the schedule; from any thread."""
        self._wakes.set()

    def due_in_s(self) -> float:
        """Return the time to the next call of the schedule [s]; negative while one is late."""
        return self._due_s - self._since_epoch_s()

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask the thread to end and return whether it did; a hung call is left behind."""
        self._stops = True
        self._wakes.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._is_urgent:
            ask_for_real_time()
        slot, period_s = 0, 0.0
        is_nudged = False
        while not self._stops:
            self.calls += 1
            self._tick(time.monotonic())
            slot, period_s = self._next(slot, period_s, is_nudged)
            self._due_s = slot * period_s
            is_nudged = self._wakes.wait(
                None if period_s == 0.0
                else max(0.0, slot * period_s - self._since_epoch_s()))
            self._wakes.clear()
        self._at_end()

    def _next(self, slot: int, period_s: float, is_nudged: bool) -> tuple[int, float]:
        """Return the next slot and its period [s], and count those that went by."""
        rate_hz = self._rate_hz()
        if rate_hz == 0.0:
            return 0, 0.0
        next_period_s = 1.0 / rate_hz
        first = math.floor(self._since_epoch_s() / next_period_s) + 1
        if next_period_s != period_s:
            return first, next_period_s
        if is_nudged and first <= slot:
            return slot, period_s                       # the schedule goes on as it was
        self.missed += max(0, first - slot - 1)
        return max(first, slot + 1), period_s

    def _since_epoch_s(self) -> float:
        """Return the time on the schedule of calls, which is ahead of the slots' [s]."""
        return time.monotonic() + self._lead_s() - self._epoch_s


class Lead:
    """Learns how long before its slot something has to begin to be there in time."""

    def __init__(self, share: float = 0.95, step_s: float = 0.0005, most_s: float = 0.05):
        """
        Begin with no lead.

        :param share: of the times that it is to be long enough; a quantile of what was taken.
        :param step_s: how fast it is learned [s].
        """
        self._share, self._step_s, self._most_s = share, step_s, most_s
        self.lead_s = 0.0

    def start(self, took_s: float) -> None:
        """Begin with what something took once [s]."""
        self.lead_s = min(took_s, self._most_s)

    def learn(self, took_s: float) -> None:
        """Take what something took [s]: longer, a large step up; shorter, a small one down."""
        share = self._share if took_s > self.lead_s else self._share - 1.0
        self.lead_s = min(max(self.lead_s + self._step_s * share, 0.0), self._most_s)


class UnderWay:
    """What one thread computes, and another would rather have before it goes on."""

    def __init__(self):
        self._is_idle, self._expected_s = threading.Event(), math.inf
        self._is_idle.set()

    def begin(self, expected_s: float) -> None:
        """Note that it begins, and at what steady time it probably ends [s]."""
        self._expected_s = expected_s
        self._is_idle.clear()

    def end(self) -> None:
        """Note that it has ended."""
        self._is_idle.set()

    def wait(self, most_s: float) -> None:
        """
        Wait until it ends, but no longer than a time [s].

        What ends later than that is not waited for, and neither is what should have ended so
        long ago: nobody knows when it will.
        """
        if not self._is_idle.is_set() and abs(self._expected_s - time.monotonic()) < most_s:
            self._is_idle.wait(most_s)
