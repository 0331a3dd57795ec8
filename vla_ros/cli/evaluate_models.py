"""`vla evaluate-models`: what each shipped model reaches on data it never saw, bar by bar."""
import json
from pathlib import Path

from vla_ros.cli.arguments import add_jobs, add_robot, robot_of


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'evaluate-models', help='measure the models one by one, each figure beside its bar')
    parser.add_argument('--only', metavar='AREA', help=f'one of {", ".join(AREAS)}')
    parser.add_argument('--seed', type=int, default=1, metavar='S')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    add_robot(parser)
    add_jobs(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Measure, print a table; 0 if every bar holds."""
    from vla_ros.core.errors import ConfigurationError
    if args.only is not None and args.only not in AREAS:
        raise ConfigurationError(f'--only: {args.only!r}, expected one of {list(AREAS)}')
    rows = [figure.document() for area, measure in AREAS.items() if args.only in (None, area)
            for figure in measure(args)]
    _print(rows, args.seed)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({'seed': args.seed, 'rows': rows}, indent=2) + '\n')
    return 0 if all(row['holds'] for row in rows) else 1


def _perception(args) -> list:
    from rich.progress import Progress

    from vla_ros.learning.perception_evaluation import evaluate_perception
    with Progress() as progress:
        bar = progress.add_task('unseen scenes')
        return evaluate_perception(
            robot_of(args), args.seed,
            lambda done, total: progress.update(bar, completed=done, total=total))


def _language(args) -> list:
    from vla_ros.learning.language_figures import language_figures
    return language_figures(args.seed)


def _temporal(args) -> list:
    from vla_ros.learning.memory_figures import memory_figures
    return memory_figures(robot_of(args), args.seed, jobs=args.jobs)


def _feedback(args) -> list:
    from vla_ros.learning.feedback_figures import feedback_figures
    return feedback_figures(robot_of(args), args.seed, jobs=args.jobs)


AREAS = {'perception': _perception, 'language': _language, 'temporal': _temporal,
         'feedback': _feedback}
"""What can be measured."""


def _print(rows: list[dict], seed: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text                      # units in brackets are no markup
    table = Table(title=f'models, seed {seed}')
    for heading in ('area', 'measure', 'value', 'bar', 'holds'):
        table.add_column(heading, justify='right' if heading in ('value', 'bar') else 'left')
    for row in rows:
        sign = '>=' if row['is_at_least'] else '<='
        table.add_row(row['area'], Text(row['measure']), f'{row["value"]:.4g}',
                      f'{sign} {row["bar"]:g}', 'yes' if row['holds'] else 'NO')
    Console().print(table)
