"""`vla tune`: which runtime is fastest on this machine, prepared, measured and remembered."""
from dataclasses import asdict
import json
import os
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'tune', help='prepare and measure every runtime here, and remember the fastest')
    parser.add_argument('--checkpoint', default='base', metavar='NAME|FOLDER',
                        help='default: %(default)s')
    parser.add_argument('--vision-threads', type=int, default=0, metavar='N',
                        help='0: all processors but one')
    parser.add_argument('--decision-threads', type=int, default=0, metavar='N', help='0: one')
    parser.add_argument('--seconds', type=float, default=10.0, metavar='S',
                        help='of measuring each (default: %(default)s)')
    parser.add_argument('--only', nargs='+', metavar='NAME',
                        help='these runtimes (default: all that are installed)')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Measure, print a table, remember."""
    from rich.console import Console

    from vla_ros.core.errors import ConfigurationError
    from vla_ros.inference.runtime import installed, parse_runtimes, Threads
    from vla_ros.inference.tuning import best, tune
    from vla_ros.models.checkpoint import load_checkpoint
    from vla_ros.models.presets import Preset
    if not 0 < args.seconds <= 600:
        raise ConfigurationError(f'--seconds {args.seconds:g}: expected up to 600')
    if load_checkpoint(args.checkpoint).manifest['preset'] == Preset.DOCUMENT.value:
        raise ConfigurationError("preset 'document' has one runtime, 'fp32'")
    threads, rows = Threads(args.vision_threads, args.decision_threads), []
    runtimes = parse_runtimes(args.only) if args.only else installed()
    for row in tune(args.checkpoint, threads, args.seconds, runtimes):
        rows.append(row)
        print(f'{row.runtime.value}: {row.note or "fine"} (prepared in {row.prepared_s:.0f} s)')
    choice = best(rows)
    Console().print(_table(rows, threads))
    print(f'chosen: {choice}; '
          f'load of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors')
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({
            'choice': asdict(choice), 'threads': threads.counts,
            'rows': [{**asdict(row), 'runtime': row.runtime.value} for row in rows]},
            indent=2) + '\n')
    return 0


def _table(rows, threads):
    from rich.table import Table
    table = Table(title='median / p99 in ms; x: times as long as fp32; {} and {} threads'.format(
        *threads.counts))
    for heading in ('runtime', 'vision', 'x', 'decision', 'x', 'off, m/s', 'off, mrad'):
        table.add_column(heading, justify='left' if heading == 'runtime' else 'right',
                         no_wrap=True)
    for row in rows:
        table.add_row(row.runtime.value, _span(row.vision_ms), f'{row.vision_ratio:.2f}',
                      _span(row.decision_ms), f'{row.decision_ratio:.2f}',
                      f'{row.base_error:.0e}', f'{1e3 * row.joint_error_rad:.0e}')
    return table


def _span(span_ms) -> str:
    return '{:.1f} / {:.1f}'.format(*span_ms)
