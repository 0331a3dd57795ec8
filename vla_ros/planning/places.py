"""Places by name, from a YAML file: "kitchen: [x, y, yaw]"."""
from pathlib import Path

import numpy as np
import yaml

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import Place


def load_places(path: str) -> tuple[Place, ...]:
    """
    Return the places of a file; none where no file is named.

    :raises ConfigurationError: if it can't be read, or a place is not three numbers.
    """
    if not path:
        return ()
    try:
        document = yaml.safe_load(Path(path).expanduser().read_text(encoding='utf-8'))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: places can't be read ({error})") from error
    if not isinstance(document, dict):
        raise ConfigurationError(f'{path}: expected "name: [x, y, yaw]" for each place')
    return tuple(_place(path, str(name).lower(), pose) for name, pose in document.items())


def _place(path: str, name: str, pose) -> Place:
    try:
        numbers = np.array(pose, float)
    except (TypeError, ValueError):
        numbers = np.array([])
    if numbers.shape != (3,) or not np.isfinite(numbers).all():
        raise ConfigurationError(f'{path}: {name}: {pose!r}, expected [x, y, yaw] in metres and '
                                 'radians')
    return Place(name, numbers)
