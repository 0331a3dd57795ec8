"""Reads a LeRobot dataset v3.0 of any robot, one episode at a time."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import parquet

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning.lerobot.layout import EPISODES_PATH, read_info, read_tasks
from vla_ros.learning.lerobot.videos import decoded, read_video

UNKNOWN = 'unknown'


@dataclass(frozen=True)
class Episode:
    """Where an episode is, and how it went."""

    index: int
    tasks: tuple[str, ...]
    length: int
    """Frames."""
    data_file: tuple[int, int]
    """Chunk and file of its table."""
    videos: dict[str, tuple[int, int, float]]
    """For each camera chunk, file, and where in the file it begins [s]."""
    outcome: str = UNKNOWN
    """'success', 'failure' or 'unknown'; our own column, others' datasets have none."""
    source: str = ''
    """What it was made from; our own column too."""


class Dataset:
    """A dataset that is read."""

    def __init__(self, root: Path):
        """
        Open a dataset.

        :raises ConfigurationError: if the folder holds none.
        """
        self.root, self.info = root, read_info(root)

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.root.name

    @cached_property
    def tasks(self) -> tuple[str, ...]:
        """Return the instructions."""
        return read_tasks(self.root)

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """
        Return the episodes.

        :raises ConfigurationError: if there are none.
        """
        rows = [row for path in episode_files(self.root) for row in _rows_of(path)]
        if not rows:
            raise ConfigurationError(f'{self.root}: a dataset without episodes')
        return tuple(_episode(row, self.info.cameras) for row in rows)

    def numbers(self, episode: Episode, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return features of an episode, each (T, ...); plain numbers are (T,)."""
        table = parquet.read_table(
            self.root / self._path(self.info.data_path, *episode.data_file),
            columns=list(keys), filters=[('episode_index', '=', episode.index)])
        return {key: _array(table[key]) for key in keys}

    def pictures(self, episode: Episode, camera: str) -> Iterator[np.ndarray]:
        """
        Return the frames (H, W, 3) uint8 RGB of one camera in an episode.

        :raises ConfigurationError: if there is no such camera.
        """
        if camera not in self.info.cameras:
            raise ConfigurationError(f'{self.root}: no camera {camera!r}; '
                                     f'it has {list(self.info.cameras)}')
        if self.info.features[camera].dtype == 'video':
            chunk, file, start_s = episode.videos[camera]
            path = self._path(self.info.video_path, chunk, file, camera)
            yield from read_video(self.root / path, start_s, episode.length, self.info.fps)
            return
        path = self.root / self._path(self.info.data_path, *episode.data_file)
        table = parquet.read_table(path, columns=[camera],
                                   filters=[('episode_index', '=', episode.index)])
        for cell in table[camera]:
            yield decoded(cell['bytes'].as_py())

    @staticmethod
    def _path(pattern: str, chunk: int, file: int, camera: str = '') -> str:
        return pattern.format(chunk_index=chunk, file_index=file, video_key=camera)


def episode_files(root: Path) -> list[Path]:
    """Return the tables of episodes, in order."""
    return sorted((root / EPISODES_PATH).parents[1].glob('*/*.parquet'))


def _rows_of(path: Path) -> list[dict]:
    """Return the rows of a table of episodes without their statistics."""
    names = parquet.read_schema(path).names
    return parquet.read_table(
        path, columns=[n for n in names if not n.startswith('stats/')]).to_pylist()


def _episode(row: dict, cameras: Sequence[str]) -> Episode:
    videos = {key: (row[f'videos/{key}/chunk_index'], row[f'videos/{key}/file_index'],
                    row[f'videos/{key}/from_timestamp'])
              for key in cameras if f'videos/{key}/file_index' in row}
    return Episode(row['episode_index'], tuple(row['tasks']), row['length'],
                   (row['data/chunk_index'], row['data/file_index']), videos,
                   row.get('outcome') or UNKNOWN, row.get('source') or '')


def _array(column: pyarrow.ChunkedArray) -> np.ndarray:
    """Return a column as (T, ...): lists of equal lengths become axes."""
    values, shape = column.combine_chunks(), [len(column)]
    while pyarrow.types.is_list(values.type) or pyarrow.types.is_fixed_size_list(values.type):
        values = values.flatten()
        shape.append(-1 if 0 in shape else len(values) // int(np.prod(shape)))
    return values.to_numpy(zero_copy_only=False).reshape(shape)
