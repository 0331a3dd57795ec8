"""One run: every cell of a plan, again and again, and what came of it."""
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import numpy as np

from vla_ros.bench.extra import measure_answers, measure_memory
from vla_ros.bench.figures import medians, Row, summary_of
from vla_ros.bench.machine import machine
from vla_ros.bench.plan import Cell, Design, Plan
from vla_ros.bench.stand import Stand

_USUAL_HZ = 50.0


@dataclass
class Report:
    """What a run has shown so far."""

    plan: Plan
    machine: dict[str, object] = field(default_factory=machine)
    measured: list[Row] = field(default_factory=list)
    """Every row of every repeat."""
    ready_s: dict[str, list[float]] = field(default_factory=dict)
    """Times from a process's start to READY, by design and preset [s]."""
    extra: dict[str, dict] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the report as it is written: medians first, every repeat last."""
        rows = medians(self.measured)
        plan = self.plan
        started = {name: {'starts': len(times_s), 'median_s': float(np.median(times_s)),
                          'max_s': max(times_s)} for name, times_s in self.ready_s.items()}
        return {'machine': self.machine, 'seconds': plan.seconds, 'repeats': plan.repeats,
                'settle_s': plan.settle_s, 'weights': [_facts(w) for w in plan.weights],
                'summary': summary_of(rows), 'extra': {'start_to_ready': started, **self.extra},
                'rows': rows, 'measured': self.measured}


def _facts(weights: object) -> dict[str, object]:
    return {key: value for key, value in asdict(weights).items() if key != 'designs'}


def run(report: Report, stand: Stand, tell: Callable[[list[Row]], None],
        soak_minutes: float = 0.0) -> None:
    """
    Measure a report's plan; what came of it stands in the report at any time.

    :param tell: called after each cell with the cell's own rows.
    :raises BenchError: if a node could not be measured.
    """
    plan = report.plan
    for _ in range(plan.repeats):
        for cell in plan.cells():
            rows, ready_s = stand.measure(cell, plan.seconds, plan.settle_s)
            report.measured += rows
            name = f'{cell.design.value} {cell.weights.preset}'
            report.ready_s.setdefault(name, []).append(ready_s)
            tell(rows)
    if (cell := _usual_cell(plan)) is not None:
        report.extra['images'] = _images(report, cell)
        report.extra['new_command'] = measure_answers(stand, cell, np.random.default_rng(0))
        tell([])
        if soak_minutes > 0:
            report.extra['memory'] = measure_memory(stand, cell, soak_minutes)
            tell([])


def _usual_cell(plan: Plan) -> Cell | None:
    """Return our design with the first weights at 50 Hz, or at what is nearest to that."""
    cells = [c for c in plan.cells()
             if c.design is Design.OURS and c.weights is plan.weights[0]]
    return min(cells, key=lambda c: abs(c.rate_hz - _USUAL_HZ), default=None)


def _images(report: Report, cell: Cell) -> dict[str, object]:
    """Return the share of 640x480 images that arrived of those that were sent."""
    shares = {row['stolen_core']: row['images_received'] for row in medians(report.measured)
              if row['design'] == cell.design.value and row['rate_hz'] == cell.rate_hz
              and row['preset'] == cell.weights.preset}
    return {'rate_hz': cell.rate_hz, 'received_idle': shares.get(False),
            'received_stolen': shares.get(True)}
