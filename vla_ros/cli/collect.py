"""`vla collect`: demonstrations from the simulator's experts."""
from pathlib import Path

from vla_ros.cli.arguments import add_jobs, add_randomisation, add_robot, robot_of


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'collect', help='collect demonstrations in the simulator; goes on where it stopped')
    parser.add_argument('--out', type=Path, default=Path('data/demonstrations'), metavar='DIR',
                        help='dataset (default: %(default)s)')
    parser.add_argument('--episodes', type=int, default=440, metavar='N',
                        help='episodes of 25 s (default: %(default)s)')
    parser.add_argument('--errands', action='store_true',
                        help='each episode is one errand: to a thing and back')
    parser.add_argument('--scenes', default='mixed', metavar='KIND',
                        help='what scenes are made for: touch, push, follow, alike, or mixed, '
                             'some of each (default: %(default)s)')
    parser.add_argument('--seed', type=int, default=0, metavar='S')
    add_randomisation(parser)
    add_robot(parser)
    add_jobs(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Collect and return the exit code."""
    from rich.progress import Progress

    from vla_ros.learning.collect import collect, describe
    from vla_ros.learning.training_scenes import parse_scenes
    from vla_ros.sim.randomisation import parse_randomisation
    robot = robot_of(args)
    randomisation = parse_randomisation(args.randomise, args.strength)
    scenes = parse_scenes(args.scenes)
    describe(robot, args.out, args.episodes, args.seed, args.errands, args.randomise,
             args.strength, scenes)
    with Progress() as progress:
        bar = progress.add_task('shards', total=None)
        collect(robot, args.out, args.episodes, args.seed, args.jobs,
                lambda done, total: progress.update(bar, completed=done, total=total),
                args.errands, randomisation, scenes)
    print(f'{args.episodes} episodes in {args.out}')
    return 0
