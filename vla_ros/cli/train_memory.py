"""`vla train-memory`: give a policy that acts by the view alone a memory."""
from dataclasses import replace
from pathlib import Path

from vla_ros.cli.arguments import add_robot, robot_of
from vla_ros.core.errors import ConfigurationError

DATA = Path('data/demonstrations')


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'train-memory', help='train the memory of a policy; goes on where it stopped')
    parser.add_argument('--data', type=Path, action='append', metavar='DIR',
                        help='dataset of "vla collect"; may be given several times '
                             f'(default: {DATA})')
    parser.add_argument('--errands', type=Path, default=Path('data/errands'), metavar='DIR',
                        help='dataset of "vla collect --errands" (default: %(default)s)')
    parser.add_argument('--out', type=Path, default=Path('runs/memory'), metavar='DIR',
                        help='run: state, log and DIR/checkpoint (default: %(default)s)')
    parser.add_argument('--name', default='base', help='name of the checkpoint')
    parser.add_argument('--start', default='base', metavar='NAME|DIR',
                        help='checkpoint of the policy (default: %(default)s)')
    parser.add_argument('--steps', type=int, metavar='N', help='steps on sequences')
    parser.add_argument('--episodes', type=int, metavar='N',
                        help='of all of --data together, as many of each (default: 200)')
    parser.add_argument('--forgetful', action='store_true',
                        help='empty the memory at every tick, to see what it is good for')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    add_robot(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Train and return the exit code."""
    from rich.progress import Progress, TimeRemainingColumn

    from vla_ros.learning.memory_training import MemoryRecipe, train_memory
    recipe = MemoryRecipe(args.start, seed=args.seed, remembers=not args.forgetful)
    given = {'steps': args.steps, 'episodes': args.episodes}
    for key, value in given.items():
        if value is not None and value < 1:
            raise ConfigurationError(f'--{key} {value}: expected at least 1')
    recipe = replace(recipe, **{key: value for key, value in given.items() if value})
    with Progress(*Progress.get_default_columns()[:-1], TimeRemainingColumn()) as progress:
        folder = train_memory(robot_of(args), args.data or [DATA], args.errands, args.out,
                              args.name, recipe, _Report(progress, args.out / 'losses.csv'))
    print(f'checkpoint: {folder}')
    return 0


class _Report:
    """Shows the phases, a bar for each, and writes the parts of the loss to a table."""

    def __init__(self, progress, table: Path):
        self._progress, self._table = progress, table
        self._bars: dict[str, int] = {}

    def __call__(self, phase: str, done: int, total: int, parts: dict[str, float]) -> None:
        """Show how far a phase is."""
        if phase not in self._bars:
            self._bars[phase] = self._progress.add_task(phase, total=total)
        loss = f', loss {sum(parts.values()):.3f}' if parts else ''
        self._progress.update(self._bars[phase], completed=done, description=f'{phase}{loss}')
        if parts:
            with self._table.open('a') as table:
                named = ','.join(f'{name}={value:.5f}' for name, value in parts.items())
                table.write(f'{phase},{done},{named}\n')
