"""`vla evaluate --suite long`: long commands in the apartment, planner and perception included."""
from collections.abc import Callable
from dataclasses import asdict
import json

from vla_ros.cli.arguments import robot_of

SUITE = 'long'
_OTHERS = ('instruction', 'slip', 'no_feedback', 'no_memory', 'reuse_vision', 'live', 'against',
           'other_words', 'unseen_words', 'sweep', 'page', 'films', 'randomise')
"""What is asked of one command at a time only."""


def run(args, record: Callable[[str, dict], None]) -> int:
    """
    Evaluate, print a table and return the exit code.

    :param record: writes figures into the manifest of a checkpoint.
    """
    from vla_ros.cli.evaluation_tables import print_report
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.long_evaluation import evaluate_long, long_report, LongPlan
    if given := [name for name in _OTHERS if getattr(args, name)]:
        raise ConfigurationError(f'suite long: {given} do not go with it, --policy, --runtime, '
                                 '--pictures, --json and --record do')
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    plan = LongPlan(robot_of(args), args.seed, args.policy, args.runtime, args.pictures)
    outcomes = _watched(evaluate_long(plan, args.episodes, args.jobs), args.episodes)
    report = {'policy': args.policy, 'seed': args.seed, **long_report(outcomes)}
    print_report(report)
    if args.record:
        record(args.policy, report)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        report['outcomes'] = [asdict(o) for o in sorted(outcomes, key=lambda o: o.index)]
        args.json.write_text(json.dumps(report, indent=2) + '\n')
    return 0


def _watched(outcomes, count: int) -> list:
    """Return outcomes as a list, showing meanwhile how many there are."""
    from rich.progress import Progress
    with Progress() as progress:
        bar, taken = progress.add_task('long: 0 done', total=count), []
        for outcome in outcomes:
            taken.append(outcome)
            done = sum(o.is_success for o in taken)
            progress.update(bar, advance=1, description=f'long: {done} done')
    return taken
