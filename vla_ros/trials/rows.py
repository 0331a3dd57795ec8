"""The fault table: what goes wrong, what is expected, how it is tried."""
from collections.abc import Callable
from dataclasses import dataclass, field
import time

import numpy as np

from vla_ros.core.errors import ConfigurationError, VlaError
from vla_ros.trials.stage import Stage

PERIOD_S = 0.05
"""Period of the fusion node's commands."""
SLACK_S = 0.02


@dataclass
class Measured:
    """What came of the trials of one row."""

    seconds: list[float] = field(default_factory=list)
    """Times from fault to reaction [s]; empty where the row counts instead."""
    wrong: list[str] = field(default_factory=list)
    """What was not as expected."""
    trials: int = 0
    note: str = ''

    def expect(self, holds: bool, what: str) -> None:
        """Note what is wrong if something does not hold."""
        if not holds:
            self.wrong.append(what)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    key: str
    fault: str
    expected: str
    limit_s: float | None
    """Longest time from fault to reaction [s]; None: the row counts."""
    run: Callable[[Stage | None, int], Measured] | None
    """None: can't be run here, and `expected` says why."""
    needs_stage: bool = True


def timed(trial: Callable[[Stage], float]) -> Callable[[Stage, int], Measured]:
    """Return a run that times a trial again and again, mending everything in between."""
    def run(stage: Stage, trials: int) -> Measured:
        measured = Measured(trials=trials)
        for _ in range(trials):
            measured.seconds.append(trial(stage))
            stage.recover()
        return measured
    return run


def result_of(row: Row, stage: Stage | None, trials: int) -> dict:
    """Run a row and return its line of the report."""
    started_s = time.monotonic()
    if row.run is None:
        return _line(row, Measured(note=row.expected), 'not runnable here', 0.0)
    try:
        measured = row.run(stage, trials)
    except VlaError as error:
        measured = Measured(wrong=[str(error)])
    is_late = row.limit_s is not None and (
        not measured.seconds or np.percentile(measured.seconds, 99) > row.limit_s)
    verdict = 'fail' if measured.wrong or is_late else 'pass'
    return _line(row, measured, verdict, time.monotonic() - started_s)


def _line(row: Row, measured: Measured, verdict: str, took_s: float) -> dict:
    times = measured.seconds
    p50, p99, most = (np.percentile(times, [50, 99, 100]).round(4).tolist() if times
                      else (None, None, None))
    wrong = '; '.join(dict.fromkeys(measured.wrong))
    return {'id': row.key, 'fault': row.fault, 'expected': row.expected, 'limit_s': row.limit_s,
            'p50_s': p50, 'p99_s': p99, 'max_s': most, 'trials': measured.trials,
            'verdict': verdict, 'took_s': round(took_s, 1),
            'note': ' | '.join(part for part in (wrong[:400], measured.note) if part)}


def selected(rows: list[Row], only: str | None) -> list[Row]:
    """
    Return the rows of a list such as 'F1,F7'; all where nothing is asked for.

    :raises ConfigurationError: if there is no such row; the message lists them.
    """
    if only is None:
        return rows
    wanted = [w.strip().upper() for w in only.split(',') if w.strip()]
    known = {row.key: row for row in rows}
    if unknown := [w for w in wanted if w not in known]:
        raise ConfigurationError(f'--only: unknown {unknown}; known: {list(known)}')
    return [known[w] for w in wanted]
