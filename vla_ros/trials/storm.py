"""The real nodes in real time, with one fault after the other at random moments."""
from collections.abc import Callable
from dataclasses import dataclass, field
import signal
import time

import numpy as np

from vla_ros.core.errors import ConfigurationError, VlaError
from vla_ros.ros.footprint import resident_mb
from vla_ros.trials.probe import STILL
from vla_ros.trials.stage import NODES, Stage
from vla_ros.trials.starving import starved

LIMIT_S = 0.6
"""How long the base may go on after any fault [s]."""
_PAUSES_S = (0.3, 2.0)


@dataclass
class StormReport:
    """What came of a storm."""

    counts: dict[str, int] = field(default_factory=dict)
    """Faults of each kind."""
    seconds: list[float] = field(default_factory=list)
    """How long the base went on after each fault [s]."""
    held_up: int = 0
    """How many of the faults held up the simulator, too."""
    wrong: list[str] = field(default_factory=list)
    memory_mb: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Resident memory of each node since it was started last: at first and in the end."""


class Storm:
    """Faults on a stage, one at a time; the robot moves before each and must stand after it."""

    def __init__(self, stage: Stage, faults: tuple[str, ...], seed: int = 0):
        self._stage, self._rng = stage, np.random.default_rng(seed)
        kinds = self.kinds()
        if unknown := set(faults) - kinds.keys():
            raise ConfigurationError(f'faults: unknown {sorted(unknown)}; known: {list(kinds)}')
        self._faults = {name: kinds[name] for name in faults}
        self._memory: dict[int, tuple[str, float]] = {}
        self.report = StormReport()

    def kinds(self) -> dict[str, Callable[[], None]]:
        """Return what can go wrong; each is a call that does it, times it and mends it."""
        return {'kill': self._kill, 'pause': self._pause, 'starve': self._starve,
                'camera': lambda: self._silence(camera_enabled=False),
                'joints': lambda: self._silence(joints_enabled=False)}

    def run(self, seconds: float, progress: Callable[[float], None] = lambda s: None
            ) -> StormReport:
        """Go on for a while and return what came of it."""
        start_s = time.monotonic()
        while (passed_s := time.monotonic() - start_s) < seconds:
            progress(passed_s)
            name = list(self._faults)[self._rng.integers(len(self._faults))]
            try:
                self._remember_memory()
                self._stage.move(self._rng.uniform(0.0, 0.5))
                self._faults[name]()
                self._stage.recover()
                self._stage.children.check()
            except VlaError as error:
                self.report.wrong.append(f'{name}: {error}')
                self._begin_anew()
            self.report.counts[name] = self.report.counts.get(name, 0) + 1
        self.report.held_up = self._stage.held_up
        self._remember_memory()                         # a killed one's is of no use
        for process_id, (node, first_mb) in self._memory.items():
            self.report.memory_mb[node] = first_mb, resident_mb(process_id)
        return self.report

    def _kill(self) -> None:
        name = NODES[self._rng.integers(len(NODES))]
        at_s = self._stage.signal(name, signal.SIGKILL)
        self._time(f'kill {name}', at_s, by_commands=name == 'sim_node')
        self._stage.restart(name)
        self._stage.wait_until_ready()

    def _pause(self) -> None:
        name = NODES[self._rng.integers(len(NODES))]
        at_s = self._stage.signal(name, signal.SIGSTOP)
        try:
            self._time(f'pause {name}', at_s, by_commands=name == 'sim_node')
            self._stage.wait(self._rng.uniform(*_PAUSES_S))
        finally:
            self._stage.signal(name, signal.SIGCONT)

    def _starve(self) -> None:
        name = ('fusion_node', 'command_gate')[self._rng.integers(2)]
        with starved(self._stage.children.process_id(name)):
            self._stage.wait(self._rng.uniform(0.2, 1.0))
            at_s = time.monotonic()
            self._stage.say('stop')
            self._time(f'starve {name}, stop', at_s)

    def _silence(self, **parameters: bool) -> None:
        at_s = time.monotonic()
        self._stage.configure('sim_node', **parameters)
        self._time(f'{next(iter(parameters))} off', at_s, by_commands=True)

    def _time(self, what: str, at_s: float, by_commands: bool = False) -> None:
        """Time how long the base goes on, or commands do where the base can't be asked."""
        stage = self._stage
        took_s = (stage.zeros_since(stage.probe.commands, at_s, threshold=STILL) if by_commands
                  else stage.stood_after(at_s))
        self.report.seconds.append(took_s)
        if took_s > LIMIT_S:
            self.report.wrong.append(f'{what}: still after {took_s:.3f} s')

    def _begin_anew(self) -> None:
        for name in NODES:
            self._stage.restart(name)
        self._stage.wait_until_ready()
        self._stage.recover()

    def _remember_memory(self) -> None:
        for name in NODES:
            process_id = self._stage.children.process_id(name)
            self._memory = {p: m for p, m in self._memory.items()
                            if m[0] != name or p == process_id}
            self._memory.setdefault(process_id, (name, resident_mb(process_id)))
