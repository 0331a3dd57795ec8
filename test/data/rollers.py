"""Small datasets of a robot with two joints and a base, written here."""
import numpy as np

from vla_ros.learning.lerobot.layout import Feature
from vla_ros.learning.lerobot.writer import DatasetWriter

FPS = 10
VECTOR = Feature('float32', (2,), ('waist', 'neck'))
CAMERA = 'observation.images.camera'
FEATURES = {
    'observation.state': VECTOR,
    'observation.base': Feature('float32', (6,), ('x', 'y', 'yaw', 'vx', 'vy', 'wz')),
    'action': Feature('float32', (4,), ('linear.x', 'angular.z', 'waist', 'neck')),
    'is_intervention': Feature('bool', (1,)), CAMERA: Feature('video', (24, 32, 3))}


def writer(root) -> DatasetWriter:
    """Begin a dataset, or go on with it."""
    return DatasetWriter(root, FEATURES, FPS, 'roller')


def picture(number: int) -> np.ndarray:
    """Return a picture that a video keeps: smooth, and another one for each number."""
    columns = (np.arange(32) * 4 + 9 * number) % 200
    return np.stack([np.tile(columns, (24, 1)), np.full((24, 32), 60), np.full((24, 32), 90)],
                    axis=-1).astype(np.uint8)


def frame(i: int) -> dict[str, np.ndarray]:
    """Return what is seen and done in a frame."""
    return {'observation.state': np.array([0.05 * i, 0.3]),
            'observation.base': np.array([0.02 * i, 0, 0, 0.2, 0, 0]),
            'action': np.array([0.2, 0.0, 0.05 * (i + 1), 0.3]),
            'is_intervention': np.array([5 <= i < 8]), CAMERA: picture(i)}


def add_episode(to: DatasetWriter, task: str = 'roll on', frames: int = 12, change=None,
                outcome: str = 'success', **kwargs) -> None:
    """Add an episode; `change` gets each frame and its number and returns another."""
    with to.episode(task, **kwargs) as take:
        for i in range(frames):
            take.add(change(frame(i), i) if change else frame(i))
        take.save(outcome)
