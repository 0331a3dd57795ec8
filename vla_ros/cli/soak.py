"""`vla soak`, `vla storm`, `vla fuzz`: long runs, many faults, odd messages."""
from dataclasses import asdict
import json
from pathlib import Path


def add_parser(commands) -> None:
    """Add the commands."""
    soak = commands.add_parser(
        'soak', help='hours of control, compressed, with a fault every five seconds')
    soak.add_argument('--hours', type=float, default=24.0, metavar='H',
                      help='time that is compressed (default: %(default)s)')
    soak.add_argument('--seed', type=int, default=0, metavar='S')
    soak.set_defaults(run=run_soak)
    storm = commands.add_parser(
        'storm', help='the real nodes in real time, with faults at random moments')
    storm.add_argument('--minutes', type=float, default=10.0, metavar='M')
    storm.add_argument('--faults', default='kill,pause,starve,camera,joints', metavar='LIST',
                       help='kinds of faults, such as "kill" (default: %(default)s)')
    storm.add_argument('--physics', action='store_true',
                       help='on the walking G1 instead of a base without legs')
    storm.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    storm.add_argument('--seed', type=int, default=0, metavar='S')
    storm.add_argument('--out', type=Path, default=Path('out/storm'), metavar='DIR',
                       help="the nodes' logs (default: %(default)s)")
    storm.set_defaults(run=run_storm)
    fuzz = commands.add_parser('fuzz', help='random messages into every callback')
    fuzz.add_argument('--messages', type=int, default=1_000_000, metavar='N')
    fuzz.add_argument('--seed', type=int, default=0, metavar='S')
    fuzz.set_defaults(run=run_fuzz)


def run_soak(args) -> int:
    """Soak; 0 if nothing was wrong."""
    from vla_ros.trials.soak import PERIOD_S, Soak
    ticks = round(args.hours * 3600 / PERIOD_S)
    with _Bar('ticks', ticks) as bar:
        report = Soak(args.seed).run(ticks, bar.update)
    print(f'{report.ticks} ticks, {report.faults} faults, {len(report.wrong)} violations, '
          f'{report.grew_mb:+.1f} MB')
    return _told(report.wrong)


def run_storm(args) -> int:
    """Storm; 0 if the base stood in time after every fault."""
    import numpy as np

    from vla_ros.trials.stage import Stage, StageOptions
    from vla_ros.trials.storm import LIMIT_S, Storm
    faults = tuple(name.strip() for name in args.faults.split(',') if name.strip())
    seconds = args.minutes * 60
    with Stage(StageOptions(physics=args.physics, logs=args.out)) as stage:
        storm = Storm(stage, faults, args.seed)
        with _Bar('seconds', round(seconds)) as bar:
            report = storm.run(seconds, bar.update)
    p50, p99, most = (np.percentile(report.seconds, [50, 99, 100]) if report.seconds
                      else [float('nan')] * 3)
    print(', '.join(f'{name} {count}' for name, count in sorted(report.counts.items()))
          + f'; the base stood after p50 {p50:.3f} s, p99 {p99:.3f} s, max {most:.3f} s '
          f'(at most {LIMIT_S} s); the simulator was held up {report.held_up} times')
    print('resident: ' + ', '.join(f'{name} {first:.0f} -> {last:.0f} MB' for name, (first, last)
                                   in sorted(report.memory_mb.items())))
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({'limit_s': LIMIT_S, **asdict(report)}, indent=2) + '\n')
    return _told(report.wrong)


def run_fuzz(args) -> int:
    """Fuzz; 0 if nothing but refusals came back."""
    from vla_ros.trials.fuzz import Fuzz
    with _Bar('messages', args.messages) as bar:
        report = Fuzz(args.seed).run(args.messages, bar.update)
    print(f'{report.messages} messages, {report.refused} refused, {len(report.wrong)} exceptions')
    return _told(report.wrong)


def _told(wrong: list[str]) -> int:
    for line in list(dict.fromkeys(wrong))[:20]:
        print(f'  {line}')
    return 1 if wrong else 0


class _Bar:
    """A progress bar."""

    def __init__(self, what: str, total: int):
        from rich.progress import Progress
        self._progress = Progress()
        self._task = self._progress.add_task(what, total=total)
        self._total = total

    def __enter__(self) -> '_Bar':
        self._progress.start()
        return self

    def __exit__(self, *error) -> None:
        self.update(self._total)
        self._progress.stop()

    def update(self, done: int) -> None:
        """Show how many are done."""
        self._progress.update(self._task, completed=done)
