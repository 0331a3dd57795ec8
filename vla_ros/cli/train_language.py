"""`vla train-language`: the heads that understand commands, from templates alone."""
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'train-language', help='train what understands commands, or go on; minutes on one core')
    parser.add_argument('--out', type=Path, default=Path('runs/language'), metavar='DIR',
                        help='log and DIR/checkpoint (default: %(default)s)')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Train and return the exit code."""
    from vla_ros.learning.language_training import LanguageRecipe, train_language
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / 'log.txt').open('a') as log:
        def report(line: str) -> None:
            print(line, flush=True)
            print(line, file=log, flush=True)

        folder = train_language(args.out / 'checkpoint', LanguageRecipe(seed=args.seed), report)
    print(f'checkpoint: {folder}')
    return 0
