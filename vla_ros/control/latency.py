"""How long each stage takes and how old what leaves is, of the last few hundred times."""
from collections import deque

PERCENTILES = 50, 95, 99
_KEPT = 500


class StageTimes:
    """
    Durations by stage.

    Each stage is written by one thread, for the price of an append; another may read.
    """

    def __init__(self, kept: int = _KEPT):
        self._kept = kept
        self._times_s: dict[str, deque[float]] = {}

    def add(self, stage: str, seconds: float) -> None:
        """Take what one time of a stage took [s]."""
        if (times_s := self._times_s.get(stage)) is None:
            times_s = self._times_s.setdefault(stage, deque(maxlen=self._kept))
        times_s.append(seconds)

    def figures(self) -> dict[str, float]:
        """Return '<stage> p50 [ms]', p95 and p99 of every stage that ever was."""
        figures = {}
        for stage, times_s in list(self._times_s.items()):
            rising_s = sorted(times_s)                  # at this size faster than numpy
            for percent in PERCENTILES:
                nearest = round(percent / 100 * (len(rising_s) - 1))
                figures[f'{stage} p{percent} [ms]'] = 1e3 * rising_s[nearest]
        return figures


class Rates:
    """How often something happened a second, between one time of asking and the next."""

    def __init__(self, now_s: float):
        self._asked_s = now_s
        self._counts: dict[str, int] = {}

    def since(self, now_s: float, counts: dict[str, int]) -> dict[str, float]:
        """Return '<name> rate [Hz]' of counts that only grow, since the last call."""
        elapsed_s = max(now_s - self._asked_s, 1e-3)
        rates = {f'{name} rate [Hz]': (count - self._counts.get(name, 0)) / elapsed_s
                 for name, count in counts.items()}
        self._asked_s, self._counts = now_s, dict(counts)
        return rates
