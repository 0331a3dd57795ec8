"""
Makes `lerobot_arm`: a tiny dataset of another robot, written by the `lerobot` package itself.

Run by hand in an environment with lerobot 0.6 (Python 3.12): `python written_by_lerobot.py DIR`.
Seven joints, two cameras, no base, 30 frames a second; the arm goes left or right as it is told.
"""
from pathlib import Path
import sys

import numpy as np

JOINTS = (*(f'joint_{i}' for i in range(1, 7)), 'gripper')
CAMERAS = {'observation.images.front': (48, 64, 3), 'observation.images.wrist': (32, 48, 3)}
FPS, EPISODES, FRAMES = 30, 6, 36


def write(root: Path) -> None:
    """Write the dataset."""
    from lerobot.datasets.lerobot_dataset import LeRobotDataset
    vector = {'dtype': 'float32', 'shape': (7,), 'names': [f'{j}.pos' for j in JOINTS]}
    features = {'observation.state': vector, 'action': vector, **{
        key: {'dtype': 'video', 'shape': shape, 'names': ['height', 'width', 'channels']}
        for key, shape in CAMERAS.items()}}
    dataset = LeRobotDataset.create('someone/lerobot_arm', FPS, features, root=root,
                                    robot_type='lerobot_arm')
    for episode in range(EPISODES):
        side = 1 if episode % 2 else -1
        for frame in episode_frames(side):
            dataset.add_frame({**frame, 'task': f'move {"left" if side > 0 else "right"}'})
        dataset.save_episode()
    dataset.finalize()


def episode_frames(side: int):
    """Yield what is seen, felt and commanded in each frame."""
    reach = side * np.array([0.8, 0.1, 0.2, 0.1, 0.05, 0.3, 0.1], np.float32)
    for i in range(FRAMES):
        state, action = (reach * np.sin(min(1.0, (i + ahead) / FRAMES) * np.pi / 2)
                         for ahead in (0, 1))
        images = {key: np.full(shape, 90, np.uint8) for key, shape in CAMERAS.items()}
        for image in images.values():
            column = int((0.5 + 0.4 * float(state[0])) * image.shape[1])
            image[:, max(0, column - 3):column + 3] = (220, 40, 40)
        yield {'observation.state': state.astype(np.float32),
               'action': action.astype(np.float32), **images}


if __name__ == '__main__':
    write(Path(sys.argv[1]))
