"""`vla evaluate`: how often a policy does what it is told, on episodes it never saw."""
from dataclasses import asdict
import json
from pathlib import Path

from vla_ros.cli.arguments import add_jobs, add_robot, robot_of

SLIP_MAX = 0.9


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser('evaluate', help='measure a policy in the simulator')
    parser.add_argument('--suite', default='goto',
                        help='goto, move, phrasings, pairs, swapped, absent, memory or long')
    parser.add_argument('--episodes', type=int, default=100, metavar='N')
    parser.add_argument('--seed', type=int, default=1, metavar='S')
    parser.add_argument('--instruction', metavar='TEXT',
                        help="say this in every episode instead of the suite's sentences")
    parser.add_argument('--policy', default='base', metavar='expert|CHECKPOINT',
                        help='default: %(default)s')
    parser.add_argument('--slip', type=float, default=0.0, metavar='SHARE',
                        help='part of its commanded velocity that the base loses, '
                             f'0 to {SLIP_MAX}')
    parser.add_argument('--no-feedback', action='store_true',
                        help='the policy is not told how the base really moved')
    parser.add_argument('--no-memory', action='store_true',
                        help='what the policy remembers is wiped before every decision')
    parser.add_argument('--runtime', default='fp32', metavar='NAME',
                        help='how the model is computed, or auto (default: %(default)s)')
    parser.add_argument('--reuse-vision', type=float, default=0.0, metavar='DISTANCE',
                        help='use features of an image again where no part of the image has '
                             'changed by more, 0 to 255 (default: never)')
    parser.add_argument('--live', action='store_true',
                        help='drive as the fusion node does: fifty decisions a second, late '
                             'images, blended chunks, the guard')
    parser.add_argument('--pictures', type=Path, metavar='DIR',
                        help='long: a picture from above of every episode')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    parser.add_argument('--record', action='store_true',
                        help="also write the figures into the checkpoint's manifest")
    add_robot(parser)
    add_jobs(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Evaluate, print a table and return the exit code."""
    from vla_ros.learning.long_evaluation import SUITE
    figures, outcomes = (_evaluate_long if args.suite == SUITE else _evaluate)(args)
    report = {'policy': args.policy, 'seed': args.seed, **figures}
    _print(report)
    if args.record:
        _record(args.policy, report)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        report['outcomes'] = [asdict(o) for o in sorted(outcomes, key=lambda o: o.index)]
        args.json.write_text(json.dumps(report, indent=2) + '\n')
    return 0


def _evaluate(args) -> tuple[dict, list]:
    """Return the figures of one command at a time, and the outcomes."""
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.evaluate import evaluate, parse_suite, Plan, report_of
    if not 0.0 <= args.slip <= SLIP_MAX:
        raise ConfigurationError(f'--slip: {args.slip:g}, expected 0 to {SLIP_MAX}')
    plan = Plan(robot_of(args), parse_suite(args.suite), args.seed, args.policy,
                args.instruction, args.slip, not args.no_feedback, not args.no_memory,
                args.runtime, args.reuse_vision, args.live)
    outcomes = _watched(evaluate(plan, args.episodes, args.jobs), args)
    return report_of(plan.suite, outcomes), outcomes


def _evaluate_long(args) -> tuple[dict, list]:
    """Return the figures of long commands in the apartment, and the outcomes."""
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.long_evaluation import evaluate_long, long_report, LongPlan
    others = ('instruction', 'slip', 'no_feedback', 'no_memory', 'reuse_vision', 'live')
    if given := [name for name in others if getattr(args, name)]:
        raise ConfigurationError(f'suite long: {given} do not go with it, --policy, --runtime '
                                 'and --pictures do')
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    plan = LongPlan(robot_of(args), args.seed, args.policy, args.runtime, args.pictures)
    outcomes = _watched(evaluate_long(plan, args.episodes, args.jobs), args)
    return long_report(outcomes), outcomes


def _watched(outcomes, args) -> list:
    """Return outcomes as a list, showing meanwhile how many there are."""
    from rich.progress import Progress
    with Progress() as progress:
        bar, taken = progress.add_task(f'{args.suite}: 0 done', total=args.episodes), []
        for outcome in outcomes:
            taken.append(outcome)
            done = sum(o.is_success for o in taken)
            progress.update(bar, advance=1, description=f'{args.suite}: {done} done')
    return taken


def _record(policy: str, report: dict) -> None:
    """Add the figures of a suite to the manifest of the checkpoint that they were measured on."""
    from vla_ros.models.checkpoint import add_facts, find_checkpoint, load_checkpoint
    folder = find_checkpoint(policy)
    results = dict(load_checkpoint(str(folder)).manifest.get('results', {}))
    kept = ('episodes', 'successes', 'rate', 'wilson_95', 'falls', 'mean_time_s', 'both', 'seed',
            'path_ratio', 'contacts')
    results[report['suite']] = {key: report[key] for key in kept if key in report}
    add_facts(folder, results=results)


def _print(report: dict) -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table(title=f'{report["policy"]} on {report["suite"]}, seed {report["seed"]}')
    for heading in ('', 'done', 'rate', '95 % interval', 'falls', 'mean time'):
        table.add_column(heading, justify='left' if not heading else 'right')
    groups = report.get('per_subtasks') or report['per_instruction']
    rows = [('all', report), *sorted(groups.items())]
    if 'both' in report:
        rows.insert(1, ('both of a scene', report['both']))
    for name, row in rows if len(rows) <= 12 else rows[:2 if 'both' in report else 1]:
        low, high = row['wilson_95']
        time_s = f'{row["mean_time_s"]:.1f} s' if row['mean_time_s'] else '-'
        table.add_row(name, f'{row["successes"]}/{row["episodes"]}', f'{row["rate"]:.1%}',
                      f'{low:.1%} to {high:.1%}', str(row['falls']), time_s)
    Console().print(table)
    if 'path_ratio' in report:
        _print_ways(report)


def _print_ways(report: dict) -> None:
    """Print how long ways were, what was touched, and why what failed did."""
    ways = report['path_ratio']
    if ways['of']:
        print(f'walked over shortest way: {ways["median"]:.2f} in the median, '
              f'{ways["greatest"]:.2f} at most, {ways["within"]} of {ways["of"]} within bounds')
    print(f'furniture touched in {report["contacts"]["episodes"]} of {report["episodes"]} '
          f'episodes: {report["contacts"]["touched"] or "none"}')
    for failure in report['failures']:
        print(f'{failure["index"]:3d}  {failure["command"]}\n     {failure["reason"]}')
