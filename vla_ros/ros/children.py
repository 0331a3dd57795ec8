"""Child processes that end with their parent, however that ends."""
import ctypes
import os
from pathlib import Path
import signal
import subprocess
import sys
import time

from vla_ros.core.errors import VlaError

_PR_SET_PDEATHSIG = 1
_LOG_LINES = 12


class ChildError(VlaError, RuntimeError):
    """A child process ended by itself."""


class Children:
    """Processes of this package's modules, each with a log file."""

    def __init__(self, logs: Path, environment: dict[str, str]):
        self._logs, self._environment = logs, {**os.environ, **environment}
        self._running: dict[str, subprocess.Popen] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> 'Children':
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def start(self, name: str, module: str, arguments: list[str]) -> None:
        """Start `python -m module` in a process group of its own."""
        with (self._logs / f'{name}.log').open('w') as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, '-m', module, *arguments], env=self._environment, stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_die_with_parent)

    def check(self) -> None:
        """
        Do nothing while all children run.

        :raises ChildError: with the end of its log, if one ended.
        """
        for name, process in self._running.items():
            if process.poll() is not None:
                lines = (self._logs / f'{name}.log').read_text().splitlines()[-_LOG_LINES:]
                raise ChildError(f'{name} ended with code {process.returncode}:\n  '
                                 + '\n  '.join(lines))

    def signal(self, name: str, number: int) -> None:
        """Send a signal to one child."""
        self._running[name].send_signal(number)

    def process_id(self, name: str) -> int:
        """Return the process id of a child."""
        return self._running[name].pid

    def end(self, name: str) -> None:
        """Kill one child if it still runs."""
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def wait(self, name: str, limit_s: float) -> int | None:
        """Return the exit code of a child, or None if it goes on."""
        try:
            return self._running[name].wait(limit_s)
        except subprocess.TimeoutExpired:
            return None

    def is_running(self, name: str) -> bool:
        """Return whether a child runs."""
        return self._running[name].poll() is None

    def log(self, name: str) -> str:
        """Return what a child has printed."""
        return (self._logs / f'{name}.log').read_text(errors='replace')

    def stop(self, patience_s: float = 5.0) -> None:
        """Ask all children to end, last started first, and kill who does not."""
        for process in reversed(self._running.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        ends_s = time.monotonic() + patience_s
        for process in self._running.values():
            try:
                process.wait(max(0.1, ends_s - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


def _die_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)        # a shell's background jobs ignore it
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
