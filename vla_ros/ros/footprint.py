"""What this process costs the machine (Linux)."""
import resource
import time

_PAGE_MB = resource.getpagesize() / 1e6


class Footprint:
    """Processor time and memory of this process."""

    def __init__(self, now_s: float):
        self._asked_s, self._used_s = now_s, time.process_time()

    def figures(self, now_s: float) -> dict[str, float]:
        """Return 'cpu [%]' of one core since the last call, and 'memory [MB]' resident."""
        used_s, elapsed_s = time.process_time(), max(now_s - self._asked_s, 1e-3)
        share = (used_s - self._used_s) / elapsed_s
        self._asked_s, self._used_s = now_s, used_s
        return {'cpu [%]': 100 * share, 'memory [MB]': resident_mb()}


def resident_mb(process_id: int | str = 'self') -> float:
    """Return the resident memory of a process [MB]; of this one by default."""
    with open(f'/proc/{process_id}/statm') as file:
        return int(file.read().split()[1]) * _PAGE_MB
