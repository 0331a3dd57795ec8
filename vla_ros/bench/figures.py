"""Figures of what was noted, and what many of them together say. No clock, no process."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import math

import numpy as np

from vla_ros.bench.plan import Cell
from vla_ros.bench.recorder import Log, Sent

TOLERANCE_S = 0.005
"""How far from its slot a command may leave and still be on time [s]."""
HELD = 0.99
"""Share of slots from which a rate counts as held."""
_PHASES = 50

Row = dict[str, object]
"""One line of the report; None stands for what is not known."""


@dataclass(frozen=True)
class Window:
    """A span of time in which one node was measured; times are steady."""

    is_stolen: bool
    """Whether one core was taken away."""
    told_s: float
    """When the voice command was given: encodes and frames are counted from here on [s]."""
    from_s: float
    to_s: float
    """Between these two, commands count [s]."""
    cpu_percent: float
    """Of one core, in the same span."""
    rss_mb: float
    """Resident memory at the end."""


def on_time(left_s: Sequence[float], rate_hz: float, from_s: float, to_s: float) -> float:
    """
    Return the share of slots with a command that left within 5 ms of its slot.

    Slots are `1 / rate_hz` apart, from the window's begin to its end, and each command serves one
    of them. They lie where they suit the commands best: a node that needs the same time for each
    command is regular, and only that is asked for.

    :param left_s: when commands left, rising [s].
    """
    left_s = np.asarray(left_s)
    count = math.floor((to_s - from_s) * rate_hz + 1e-6)
    if count < 1 or not len(left_s):
        return 0.0
    phases_s = np.arange(_PHASES) / _PHASES / rate_hz
    starts_s = from_s + phases_s[:, None]
    slots_s = starts_s + np.arange(count) / rate_hz
    return max(_served(left_s, row) for row in slots_s) / count


def _served(left_s: np.ndarray, slots_s: np.ndarray) -> int:
    """Return how many slots are served if each command serves the earliest that it can."""
    served, slack_s = 0, TOLERANCE_S + 1e-9
    commands = iter(left_s.tolist())
    at_s = next(commands, math.inf)
    for slot_s in slots_s.tolist():
        while at_s < slot_s - slack_s:
            at_s = next(commands, math.inf)
        if at_s <= slot_s + slack_s:
            served += 1
            at_s = next(commands, math.inf)
    return served


def row_of(cell: Cell, window: Window, log: Log, shown_s: Iterable[float] = ()) -> Row:
    """
    Return the figures of one window.

    :param shown_s: stamps of the images that the camera sent in the window [s].
    """
    seconds = window.to_s - window.from_s
    sent = [s for s in log.sent if window.from_s <= s.left_s < window.to_s]
    since = [s for s in log.sent if window.told_s <= s.left_s < window.to_s]
    shown_s, arrived_s = set(shown_s), set(log.frames_s)
    near = [s.left_s for s in log.sent
            if window.from_s - TOLERANCE_S <= s.left_s < window.to_s + 1 / cell.rate_hz]
    return {
        'design': cell.design.value, 'preset': cell.weights.preset, 'rate_hz': cell.rate_hz,
        'stolen_core': window.is_stolen, 'commands_per_s': len(sent) / seconds,
        'on_time': on_time(near, cell.rate_hz, window.from_s, window.to_s),
        **_quantiles(sent), 'commands': len(since),
        'text_encodes': _count(log.text_encodes_s, window),
        'vision_encodes': _count(log.vision_encodes_s, window),
        'frames': len({s.frame_s for s in since if not math.isnan(s.frame_s)}) or None,
        'images_received': len(shown_s & arrived_s) / len(shown_s) if shown_s else None,
        'cpu_percent': window.cpu_percent, 'rss_mb': window.rss_mb}


def _quantiles(sent: list[Sent]) -> Row:
    ticks_ms = [1e3 * s.took_s for s in sent]
    ages_ms = {'image_age_p50_ms': [1e3 * s.image_age_s for s in sent],
               'joint_age_p50_ms': [1e3 * s.joint_age_s for s in sent]}
    decisions_ms = [1e3 * s.decide_s for s in sent]
    return {'tick_p50_ms': _percentile(ticks_ms, 50), 'tick_p99_ms': _percentile(ticks_ms, 99),
            'decide_p50_ms': _percentile(decisions_ms, 50),
            'decide_p99_ms': _percentile(decisions_ms, 99),
            **{name: _percentile(values, 50) for name, values in ages_ms.items()}}


def _percentile(values: list[float], percent: float) -> float | None:
    known = [v for v in values if not math.isnan(v)]
    return float(np.percentile(known, percent)) if known else None


def _count(at_s: list[float], window: Window) -> int | None:
    """Return how many instants lie between the voice command and the window's end."""
    return sum(window.told_s <= s < window.to_s for s in at_s) if at_s else None


KEYS = 'preset', 'design', 'rate_hz', 'stolen_core'
"""What tells one row from another."""


def medians(rows: Iterable[Row]) -> list[Row]:
    """Return one row for all repeats of the same, with the median of each figure."""
    groups: dict[tuple, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in KEYS), []).append(row)
    return [{name: group[0][name] if name in KEYS else _median([r[name] for r in group])
             for name in group[0]} | {'repeats': len(group)} for group in groups.values()]


def _median(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(float(np.median(known)), 4) if known else None


def summary_of(rows: list[Row]) -> dict[str, dict]:
    """
    Return, for each preset, the highest rate [Hz] that each design holds and ours by document's.

    A rate is held if 99 % of the commands are on time, at it and at every lower one that was
    tried; None: not even the lowest. The ratio is None where one of the two is.
    """
    found: dict[str, dict] = {}
    for preset in dict.fromkeys(row['preset'] for row in rows):
        of = [row for row in rows if row['preset'] == preset]
        held = {design: {name: _held([r for r in of if r['design'] == design
                                      and r['stolen_core'] is is_stolen])
                         for name, is_stolen in (('idle', False), ('stolen', True))}
                for design in dict.fromkeys(r['design'] for r in of)}
        ours, document = held.get('ours', {}), held.get('document', {})
        found[preset] = {'holds_hz': held, 'ours_to_document': {
            name: ours[name] / document[name] if ours.get(name) and document.get(name) else None
            for name in ('idle', 'stolen')}}
    return found


def _held(rows: list[Row]) -> float | None:
    highest_hz = None
    for row in sorted(rows, key=lambda r: r['rate_hz']):
        if row['on_time'] < HELD:
            break
        highest_hz = row['rate_hz']
    return highest_hz
