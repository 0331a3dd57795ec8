"""`vla presets`: what each architecture costs, on one core of this machine."""
from dataclasses import asdict
import json
import os
from pathlib import Path

from vla_ros.cli.arguments import add_robot, robot_of


def add_parser(commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        'presets', help='parameters, multiply-adds and latencies of the architectures')
    parser.add_argument('--runs', type=int, default=300, metavar='N',
                        help='inferences in each precision (default: %(default)s)')
    parser.add_argument('--json', type=Path, metavar='FILE', help='write the figures here')
    add_robot(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Measure and print a table."""
    import torch

    from vla_ros.core.errors import ConfigurationError
    from vla_ros.inference.cost import cost_of
    from vla_ros.models.presets import Preset
    if args.runs < 1:
        raise ConfigurationError(f'--runs {args.runs}: expected 1 or more')
    robot = robot_of(args)
    costs = [cost_of(preset, robot, args.runs)
             for preset in (Preset.DOCUMENT, Preset.BASE, Preset.SMALL)]
    _print(costs)
    print(f'load of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors')
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({
            'robot': robot.name, 'runs': args.runs, 'threads': 1, 'torch': torch.__version__,
            'processors': os.cpu_count(), 'load': os.getloadavg()[0],
            'instructions': torch.backends.cpu.get_cpu_capability(),
            'presets': {c.preset.value: _row(c) for c in costs}}, indent=2) + '\n')
    return 0


def _row(cost) -> dict:
    row = asdict(cost)
    del row['preset']
    return row


def _print(costs) -> None:
    from rich.console import Console
    from rich.table import Table
    from vla_ros.inference.cost import PARTS
    table = Table(title='one core, one image and sentence: median / p99 in ms')
    for heading in ('preset', 'dtype', 'weights', 'MACs', *PARTS):
        table.add_column(heading, justify='left' if heading in ('preset', 'dtype') else 'right')
    for cost in costs:
        size = (f'{cost.parameters / 1e6:.2f} M', f'{cost.multiply_adds["both"] / 1e6:.0f} M')
        for precision, latency in cost.latency.items():
            table.add_row(cost.preset.value, precision, *size, *(
                f'{latency[part].median_ms:.1f} / {latency[part].p99_ms:.1f}'
                for part in PARTS))
    Console().print(table)
