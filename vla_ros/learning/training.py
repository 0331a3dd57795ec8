"""From a dataset to a checkpoint: what `vla train` does."""
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.batches import BatchMaker
from vla_ros.learning.dataset import Frames, read_frames, read_meta
from vla_ros.learning.sentences import sentence_bank
from vla_ros.learning.trainer import Recipe, Trainer, validate
from vla_ros.models.checkpoint import check_robot, load_checkpoint, save_checkpoint
from vla_ros.models.perception_checkpoint import load_perception
from vla_ros.models.presets import manifest_of, new_model, Preset, restored_model
from vla_ros.models.scaling import ActionScale

VALIDATION_SHARE = 0.05
Report = Callable[[int, dict[str, float]], None]


def train(robot: RobotDescription, preset: Preset, data: Path, folder: Path, name: str,
          recipe: Recipe, report: Report) -> Path:
    """
    Train a model, or go on where training was stopped, and return the checkpoint's folder.

    :param report: called after each step with (step, parts of the loss).
    :raises ConfigurationError: if the dataset is missing or another robot's, the preset has no
        recipe, or the weights to begin with are of another preset.
    """
    if preset is Preset.DOCUMENT:
        raise ConfigurationError(f'preset {preset.value!r} has no training recipe; '
                                 '--steps 0 writes it untrained')
    meta = meta_for(robot, data)
    bank = sentence_bank(folder / 'sentences.pt', recipe.seed)
    training, validation = split_frames(frames_in(robot, data))
    scale = ActionScale.of(robot)
    torch.manual_seed(recipe.seed)
    model, before = _beginning(preset, robot, recipe.start)
    if recipe.eyes:
        _share_eyes(model, recipe.eyes)
    trainer = Trainer(robot, model,
                      BatchMaker(robot, training, bank, scale), recipe, folder)
    model = trainer.run(report)
    losses = validate(model, BatchMaker(robot, validation, bank, scale), len(robot.base_axes))
    return write(folder / 'checkpoint', name, preset, model, robot, trained=True,
                 recipe=[*before, asdict(recipe)], data={**meta, 'frames': len(training)},
                 validation={part: round(value, 5) for part, value in losses.items()})


def meta_for(robot: RobotDescription, data: Path) -> dict:
    """
    Return the facts about a dataset of a robot.

    :raises ConfigurationError: if it is missing, or another robot's.
    """
    meta = _lerobot_meta(data) if (data / 'meta').is_dir() else read_meta(data)
    if meta['robot'] != robot.name:
        raise ConfigurationError(
            f'{data}: demonstrations of {meta["robot"]!r}, the robot is {robot.name!r}')
    return meta


def _lerobot_meta(data: Path) -> dict:
    from vla_ros.learning.lerobot.layout import read_info  # pyarrow: only where it is needed
    info = read_info(data)
    return {'format': 'LeRobotDataset v3', 'robot': info.robot_type, 'episodes': info.episodes}


def frames_in(robot: RobotDescription, data: Path) -> Frames:
    """Return all frames of a dataset of `vla collect`, or of one made from it by `vla convert`."""
    if not (data / 'meta').is_dir():
        return read_frames(data)
    from vla_ros.learning.labelled_frames import frames_of  # pyarrow: only where it is needed
    from vla_ros.learning.lerobot.reader import Dataset
    return frames_of(Dataset(data), robot)


def _beginning(preset: Preset, robot: RobotDescription,
               start: str) -> tuple[torch.nn.Module, list[dict]]:
    """Return the model to begin with, and the recipes that its weights come from."""
    if not start:
        return new_model(preset, robot), []
    checkpoint = load_checkpoint(start)
    check_robot(checkpoint.manifest, robot)
    if (made := checkpoint.manifest['preset']) != preset.value:
        raise ConfigurationError(f'{start!r} is of preset {made!r}, asked for {preset.value!r}')
    before = checkpoint.manifest.get('recipe', [])
    return (restored_model(checkpoint).requires_grad_(True),
            before if isinstance(before, list) else [before])


def _share_eyes(model: torch.nn.Module, perception: str) -> None:
    """Let a policy look with the eyes of perception, which stay as they are."""
    eyes, _ = load_perception(perception)
    try:
        model.vision.network.load_state_dict(eyes.backbone.network.state_dict())
    except RuntimeError as error:
        raise ConfigurationError(f'the eyes of {perception!r} are of other sizes than this '
                                 "preset's; base has theirs") from error
    model.vision.network.requires_grad_(False)


def write_untrained(robot: RobotDescription, preset: Preset, folder: Path, name: str,
                    seed: int) -> Path:
    """Write a checkpoint of random weights; it runs only where that is allowed."""
    torch.manual_seed(seed)
    return write(folder / 'checkpoint', name, preset, new_model(preset, robot), robot,
                 trained=False)


def write(folder: Path, name: str, preset: Preset, model: torch.nn.Module,
          robot: RobotDescription, *, trained: bool, **facts) -> Path:
    """Write a checkpoint and return its folder."""
    save_checkpoint(folder, model.state_dict(),
                    manifest_of(name, preset, model, robot, trained=trained, **facts))
    return folder


def split_frames(frames: Frames) -> tuple[Frames, Frames]:
    """Return frames to train on and, of the last episodes, frames to validate with."""
    first_held = np.quantile(np.unique(frames.episode), 1 - VALIDATION_SHARE)
    held = frames.episode >= first_held
    return _some(frames, np.flatnonzero(~held)), _some(frames, np.flatnonzero(held))


def _some(frames: Frames, rows: np.ndarray) -> Frames:
    is_run = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    which = slice(rows[0], rows[-1] + 1) if is_run else rows         # a run needs no copy
    return Frames(**{f.name: getattr(frames, f.name)[which] for f in fields(Frames)})
