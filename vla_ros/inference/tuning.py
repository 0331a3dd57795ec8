"""
Choosing a runtime: quickly at the start, or with all of them prepared, by `vla tune`.

Machines are shared and their speed wanders: a runtime is judged by its ratio to float32,
measured by turns in the same process. Each is tried in a process of its own, because some die.
"""
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
import importlib.util
import time

import numpy as np
import torch

from vla_ros.core.workers import workers
from vla_ros.inference.choice_file import Choice
from vla_ros.inference.runtime import (
    AT_ONCE,
    Engine,
    Engines,
    installed,
    PREPARED,
    Runtime,
    Threads,
)
from vla_ros.inference.trial import Bench
from vla_ros.models.checkpoint import Checkpoint, load_checkpoint
from vla_ros.models.presets import restored_model
from vla_ros.models.scaling import ActionScale

START_LIMIT_S = 3.0
"""Time for choosing at the first start, exporting included."""
_AT_ONCE_S = 0.7
"""Of that, for measuring what is ready at once."""
_EXPORTED_S = 0.3
"""Of that, for measuring what was exported."""
_EXPORT_BENCHES = 8
"""Exporting, loading and measuring take about so many times as long as making the inputs does:
a machine that is slow or busy now leaves them to `tune`."""
_AT_START = Runtime.ONNXRUNTIME
"""The one runtime that is exported in the process that serves: within a second or two, by PyTorch
itself. Others compile for minutes, or are known to die on some processors."""
_TURNS = 5
_WORTH = 0.9
"""Ratio from which a runtime counts as faster: less is noise."""
_AS_FP32 = {'vision': (Runtime.FP32, Runtime.LEAN), 'decision': (Runtime.FP32,)}
"""Runtimes that compute a part as float32 does: a ratio of theirs is noise."""
_FP32 = Choice(Runtime.FP32.value, Runtime.FP32.value)


@dataclass(frozen=True)
class Row:
    """One runtime, measured."""

    runtime: Runtime
    vision_ms: tuple[float, float] = (np.nan, np.nan)
    """Median and 99th percentile, as for decisions."""
    decision_ms: tuple[float, float] = (np.nan, np.nan)
    vision_ratio: float = np.inf
    """Median by that of float32 in the same process; infinite: it may not be used."""
    decision_ratio: float = np.inf
    base_error: float = np.nan
    """Greatest difference to float32 [m/s or rad/s]."""
    joint_error_rad: float = np.nan
    prepared_s: float = 0.0
    """Time that preparing took [s]."""
    note: str = ''
    """Why it may not be used."""


def engines_of(checkpoint: Checkpoint, model: torch.nn.Module, threads: Threads) -> Engines:
    """Return what makes engines for a checkpoint's model."""
    return Engines(model, checkpoint.manifest['sha256'], threads)


def bench_of(checkpoint: Checkpoint, engines: Engines) -> Bench:
    """Return fixed inputs for a checkpoint's model."""
    manifest = checkpoint.manifest
    scale = ActionScale(np.array(manifest['action_offset']), np.array(manifest['action_scale']))
    return Bench(engines, scale, len(manifest['robot']['base_axes']))


def engines_for(checkpoint: Checkpoint, engines: Engines,
                runtime: Runtime | None) -> tuple[Choice, tuple[Engine, Engine]]:
    """
    Return which runtimes were chosen for vision and decisions, and their engines.

    :param runtime: None: what is remembered, or else what is fastest now.
    :raises ConfigurationError: if a runtime that is asked for must be prepared, and is not.
    """
    if runtime is not None:
        choice = Choice(runtime.value, runtime.value)
        return choice, engines.chosen(choice)
    choice = engines.file.read({r.value for r in installed()})
    if choice is not None:
        try:
            return choice, engines.chosen(choice)
        except Exception:  # whatever a runtime raises about what it is given: choose anew
            engines.file.forget()
    choice = _chosen_now(checkpoint, engines)
    return choice, engines.chosen(choice)


def _chosen_now(checkpoint: Checkpoint, engines: Engines) -> Choice:
    """Return the fastest of what is ready at once and what is exported soon; remember it."""
    start_s = time.perf_counter()
    bench = bench_of(checkpoint, engines)
    bench_s = time.perf_counter() - start_s
    rows = _at_once(bench, engines)
    # Remembered before anything is exported: what ends this process is not tried again.
    is_kept = engines.file.write(best(rows), [])
    ready_s = time.perf_counter() - start_s + _EXPORT_BENCHES * bench_s
    if is_kept and _can_export() and ready_s < START_LIMIT_S:
        rows.append(_prepared(_AT_START, bench, engines, _EXPORTED_S, turns=1))
        engines.file.write(best(rows), [] if rows[-1].note else [_AT_START.value])
    return best(rows)


