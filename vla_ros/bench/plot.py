"""The figures of a run as a picture: how many commands leave on time, by rate."""
from pathlib import Path
from typing import Any

from vla_ros.bench.figures import HELD, Row
from vla_ros.core.errors import MissingDependencyError

_LOOKS = {'document': ('#d9731a', '^', 1.6, 'document: everything anew in a timer'),
          'queue': ('#8a8a8a', 's', 1.6, 'queue: a chunk at a time, waits for the next'),
          'ours': ('#1f5fbf', 'o', 2.6, 'ours')}
"""Colour, marker, width and name of each design; the last is drawn on top."""
_INCHES, _LEGEND_INCHES = (4.8, 2.9), 1.4


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
    """Draw a panel for each preset, idle and with a core stolen, into a PNG."""
    from matplotlib.figure import Figure
    presets = list(dict.fromkeys(row['preset'] for row in rows))
    figure = Figure(figsize=(_INCHES[0] * len(presets), 2 * _INCHES[1] + _LEGEND_INCHES),
                    layout='constrained')
    panels = figure.subplots(2, len(presets), sharex=True, sharey=True, squeeze=False)
    for column, preset in enumerate(presets):
        for line, is_stolen in enumerate((False, True)):
            _panel(panels[line][column], preset, is_stolen, [
                row for row in rows
                if row['preset'] == preset and row['stolen_core'] is is_stolen])
    for panel in panels[1]:
        panel.set_xlabel('commands asked for per second')
    for panel in panels[:, 0]:
        panel.set_ylabel('on time [%]')
    handles = {handle.get_label(): handle for panel in panels.flat
               for handle in panel.get_legend_handles_labels()[0]}
    figure.legend(handles.values(), handles.keys(), loc='outside lower center', frameon=False)
    figure.suptitle(f'Commands that leave within 5 ms of their slot\n'
                    f'{machine["cores"]} cores, {machine["processor"]}', fontsize=11)
    figure.savefig(path, dpi=150)


def _panel(panel: Any, preset: str, is_stolen: bool, rows: list[Row]) -> None:
    rates_hz = sorted({row['rate_hz'] for row in rows})
    panel.axhline(100 * HELD, color='black', linewidth=0.8, linestyle=':',
                  label=f'held: {100 * HELD:g} % or more')
    for design, (colour, marker, width, name) in _LOOKS.items():
        chosen = sorted((r for r in rows if r['design'] == design), key=lambda r: r['rate_hz'])
        if chosen:
            panel.plot([rates_hz.index(r['rate_hz']) for r in chosen],
                       [100 * r['on_time'] for r in chosen], color=colour, marker=marker,
                       label=name, linewidth=width)
    panel.set_xticks(range(len(rates_hz)), [f'{rate_hz:g}' for rate_hz in rates_hz])
    panel.set_xlim(-0.3, len(rates_hz) - 0.7)
    panel.set_ylim(0, 104)
    panel.set_title(f'{preset} weights, {"one core stolen" if is_stolen else "idle"}',
                    fontsize=10)
    panel.grid(axis='y', alpha=0.25)
    panel.spines[['top', 'right']].set_visible(False)
