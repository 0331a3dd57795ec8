"""Arguments that several commands share."""
from argparse import ArgumentParser

from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot, RobotDescription


def add_robot(parser: ArgumentParser) -> None:
    """Add --robot."""
    parser.add_argument('--robot', default='unitree_g1', metavar='NAME|FILE',
                        help='robot description (default: %(default)s)')


def robot_of(args) -> RobotDescription:
    """Return the description that --robot names."""
    return load_robot(robot_file(args.robot))


def add_jobs(parser: ArgumentParser) -> None:
    """Add --jobs."""
    parser.add_argument('--jobs', type=int, default=2, metavar='N',
                        help='processes at a time (default: %(default)s)')


def add_randomisation(parser: ArgumentParser) -> None:
    """Add --randomise, a list of names, and --strength."""
    parser.add_argument('--randomise', type=lambda text: text.split(','), default=[],
                        metavar='NAME[,NAME]',
                        help='draw these at random in every episode: lights, colours, textures, '
                             'camera, exposure, friction, latency, frames, slip, pushes, or all')
    parser.add_argument('--strength', type=float, default=0.5, metavar='S',
                        help='how strongly, 0 to 1 (default: %(default)s)')
