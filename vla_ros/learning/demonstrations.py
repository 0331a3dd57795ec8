"""
Demonstrations of any robot, from a LeRobot dataset, ready to draw batches from.

Numbers are kept at the dataset's rate; pictures are kept ten times a second at the model's size,
in a file that is mapped into memory.
M frames of the dataset, N of them with a picture, J joints, A actions.
"""
from collections.abc import Iterator
from dataclasses import dataclass
import hashlib
from pathlib import Path

import numpy as np

from vla_ros.core.body import MotionSinceCommand
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.lerobot.reader import Dataset, Episode
from vla_ros.learning.robot_of_data import (
    ACTION,
    Columns,
    columns_for,
    STATE,
    Units,
    VELOCITY,
)
from vla_ros.perception.preprocessing import HEIGHT, prepare_image, WIDTH

BASE, CORRECTION = 'observation.base', 'is_intervention'
PICTURES_PER_S = 10
PLANAR = (0, 1, 5)
"""Where x, y and yaw stand in a twist."""
CORRECTION_WEIGHT = 4.0
"""How much more often a frame is drawn in which a person corrected the robot."""


@dataclass(frozen=True)
class Numbers:
    """What one episode, or all of them, hold besides pictures."""

    joints: np.ndarray
    """(M, J) [rad]."""
    speeds: np.ndarray
    """(M, J) [rad/s]."""
    motion: np.ndarray
    """(M, 3) x, y [m], yaw [rad] since the episode began, seen from there."""
    velocity: np.ndarray
    """(M, 3) vx, vy [m/s], wz [rad/s] in the base frame."""
    action: np.ndarray
    """(M, A) in m/s, rad/s, rad."""
    weight: np.ndarray
    """(M,) how often a frame is drawn; 0: never."""


@dataclass(frozen=True)
class Demonstrations:
    """All of a dataset."""

    image: np.ndarray
    """(N, H, W, 3) uint8 RGB."""
    row: np.ndarray
    """(N,) which of the M frames a picture is of."""
    numbers: Numbers
    first: np.ndarray
    """(M,) the frame with which a frame's episode begins."""
    end: np.ndarray
    """(M,) the frame before which it ends."""
    sentence: np.ndarray
    """(M,) which of `sentences` was said."""
    episode: np.ndarray
    """(M,)."""
    sentences: tuple[str, ...]
    fps: int


@dataclass(frozen=True)
class Source:
    """What of a dataset is read, and for whom."""

    dataset: Dataset
    robot: RobotDescription
    camera: str
    units: Units = Units.RADIANS

    @property
    def stride(self) -> int:
        """Return frames of the dataset from one picture to the next."""
        return max(1, round(self.dataset.info.fps / PICTURES_PER_S))


def camera_of(dataset: Dataset, camera: str | None) -> str:
    """
    Return the camera of this name; None: the first.

    :raises ConfigurationError: if there is none.
    """
    cameras = dataset.info.cameras
    if not cameras or (camera is not None and camera not in cameras):
        raise ConfigurationError(f'{dataset.root}: no camera {camera or ""!r}; '
                                 f'it has {list(cameras)}')
    return camera or cameras[0]


def read_demonstrations(source: Source, folder: Path) -> Demonstrations:
    """
    Return the demonstrations of a dataset.

    :param folder: keeps the pictures, decoded, for the next time.
    :raises ConfigurationError: if joints or actions of the robot are not in it, or it holds
        failures only.
    """
    dataset, columns = source.dataset, columns_for(source.robot, source.dataset.info)
    parts = [_numbers(source, columns, episode) for episode in dataset.episodes]
    lengths = np.array([episode.length for episode in dataset.episodes])
    ends = lengths.cumsum()
    rows = np.concatenate([np.arange(end - length, end, source.stride)
                           for end, length in zip(ends, lengths, strict=True)])
    numbers = Numbers(**{name: np.concatenate([getattr(p, name) for p in parts])
                         for name in Numbers.__dataclass_fields__})
    if not numbers.weight[rows].any():
        raise ConfigurationError(f'{dataset.root}: no episode that did not fail, no correction')
    sentences = tuple(dict.fromkeys(e.tasks[0] for e in dataset.episodes))
    said = np.array([sentences.index(e.tasks[0]) for e in dataset.episodes])
    return Demonstrations(
        _pictures(source, len(rows), folder), rows, numbers, (ends - lengths).repeat(lengths),
        ends.repeat(lengths), said.repeat(lengths), np.arange(len(ends)).repeat(lengths),
        sentences, dataset.info.fps)


def _numbers(source: Source, columns: Columns, episode: Episode) -> Numbers:
    dataset, robot = source.dataset, source.robot
    optional = [key for key in (VELOCITY, BASE, CORRECTION) if key in dataset.info.features]
    told = dataset.numbers(episode, [STATE, ACTION, *optional])
    told = {key: values.reshape(episode.length, -1) for key, values in told.items()}
    joints = told[STATE][:, columns.joints] * source.units.scale
    action = told[ACTION][:, columns.actions].astype(float)
    action[:, len(robot.base_axes):] *= source.units.scale
    if VELOCITY in told:
        speeds = told[VELOCITY][:, columns.joints] * source.units.scale
    else:
        speeds = np.diff(joints, axis=0, prepend=joints[:1]) * dataset.info.fps
    motion, velocity = _base(robot, action, told.get(BASE), dataset.info.fps)
    corrected = told[CORRECTION][:, 0] if CORRECTION in told else np.zeros(episode.length, bool)
    usual = 0.0 if episode.outcome == 'failure' else 1.0
    return Numbers(joints, speeds, motion, velocity, action,
                   np.where(corrected, CORRECTION_WEIGHT, usual))


def _base(robot: RobotDescription, action: np.ndarray, base: np.ndarray | None,
          fps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return motion and velocity, (T, 3) each, as a policy knows them on the robot."""
    twist = np.zeros((len(action), 6))
    twist[1:, robot.base_index] = action[:-1, :len(robot.base_axes)]
    commanded, since = twist[:, PLANAR], MotionSinceCommand()
    motion = np.array([since.update(i / fps, None if base is None else base[i, :3].astype(float),
                                    commanded[i]) for i in range(len(action))])
    return motion, commanded if base is None else base[:, 3:6].astype(float)


def _pictures(source: Source, count: int, folder: Path) -> np.ndarray:
    """Return the pictures (N, H, W, 3) of a camera, from the folder if they are there."""
    dataset = source.dataset
    of = f'{dataset.root.resolve()} {source.camera} {dataset.info.frames} {count}'
    path = folder / f'pictures-{hashlib.sha256(of.encode()).hexdigest()[:12]}.npy'
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix('.partial')
        images = np.lib.format.open_memmap(partial, 'w+', np.uint8, (count, HEIGHT, WIDTH, 3))
        for at, image in enumerate(_every(source)):
            images[at] = prepare_image(image)
        images.flush()
        partial.rename(path)
    return np.load(path, mmap_mode='r')


def _every(source: Source) -> Iterator[np.ndarray]:
    for episode in source.dataset.episodes:
        for index, image in enumerate(source.dataset.pictures(episode, source.camera)):
            if index % source.stride == 0:
                yield image
