"""What LeRobot datasets give to training: behaviour cloning on what was recorded."""
from pathlib import Path

import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.language.thesaurus import rare_names
from vla_ros.learning import processes
from vla_ros.learning.cloning_batches import CloningBatches
from vla_ros.learning.demonstrations import camera_of, read_demonstrations, Source
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.materials import Material, Reading, VALIDATION_SHARE
from vla_ros.learning.robot_of_data import Units
from vla_ros.learning.sentences import sentence_features


def source_of(robot: RobotDescription, data: Path, reading: Reading) -> Source:
    """
    Return what of a dataset is read for a robot.

    :raises ConfigurationError: if it is missing, or has no such camera.
    """
    dataset = Dataset(data)
    return Source(dataset, robot, camera_of(dataset, reading.camera), Units(reading.units))


def recorded(source: Source, folder: Path, horizon: int) -> Material:
    """
    Return what recordings give to training.

    :param folder: keeps pictures and sentences for the next time.
    :param horizon: rows of a chunk.
    :raises ConfigurationError: if joints or actions of the robot are not in it.
    """
    def read():
        data = read_demonstrations(source, folder)
        return data, sentence_features(list(data.sentences), folder / 'sentences.pt')
    data, words = processes.first_then_others(read)
    training, validation = (CloningBatches(source.robot, data, words, episodes, horizon)
                            for episodes in held_out(len(source.dataset.episodes)))
    return Material(training, validation, {
        **_facts(source, training),
        'told_rare_names': sorted(set().union(*map(rare_names, data.sentences)))})


def _facts(source: Source, batches: CloningBatches) -> dict:
    info = source.dataset.info
    return {'format': 'LeRobotDataset v3', 'name': source.dataset.name, 'fps': info.fps,
            'episodes': len(source.dataset.episodes), 'frames': info.frames,
            'pictures': len(batches), 'camera': source.camera,
            'cameras_left_out': [key for key in info.cameras if key != source.camera],
            'units': source.units.value}


def held_out(episodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the episodes to train on and the last ones, to validate with; one is both."""
    held = max(1, round(VALIDATION_SHARE * episodes))
    split = max(1, episodes - held)
    return np.arange(split), np.arange(min(split, episodes - 1), episodes)
