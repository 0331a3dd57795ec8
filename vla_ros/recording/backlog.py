"""Messages that wait for the disk: so many bytes and no more."""
from collections import Counter
import threading
from typing import NamedTuple


class Sample(NamedTuple):
    """A message as it came."""

    topic: str
    stamp_ns: int
    """Time it came, of the bag's clock."""
    data: bytes
    """Serialised (CDR)."""


class Backlog:
    """
    A queue between the thread that reads messages and whoever writes them.

    What does not fit is dropped and counted, so that neither waits: a large message sooner than
    a small one.
    """

    def __init__(self, most_bytes: int):
        self._most_bytes, self._waiting_bytes = most_bytes, 0
        self._waiting: list[Sample] = []
        self._dropped: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def waiting_bytes(self) -> int:
        """Return how much waits."""
        return self._waiting_bytes

    def put(self, sample: Sample) -> None:
        """Add a message, or drop it."""
        with self._lock:
            if self._waiting_bytes + len(sample.data) > self._most_bytes:
                self._dropped[sample.topic] += 1
                return
            self._waiting_bytes += len(sample.data)
            self._waiting.append(sample)

    def take_all(self) -> list[Sample]:
        """Return everything that waits, in the order it came."""
        with self._lock:
            taken, self._waiting, self._waiting_bytes = self._waiting, [], 0
        return taken

    def dropped(self) -> dict[str, int]:
        """Return how many messages of each topic were dropped since the last `forget_dropped`."""
        with self._lock:
            return dict(self._dropped)

    def forget_dropped(self) -> None:
        """Count anew."""
        with self._lock:
            self._dropped.clear()
