"""
LeRobotDataset v3.0: which file holds what, and what a dataset says of itself.

Source: huggingface/lerobot 0.6.1, `src/lerobot/datasets`, `docs/source/lerobot-dataset-v3.mdx`.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from pathlib import Path
from types import MappingProxyType

from vla_ros.core.errors import ConfigurationError, MissingDependencyError

try:
    import pyarrow
    from pyarrow import parquet
except ImportError as error:
    raise MissingDependencyError(
        "LeRobot datasets need pyarrow: pip install 'pyarrow>=16' 'av>=12'") from error

VERSION = 'v3.0'
CHUNK_FILES = 1000
"""Files in one folder, at most."""
_FILE = 'chunk-{chunk_index:03d}/file-{file_index:03d}'
DATA_PATH = f'data/{_FILE}.parquet'
VIDEO_PATH = f'videos/{{video_key}}/{_FILE}.mp4'
EPISODES_PATH = f'meta/episodes/{_FILE}.parquet'
INFO_PATH, STATS_PATH, TASKS_PATH = 'meta/info.json', 'meta/stats.json', 'meta/tasks.parquet'
PICTURES = ('video', 'image')
"""Types of features that are pictures: frames of a video file, or files within the table."""


@dataclass(frozen=True)
class Feature:
    """One column of a dataset, or one camera."""

    dtype: str
    """'float32', 'int64', 'bool', ..., or one of `PICTURES`."""
    shape: tuple[int, ...]
    """Of one frame; (1,) is a plain number."""
    names: tuple[str, ...] | None = None
    """What its elements are called, where the dataset says it."""
    info: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Of a video: codec, size, rate."""

    @property
    def is_picture(self) -> bool:
        """Return whether it is a camera."""
        return self.dtype in PICTURES

    @property
    def size(self) -> int:
        """Return how many numbers one frame has."""
        size = 1
        for length in self.shape:
            size *= length
        return size

    def as_json(self) -> dict:
        """Return it as `info.json` holds it."""
        told = {'dtype': self.dtype, 'shape': list(self.shape),
                'names': None if self.names is None else list(self.names)}
        return {**told, 'info': dict(self.info)} if self.info else told


EVERY_FRAME = MappingProxyType({
    'timestamp': Feature('float32', (1,)), 'frame_index': Feature('int64', (1,)),
    'episode_index': Feature('int64', (1,)), 'index': Feature('int64', (1,)),
    'task_index': Feature('int64', (1,))})
"""Columns that every dataset has."""


@dataclass(frozen=True)
class Info:
    """What a dataset says of itself."""

    fps: int
    """Frames a second."""
    features: Mapping[str, Feature]
    robot_type: str | None = None
    episodes: int = 0
    frames: int = 0
    tasks: int = 0
    data_path: str = DATA_PATH
    video_path: str = VIDEO_PATH

    def __post_init__(self):
        if self.fps < 1:
            raise ConfigurationError(f'{self.fps} frames a second, expected a whole number')

    @property
    def cameras(self) -> tuple[str, ...]:
        """Return the keys of the features that are pictures."""
        return tuple(key for key, f in self.features.items() if f.is_picture)

    def as_json(self) -> dict:
        """Return it as `info.json` holds it."""
        return {
            'codebase_version': VERSION, 'fps': self.fps,
            'features': {key: f.as_json() for key, f in self.features.items()},
            'total_episodes': self.episodes, 'total_frames': self.frames,
            'total_tasks': self.tasks, 'chunks_size': CHUNK_FILES,
            'data_files_size_in_mb': 100, 'video_files_size_in_mb': 200,
            'data_path': self.data_path, 'video_path': self.video_path,
            'robot_type': self.robot_type, 'splits': {'train': f'0:{self.episodes}'}}


def is_dataset(root: Path) -> bool:
    """Return whether a folder claims to be a LeRobot dataset."""
    return (root / INFO_PATH).is_file()


def read_info(root: Path) -> Info:
    """
    Return what a dataset says of itself.

    :raises ConfigurationError: if there is none, or it is of another version.
    """
    try:
        told = json.loads((root / INFO_PATH).read_text(encoding='utf-8'))
        version = str(told['codebase_version'])
        if version.partition('.')[0] != 'v3':
            raise ConfigurationError(
                f'{root}: LeRobot dataset of version {version}, this reads {VERSION}; '
                "lerobot's convert_dataset_v21_to_v30 converts older ones")
        return Info(int(told['fps']), {k: _feature(f) for k, f in told['features'].items()},
                    told.get('robot_type'), int(told['total_episodes']),
                    int(told['total_frames']), int(told['total_tasks']),
                    told.get('data_path') or DATA_PATH, told.get('video_path') or VIDEO_PATH)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, ConfigurationError):
            raise
        raise ConfigurationError(f'{root}: no LeRobot dataset {VERSION}: {INFO_PATH}: '
                                 f'{type(error).__name__}: {error}') from error


def _feature(told: dict) -> Feature:
    names = told.get('names')
    if isinstance(names, dict):                 # {'motors': [...]} or {'x': 0, 'y': 1}
        lists = [v for v in names.values() if isinstance(v, list)]
        names = [n for part in lists for n in part] if lists else sorted(names, key=names.get)
    return Feature(told['dtype'], tuple(told['shape']),
                   None if names is None else tuple(str(n) for n in names),
                   told.get('info') or told.get('video_info') or {})


def read_tasks(root: Path) -> tuple[str, ...]:
    """Return the instructions of a dataset; their number is their place."""
    table = parquet.read_table(root / TASKS_PATH)
    text = next(name for name in table.column_names if name != 'task_index')
    said = dict(zip(table['task_index'].to_pylist(), table[text].to_pylist(), strict=True))
    return tuple(said[i] for i in range(len(said)))


def tasks_table(tasks: tuple[str, ...]) -> pyarrow.Table:
    """Return instructions as a table that pandas reads with the sentence as its index."""
    column = {'metadata': None, 'field_name': 'task_index', 'name': 'task_index',
              'pandas_type': 'int64', 'numpy_type': 'int64'}
    index = {**column, 'field_name': 'task', 'name': 'task', 'pandas_type': 'unicode',
             'numpy_type': 'object'}
    about = {'index_columns': ['task'], 'column_indexes': [], 'columns': [column, index],
             'creator': {'library': 'pyarrow', 'version': pyarrow.__version__},
             'pandas_version': '2.0.0'}
    table = pyarrow.table({'task_index': pyarrow.array(range(len(tasks)), pyarrow.int64()),
                           'task': pyarrow.array(tasks, pyarrow.string())})
    return table.replace_schema_metadata({'pandas': json.dumps(about)})