def _at_once(bench: Bench, engines: Engines) -> list[Row]:
    """Return rows of what needs no preparation: of the first, and more as far as time allows."""
    rows, end_s = [], time.perf_counter() + _AT_ONCE_S
    runtimes = [r for r in AT_ONCE if r in installed() and r is not Runtime.FP32]
    for number, runtime in enumerate(runtimes):
        left_s = end_s - time.perf_counter()
        if left_s > _AT_ONCE_S / 4:
            rows.append(_measured(runtime, engines.load(runtime), bench, engines,
                                  left_s / (2 * (len(runtimes) - number)), turns=1))
    return rows


def _can_export() -> bool:
    return _AT_START in installed() and importlib.util.find_spec('onnx') is not None


def hint(engines: Engines) -> str:
    """Return what would make a model faster on this machine; '': that was tried."""
    if any(engines.file.is_whole(runtime.value) for runtime in PREPARED):
        return ''
    return ('`vla tune`, once, prepares faster runtimes: with ONNX Runtime vision typically takes '
            "0.5 to 0.7, a decision 0.4 of fp32's time")


def best(rows: list[Row]) -> Choice:
    """Return the runtimes of least ratios; float32 unless one is clearly faster."""
    def fastest(part: str) -> tuple[str, float]:
        ratios = [(getattr(row, f'{part}_ratio'), row.runtime.value) for row in rows
                  if row.runtime not in _AS_FP32[part]]
        return min([r for r in ratios if r[0] < _WORTH], default=(1.0, Runtime.FP32.value))
    if not rows:
        return _FP32
    (vision_ratio, vision), (decision_ratio, decision) = fastest('vision'), fastest('decision')
    return Choice(vision, decision, vision_ratio, decision_ratio, date.today().isoformat())


def tune(checkpoint: str, threads: Threads, seconds: float,
         runtimes: Sequence[Runtime]) -> Iterator[Row]:
    """
    Prepare and measure runtimes; remember the best of them when all are done.

    :param seconds: of measuring each.
    """
    rows = []
    for runtime in runtimes:
        with workers(1) as pool:
            try:
                row = pool.submit(_tried, checkpoint, runtime, threads, seconds).result()
            except BrokenProcessPool:
                row = Row(runtime, note='its process died')
        rows.append(row)
        yield row
    loaded = load_checkpoint(checkpoint)
    file = engines_of(loaded, restored_model(loaded), threads).file
    usable = [row.runtime for row in rows if row.runtime in PREPARED and not row.note]
    before = [r for r in PREPARED if r not in runtimes and file.is_whole(r.value)]
    file.write(best(rows), [r.value for r in usable + before])


def _tried(checkpoint: str, runtime: Runtime, threads: Threads, seconds: float) -> Row:
    """Return a runtime's row; in a process of its own."""
    torch.set_num_threads(threads.counts[1])
    loaded = load_checkpoint(checkpoint)
    engines = engines_of(loaded, restored_model(loaded), threads)
    return _prepared(runtime, bench_of(loaded, engines), engines, seconds)


def _prepared(runtime: Runtime, bench: Bench, engines: Engines, seconds: float,
              turns: int = _TURNS) -> Row:
    """Return a runtime's row, prepared first if it must be."""
    start_s = time.perf_counter()
    try:
        if runtime in PREPARED:
            engines.prepare(runtime, bench.sample())
            engine = engines.load_prepared(runtime)
        else:
            engine = engines.load(runtime)
        prepared_s = time.perf_counter() - start_s
        return _measured(runtime, engine, bench, engines, seconds, prepared_s, turns)
    except Exception as error:  # exporters and compilers raise what they like
        lines = str(error).strip().splitlines() or ['']
        return Row(runtime, note=f'{type(error).__name__}: {lines[0]}')


def _measured(runtime: Runtime, engine: Engine, bench: Bench, engines: Engines, limit_s: float,
              prepared_s: float = 0.0, turns: int = _TURNS) -> Row:
    """Return a runtime's row, measured in turns with float32."""
    pairs = [[bench.run(e, e, limit_s / (2 * turns)) for e in (engines.plain, engine)]
             for _ in range(turns)]
    spans = {part: [np.concatenate([getattr(pair[i], part) for pair in pairs]) for i in (0, 1)]
             for part in ('vision_ms', 'decision_ms')}
    trials = [own for _, own in pairs]
    is_true = all(trial.is_true for trial in trials)
    ratios = {part: float(np.median(own) / np.median(plain)) if is_true else np.inf
              for part, (plain, own) in spans.items()}
    return Row(runtime, *(tuple(map(float, np.percentile(own, [50, 99])))
                          for _, own in spans.values()), *ratios.values(),
               max(trial.base_error for trial in trials),
               max(trial.joint_error_rad for trial in trials), prepared_s,
               '' if is_true else 'too far from float32')
