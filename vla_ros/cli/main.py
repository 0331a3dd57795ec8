"""The `vla` command. A subcommand is imported only when it is asked for."""
from argparse import ArgumentParser
import importlib
import os
import sys

from vla_ros.core.errors import VlaError

COMMANDS = ('demo', 'understand', 'collect', 'convert', 'data', 'train', 'train_language',
            'train_memory', 'evaluate', 'evaluate_models', 'tune', 'perception', 'show_attention',
            'map', 'presets', 'doctor', 'faults', 'soak', 'bench', 'top')


def main(args: list[str] | None = None) -> int:
    """Run a subcommand and return the exit code; errors of ours are one line."""
    os.environ.setdefault('MUJOCO_GL', 'egl')
    parser = ArgumentParser('vla', description='Talk to a humanoid and have it do what you say.')
    commands = parser.add_subparsers(required=True)
    for name in COMMANDS:
        importlib.import_module(f'vla_ros.cli.{name}').add_parser(commands)
    commands.metavar = '|'.join(commands.choices)
    parsed = parser.parse_args(args)
    try:
        return parsed.run(parsed)
    except VlaError as error:
        print(f'error: {error}', file=sys.stderr)
        return 2
    except ImportError as error:
        print(f'error: {error}; "vla doctor" says what to install', file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:                             # whoever read this has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


if __name__ == '__main__':
    raise SystemExit(main())
