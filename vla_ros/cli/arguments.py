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
