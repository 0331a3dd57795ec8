"""`vla evaluate-models`: what each shipped model reaches on data it never saw, bar by bar."""
import json
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'evaluate-models', help='measure the models one by one, each figure beside its bar')
    parser.add_argument('--only', metavar='AREA', help=f'one of {", ".join(AREAS)}')
    parser.add_argument('--seed', type=int, default=1, metavar='S')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Measure, print a table; 0 if every bar holds."""
    from vla_ros.core.errors import ConfigurationError
    if args.only is not None and args.only not in AREAS:
        raise ConfigurationError(f'--only: {args.only!r}, expected one of {list(AREAS)}')
    rows = [row.document() for area, measure in AREAS.items() if args.only in (None, area)
            for row in measure(args.seed)]
    _print(rows, args.seed)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({'seed': args.seed, 'rows': rows}, indent=2) + '\n')
    return 0 if all(row['holds'] for row in rows) else 1


def _language(seed: int) -> list:
    from vla_ros.learning.language_figures import language_figures
    return language_figures(seed)


AREAS = {'language': _language}
"""What can be measured: each takes a seed and returns rows."""


def _print(rows: list[dict], seed: int) -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table(title=f'models, seed {seed}')
    for heading in ('area', 'measure', 'value', 'bar', 'holds'):
        table.add_column(heading, justify='right' if heading in ('value', 'bar') else 'left')
    for row in rows:
        sign = '>=' if row['is_at_least'] else '<='
        table.add_row(row['area'], row['measure'], f'{row["value"]:.4g}',
                      f'{sign} {row["bar"]:g}', 'yes' if row['holds'] else 'NO')
    Console().print(table)
