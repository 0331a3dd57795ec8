"""
Writes a LeRobot dataset v3.0, episode by episode: each is there whole, or not at all.

Every episode has files of its own, and its row in `meta/episodes` is written last: what is there
without a row is what a killed writer left, and is removed when the dataset is opened again.
"""
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
import json
from pathlib import Path
import shutil

import numpy as np
import pyarrow
from pyarrow import parquet

from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.learning.lerobot.feature_statistics import (
    as_lists,
    merged,
    PixelCounter,
    Statistics,
    statistics_of,
)
from vla_ros.learning.lerobot.layout import (
    CHUNK_FILES,
    EPISODES_PATH,
    EVERY_FRAME,
    Feature,
    Info,
    INFO_PATH,
    is_dataset,
    read_info,
    read_tasks,
    STATS_PATH,
    TASKS_PATH,
    tasks_table,
)
from vla_ros.learning.lerobot.reader import Dataset, episode_files, UNKNOWN
from vla_ros.learning.lerobot.videos import video_info, VideoWriter

_PARTIAL = '.partial'


class Take:
    """One episode while it is written; at most one at a time."""

    def __init__(self, folder: Path, info: Info):
        self._info, self._rows = info, {key: [] for key in _numbers(info)}
        self.outcome: str | None = None
        self.videos, self._pixels = {}, {}
        for key in info.cameras:
            self.videos[key] = folder / f'{key}.mp4'
            self._pixels[key] = PixelCounter()
        self._writers = {key: VideoWriter(path, info.fps, *info.features[key].shape[:2])
                         for key, path in self.videos.items()}
        self.length = 0

    def add(self, frame: Mapping[str, np.ndarray]) -> None:
        """
        Take a frame: pictures (H, W, 3) uint8 RGB and numbers in their features' shapes.

        :raises InvalidValueError: if a feature is missing, unknown, or of another shape.
        """
        if wrong := frame.keys() ^ (self._rows.keys() | self._writers.keys()):
            raise InvalidValueError(f'frame: missing or unknown {sorted(wrong)}')
        for key, rows in self._rows.items():
            rows.append(_checked(key, self._info.features[key], frame[key]))
        for key, writer in self._writers.items():
            writer.add(frame[key])
            self._pixels[key].add(frame[key])
        self.length += 1

    def save(self, outcome: str = UNKNOWN) -> None:
        """Keep the episode when it ends; without this call it is thrown away."""
        self.outcome = outcome

    def close(self) -> None:
        """End the videos."""
        for writer in self._writers.values():
            writer.close()

    def numbers(self) -> dict[str, np.ndarray]:
        """Return what was added, each (T, ...)."""
        return {key: np.stack(rows) for key, rows in self._rows.items()}

    def picture_statistics(self) -> dict[str, Statistics]:
        """Return the statistics of what the cameras showed."""
        return {key: pixels.statistics() for key, pixels in self._pixels.items()}


