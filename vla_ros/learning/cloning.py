"""From a LeRobot dataset of any robot to a checkpoint: what `vla train --data DIR` does then."""
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning import processes
from vla_ros.learning.demonstrations import Source
from vla_ros.learning.loop import Report
from vla_ros.learning.recordings import recorded
from vla_ros.learning.same_run import go_on_as
from vla_ros.learning.trainer import Recipe, Trainer, validate
from vla_ros.learning.training import write
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.growth import grown, learning_all, misfits, OF_BODY
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.vla import VlaModel


@dataclass(frozen=True)
class Begun:
    """A model to train."""

    model: VlaModel
    taken: int
    """Tensors of its weights that come from another checkpoint."""


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
    go_on_as(folder, recipe, preset=preset.value, robot=robot.name, data={
        'name': source.dataset.root.name, 'episodes': source.dataset.info.episodes,
        'camera': source.camera, 'units': source.units.value})
    torch.manual_seed(recipe.seed)
    begun = beginning(preset, robot, recipe.start)
    data = recorded(source, folder, begun.model.config.horizon)
    model = Trainer(robot, begun.model, data.training, recipe, folder).run(report)
    found = validate(model, data.validation, len(robot.base_axes), count=3)
    if processes.is_first():
        write(folder / 'checkpoint', name, preset, model, robot, trained=True,
              recipe=[{**asdict(recipe), 'taken': begun.taken}], data=data.facts,
              validation={part: round(value, 5) for part, value in found.items()})
    return folder / 'checkpoint'


def beginning(preset: Preset, robot: RobotDescription, start: str) -> Begun:
    """
    Return a model for a robot; what of a checkpoint's weights fits is taken from there.

    Eyes, words and fusion fit any robot; joints and actions only one that has all of them.

    :raises ConfigurationError: if the checkpoint is of another preset.
    """
    if not start:
        return Begun(new_model(preset, robot), 0)
    checkpoint = load_checkpoint(start)
    if (made := checkpoint.manifest['preset']) != preset.value:
        raise ConfigurationError(f'{start!r} is of preset {made!r}, asked for {preset.value!r}')
    is_same = checkpoint.manifest['robot']['name'] == robot.name
    is_fitting = not misfits(checkpoint.manifest, robot)
    checkpoint = learning_all(grown(checkpoint, robot) if is_fitting else checkpoint)
    model = new_model(preset, robot, has_memory=is_same and checkpoint.manifest['sizes'].get(
        'has_memory', False))
    own = model.state_dict()
    fitting = {key: value for key, value in checkpoint.weights.items()
               if key in own and own[key].shape == value.shape
               and (is_fitting or key not in OF_BODY)}
    model.load_state_dict(fitting, strict=False)
    return Begun(model, len(fitting))
