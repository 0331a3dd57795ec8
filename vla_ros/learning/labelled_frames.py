"""
Frames of the simulator as a LeRobot dataset, with what only a simulator knows, and back.

Such a dataset plays in LeRobot's tools as any other; trained on here, its frames are labelled
for any instruction, as those of `vla collect` are. Pictures have been through a video.
"""
from dataclasses import fields
from pathlib import Path

import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.learning.bag_episodes import CAMERA, features_of
from vla_ros.learning.commanded_columns import actions_for, of_robot
from vla_ros.learning.dataset import Frames, read_shards, shard_names, SOLIDS_MAX
from vla_ros.learning.demonstrations import BASE, CORRECTION
from vla_ros.learning.lerobot.layout import Feature, Info
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.lerobot.writer import DatasetWriter
from vla_ros.learning.robot_of_data import ACTION, names_of, STATE, VELOCITY

CELL, VISIBLE, SOLID = 'simulation.cell', 'simulation.is_visible', 'simulation.solid'
TASK = 'walk around the room'
"""The experts change their minds within an episode; labels say what each instruction asks for."""
_FACTS = 6
"""Numbers about a solid; see `Frames.solid`. A radius of zero: there is none."""


def has_labels(info: Info) -> bool:
    """Return whether a dataset holds what only a simulator knows."""
    return {CELL, VISIBLE, SOLID} <= info.features.keys()


def labelled_features(robot: RobotDescription, cells: tuple[int, int]) -> dict[str, Feature]:
    """Return the features of such a dataset; `cells`: rows and columns."""
    return {
        **features_of(robot, has_odometry=True),
        CELL: Feature('int8', (cells[0] * cells[1],), info={'rows': cells[0],
                                                            'columns': cells[1]}),
        VISIBLE: Feature('bool', (SOLIDS_MAX,)), SOLID: Feature('float32', (SOLIDS_MAX * _FACTS,))}


def shards_to_lerobot(robot: RobotDescription, shards: Path, root: Path, fps: int) -> int:
    """Add the episodes of `vla collect` that are not there yet; return how many are there."""
    writer = None
    for name in shard_names(shards):
        frames = of_robot(robot, next(read_shards(shards, [name])), shards)
        writer = writer or DatasetWriter(
            root, labelled_features(robot, frames.cell.shape[1:]), fps, robot.name)
        for number in np.unique(frames.episode):
            if (source := f'{shards.name}#{number}') not in writer.sources:
                _add(writer, frames, np.flatnonzero(frames.episode == number), source)
    return writer.episodes if writer else 0


def _add(writer: DatasetWriter, frames: Frames, rows: np.ndarray, source: str) -> None:
    solid = np.where(np.isnan(frames.solid), 0.0, frames.solid)
    with writer.episode(TASK, source) as take:
        for at, row in enumerate(rows):
            after = rows[min(at + 1, len(rows) - 1)]
            take.add({
                STATE: frames.joint_positions[row], VELOCITY: frames.joint_velocities[row],
                BASE: np.concatenate([frames.base_pose[row], frames.base_velocity[row]]),
                ACTION: frames.previous_action[after], CORRECTION: np.array([False]),
                CAMERA: frames.image[row], CELL: frames.cell[row].ravel(),
                VISIBLE: frames.is_visible[row], SOLID: solid[row].ravel()})
        take.save('success')


def frames_of(dataset: Dataset, robot: RobotDescription) -> Frames:
    """Return all frames of such a dataset in memory."""
    parts = [_frames(dataset, robot, episode) for episode in dataset.episodes]
    return Frames(**{f.name: np.concatenate([getattr(p, f.name) for p in parts])
                     for f in fields(Frames)})


def _frames(dataset: Dataset, robot: RobotDescription, episode) -> Frames:
    keys = (STATE, VELOCITY, BASE, ACTION, CELL, VISIBLE, SOLID)
    told = dataset.numbers(episode, keys)
    cells = dataset.info.features[CELL].info
    solid = told[SOLID].reshape(-1, SOLIDS_MAX, _FACTS)
    action = actions_for(robot, names_of(dataset.info)[1], told[ACTION], dataset.root)
    # As the recorder begins: nothing was commanded, the arms were at rest.
    first = np.concatenate([np.zeros(len(robot.base_axes)),
                            robot.of_commanded('neutral_position')])
    return Frames(
        np.stack(list(dataset.pictures(episode, CAMERA))),
        told[CELL].reshape(-1, cells['rows'], cells['columns']), told[VISIBLE], told[STATE],
        told[VELOCITY], told[BASE][:, :3], told[BASE][:, 3:],
        np.concatenate([first[None], action[:-1]]).astype(np.float32),
        np.where(solid[..., 2:3] > 0, solid, np.nan).astype(np.float32),
        np.full(episode.length, episode.index, np.int32))
