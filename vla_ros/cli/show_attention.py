"""`vla show-attention`: where a policy looks for what it is told, on one simulated image."""
from pathlib import Path

from vla_ros.cli.arguments import add_robot, robot_of

SOLIDS = ('red cube', 'blue ball', 'green cylinder', 'yellow ball')
COMMANDS = ('go to the red cube', 'walk over to the blue ball')
_WIDTH, _HEIGHT = 400, 300


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'show-attention', help='a picture of where the policy sees what it is told of')
    parser.add_argument('--say', action='append', metavar='TEXT',
                        help='a command; repeat for several (default: two)')
    parser.add_argument('--checkpoint', default='base', metavar='NAME|DIR')
    parser.add_argument('--seed', type=int, default=8, metavar='S', help='another room')
    parser.add_argument('--out', type=Path, default=Path('out/attention.png'), metavar='FILE')
    add_robot(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Write the picture: what the camera sees, then the same for each command."""
    import cv2

    from vla_ros.core.errors import ConfigurationError
    from vla_ros.core.policy import Attentive
    from vla_ros.inference.policy import load_policy
    from vla_ros.perception.pictures import beside, captioned, with_attention
    robot = robot_of(args)
    policy = load_policy(args.checkpoint, robot)
    if not isinstance(policy, Attentive):
        raise ConfigurationError(f'{args.checkpoint!r} attends no part of an image by itself')
    image = _seen(robot, args.seed)
    pictures = [captioned(image, 'camera')]
    for text in args.say or COMMANDS:
        _decide(policy, robot, image, text)
        attention = policy.attention()
        pictures.append(captioned(with_attention(image, attention), f'"{text}"'))
        print(f'{text}: {attention.words}, {attention.cells.max():.2f}')
    args.out.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(args.out), beside(pictures)[:, :, ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])
    print(args.out)
    return 0


def _seen(robot, seed: int):
    """Return what a robot sees in the room of a seed, (H, W, 3) uint8 RGB."""
    from vla_ros.sim.camera import Eye
    from vla_ros.sim.worlds import make_world, scene_of
    eye = Eye(make_world(robot, scene_of(SOLIDS, seed)), _WIDTH, _HEIGHT)
    image = eye.look().copy()
    eye.close()
    return image


def _decide(policy, robot, image, text: str) -> None:
    """Have the policy decide at rest."""
    import numpy as np

    from vla_ros.core.values import Observation
    rest = np.array(robot.neutral_position)
    policy.reset(text)
    policy.infer(Observation(0.0, image, rest, np.zeros_like(rest), text))
