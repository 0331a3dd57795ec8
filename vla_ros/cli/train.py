"""`vla train`: a checkpoint from demonstrations."""
from pathlib import Path

from vla_ros.cli import train_recorded
from vla_ros.cli.arguments import add_robot, robot_of


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'train', help='train a policy; goes on where it stopped')
    parser.add_argument('--data', type=Path, default=Path('data/demonstrations'), metavar='DIR',
                        help='dataset of "vla collect", or a LeRobotDataset v3 of any robot '
                             '(default: %(default)s)')
    parser.add_argument('--out', type=Path, metavar='DIR',
                        help='run: state, log and DIR/checkpoint (default: runs/PRESET)')
    parser.add_argument('--name', help='name of the checkpoint (default: that of the preset)')
    parser.add_argument('--preset', default='base',
                        help='base, small or document (default: %(default)s)')
    parser.add_argument('--finetune', metavar='NAME|DIR',
                        help='begin with the weights of this checkpoint')
    parser.add_argument('--eyes', metavar='NAME|DIR', default='',
                        help='with --finetune: look with the eyes of this perception')
    parser.add_argument('--steps', type=int, metavar='N',
                        help='optimiser steps; 0 writes an untrained checkpoint')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    train_recorded.add_arguments(parser.add_argument_group('of LeRobot datasets'))
    add_robot(parser)
    parser.set_defaults(run=run, robot=None)


def run(args) -> int:
    """Train and return the exit code."""
    if train_recorded.is_wanted(args):
        return train_recorded.run(args, TrainingBar)
    args.robot = args.robot or 'unitree_g1'
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.trainer import finetuning, Recipe
    from vla_ros.learning.training import train, write_untrained
    from vla_ros.models.presets import parse_preset
    robot, preset = robot_of(args), parse_preset(args.preset)
    out, name = args.out or Path('runs') / preset.value, args.name or preset.value
    if args.steps == 0:
        folder = write_untrained(robot, preset, out, name, args.seed)
        print(f'untrained {preset.value} checkpoint for {robot.name}: {folder}')
        return 0
    if args.eyes and not args.finetune:
        raise ConfigurationError(f'--eyes {args.eyes}: only with --finetune')
    if args.finetune:
        recipe = finetuning(args.finetune, args.seed, args.steps, args.eyes)
    else:
        recipe = Recipe(seed=args.seed, **({'steps': args.steps} if args.steps else {}))
    with TrainingBar(recipe.all_steps, out / 'losses.csv') as report:
        folder = train(robot, preset, args.data, out, name, recipe, report)
    print(f'checkpoint: {folder}')
    return 0


class TrainingBar:
    """Shows the loss and writes its parts to a table."""

    def __init__(self, steps: int, table: Path):
        from rich.progress import Progress, TimeRemainingColumn
        self._progress = Progress(*Progress.get_default_columns()[:-1], TimeRemainingColumn())
        self._bar = self._progress.add_task('loading', total=steps)
        self._table = table

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *error):
        self._progress.stop()

    def rooms(self, done: int, total: int) -> None:
        """Show how much of the data is there."""
        self._progress.update(self._bar, description=f'rooms {done} of {total}')

    def __call__(self, step: int, parts: dict[str, float]) -> None:
        """Show the loss of a step and write its parts down."""
        self._progress.update(self._bar, completed=step,
                              description=f'loss {sum(parts.values()):.3f}')
        is_new = not self._table.is_file()
        with self._table.open('a') as table:
            if is_new:
                table.write(','.join(['step', *parts]) + '\n')
            table.write(','.join([str(step), *(f'{v:.5f}' for v in parts.values())]) + '\n')
