"""
Demonstrations on disk: every reader and writer of training data comes here.

A dataset is a folder of shards; a shard holds the frames of some episodes as plain arrays, and
a row of facts about each solid of each episode. N frames, S solids at most.
"""
from collections.abc import Iterator
from dataclasses import dataclass, fields
import json
from pathlib import Path

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.language.vocabulary import COLOURS, SHAPES

SOLIDS_MAX = 6
FORMAT = 1
NO_COLOUR = -1
_WITHOUT_HEIGHT = 5


@dataclass(frozen=True)
class Frames:
    """What was recorded, ten times a second."""

    image: np.ndarray
    """(N, H, W, 3) uint8 RGB, at the model's size."""
    cell: np.ndarray
    """(N, rows, columns) int8: the solid that each cell of the image shows, or -1."""
    is_visible: np.ndarray
    """(N, S) bool: whether the camera shows a solid."""
    joint_positions: np.ndarray
    """(N, J) [rad]."""
    joint_velocities: np.ndarray
    """(N, J) [rad/s]."""
    base_pose: np.ndarray
    """(N, 3) x, y [m], yaw [rad] in the world frame."""
    base_velocity: np.ndarray
    """(N, 3) vx, vy [m/s], wz [rad/s] in the base frame."""
    previous_action: np.ndarray
    """(N, A) what was commanded before: [base axes | commanded joints]."""
    solid: np.ndarray
    """
    (N, S, 6) x, y, radius [m], index of colour (-1: none), index of shape, height of the middle
    above the floor [m]; NaN: no solid.
    """
    episode: np.ndarray
    """(N,) int32 number of the episode, unique in the dataset."""

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self.episode)


def solid_row(x_m: float, y_m: float, radius_m: float, colour: str | None,
              shape: str, height_m: float) -> list[float]:
    """Return the facts about a solid as `Frames.solid` holds them."""
    index = NO_COLOUR if colour is None else list(COLOURS).index(colour)
    return [x_m, y_m, radius_m, index, SHAPES.index(shape), height_m]


def write_shard(folder: Path, name: str, frames: Frames) -> None:
    """Write a shard; it appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f'{name}.partial.npz'
    np.savez(partial, **{f.name: getattr(frames, f.name) for f in fields(Frames)})
    partial.rename(folder / f'{name}.npz')


def write_meta(folder: Path, **facts) -> None:
    """Write what the dataset is about, for people and for the trainer's checks."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'meta.json').write_text(json.dumps({'format': FORMAT, **facts}, indent=2) + '\n')


def read_meta(folder: Path) -> dict:
    """
    Return the facts about a dataset.

    :raises ConfigurationError: if the folder holds no dataset of this format.
    """
    try:
        meta = json.loads((folder / 'meta.json').read_text())
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f'{folder}: no dataset: {error}; "vla collect" makes one') from error
    if meta.get('format') != FORMAT:
        raise ConfigurationError(
            f'{folder}: dataset format {meta.get("format")}, this version reads {FORMAT}')
    return meta


def shard_names(folder: Path) -> list[str]:
    """Return the names of the complete shards."""
    return sorted(p.stem for p in folder.glob('*.npz') if not p.stem.endswith('.partial'))


def read_shards(folder: Path, names: list[str]) -> Iterator[Frames]:
    """Return the shards of these names, one after another."""
    for name in names:
        with np.load(folder / f'{name}.npz') as arrays:
            yield Frames(**{f.name: _read(arrays, f.name) for f in fields(Frames)})


def _read(arrays, name: str) -> np.ndarray:
    """Return an array of a shard; older shards say nothing of heights: all was on the floor."""
    array = arrays[name]
    if name == 'solid' and array.shape[-1] == _WITHOUT_HEIGHT:
        array = np.concatenate([array, array[..., 2:3]], axis=-1)
    return array


def read_frames(folder: Path) -> Frames:
    """
    Return all frames of a dataset in memory.

    :raises ConfigurationError: if there are none.
    """
    shards = list(read_shards(folder, shard_names(folder)))
    if not shards:
        raise ConfigurationError(f'{folder}: no shards; "vla collect" makes them')
    return Frames(**{f.name: np.concatenate([getattr(s, f.name) for s in shards])
                     for f in fields(Frames)})
