"""`vla train` on a LeRobotDataset v3: of any robot, by its recorded actions."""
from pathlib import Path

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot, RobotDescription


def add_arguments(group) -> None:
    """Add what only such datasets need to be asked."""
    group.add_argument('--camera', metavar='KEY', help='the camera to look with (default: the '
                       'first); a policy has one')
    group.add_argument('--units', choices=('rad', 'deg'), default='rad',
                       help='of joint positions (default: %(default)s)')


def is_wanted(args) -> bool:
    """Return whether --data is such a dataset without labels, and training was asked for."""
    if not (args.data / 'meta').is_dir() or args.steps == 0:
        return False
    from vla_ros.learning.labelled_frames import has_labels
    from vla_ros.learning.lerobot.layout import read_info
    return not has_labels(read_info(args.data))


def run(args, training_bar) -> int:
    """Train and return the exit code."""
    from vla_ros.learning.cloning import clone, cloning_recipe
    from vla_ros.learning.demonstrations import camera_of, Source
    from vla_ros.learning.lerobot.reader import Dataset
    from vla_ros.learning.robot_of_data import Units
    from vla_ros.models.presets import parse_preset
    preset, dataset, units = parse_preset(args.preset), Dataset(args.data), Units(args.units)
    out = args.out or Path('runs') / dataset.name
    camera = camera_of(dataset, args.camera)
    source = Source(dataset, _robot_of(args.robot, dataset, units, out / 'robot.yaml'), camera,
                    units)
    if left_out := [key for key in dataset.info.cameras if key != camera]:
        print(f'camera {camera}; left out: {", ".join(left_out)}')
    recipe = cloning_recipe(args.finetune or '', args.seed, args.steps)
    with training_bar(recipe.all_steps, out / 'losses.csv') as report:
        folder = clone(source, preset, out, args.name or dataset.name, recipe, report)
    print(f'checkpoint: {folder}')
    return 0


def _robot_of(asked: str | None, dataset, units, path: Path) -> RobotDescription:
    """
    Return the robot of a dataset.

    That is the one that was asked for; or the one that was made from the dataset before; or
    the shipped one that the dataset names; or one that is made from it now, and written.
    """
    from vla_ros.learning.robot_of_data import robot_from, write_robot
    if asked or path.is_file():
        return load_robot(robot_file(asked) if asked else path)
    try:
        return load_robot(robot_file(dataset.info.robot_type or ''))
    except ConfigurationError:
        robot = robot_from(dataset, units)
    write_robot(robot, path, dataset.name)
    print(f'robot description made from the dataset: {path}')
    return robot
