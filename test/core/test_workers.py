"""Workers end with the process that began them."""
import os
from pathlib import Path
import signal
import subprocess
import sys
import time

import pytest

from vla_ros.core.workers import workers

PARENT = """
import time
from vla_ros.core.workers import workers
if __name__ == '__main__':
    with workers(2) as pool:
        pool.submit(time.sleep, 60)
        pool.submit(time.sleep, 60)
        time.sleep(60)
"""


def _facts(pid: str) -> tuple[str, int]:
    """Return the state of a process, and its parent; ended ones are zombies until reaped."""
    try:
        state, parent, *_ = Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    except OSError:
        return 'Z', 0
    return state, int(parent)


def _workers_of(pid: int) -> list[str]:
    children = [p.name for p in Path('/proc').glob('[0-9]*') if _facts(p.name)[1] == pid]
    return [c for c in children if 'spawn_main' in Path(f'/proc/{c}/cmdline').read_text()]


def _until(condition, limit_s=20.0):
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError('not in time')


def test_they_are_prepared_and_do_what_they_are_given(tmp_path):
    with workers(2, os.chdir, (tmp_path,)) as pool:
        assert list(pool.map(abs, range(-3, 1))) == [3, 2, 1, 0]
        assert pool.submit(os.getcwd).result() == str(tmp_path)


@pytest.mark.skipif(not Path('/proc').is_dir(), reason='needs /proc')
@pytest.mark.parametrize('how', [signal.SIGKILL, signal.SIGTERM])
def test_they_end_when_the_command_is_killed(tmp_path, how):
    script = tmp_path / 'parent.py'
    script.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, str(script)])
    _until(lambda: len(_workers_of(parent.pid)) == 2)
    mine = _workers_of(parent.pid)
    parent.send_signal(how)
    parent.wait()
    _until(lambda: all(_facts(pid)[0] == 'Z' for pid in mine))
