"""
Which number format is fast on this processor.

Where bfloat16 is computed by the processor itself it trains three times faster than float32;
where it is emulated it takes a hundred times as long.
"""
from functools import cache
import time

import torch

_SIZE = 384
"""Large enough that caches, cold after a pause, hardly count."""
_TRIES = 3


@cache
def has_fast_bfloat16() -> bool:
    """Return whether bfloat16 is at least as fast as float32 here; measured once, briefly."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)                # several wait for each other, which counts as theirs
    try:
        return _product_s(torch.bfloat16) <= _product_s(torch.float32)
    finally:
        torch.set_num_threads(threads)


def training_precision() -> torch.autocast:
    """Return the context in which a loss is computed: bfloat16 where that pays."""
    return torch.autocast('cpu', torch.bfloat16, enabled=has_fast_bfloat16())


def _product_s(dtype: torch.dtype) -> float:
    """Return the best time [s] of a product of two matrices, without what others take."""
    matrix = torch.ones(_SIZE, _SIZE, dtype=dtype)
    times_s = []
    for _ in range(_TRIES):
        start_s = time.thread_time()                    # a busy machine says nothing of formats
        torch.mm(matrix, matrix)
        times_s.append(time.thread_time() - start_s)
    return min(times_s)
