"""What training asks of the machine: all its cores, and memory that stays where it is."""
import ctypes
import os
import platform

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of the settings in glibc's malloc.h."""
_NEVER_BYTES = 2 ** 31 - 1


def cores() -> int:
    """Return how many cores this process may use; `torchrun`'s processes share them."""
    own = int(os.environ.get('LOCAL_WORLD_SIZE', '1'))
    return max(1, len(os.sched_getaffinity(0)) // own)


def keep_freed_memory() -> bool:
    """
    Have malloc keep what is freed, and return whether it does; glibc only.

    A step of training frees large blocks, and the next one takes as many. As it is, glibc gives
    each back to the system, which has to clear every page of it again: a quarter of a step.
    """
    if platform.libc_ver()[0] != 'glibc':
        return False
    libc = ctypes.CDLL(None)
    return all(libc.mallopt(name, _NEVER_BYTES) for name in (_MMAP_THRESHOLD, _TRIM_THRESHOLD))
