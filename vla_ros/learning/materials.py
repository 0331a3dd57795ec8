"""What datasets give to training, in whichever of the two formats they are."""
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning import rehearsal
from vla_ros.learning.batches import BatchMaker
from vla_ros.learning.commanded_columns import of_robot
from vla_ros.learning.dataset import Frames, read_frames, read_meta
from vla_ros.learning.sentences import SentenceBank
from vla_ros.models.scaling import ActionScale
from vla_ros.sim.experts.chunks import HORIZON

VALIDATION_SHARE = 0.05


@dataclass(frozen=True)
class Reading:
    """How recordings are read."""

    camera: str | None = None
    """Their camera; None: the first."""
    units: str = 'rad'
    """Of joint positions: one of `Units`."""


PLAIN = Reading()


@dataclass(frozen=True)
class Material:
    """What a dataset gives to training."""

    training: rehearsal.Source | rehearsal.Mixture
    validation: rehearsal.Source | rehearsal.Mixture
    facts: dict | list[dict]
    """For the manifest."""


def is_recorded(data: Path) -> bool:
    """Return whether a folder is a LeRobot dataset without the labels of `vla collect`."""
    if not _is_lerobot(data):
        return False
    from vla_ros.learning.labelled_frames import has_labels
    from vla_ros.learning.lerobot.layout import read_info
    return not has_labels(read_info(data))


def _is_lerobot(data: Path) -> bool:
    """Return whether pyarrow is needed to read a dataset: who has none of these needs it not."""
    return (data / 'meta').is_dir()


def identity(robot: RobotDescription, data: Path) -> dict:
    """
    Return what tells a dataset from others; recordings are checked as they are read.

    :raises ConfigurationError: if it is missing, or another robot's.
    """
    if is_recorded(data):
        return {'recordings': data.name, **_lerobot_meta(data)}
    return meta_for(robot, data)


def material(robot: RobotDescription, data: Path, bank: SentenceBank, folder: Path,
             reading: Reading = PLAIN) -> Material:
    """
    Return what a dataset gives to training.

    Frames of the simulator teach every instruction of the bank; recordings teach what was said.

    :param folder: of the run; pictures and sentences of recordings are kept there.
    :raises ConfigurationError: if it is missing, another robot's, or lacks something.
    """
    if is_recorded(data):
        # Who trains on frames of the simulator alone needs none of what reads recordings.
        from vla_ros.learning.recordings import recorded, source_of
        return recorded(source_of(robot, data, reading), folder / data.name, HORIZON)
    meta, scale = meta_for(robot, data), ActionScale.of(robot)
    training, validation = split_frames(frames_in(robot, data))
    return Material(BatchMaker(robot, training, bank, scale),
                    BatchMaker(robot, validation, bank, scale),
                    {**meta, 'frames': len(training)})


def meta_for(robot: RobotDescription, data: Path) -> dict:
    """
    Return the facts about a dataset of a robot.

    :raises ConfigurationError: if it is missing, or another robot's.
    """
    meta = _lerobot_meta(data) if _is_lerobot(data) else read_meta(data)
    if meta['robot'] != robot.name:
        raise ConfigurationError(
            f'{data}: demonstrations of {meta["robot"]!r}, the robot is {robot.name!r}')
    return meta


def _lerobot_meta(data: Path) -> dict:
    from vla_ros.learning.lerobot.layout import read_info
    info = read_info(data)
    return {'format': 'LeRobotDataset v3', 'robot': info.robot_type, 'episodes': info.episodes}


def frames_in(robot: RobotDescription, data: Path) -> Frames:
    """
    Return all frames of a dataset of `vla collect`, or of one made from it by `vla convert`.

    :raises ConfigurationError: if its actions are not those of the robot, or nobody knows.
    """
    if not _is_lerobot(data):
        return of_robot(robot, read_frames(data), data)
    from vla_ros.learning.labelled_frames import frames_of
    from vla_ros.learning.lerobot.reader import Dataset
    return frames_of(Dataset(data), robot)


def split_frames(frames: Frames) -> tuple[Frames, Frames]:
    """Return frames to train on and, of the last episodes, frames to validate with."""
    first_held = np.quantile(np.unique(frames.episode), 1 - VALIDATION_SHARE)
    held = frames.episode >= first_held
    return _some(frames, np.flatnonzero(~held)), _some(frames, np.flatnonzero(held))


def first_episodes(datasets: Iterable[Frames], each: int) -> Frames:
    """Return the first episodes of each dataset, with numbers that are unique in all of them."""
    parts, number = [], 0
    for frames in datasets:
        names, own = np.unique(frames.episode, return_inverse=True)
        count = min(each, len(names))
        first = _some(frames, np.flatnonzero(own < count))
        parts.append({**{f.name: getattr(first, f.name).copy() for f in fields(Frames)},
                      'episode': (number + own[own < count]).astype(np.int32)})
        number += count
    return Frames(**{name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _some(frames: Frames, rows: np.ndarray) -> Frames:
    is_run = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    return rows_of(frames, slice(rows[0], rows[-1] + 1) if is_run else rows)


def rows_of(frames: Frames, rows: slice | np.ndarray) -> Frames:
    """Return some frames; a slice of them needs no copy."""
    return Frames(**{f.name: getattr(frames, f.name)[rows] for f in fields(Frames)})
