"""`vla repair`: bags whose recorder was killed, made whole."""
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'repair', help='make the episodes whole whose recorder was killed')
    parser.add_argument('folders', nargs='+', type=Path, metavar='DIR',
                        help='a bag, or a folder of bags; whole ones are left alone')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Repair what is found; 0 if nothing is left that is not whole."""
    from vla_ros.core.errors import InvalidValueError
    from vla_ros.recording.repair import interrupted, repair
    bags, failed = [bag for folder in args.folders for bag in interrupted(folder)], 0
    for bag in bags:
        try:
            done = repair(bag)
        except InvalidValueError as error:
            failed += 1
            print(f'not repaired: {error}')
        else:
            print(f'{done.path}: {done.messages} messages, {done.length_s:.1f} s; '
                  f'{done.lost_bytes:,} bytes cut off')
    print(f'{len(bags) - failed} of {len(bags)} interrupted bags repaired')
    return 1 if failed else 0
