"""Figures that no row holds: how fast a new voice command acts, and whether memory stays flat."""
from dataclasses import dataclass
import time

import numpy as np

from vla_ros.bench.plan import Cell
from vla_ros.bench.recorder import Log
from vla_ros.bench.stand import Stand

TRIALS = 20
_SAID_EVERY_S = (0.2, 0.3)
"""Never in step with the commands, and slower than anybody is told off for."""
_ANSWER_S = 2.0
_TOLD_EVERY_S = 50.0
_SAMPLES_S = 2.0


@dataclass(frozen=True)
class Said:
    """One voice command."""

    sentence: str
    at_s: float
    """Steady time [s]."""


def answer_times_ms(said: list[Said], log: Log) -> list[float]:
    """
    Return the time from each voice command to the first command computed with it [ms].

    A command is computed with a sentence once the policy has decided with it. What was never
    answered is left out.
    """
    decided_s = {d.instruction: d.at_s for d in log.decided}
    left_s = np.array([sent.left_s for sent in log.sent])
    times_ms = []
    for one in said:
        later_s = left_s[left_s >= decided_s.get(one.sentence, np.inf)]
        if len(later_s):
            times_ms.append(1e3 * float(later_s[0] - one.at_s))
    return times_ms


def measure_answers(stand: Stand, cell: Cell, rng: np.random.Generator) -> dict[str, object]:
    """Return how long new voice commands took to act on an idle machine."""
    stand.start(cell)
    said = []
    for _ in range(TRIALS + 1):
        said.append(Said(*stand.say()))
        stand.wait(rng.uniform(*_SAID_EVERY_S))
        stand.acts_on(said[-1].sentence, _ANSWER_S)
    log, _ = stand.finish()
    times_ms = answer_times_ms(said[1:], log)           # the first has to wake it up
    return {'rate_hz': cell.rate_hz, 'told': TRIALS, 'answered': len(times_ms),
            'p50_ms': float(np.median(times_ms)) if times_ms else None,
            'max_ms': max(times_ms) if times_ms else None}


def measure_memory(stand: Stand, cell: Cell, minutes: float) -> dict[str, object]:
    """Return how the resident memory went while the node, which notes nothing, obeyed."""
    stand.start(cell, 'vla_ros.nodes.fusion_node')
    samples_mb, told_s, ends_s = [], -np.inf, time.monotonic() + 60 * minutes
    while time.monotonic() < ends_s:
        if time.monotonic() - told_s > _TOLD_EVERY_S:
            _, told_s = stand.say()
        stand.wait(_SAMPLES_S)
        samples_mb.append(stand.resident_mb())
    stand.end()
    return {'rate_hz': cell.rate_hz, 'minutes': minutes, **memory_figures(samples_mb)}


def memory_figures(samples_mb: list[float]) -> dict[str, float]:
    """Return the first and last of a run's memory (medians of a tenth of it) and the most [MB]."""
    tenth = max(1, len(samples_mb) // 10)
    return {'first_mb': float(np.median(samples_mb[:tenth])),
            'last_mb': float(np.median(samples_mb[-tenth:])), 'max_mb': max(samples_mb)}
