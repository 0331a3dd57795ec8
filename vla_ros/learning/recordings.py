"""Recordings of a robot become episodes of a LeRobot dataset."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

import numpy as np

from vla_ros.core.recorded import Recorded, RecordedEpisode
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.demonstrations import BASE, CORRECTION
from vla_ros.learning.lerobot.layout import Feature
from vla_ros.learning.lerobot.writer import DatasetWriter
from vla_ros.learning.moments import Moment, moments
from vla_ros.learning.robot_of_data import ACTION, STATE, VELOCITY
from vla_ros.perception.preprocessing import HEIGHT, prepare_image, WIDTH

CAMERA = 'observation.images.camera'
SHORTEST_S = 1.0
"""Episodes shorter than this are not kept."""


@dataclass(frozen=True)
class Recording:
    """One recording."""

    name: str
    """What its episodes are known by: one that is there already is not added again."""
    start_s: float
    """Time of its first message [s]."""
    recorded: Iterable[Recorded]
    about: RecordedEpisode | None
    """None: nothing is known; then instructions are what was said."""


def features_of(robot: RobotDescription, has_odometry: bool) -> dict[str, Feature]:
    """Return the features of a dataset of a robot that is driven by the nodes of this package."""
    joints = Feature('float32', (len(robot.joint_names),), robot.joint_names)
    base = {BASE: Feature('float32', (6,), ('x', 'y', 'yaw', 'vx', 'vy', 'wz'))}
    return {
        STATE: joints, VELOCITY: joints, **(base if has_odometry else {}),
        ACTION: Feature('float32', (robot.action_size,),
                        (*robot.base_axes, *robot.commanded_joints)),
        CORRECTION: Feature('bool', (1,)),
        CAMERA: Feature('video', (HEIGHT, WIDTH, 3), ('height', 'width', 'channels'))}


def frame_of(moment: Moment, has_odometry: bool, is_correction: bool) -> Mapping[str, np.ndarray]:
    """Return a moment as a frame of the dataset; its picture is what a policy is given."""
    frame = {STATE: moment.positions, VELOCITY: moment.velocities, ACTION: moment.action,
             CORRECTION: np.array([is_correction]), CAMERA: prepare_image(moment.image)}
    return {**frame, BASE: np.concatenate(moment.odometry)} if has_odometry else frame


def new_writer(root: Path, robot: RobotDescription, fps: int,
               has_odometry: bool) -> DatasetWriter:
    """Begin a dataset for recordings of a robot, or go on with it."""
    return DatasetWriter(root, features_of(robot, has_odometry), fps, robot.name)


def add_recording(writer: DatasetWriter, recording: Recording, robot: RobotDescription, fps: int,
                  has_odometry: bool) -> list[str]:
    """Add the episodes of a recording and return what became of each, in words."""
    about = recording.about or RecordedEpisode()
    told = []
    every = moments(recording.recorded, robot, fps, about.instruction, has_odometry)
    for number, run in groupby(every, lambda moment: moment.episode):
        source = f'{recording.name}#{number}'
        if source in writer.sources:
            told.append(f'{source}: there already')
            continue
        first = next(run)
        with writer.episode(first.instruction, source) as take:
            for moment in chain((first,), run):
                take.add(frame_of(moment, has_odometry,
                                  about.is_corrected(moment.at_s - recording.start_s)))
            length_s = take.length / fps
            if length_s >= SHORTEST_S:
                take.save(about.outcome)
        told.append(f'{source}: {length_s:.1f} s of "{first.instruction}"'
                    + ('' if length_s >= SHORTEST_S else ', too short: left out'))
    return told
