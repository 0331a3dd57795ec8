"""The priority of a process whose commands must leave in time (Linux)."""
import os

_REAL_TIME = 10
"""Low among the real-time priorities: drivers and control loops of joints come first."""


def ask_for_priority(nice: int) -> bool:
    """
    Give all threads of this process a niceness, and return whether that was permitted.

    Who has not the right (CAP_SYS_NICE, or `nice` in /etc/security/limits.conf) keeps what he has.
    """
    try:
        for thread in os.listdir('/proc/self/task'):
            os.setpriority(os.PRIO_PROCESS, int(thread), nice)
    except OSError:
        return False
    return True


def ask_for_real_time() -> bool:
    """
    Let this thread run before all that are not real-time; return whether that was permitted.

    For threads that work for a millisecond and then wait. Needs the right, or `rtprio` in
    /etc/security/limits.conf.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_REAL_TIME))
    except (AttributeError, OSError):
        return False
    return True
