"""`vla train`: a checkpoint from demonstrations."""
from dataclasses import replace
from pathlib import Path

from vla_ros.cli.arguments import add_robot, robot_of
from vla_ros.cli.training_log import TrainingLog
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot

DATA = Path('data/demonstrations')
ROOMS_AGAIN = Path('data/rehearsed')


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'train', help='train a policy; goes on where it stopped',
        epilog='Several processes, also on several machines: torchrun --nproc-per-node 2 -m '
               'vla_ros.cli.main train ...')
    parser.add_argument('--data', type=Path, action='append', metavar='DIR',
                        help='dataset of "vla collect", or a LeRobotDataset v3 of any robot; may '
                             f'be given several times (default: {DATA})')
    parser.add_argument('--camera', metavar='KEY',
                        help='camera of a LeRobot dataset (default: its first)')
    parser.add_argument('--units', choices=('rad', 'deg'), default='rad',
                        help='of joint positions in a LeRobot dataset (default: %(default)s)')
    parser.add_argument('--out', type=Path, metavar='DIR',
                        help='run: state, log and DIR/checkpoint (default: runs/PRESET)')
    parser.add_argument('--name', help='name of the checkpoint (default: that of the preset)')
    parser.add_argument('--preset', default='base',
                        help='base, small or document (default: %(default)s)')
    parser.add_argument('--steps', type=int, metavar='N',
                        help='optimiser steps; 0 writes an untrained checkpoint, with --finetune '
                             'the same policy for a robot that has more joints')
    parser.add_argument('--images', type=int, metavar='N',
                        help='images in a batch, of all processes together')
    parser.add_argument('--learning-rate', type=float, metavar='RATE',
                        help='of the steps between warm-up and the fall to zero')
    parser.add_argument('--threads', type=int, metavar='N',
                        help='threads of each process (default: all cores)')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    _add_finetuning(parser.add_argument_group('going on from a checkpoint'))
    _add_log(parser.add_argument_group('what is looked at meanwhile'))
    add_robot(parser)
    parser.set_defaults(run=run, robot=None)


def _add_finetuning(group) -> None:
    group.add_argument('--finetune', metavar='NAME|DIR',
                       help='begin with the weights of this checkpoint; the robot has all of its '
                            'joints and may have more')
    group.add_argument('--rehearse', type=Path, action='append', default=[], metavar='DIR',
                       help='with --finetune: dataset of what is not to be forgotten; may be '
                            'given several times')
    group.add_argument('--no-rehearsal', action='store_true',
                       help='with --finetune and recordings alone: do not rehearse the rooms of '
                            f'{ROOMS_AGAIN}, which are collected otherwise; everything learns, '
                            'and what was known before is forgotten')
    group.add_argument('--rehearse-share', type=float, metavar='SHARE',
                       help='part of each batch from --rehearse (default: 0.5)')
    group.add_argument('--freeze-eyes', action='store_true',
                       help='with --finetune: what an image gives stays as it is')
    group.add_argument('--only-writing', action='store_true',
                       help='with --finetune: what is seen, sought and remembered stays as it '
                            'is; only how chunks are written learns, and a memory goes on '
                            'fitting')
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
    from vla_ros.learning.materials import is_recorded, Reading
    from vla_ros.learning.processes import is_first, together
    from vla_ros.learning.training import Lessons, train
    from vla_ros.models.presets import parse_preset
    data = args.data or [DATA]
    are_alone = args.steps != 0 and not args.rehearse and all(map(is_recorded, data))
    is_taught = are_alone and _is_taught(args, data)
    if are_alone and not is_taught and len(data) == 1:
        return run_cloning(args, data[0])
    args.robot = args.robot or 'unitree_g1'
    robot, preset = robot_of(args), parse_preset(args.preset)
    own = data[0].resolve().name if is_taught else preset.value
    out, name = args.out or Path('runs') / own, args.name or own
    if args.steps == 0:
        print(_without_training(args, robot, preset, out))
        return 0
    recipe, reading = _recipe(args, is_taught), Reading(args.camera, args.units)
    with together():
        old = _rooms_again(robot, data, reading) if is_taught else tuple(args.rehearse)
        with TrainingLog(out, recipe.all_steps, args.tensorboard, is_first()) as log:
            folder = train(robot, preset, Lessons(tuple(data), old, reading), out, name, recipe,
                           log.losses, _closed_loop(args, log.success))
    log.end(folder)
    return 0


def _is_taught(args, data: list[Path]) -> bool:
    """
    Return whether recordings are added to what a policy learned in the simulator.

    If so, the robot is the one that both are of.
    """
    from vla_ros.learning.lerobot.layout import read_info
    from vla_ros.learning.teaching import is_from_simulator
    from vla_ros.models.checkpoint import load_checkpoint
    if not args.finetune or args.no_rehearsal:
        return False
    manifest = load_checkpoint(args.finetune).manifest
    robots = ({robot_of(args).name} if args.robot else
              {read_info(each).robot_type for each in data})
    if robots != {own := manifest['robot']['name']} or not is_from_simulator(manifest):
        return False
    args.robot = args.robot or own
    return True


