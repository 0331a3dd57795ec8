"""Leaving a process almost nothing of the processor, or one core less."""
from collections.abc import Iterator
from contextlib import contextmanager
import os
import subprocess
import sys

_BUSY = 'import os\nos.nice(5)\nwhile True: pass'


@contextmanager
def starved(process_id: int) -> Iterator[None]:
    """Give a process only what nobody else wants, and let others want everything (Linux)."""
    busy = [subprocess.Popen([sys.executable, '-c', _BUSY]) for _ in range(2 * os.cpu_count())]
    try:
        _schedule(process_id, os.SCHED_IDLE)
        yield
    finally:
        _schedule(process_id, os.SCHED_OTHER)
        for process in busy:
            process.kill()
            process.wait()


def _schedule(process_id: int, policy: int) -> None:
    """Set the scheduling class of all threads of a process."""
    for thread in os.listdir(f'/proc/{process_id}/task'):
        os.sched_setscheduler(int(thread), policy, os.sched_param(0))


@contextmanager
def stolen_core() -> Iterator[None]:
    """Keep one core busy, the last, as another program of the same priority does (Linux)."""
    thief = subprocess.Popen([sys.executable, '-c', 'while True: pass'])
    try:
        os.sched_setaffinity(thief.pid, {max(os.sched_getaffinity(0))})
        yield
    finally:
        thief.kill()
        thief.wait()
