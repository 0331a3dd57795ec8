"""Processes that work for a command, and end when it does, however it ends."""
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
import multiprocessing
import os
import threading


def workers(count: int, prepare: Callable | None = None, given: tuple = ()) -> ProcessPoolExecutor:
    """
    Return a pool of new processes that share nothing with this one.

    A pool of the standard library waits for work forever when the process that began it was
    killed; these end.

    :param prepare: called once in each of them, with what is `given`.
    """
    return ProcessPoolExecutor(count, multiprocessing.get_context('spawn'), _begin,
                               (prepare, given))


def _begin(prepare: Callable | None, given: tuple) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare(*given)


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)                                     # whatever it is doing
