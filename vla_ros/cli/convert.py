"""`vla convert`: a LeRobot dataset from bags, or from what `vla collect` made."""
from pathlib import Path

from vla_ros.cli.arguments import add_robot, robot_of


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'convert', help='bags (rosbag2, MCAP or SQLite), or demonstrations of "vla collect", to '
        'a LeRobot dataset; again adds what is new')
    parser.add_argument('bags', nargs='+', type=Path, metavar='BAG',
                        help='folder of a bag, or of bags; or of "vla collect"')
    parser.add_argument('--out', type=Path, required=True, metavar='DIR', help='dataset')
    parser.add_argument('--fps', type=int, default=10, metavar='N',
                        help='frames a second (default: %(default)s)')
    parser.add_argument('--instruction', metavar='TEXT',
                        help='what the robot was told, where a bag does not say it')
    parser.add_argument('--namespace', default='', metavar='/NS', help='of the topics')
    parser.add_argument('--topic', action='append', default=[], metavar='NAME=TOPIC',
                        help='a topic that is called otherwise, such as '
                             'cmd_vel=/teleop/cmd_vel; may be repeated')
    parser.add_argument('--no-odometry', action='store_true',
                        help='leave out odometry although a bag has it')
    add_robot(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Convert and return the exit code."""
    from vla_ros.core.recorded import Channel
    from vla_ros.learning.bag_episodes import new_writer
    from vla_ros.ros.bags import Bag
    robot, topics = robot_of(args), _topics(args.topic)
    if (args.bags[0] / 'meta.json').is_file():
        return _convert_collected(robot, args)
    bags = [Bag(path, robot, args.namespace, topics) for path in _bags_in(args.bags)]
    has_odometry = not args.no_odometry and all(Channel.ODOMETRY in b.channels for b in bags)
    writer = new_writer(args.out, robot, args.fps, has_odometry)
    for bag in bags:
        _add(writer, bag, robot, args, has_odometry)
    print(f'{writer.episodes} episodes in {args.out}')
    return 0 if writer.episodes else 1


def _convert_collected(robot, args) -> int:
    """Convert demonstrations of "vla collect" and return the exit code."""
    from vla_ros.learning.collect import TICK_S
    from vla_ros.learning.labelled_frames import shards_to_lerobot
    from vla_ros.learning.materials import meta_for
    episodes = 0
    for folder in args.bags:
        meta_for(robot, folder)
        episodes = shards_to_lerobot(robot, folder, args.out, round(1 / TICK_S))
    print(f'{episodes} episodes in {args.out}')
    return 0 if episodes else 1


def _add(writer, bag, robot, args, has_odometry: bool) -> None:
    """Add a bag and print what became of it."""
    from dataclasses import replace

    from vla_ros.core.recorded import Episode
    from vla_ros.learning.bag_episodes import add_recording, Recording
    about = bag.about() or Episode()
    about = replace(about, instruction=about.instruction or args.instruction or '')
    told = add_recording(writer, Recording(bag.name, bag.start_s, bag.messages(), about), robot,
                         args.fps, has_odometry)
    print('\n'.join(told or [f'{bag.name}: no episode: nobody said anything, or image or joints '
                             'were missing']))
    for reason, count in bag.refused.items():
        print(f'{bag.name}: {count} messages left out: {reason}')


def _topics(pairs: list[str]) -> dict:
    """Return the topics of NAME=TOPIC."""
    from vla_ros.core.errors import ConfigurationError
    from vla_ros.core.recorded import Channel
    try:
        split = [pair.split('=', 1) for pair in pairs]
        return {Channel(name): topic for name, topic in split}
    except ValueError as error:
        raise ConfigurationError(f'--topic {pairs}: expected NAME=TOPIC, with a NAME of '
                                 f'{[c.value for c in Channel]}') from error


def _bags_in(paths: list[Path]) -> list[Path]:
    """Return the folders of bags among these folders and in them."""
    found = []
    for path in paths:
        inside = [] if (path / 'metadata.yaml').is_file() else sorted(
            p.parent for p in path.glob('*/metadata.yaml'))
        found += inside or [path]
    return found