class DatasetWriter:
    """Adds episodes to a dataset, or begins one."""

    def __init__(self, root: Path, features: Mapping[str, Feature], fps: int, robot_type: str):
        """
        Begin a dataset, or go on with the one that is there.

        :param features: without those of `EVERY_FRAME`.
        :raises ConfigurationError: if what is there has other features, rate or robot.
        """
        self.root = root
        wanted = Info(fps, {**{k: _described(f, fps) for k, f in features.items()},
                            **EVERY_FRAME}, robot_type)
        self._info, self._tasks, self._statistics = wanted, [], {}
        self.sources: set[str] = set()
        if is_dataset(root):
            self._go_on(read_info(root))
        else:
            self._write_json(INFO_PATH, wanted.as_json())

    @property
    def episodes(self) -> int:
        """Return how many episodes are there."""
        return self._info.episodes

    @contextmanager
    def episode(self, task: str, source: str = '') -> Iterator[Take]:
        """
        Begin an episode of an instruction; it is kept if `Take.save` is called.

        :param source: what it is made from; `sources` has it then.
        """
        folder = self.root / _PARTIAL
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        take = Take(folder, self._info)
        try:
            try:
                yield take
            finally:
                take.close()
            if take.outcome is not None and take.length:
                self._keep(take, task, {'outcome': take.outcome, 'source': source})
                self.sources.add(source)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _go_on(self, there: Info) -> None:
        """Take over what is there, without what a killed writer left."""
        mine = self._info
        if (there.fps, there.robot_type) != (mine.fps, mine.robot_type) or (
                there.as_json()['features'] != mine.as_json()['features']):
            raise ConfigurationError(
                f'{self.root}: a dataset of {there.robot_type!r} at {there.fps} Hz with '
                f'{sorted(there.features)}; now {mine.robot_type!r} at {mine.fps} Hz with '
                f'{sorted(mine.features)}, or other shapes or names')
        files = episode_files(self.root)
        if not files:
            return
        episodes = Dataset(self.root).episodes
        if len(files) != len(episodes):
            raise ConfigurationError(f'{self.root}: was written by another program; its files '
                                     'hold several episodes, and none can be added here')
        self._tasks = list(read_tasks(self.root))
        self.sources = {e.source for e in episodes}
        self._statistics = _all_statistics(files, there)
        self._remove_leftovers(len(episodes))
        self._tell(len(episodes), sum(e.length for e in episodes))

    def _remove_leftovers(self, episodes: int) -> None:
        patterns = (self._info.data_path, *(self._info.video_path.replace('{video_key}', key)
                                            for key in self._info.cameras))
        for pattern in patterns:
            (self.root / pattern.format(**_file(episodes))).unlink(missing_ok=True)

    def _keep(self, take: Take, task: str, facts: dict[str, str]) -> None:
        index, first = self._info.episodes, self._info.frames
        if task not in self._tasks:
            self._tasks.append(task)
            self._write_table(TASKS_PATH, tasks_table(tuple(self._tasks)))
        columns = {**take.numbers(), **_counted(
            take.length, self._info.fps, index, first, self._tasks.index(task))}
        for key, path in take.videos.items():
            self._put(path, self._info.video_path.format(video_key=key, **_file(index)))
        self._write_table(self._info.data_path.format(**_file(index)), self._table(columns))
        found = {**{key: statistics_of(value) for key, value in columns.items()},
                 **take.picture_statistics()}
        row = {**self._row(index, first, take.length, task), **facts,
               **{f'stats/{key}/{name}': value for key, statistics in found.items()
                  for name, value in as_lists(statistics).items()}}
        self._write_table(EPISODES_PATH.format(**_file(index)),
                          pyarrow.Table.from_pylist([row]))
        self._statistics = {key: merged([*([self._statistics[key]] if index else []), each])
                            for key, each in found.items()}
        self._tell(index + 1, first + take.length)

    def _tell(self, episodes: int, frames: int) -> None:
        self._info = replace(self._info, episodes=episodes, frames=frames,
                             tasks=len(self._tasks))
        self._write_json(INFO_PATH, self._info.as_json())
        self._write_json(STATS_PATH, {k: as_lists(s) for k, s in self._statistics.items()})

    def _row(self, index: int, first: int, length: int, task: str) -> dict:
        """Return what `meta/episodes` says of an episode, but for its statistics."""
        place = _file(index)
        row = {'episode_index': index, 'tasks': [task], 'length': length,
               'dataset_from_index': first, 'dataset_to_index': first + length,
               **{f'{part}/{name}': value for part in ('data', 'meta/episodes', *(
                   f'videos/{key}' for key in self._info.cameras))
                  for name, value in place.items()}}
        for key in self._info.cameras:
            row[f'videos/{key}/from_timestamp'] = 0.0
            row[f'videos/{key}/to_timestamp'] = length / self._info.fps
        return row

    def _table(self, columns: Mapping[str, np.ndarray]) -> pyarrow.Table:
        return pyarrow.table({key: _column(columns[key], self._info.features[key])
                              for key in self._info.features if key in columns})

    def _write_table(self, name: str, table: pyarrow.Table) -> None:
        partial = self.root / f'{name}.partial'
        partial.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(table, partial)
        self._put(partial, name)

    def _write_json(self, name: str, told: dict) -> None:
        partial = self.root / f'{name}.partial'
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(told, indent=4) + '\n', encoding='utf-8')
        self._put(partial, name)

    def _put(self, partial: Path, name: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        partial.rename(self.root / name)


def _numbers(info: Info) -> tuple[str, ...]:
    return tuple(key for key, feature in info.features.items()
                 if not feature.is_picture and key not in EVERY_FRAME)


def _file(episode: int) -> dict[str, int]:
    return {'chunk_index': episode // CHUNK_FILES, 'file_index': episode % CHUNK_FILES}


def _described(feature: Feature, fps: int) -> Feature:
    if feature.dtype != 'video':
        return feature
    return replace(feature, info=video_info(fps, *feature.shape[:2]))


def _checked(key: str, feature: Feature, value: np.ndarray) -> np.ndarray:
    array = np.asarray(value, feature.dtype)
    if array.shape != feature.shape:
        raise InvalidValueError(f'{key}: expected {feature.shape}, got {array.shape}')
    return array


def _counted(length: int, fps: int, episode: int, first: int,
             task: int) -> dict[str, np.ndarray]:
    """Return the columns of `EVERY_FRAME`."""
    frames = np.arange(length)
    return {'timestamp': (frames / fps).astype(np.float32), 'frame_index': frames,
            'episode_index': np.full(length, episode), 'index': first + frames,
            'task_index': np.full(length, task)}


def _column(values: np.ndarray, feature: Feature) -> pyarrow.Array:
    """Return a feature as a column: plain numbers, or nested lists of fixed lengths."""
    column = pyarrow.array(values.ravel(), pyarrow.from_numpy_dtype(np.dtype(feature.dtype)))
    if feature.shape == (1,):
        return column
    for length in reversed(feature.shape):
        column = pyarrow.FixedSizeListArray.from_arrays(column, length)
    return column


def _all_statistics(files: list[Path], info: Info) -> dict[str, Statistics]:
    """Return the statistics of all episodes by what their rows say."""
    rows = [row for path in files for row in parquet.read_table(path).to_pylist()]
    each = [{key: {name.rpartition('/')[2]: np.array(value) for name, value in row.items()
                   if name.startswith(f'stats/{key}/')} for key in info.features}
            for row in rows]
    return {key: merged([one[key] for one in each]) for key in info.features}
