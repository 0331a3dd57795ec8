"""`vla bench`: the fusion node against the ways it is often written, in one run."""
import json
from pathlib import Path
import time

_PRESETS = 'base', 'document'
_WIDTH = 130


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'bench', help='commands on time, ages and load of three designs, on this machine')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    parser.add_argument('--png', type=Path, metavar='FILE', help='draw the figures here')
    parser.add_argument('--rates', type=float, nargs='+', metavar='HZ',
                        help='commands a second (default: 10 50 100 200)')
    parser.add_argument('--repeats', type=int, metavar='N',
                        help='repeats, whose medians are told (default: 3)')
    parser.add_argument('--seconds', type=float, metavar='S',
                        help='how long each cell is measured, idle and again with a core stolen '
                             '(default: 3.5)')
    parser.add_argument('--designs', nargs='+', metavar='NAME',
                        default=['document', 'queue', 'ours'],
                        help='of these: document queue ours (default: all)')
    parser.add_argument('--presets', nargs='+', metavar='NAME',
                        help='of these: base document (default: both)')
    parser.add_argument('--quick', action='store_true',
                        help='base at 10 and 50 Hz, two seconds, once')
    parser.add_argument('--soak-minutes', type=float, default=0.0, metavar='M',
                        help='watch the memory of ours for so long (default: not)')
    parser.add_argument('--out', type=Path, default=Path('out/bench'), metavar='DIR',
                        help="the nodes' logs, and the document's weights "
                             '(default: %(default)s)')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Measure, print and write; 0 if everything could be measured."""
    from vla_ros.bench.plot import draw, require_matplotlib
    from vla_ros.bench.run import Report, run as measure
    from vla_ros.bench.stand import Stand
    if args.png:
        require_matplotlib()
    for path in filter(None, (args.json, args.png)):
        path.parent.mkdir(parents=True, exist_ok=True)
    report = Report(_plan(args))
    try:
        with Stand(args.out) as stand:
            measure(report, stand, _Progress(report, args.json), args.soak_minutes)
    finally:                                            # what was measured is not lost
        if report.measured:
            told = report.as_json()
            _print(told)
            if args.png:
                draw(told['rows'], told['machine'], args.png)
    return 0


class _Progress:
    """Prints each row and writes everything so far."""

    def __init__(self, report, path: Path | None):
        self._report, self._path, self._started_s = report, path, time.monotonic()
        self._rows = 2 * report.plan.repeats * len(list(report.plan.cells()))

    def __call__(self, rows: list[dict]) -> None:
        done = len(self._report.measured)
        for row in rows:
            print(f'{time.monotonic() - self._started_s:5.0f} s  {done}/{self._rows}  '
                  f'{row["preset"]} {row["design"]} {row["rate_hz"]:g} Hz'
                  f'{", a core stolen" if row["stolen_core"] else ""}: '
                  f'{100 * row["on_time"]:.1f} % on time, {row["commands_per_s"]:.1f} a second',
                  flush=True)
        if self._path:
            self._path.write_text(json.dumps(self._report.as_json(), indent=2) + '\n')


def _plan(args):
    """Return what is asked for; weights of the document's preset are made where there are none."""
    from vla_ros.bench.plan import Design, parse_designs, Plan, Weights
    from vla_ros.core.errors import ConfigurationError
    presets = args.presets or (['base'] if args.quick else list(_PRESETS))
    if unknown := [name for name in presets if name not in _PRESETS]:
        raise ConfigurationError(f'presets: unknown {unknown}; known: {list(_PRESETS)}')
    if args.soak_minutes < 0:
        raise ConfigurationError(f'--soak-minutes {args.soak_minutes:g}: expected 0 or more')
    weights = [Weights('base', 'base', 'unitree_g1', tuple(Design))]
    if 'document' in presets:
        weights.append(Weights(
            'document', str(args.out / 'document' / 'checkpoint'), 'humanoid_24dof',
            (Design.DOCUMENT, Design.OURS), is_trained=False))
    asked = {'rates_hz': args.rates and tuple(args.rates), 'repeats': args.repeats,
             'seconds': args.seconds}
    quick = {'rates_hz': (10.0, 50.0), 'repeats': 1, 'seconds': 2.0} if args.quick else {}
    plan = Plan(tuple(w for w in weights if w.preset in presets), parse_designs(args.designs),
                **{**quick, **{name: value for name, value in asked.items()
                               if value is not None}})
    for one in plan.weights:
        if not one.is_trained:
            _write_untrained(one, args.out / 'document')
    return plan


def _write_untrained(weights, folder: Path) -> None:
    from vla_ros.core.package_files import robot_file
    from vla_ros.core.robot import load_robot
    from vla_ros.learning.training import write_untrained
    from vla_ros.models.presets import Preset
    if not (Path(weights.checkpoint) / 'manifest.json').is_file():
        write_untrained(load_robot(robot_file(weights.robot)), Preset.DOCUMENT, folder,
                        'document', 0)


def _print(report: dict) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from vla_ros.bench.table import (
        HEADINGS,
        LEGEND,
        lines_of,
        words_of,
        words_of_extra,
    )
    console = Console()
    console.width = max(console.width, _WIDTH)          # a file or a pipe takes whole lines
    for preset in report['summary']:
        for is_stolen in (False, True):
            table = Table(title=f'{preset} weights, '
                                f'{"one core stolen" if is_stolen else "idle"}',
                          box=box.SIMPLE_HEAD)
            for heading in HEADINGS:
                table.add_column(heading, justify='left' if heading == 'design' else 'right',
                                 no_wrap=True)
            for line in lines_of(report['rows'], preset, is_stolen):
                table.add_row(*line)
            console.print(table)
    console.print(LEGEND, highlight=False, markup=False)
    for line in (*words_of(report['summary']), *words_of_extra(report['extra'])):
        console.print(line, highlight=False)
