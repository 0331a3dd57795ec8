"""
Batches of behaviour cloning: what was seen, what was said, and what was done next.

Nobody knows what another instruction would have asked for: each picture has its own one, and
rows of a chunk after the end of an episode count for nothing.
"""
import numpy as np
import torch

from vla_ros.core.body import joint_vector, motion_vector
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.batches import augmented, Batch
from vla_ros.learning.demonstrations import Demonstrations
from vla_ros.learning.losses import Target
from vla_ros.models.presets import STEP_S
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import BodyState

_HIDDEN_SHARE = 0.6
"""What was done before tells too much about what comes next: so often it is hidden."""


class CloningBatches:
    """Draws batches; the same generator draws the same batch."""

    def __init__(self, robot: RobotDescription, demonstrations: Demonstrations,
                 words: tuple[torch.Tensor, torch.Tensor], episodes: np.ndarray, horizon: int):
        """
        Draw from some of the episodes.

        :param words: features (S, L, D) of all sentences, and which are words, (S, L).
        :param episodes: their numbers.
        :raises ConfigurationError: if none of them may be drawn.
        """
        self._data, self._words, self._horizon = demonstrations, words, horizon
        self._scale, self._neutral = ActionScale.of(robot), np.array(robot.neutral_position)
        rows = demonstrations.row
        weight = np.where(np.isin(demonstrations.episode[rows], episodes),
                          demonstrations.numbers.weight[rows], 0.0)
        if not weight.any():
            raise ConfigurationError(f'episodes {list(episodes)[:10]}: none that did not fail')
        self._chance = weight.cumsum() / weight.cumsum()[-1]

    def __len__(self) -> int:
        """Return how many pictures may be drawn."""
        return int(np.count_nonzero(np.diff(self._chance, prepend=0.0)))

    def draw(self, images: int, per_image: int, rng: np.random.Generator,
             augment: bool = True) -> Batch:
        """Return a batch of `images` frames; each has the one instruction it was made for."""
        data = self._data
        which = np.searchsorted(self._chance, rng.random(images), side='right')
        rows = data.row[which]
        image = data.image[np.sort(which)][np.argsort(np.argsort(which))]
        words, keep = (part[data.sentence[rows]] for part in self._words)
        length = int(keep.sum(dim=1).max())
        return Batch(torch.from_numpy(augmented(image, rng) if augment else image), None,
                     words[:, :length].float(), keep[:, :length], self._body(rows, rng),
                     self._wanted(rows))

    def draw_pictures(self, images: int, rng: np.random.Generator):
        """
        Refuse: nobody knows what these pictures show.

        :raises ConfigurationError: always.
        """
        raise ConfigurationError('demonstrations without labels: eyes are not trained on them')

    def _body(self, rows: np.ndarray, rng: np.random.Generator) -> BodyState:
        numbers = self._data.numbers
        joints = joint_vector(numbers.joints[rows], numbers.speeds[rows], self._neutral)
        before = rows - STEP_S * self._data.fps
        is_first = before < self._data.first[rows]
        previous, _ = self._actions(np.maximum(before, self._data.first[rows]), rows)
        is_hidden = is_first | (rng.random(len(rows)) < _HIDDEN_SHARE)
        previous = np.where(is_hidden[:, None], 0.0, self._scale.shrink(previous))
        return BodyState(_tensor(joints + rng.normal(0, 0.01, joints.shape)),
                         _tensor(motion_vector(numbers.motion[rows], numbers.velocity[rows])),
                         _tensor(previous))

    def _wanted(self, rows: np.ndarray) -> Target:
        data = self._data
        at = rows[:, None] + np.arange(self._horizon) * STEP_S * data.fps
        actions, counts = self._actions(at, rows[:, None])
        length = data.end[rows] - data.first[rows]
        progress = (rows - data.first[rows]) / np.maximum(1, length - 1)
        return Target(_tensor(self._scale.shrink(actions)), _tensor(progress),
                      counts=torch.from_numpy(counts))

    def _actions(self, at: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """
        Return actions (..., A) at times counted in frames, and which of them were recorded.

        Between two frames the action runs straight; after the last one it stays.
        """
        last = self._data.end[rows] - 1
        # A time that is meant to be the last frame's may be a rounding error after it.
        counts, at = at <= last + 1e-6, np.minimum(at, last)
        low = np.floor(at + 1e-6).astype(int)
        share = np.clip(at - low, 0.0, 1.0)[..., None]
        action = self._data.numbers.action
        return ((1 - share) * action[low] + share * action[np.minimum(low + 1, last)],
                np.broadcast_to(counts, at.shape).copy())


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))
