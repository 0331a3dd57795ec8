"""
Maps on disk, as map_server reads and map_saver writes them (trinary), and places beside them.

`map.yaml` names `map.pgm`, in which the first row is the one of greatest y; `places.yaml` in the
same folder says where to stand at what has a name. map_server does not read that one.
"""
from collections.abc import Mapping
from pathlib import Path
import re
from typing import Any

import numpy as np
import yaml

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED, Place, UNKNOWN

PLACES_FILE = 'places.yaml'
_OCCUPIED_SHARE, _FREE_SHARE = 0.65, 0.196
"""Thresholds in the file: the grey of unknown cells, 205, is (255 - 205) / 255 > 0.196."""
_GREY_FREE, _GREY_OCCUPIED, _GREY_UNKNOWN = 254, 0, 205
_PGM = re.compile(rb'P5\s+(?:#[^\n]*\s+)*(\d+)\s+(?:#[^\n]*\s+)*(\d+)\s+(?:#[^\n]*\s+)*255\s')


def save_map(grid: GridMap, folder: Path, name: str = 'map') -> Path:
    """
    Write a map and its places and return the YAML file's path.

    A cell of 65 or more is written as occupied, one from 0 to 19 as free, others as unknown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    grey = np.full(grid.cells.shape, _GREY_UNKNOWN, np.uint8)
    grey[(grid.cells >= 0) & (grid.cells <= 100 * _FREE_SHARE)] = _GREY_FREE
    grey[grid.cells >= 100 * _OCCUPIED_SHARE] = _GREY_OCCUPIED
    rows, columns = grey.shape
    (folder / f'{name}.pgm').write_bytes(b'P5\n%d %d\n255\n' % (columns, rows)
                                         + grey[::-1].tobytes())
    file = folder / f'{name}.yaml'
    file.write_text(yaml.safe_dump({
        'image': f'{name}.pgm', 'mode': 'trinary', 'resolution': float(grid.resolution_m),
        'origin': [*(float(v) for v in grid.origin), 0.0], 'negate': 0,
        'occupied_thresh': _OCCUPIED_SHARE, 'free_thresh': _FREE_SHARE}, sort_keys=False))
    (folder / PLACES_FILE).write_text(yaml.safe_dump(
        {place.name: [float(v) for v in place.pose] for place in grid.places}, sort_keys=False))
    return file


def load_map(file: Path) -> GridMap:
    """
    Return the map of a YAML file, with the places that stand beside it.

    :raises ConfigurationError: if a file is missing or damaged, or the map is turned or not
        trinary.
    """
    about = _mapping_of(file)
    missing = {'image', 'resolution', 'origin', 'occupied_thresh', 'free_thresh'} - about.keys()
    if missing:
        raise ConfigurationError(f'{file}: {sorted(missing)} missing from the map')
    if about.get('mode', 'trinary') != 'trinary' or about['origin'][2:] not in ([0], [0.0], []):
        raise ConfigurationError(f'{file}: expected mode trinary and an origin of yaw 0, got '
                                 f'{about.get("mode")} and {about["origin"]}')
    grey = _pgm_of(file.parent / about['image'])[::-1].astype(float)
    share = grey / 255 if about.get('negate') else (255 - grey) / 255
    cells = np.full(grey.shape, UNKNOWN, np.int8)
    cells[share > about['occupied_thresh']] = OCCUPIED
    cells[share < about['free_thresh']] = FREE
    return GridMap(cells, float(about['resolution']), np.array(about['origin'][:2], float),
                   _places_beside(file))


def _places_beside(file: Path) -> tuple[Place, ...]:
    path = file.parent / PLACES_FILE
    if not path.is_file():
        return ()
    return tuple(Place(str(name), np.array(pose, float))
                 for name, pose in _mapping_of(path).items())


def _mapping_of(file: Path) -> Mapping[str, Any]:
    try:
        values = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f'{file}: no map can be read ({error})') from error
    if not isinstance(values, dict):
        raise ConfigurationError(f'{file}: expected names with values, got {values!r:.60}')
    return values


def _pgm_of(file: Path) -> np.ndarray:
    """Return the image of a binary PGM, (R, C) uint8."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f'{file}: no image can be read ({error})') from error
    header = _PGM.match(data)
    if not header:
        raise ConfigurationError(f'{file}: expected a binary PGM (P5) of 255 greys')
    columns, rows = (int(v) for v in header.groups())
    if len(data) - header.end() != rows * columns:
        raise ConfigurationError(f'{file}: {len(data) - header.end()} bytes for {columns} by '
                                 f'{rows} pixels')
    return np.frombuffer(data, np.uint8, offset=header.end()).reshape(rows, columns)
