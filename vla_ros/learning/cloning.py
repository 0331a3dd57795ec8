"""From a LeRobot dataset of any robot to a checkpoint: what `vla train --data DIR` does then."""
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.cloning_batches import CloningBatches
from vla_ros.learning.demonstrations import read_demonstrations, Source
from vla_ros.learning.sentences import sentence_features
from vla_ros.learning.trainer import Recipe, Trainer, validate
from vla_ros.learning.training import VALIDATION_SHARE, write
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.vla import VlaModel

Report = Callable[[int, dict[str, float]], None]


@dataclass(frozen=True)
class Begun:
    """A model to train."""

    model: VlaModel
    taken: int
    """Tensors of its weights that come from another checkpoint."""


@dataclass(frozen=True)
class Lesson:
    """What a dataset gives to training."""

    training: CloningBatches
    validation: CloningBatches
    facts: dict
    """For the manifest."""


def cloning_recipe(start: str = '', seed: int = 0, steps: int | None = None) -> Recipe:
    """Return how demonstrations without labels are trained on."""
    return Recipe(vision_steps=0, steps=steps or 1500, images=48, instructions=1,
                  learning_rate=2.5e-4 if start else 4e-4, warmup_steps=50, ema_decay=0.995,
                  seed=seed, start=start)


def clone(source: Source, preset: Preset, folder: Path, name: str, recipe: Recipe,
          report: Report) -> Path:
    """
    Train a model to do what was demonstrated, and return the checkpoint's folder.

    Goes on where training was stopped, as `training.train` does.

    :param report: called after each step with (step, parts of the loss).
    :raises ConfigurationError: if the preset has no recipe, or the dataset lacks something.
    """
    if preset is Preset.DOCUMENT:
        raise ConfigurationError(f'preset {preset.value!r} has no training recipe; '
                                 '--steps 0 writes it untrained')
    robot = source.robot
    torch.manual_seed(recipe.seed)
    begun = beginning(preset, robot, recipe.start)
    lesson = lesson_of(source, folder, begun.model.config.horizon)
    model = Trainer(robot, begun.model, lesson.training, recipe, folder).run(report)
    found = validate(model, lesson.validation, len(robot.base_axes), count=3)
    return write(folder / 'checkpoint', name, preset, model, robot, trained=True,
                 recipe=[{**asdict(recipe), 'taken': begun.taken}], data=lesson.facts,
                 validation={part: round(value, 5) for part, value in found.items()})


def lesson_of(source: Source, folder: Path, horizon: int) -> Lesson:
    """
    Return what a dataset gives to training.

    :param folder: keeps pictures and sentences for the next time.
    :param horizon: rows of a chunk.
    """
    data = read_demonstrations(source, folder)
    words = sentence_features(list(data.sentences), folder / 'sentences.pt')
    training, validation = (CloningBatches(source.robot, data, words, episodes, horizon)
                            for episodes in held_out(len(source.dataset.episodes)))
    return Lesson(training, validation, _facts(source, training))


def beginning(preset: Preset, robot: RobotDescription, start: str) -> Begun:
    """
    Return a model for a robot; what of a checkpoint's weights fits is taken from there.

    Eyes, words and fusion fit any robot; joints and actions only one like it.

    :raises ConfigurationError: if the checkpoint is of another preset.
    """
    if not start:
        return Begun(new_model(preset, robot), 0)
    checkpoint = load_checkpoint(start)
    if (made := checkpoint.manifest['preset']) != preset.value:
        raise ConfigurationError(f'{start!r} is of preset {made!r}, asked for {preset.value!r}')
    is_same = checkpoint.manifest['robot']['name'] == robot.name
    model = new_model(preset, robot, has_memory=is_same and checkpoint.manifest['sizes'].get(
        'has_memory', False))
    own = model.state_dict()
    fitting = {key: value for key, value in checkpoint.weights.items()
               if key in own and own[key].shape == value.shape}
    model.load_state_dict(fitting, strict=False)
    return Begun(model, len(fitting))


def held_out(episodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the episodes to train on and the last ones, to validate with; one is both."""
    held = max(1, round(VALIDATION_SHARE * episodes))
    split = max(1, episodes - held)
    return np.arange(split), np.arange(min(split, episodes - 1), episodes)


def _facts(source: Source, batches: CloningBatches) -> dict:
    info = source.dataset.info
    return {'format': 'LeRobotDataset v3', 'name': source.dataset.name, 'fps': info.fps,
            'episodes': len(source.dataset.episodes), 'frames': info.frames,
            'pictures': len(batches), 'camera': source.camera,
            'cameras_left_out': [key for key in info.cameras if key != source.camera],
            'units': source.units.value}
