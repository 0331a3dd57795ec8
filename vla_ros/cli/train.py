"""`vla train`: a checkpoint from demonstrations."""
from dataclasses import replace
from pathlib import Path
import sys

from vla_ros.cli.arguments import add_robot, robot_of

DATA = Path('data/demonstrations')


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'train', help='train a policy; goes on where it stopped',
        epilog='Several processes, also on several machines: torchrun --nproc-per-node 2 -m '
               'vla_ros.cli.main train ...')
    parser.add_argument('--data', type=Path, action='append', metavar='DIR',
                        help=f'dataset; may be given several times (default: {DATA})')
    parser.add_argument('--out', type=Path, metavar='DIR',
                        help='run: state, log and DIR/checkpoint (default: runs/PRESET)')
    parser.add_argument('--name', help='name of the checkpoint (default: that of the preset)')
    parser.add_argument('--preset', default='base',
                        help='base, small or document (default: %(default)s)')
    parser.add_argument('--steps', type=int, metavar='N',
                        help='optimiser steps; 0 writes an untrained checkpoint')
    parser.add_argument('--images', type=int, metavar='N',
                        help='images in a batch, of all processes together')
    parser.add_argument('--threads', type=int, metavar='N',
                        help='threads of each process (default: all cores)')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    _add_finetuning(parser.add_argument_group('going on from a checkpoint'))
    _add_log(parser.add_argument_group('what is looked at meanwhile'))
    add_robot(parser)
    parser.set_defaults(run=run)


def _add_finetuning(group) -> None:
    group.add_argument('--finetune', metavar='NAME|DIR',
                       help='begin with the weights of this checkpoint')
    group.add_argument('--rehearse', type=Path, action='append', default=[], metavar='DIR',
                       help='with --finetune: dataset of what is not to be forgotten; may be '
                            'given several times')
    group.add_argument('--rehearse-share', type=float, metavar='SHARE',
                       help='part of each batch from --rehearse (default: 0.5)')
    group.add_argument('--freeze-eyes', action='store_true',
                       help='with --finetune: what an image gives stays as it is')
    group.add_argument('--eyes', metavar='NAME|DIR', default='',
                       help='with --finetune: look with the eyes of this perception')


def _add_log(group) -> None:
    group.add_argument('--validate-every', type=int, metavar='N',
                       help='let the policy drive the simulated robot every N steps')
    group.add_argument('--validate-suites', nargs='+', default=['goto', 'move'], metavar='SUITE',
                       help='there (default: goto move)')
    group.add_argument('--validate-episodes', type=int, default=5, metavar='N',
                       help='of each suite (default: %(default)s)')
    group.add_argument('--tensorboard', action='store_true',
                       help='also write the curves for TensorBoard')


def run(args) -> int:
    """Train and return the exit code."""
    from vla_ros.learning.processes import is_first, together
    from vla_ros.learning.training import Lessons, train, write_untrained
    from vla_ros.models.presets import parse_preset
    robot, preset = robot_of(args), parse_preset(args.preset)
    out, name = args.out or Path('runs') / preset.value, args.name or preset.value
    if args.steps == 0:
        folder = write_untrained(robot, preset, out, name, args.seed)
        print(f'untrained {preset.value} checkpoint for {robot.name}: {folder}')
        return 0
    recipe, lessons = _recipe(args), Lessons(tuple(args.data or [DATA]), tuple(args.rehearse))
    with together(), TrainingLog(out, recipe.all_steps, args.tensorboard, is_first()) as log:
        folder = train(robot, preset, lessons, out, name, recipe, log.losses,
                       _closed_loop(args, log.success))
    if log.is_shown:
        print(f'checkpoint: {folder}\ncurves: {log.draw()}')
    return 0


def _recipe(args):
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.trainer import finetuning, Recipe
    given = {'--eyes': args.eyes, '--rehearse': ', '.join(map(str, args.rehearse)),
             '--rehearse-share': args.rehearse_share, '--freeze-eyes': args.freeze_eyes}
    for option, value in given.items():
        if value and not args.finetune:
            what = option if value is True else f'{option} {value}'
            raise ConfigurationError(f'{what}: only with --finetune')
    if args.finetune:
        recipe = finetuning(args.finetune, args.seed, args.steps, args.eyes)
    else:
        recipe = Recipe(seed=args.seed, **({'steps': args.steps} if args.steps else {}))
    given = {'images': args.images, 'threads': args.threads, 'freezes_eyes': args.freeze_eyes,
             'rehearsal': args.rehearse_share}
    return replace(recipe, **{key: value for key, value in given.items() if value is not None})


def _closed_loop(args, report):
    from vla_ros.learning.closed_loop import ClosedLoop
    from vla_ros.learning.evaluate import parse_suite
    if args.validate_every is None:
        return None
    return ClosedLoop(args.validate_every, tuple(map(parse_suite, args.validate_suites)),
                      args.validate_episodes, report)


class TrainingLog:
    """What a run tells while it trains: a bar, tables, curves; silent where it is not shown."""

    def __init__(self, folder: Path, steps: int, has_board: bool, is_shown: bool):
        from vla_ros.learning.curves import LOSSES, SUCCESS
        from vla_ros.learning.step_table import StepTable
        self.is_shown, self._folder = is_shown, folder
        self._bar = TrainingBar(steps, folder / LOSSES)
        self._success = StepTable(folder / SUCCESS)
        self._board = _board(folder / 'tensorboard') if has_board and is_shown else None

    def __enter__(self):
        if self.is_shown:
            self._bar.__enter__()
        return self

    def __exit__(self, *error):
        if self.is_shown:
            self._bar.__exit__(*error)
        if self._board:
            self._board.close()

    def losses(self, step: int, parts: dict[str, float]) -> None:
        """Show and write the parts of the loss of a step."""
        self._bar(step, parts)
        if self._board:
            self._board.add('loss', step, parts)

    def success(self, step: int, rates: dict[str, float]) -> None:
        """Write how often the policy did what it was told, by suite."""
        self._success.add(step, rates)
        self._bar.say(f'step {step}: ' + ', '.join(f'{n} {r:.0%}' for n, r in rates.items()))
        if self._board:
            self._board.add('success', step, rates)
        self.draw()

    def draw(self) -> Path:
        """Draw the curves so far and return the picture."""
        from vla_ros.learning.curves import draw_curves
        return draw_curves(self._folder)


def _board(folder: Path):
    """Return a board of TensorBoard; where it is missing, say so and go on without."""
    from vla_ros.core.errors import MissingDependencyError
    from vla_ros.learning.board import Board
    try:
        return Board(folder)
    except MissingDependencyError as error:
        print(f'no curves for TensorBoard: {error}', file=sys.stderr)
        return None


class TrainingBar:
    """Shows the loss and writes its parts to a table."""

    def __init__(self, steps: int, table: Path):
        from rich.progress import Progress, TimeRemainingColumn

        from vla_ros.learning.step_table import StepTable
        self._progress = Progress(*Progress.get_default_columns()[:-1], TimeRemainingColumn())
        self._bar = self._progress.add_task('loading', total=steps)
        self._table = StepTable(table)

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *error):
        self._progress.stop()

    def rooms(self, done: int, total: int) -> None:
        """Show how much of the data is there."""
        self._progress.update(self._bar, description=f'rooms {done} of {total}')

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(line)

    def __call__(self, step: int, parts: dict[str, float]) -> None:
        """Show the loss of a step and write its parts down."""
        self._progress.update(self._bar, completed=step,
                              description=f'loss {sum(parts.values()):.3f}')
        self._table.add(step, parts)
