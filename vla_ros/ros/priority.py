"""The priority of a process whose commands must leave in time (Linux)."""
import os


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
