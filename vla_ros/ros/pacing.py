"""Threads that keep a rate: absolute schedule, steady clock, missed slots skipped."""
from collections.abc import Callable
import threading
import time


class Pacer:
    """Calls a function at a rate in a thread of its own, until `stop`."""

    def __init__(self, name: str, rate_hz: Callable[[], float], tick: Callable[[float], None],
                 at_end: Callable[[], None] = lambda: None):
        """
        Prepare a thread.

        :param rate_hz: asked before each call, so that the rate can change.
        :param tick: called with the steady time [s]; must not raise.
        :param at_end: called once by the same thread when it ends.
        """
        self._rate_hz, self._tick, self._at_end = rate_hz, tick, at_end
        self._stops = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.missed = 0
        """Slots that went by because a call took too long."""

    def start(self) -> None:
        """Start calling."""
        self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> bool:
        """Ask the thread to end and return whether it did; a hung call is left behind."""
        self._stops.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        due_s = time.monotonic()
        while not self._stops.is_set():
            self._tick(time.monotonic())
            period_s = 1.0 / self._rate_hz()
            due_s += period_s
            late_s = time.monotonic() - due_s
            if late_s > 0:
                skipped = int(late_s / period_s)
                self.missed += skipped
                due_s += skipped * period_s
            self._stops.wait(max(0.0, due_s - time.monotonic()))
        self._at_end()
