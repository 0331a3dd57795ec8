"""The figures of a run as a picture: how many commands leave on time, and on how old an image."""
from pathlib import Path
from typing import Any

from vla_ros.bench.figures import HELD, Row
from vla_ros.core.errors import MissingDependencyError

_LOOKS = {'document': ('#d9731a', '^', 1.6, 'document: everything anew in a timer'),
          'queue': ('#8a8a8a', 's', 1.6, 'queue: a chunk at a time, waits for the next'),
          'ours': ('#1f5fbf', 'o', 2.6, 'ours')}
"""Colour, marker, width and name of each design; the last is drawn on top."""
_INCHES, _LEGEND_INCHES = (4.8, 2.4), 1.6


def require_matplotlib() -> None:
    """
    Do nothing where pictures can be drawn.

    :raises MissingDependencyError: if matplotlib is missing; the message says how to install it.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            '--png needs matplotlib: pip install matplotlib') from error


def draw(rows: list[Row], machine: dict[str, Any], path: Path) -> None:
    """Draw, for each preset: on time idle, on time with a core stolen, how old the image is."""
    from matplotlib.figure import Figure
    presets = list(dict.fromkeys(row['preset'] for row in rows))
    rates_hz = sorted({row['rate_hz'] for row in rows})
    figure = Figure(figsize=(_INCHES[0] * len(presets), 3 * _INCHES[1] + _LEGEND_INCHES),
                    layout='constrained')
    panels = figure.subplots(3, len(presets), sharex='all', sharey='row', squeeze=False)
    for (idle, stolen, age), preset in zip(panels.T, presets, strict=True):
        of = [row for row in rows if row['preset'] == preset]
        for panel, is_stolen in ((idle, False), (stolen, True)):
            _on_time(panel, rates_hz, [row for row in of if row['stolen_core'] is is_stolen])
            panel.set_title(f'{preset} weights, {"one core stolen" if is_stolen else "idle"}',
                            fontsize=10)
        _ages(age, rates_hz, [row for row in of if not row['stolen_core']])
        age.set_title(f'{preset} weights, idle', fontsize=10)
        age.set_xlabel('commands asked for per second')
    for line, name in zip(panels, ('on time [%]', 'on time [%]', 'age of the image [ms]'),
                          strict=True):
        line[0].set_ylabel(name)
    handles = {handle.get_label(): handle for panel in panels.flat
               for handle in panel.get_legend_handles_labels()[0]}
    figure.legend(handles.values(), handles.keys(), loc='outside lower center', frameon=False)
    figure.suptitle('Commands that leave within 5 ms of their slot,\nand the age of the image '
                    'that they were computed from\n'
                    f'({machine["cores"]} cores, {machine["processor"]})', fontsize=11)
    figure.savefig(path, dpi=150)


def _on_time(panel: Any, rates_hz: list[float], rows: list[Row]) -> None:
    panel.axhline(100 * HELD, color='black', linewidth=0.8, linestyle=':',
                  label=f'held: {100 * HELD:g} % or more')
    _lines(panel, rates_hz, [row | {'shown': 100 * row['on_time']} for row in rows])
    panel.set_ylim(0, 104)


def _ages(panel: Any, rates_hz: list[float], rows: list[Row]) -> None:
    _lines(panel, rates_hz, [row | {'shown': row['image_age_p50_ms']} for row in rows
                             if row['image_age_p50_ms'] is not None])
    panel.set_ylim(bottom=0)


def _lines(panel: Any, rates_hz: list[float], rows: list[Row]) -> None:
    """Draw what is shown of each design over the rates, which are the same distance apart."""
    for design, (colour, marker, width, name) in _LOOKS.items():
        chosen = sorted((r for r in rows if r['design'] == design), key=lambda r: r['rate_hz'])
        if chosen:
            panel.plot([rates_hz.index(r['rate_hz']) for r in chosen],
                       [r['shown'] for r in chosen], color=colour, marker=marker, label=name,
                       linewidth=width)
    panel.set_xticks(range(len(rates_hz)), [f'{rate_hz:g}' for rate_hz in rates_hz])
    panel.set_xlim(-0.3, len(rates_hz) - 0.7)
    panel.grid(axis='y', alpha=0.25)
    panel.spines[['top', 'right']].set_visible(False)
