"""`vla train-perception` and `vla show-perception`: what the camera's nets are made by."""
from pathlib import Path

from vla_ros.cli.arguments import add_jobs, add_robot, robot_of


def add_parser(commands) -> None:
    """Add the commands."""
    train = commands.add_parser(
        'train-perception',
        help='render random rooms and train perception on them; goes on where it stopped')
    train.add_argument('--data', type=Path, default=Path('data/perception'), metavar='DIR',
                       help='views, rendered if they are missing (default: %(default)s)')
    train.add_argument('--out', type=Path, default=Path('runs/perception'), metavar='DIR',
                       help='run: state, log and DIR/checkpoint (default: %(default)s)')
    train.add_argument('--name', default='perception', help='name of the checkpoint')
    train.add_argument('--views', type=int, metavar='N', help='images to train with')
    train.add_argument('--steps', type=int, metavar='N', help='optimiser steps on whole images')
    train.add_argument('--crop-steps', type=int, metavar='N',
                       help='optimiser steps on parts of images, before the others')
    train.add_argument('--threads', type=int, metavar='N', help="the optimiser's threads")
    train.add_argument('--seed', type=int, default=0, metavar='S')
    add_robot(train)
    add_jobs(train)
    train.set_defaults(run=run_training)
    show = commands.add_parser('show-perception',
                               help='a picture of what perception makes of unseen rooms')
    show.add_argument('--checkpoint', default='perception', metavar='NAME|DIR')
    show.add_argument('--out', type=Path, default=Path('out/perception.png'), metavar='FILE')
    show.add_argument('--rooms', type=int, default=2, metavar='N', help='rows of the picture')
    show.add_argument('--seed', type=int, default=1, metavar='S')
    add_robot(show)
    show.set_defaults(run=run_picture)


def run_training(args) -> int:
    """Train and return the exit code."""
    from vla_ros.cli.training_log import TrainingBar
    from vla_ros.learning.perception_trainer import PerceptionRecipe, train_perception
    given = {name: value for name in ('views', 'crop_steps', 'steps', 'threads', 'seed')
             if (value := getattr(args, name)) is not None}
    recipe = PerceptionRecipe(**given)
    args.out.mkdir(parents=True, exist_ok=True)
    with TrainingBar(recipe.all_steps, args.out / 'losses.csv') as bar:
        folder = train_perception(robot_of(args), args.data, args.out, args.name, recipe,
                                  args.jobs, bar.rooms, bar)
    print(f'checkpoint: {folder}')
    return 0


def run_picture(args) -> int:
    """Write the picture and return the exit code."""
    import cv2

    from vla_ros.learning.perception_evaluation import example_picture
    args.out.parent.mkdir(parents=True, exist_ok=True)
    picture = example_picture(robot_of(args), args.checkpoint, args.seed, args.rooms)
    cv2.imwrite(str(args.out), picture[:, :, ::-1])
    print(f'{args.out}: input, segmentation, depth, objects')
    return 0
