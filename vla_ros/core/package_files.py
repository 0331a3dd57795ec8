"""
Where the package's own files lie: in a checkout, after `pip install`, after `colcon build`.

None of them needs the ament index, so that it works where no ROS environment is sourced.
"""
import os
from pathlib import Path
import sys

from vla_ros.core.errors import ConfigurationError

PACKAGE = 'vla_ros'


def config_dir() -> Path:
    """
    Return the folder with the shipped configuration.

    :raises ConfigurationError: if the installation is incomplete; the message lists where it
        was looked for.
    """
    here = Path(__file__).resolve()
    places = [here.parents[2]]                              # a checkout
    places += [parent / 'share' / PACKAGE for parent in here.parents]
    places += [Path(p) / 'share' / PACKAGE
               for p in (sys.prefix, *os.environ.get('AMENT_PREFIX_PATH', '').split(':')) if p]
    for place in places:
        if (place / 'config' / 'robots').is_dir():
            return place / 'config'
    raise ConfigurationError(
        f'{PACKAGE}/config not found, looked in: {", ".join(map(str, places[:6]))}')


def robot_file(name_or_path: str) -> Path:
    """
    Return the file of a shipped robot description, or of one's own.

    :raises ConfigurationError: if there is none; the message lists the shipped ones.
    """
    own = Path(name_or_path).expanduser()
    shipped = config_dir() / 'robots' / f'{name_or_path}.yaml'
    for path in (shipped, own):
        if name_or_path and path.is_file():
            return path
    known = sorted(p.stem for p in (config_dir() / 'robots').glob('*.yaml'))
    raise ConfigurationError(
        f'robot {name_or_path!r}: expected one of {known} or the path of a YAML file')
