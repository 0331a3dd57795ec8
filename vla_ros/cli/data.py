"""`vla data`: what is in a dataset, and which of its episodes look broken."""
from pathlib import Path


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'data', help='look at a LeRobot dataset: counts, lengths, pictures, what looks broken')
    parser.add_argument('data', type=Path, metavar='DIR', help='dataset')
    parser.add_argument('--camera', metavar='KEY', help='camera to look at (default: the first)')
    parser.add_argument('--sheet', type=Path, metavar='PNG',
                        help='write a picture with a row for each episode, at most twelve')
    parser.set_defaults(run=run)


def run(args) -> int:
    """Look and return the exit code: 1 if an episode looks broken."""
    from rich.progress import track

    from vla_ros.learning.demonstrations import camera_of
    from vla_ros.learning.inspection import contact_sheet, Inspector
    from vla_ros.learning.lerobot.reader import Dataset
    dataset = Dataset(args.data)
    camera = camera_of(dataset, args.camera)
    inspector = Inspector(dataset, camera)
    examined = list(track(inspector, f'looking through {camera}', len(dataset.episodes),
                          transient=True))
    _print_overview(dataset, examined)
    _print_tasks(examined)
    if args.sheet:
        _write(contact_sheet(examined), args.sheet)
    broken = [e for e in examined if e.faults]
    for each in broken:
        print(f'episode {each.episode.index} looks broken: {"; ".join(each.faults)}')
    print(f'{len(broken)} of {len(examined)} episodes look broken')
    return 1 if broken else 0


def _print_overview(dataset, examined) -> None:
    import numpy as np
    info, lengths = dataset.info, np.array([e.length_s for e in examined])
    print(f'{dataset.name}: robot {info.robot_type or "unnamed"}, {info.fps} frames a second, '
          f'cameras {", ".join(info.cameras)}')
    print(f'{len(examined)} episodes, {sum(e.episode.length for e in examined)} frames, '
          f'{lengths.sum() / 60:.1f} min; each {lengths.min():.1f} to {lengths.max():.1f} s, '
          f'half of them below {np.median(lengths):.1f} s')


def _print_tasks(examined) -> None:
    """Print how many episodes each instruction has, and how they ended."""
    from collections import Counter

    from rich.console import Console
    from rich.table import Table
    table = Table('instruction', 'episodes', 'share', 'success', 'failure', 'unknown')
    counts = Counter(e.episode.tasks[0] for e in examined)
    for task, count in counts.most_common():
        ended = Counter(e.episode.outcome for e in examined if e.episode.tasks[0] == task)
        table.add_row(task, str(count), f'{count / len(examined):.0%}',
                      *(str(ended[o]) for o in ('success', 'failure', 'unknown')))
    Console().print(table)


def _write(picture, path: Path) -> None:
    import cv2
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture[:, :, ::-1])
    print(f'pictures: {path}')