def _rooms_again(robot, data: list[Path], reading) -> tuple[Path, ...]:
    """Return datasets to rehearse beside recordings; those that are missing are collected."""
    from rich.progress import Progress

    from vla_ros.learning.machine import cores
    from vla_ros.learning.processes import first_then_others, is_first
    from vla_ros.learning.teaching import check_recordings, rooms_again
    check_recordings(robot, data, reading)              # before minutes of collecting
    if is_first():
        print(f'rehearsed meanwhile: rooms of the simulator, in {ROOMS_AGAIN}')
    with Progress(transient=True, disable=not is_first()) as progress:
        bar = progress.add_task('collecting them', total=None)
        return first_then_others(lambda: rooms_again(
            robot, ROOMS_AGAIN, cores(),
            lambda done, total: progress.update(bar, completed=done, total=total)))


def _without_training(args, robot, preset, out: Path) -> str:
    """Write a checkpoint as it is before training, and return what it is."""
    from vla_ros.learning.training import write_grown, write_untrained
    if args.finetune:
        folder = write_grown(robot, args.finetune, out, args.name)
        return f'{args.finetune} for {robot.name}, as it was: {folder}'
    folder = write_untrained(robot, preset, out, args.name or preset.value, args.seed)
    return f'untrained {preset.value} checkpoint for {robot.name}: {folder}'


def _recipe(args, is_taught: bool):
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.learning.trainer import finetuning, Recipe
    given = {'--eyes': args.eyes, '--rehearse': ', '.join(map(str, args.rehearse)),
             '--rehearse-share': args.rehearse_share, '--freeze-eyes': args.freeze_eyes,
             '--only-writing': args.only_writing, '--no-rehearsal': args.no_rehearsal}
    for option, value in given.items():
        if value and not args.finetune:
            what = option if value is True else f'{option} {value}'
            raise ConfigurationError(f'{what}: only with --finetune')
    if is_taught and not (args.eyes or args.freeze_eyes):
        from vla_ros.learning.teaching import teaching  # needs the simulator and pyarrow
        recipe = teaching(args.finetune, args.seed, args.steps)
    elif args.finetune:
        recipe = finetuning(args.finetune, args.seed, args.steps, args.eyes)
    else:
        recipe = Recipe(seed=args.seed, **({'steps': args.steps} if args.steps else {}))
    return _changed(args, recipe)


def _changed(args, recipe):
    """Return a recipe with what was asked for instead."""
    from vla_ros.core.errors import ConfigurationError
    if args.learning_rate is not None and not 0.0 < args.learning_rate <= 1.0:
        raise ConfigurationError(f'--learning-rate {args.learning_rate:g}: expected above 0, '
                                 'at most 1')
    given = {'images': args.images, 'threads': args.threads,
             'freezes_eyes': args.freeze_eyes or None, 'only_writes': args.only_writing or None,
             'rehearsal': args.rehearse_share, 'learning_rate': args.learning_rate}
    return replace(recipe, **{key: value for key, value in given.items() if value is not None})


def _closed_loop(args, report):
    from vla_ros.learning.closed_loop import ClosedLoop
    from vla_ros.learning.evaluate import parse_suite
    if args.validate_every is None:
        return None
    return ClosedLoop(args.validate_every, tuple(map(parse_suite, args.validate_suites)),
                      args.validate_episodes, report)


def run_cloning(args, data: Path) -> int:
    """Train on a LeRobot dataset alone and return the exit code."""
    from vla_ros.learning.cloning import clone, cloning_recipe
    from vla_ros.learning.demonstrations import camera_of, Source
    from vla_ros.learning.lerobot.reader import Dataset
    from vla_ros.learning.processes import is_first, together
    from vla_ros.learning.robot_of_data import Units
    from vla_ros.models.presets import parse_preset
    preset, dataset = parse_preset(args.preset), Dataset(data)
    out, units = args.out or Path('runs') / dataset.name, Units(args.units)
    robot = _robot_of_dataset(args.robot, dataset, units, out / 'robot.yaml')
    source = Source(dataset, robot, camera_of(dataset, args.camera), units)
    if left_out := [key for key in dataset.info.cameras if key != source.camera]:
        print(f'camera {source.camera}; left out: {", ".join(left_out)}')
    recipe = _changed(args, cloning_recipe(args.finetune or '', args.seed, args.steps))
    with together(), TrainingLog(out, recipe.all_steps, args.tensorboard, is_first()) as log:
        folder = clone(source, preset, out, args.name or dataset.name, recipe, log.losses)
    log.end(folder)
    return 0


def _robot_of_dataset(asked: str | None, dataset, units, path: Path):
    """Return the robot that was asked for, or that the dataset names, or one made from it."""
    from vla_ros.core.errors import VlaError
    from vla_ros.learning.robot_of_data import robot_from, write_robot
    if asked:
        return load_robot(robot_file(asked))
    if path.is_file():
        return load_robot(path)
    try:
        return load_robot(robot_file(dataset.info.robot_type or ''))
    except VlaError:
        robot = robot_from(dataset, units)
    write_robot(robot, path, dataset.name)
    print(f'robot description made from the dataset: {path}')
    return robot
