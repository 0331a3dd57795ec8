"""From a dataset to a checkpoint: what `vla train` does."""
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning import processes
from vla_ros.learning.closed_loop import ClosedLoop
from vla_ros.learning.loop import Report
from vla_ros.learning.machine import keep_freed_memory
from vla_ros.learning.materials import identity, Material, material, PLAIN, Reading
from vla_ros.learning.rehearsal import rehearsed
from vla_ros.learning.same_run import go_on_as
from vla_ros.learning.sentences import sentence_bank, SentenceBank
from vla_ros.learning.trainer import Recipe, Trainer, validate
from vla_ros.models.checkpoint import load_checkpoint, save_checkpoint
from vla_ros.models.growth import grown, learning_all
from vla_ros.models.perception_checkpoint import load_perception
from vla_ros.models.presets import manifest_of, new_model, Preset, restored_model


@dataclass(frozen=True)
class Lessons:
    """Which datasets are trained on."""

    new: tuple[Path, ...]
    """Those that are learned."""
    old: tuple[Path, ...] = ()
    """Those that what is known already was learned from: they are rehearsed."""
    reading: Reading = PLAIN


def train(robot: RobotDescription, preset: Preset, lessons: Lessons, folder: Path, name: str,
          recipe: Recipe, report: Report, closed_loop: ClosedLoop | None = None) -> Path:
    """
    Train a model, or go on where training was stopped, and return the checkpoint's folder.

    :param report: called after each step with (step, parts of the loss).
    :param closed_loop: when the policy is to drive the simulated robot meanwhile.
    :raises ConfigurationError: if a dataset is missing or another robot's, the preset has no
        recipe, the weights to begin with are of another preset, or the folder holds another
        training.
    """
    if preset is Preset.DOCUMENT:
        raise ConfigurationError(f'preset {preset.value!r} has no training recipe; '
                                 '--steps 0 writes it untrained')
    go_on_as(folder, recipe, preset=preset.value, robot=robot.name, **{
        key: [identity(robot, data) for data in some]       # a wrong one fails here, and at once
        for key, some in (('data', lessons.new), ('rehearsed', lessons.old))})
    bank = processes.first_then_others(
        lambda: sentence_bank(folder / 'sentences.pt', recipe.seed))
    mixed = _mixed(robot, lessons, bank, folder, recipe.rehearsal)
    torch.manual_seed(recipe.seed)
    model, known = _beginning(preset, robot, recipe.start)
    if recipe.eyes:
        _share_eyes(model, recipe.eyes)
    trainer = Trainer(robot, model, mixed.training, recipe, folder)

    def after_step(step: int, parts: dict[str, float]) -> None:
        report(step, parts)
        if closed_loop and closed_loop.is_due(step):
            checkpoint = write(folder / 'validated', name, preset, trainer.averaged, robot,
                               trained=True)
            closed_loop.report(step, closed_loop.rates(robot, str(checkpoint)))
    keep_freed_memory()             # not before: what reading the data took twice is given back
    model = trainer.run(after_step)
    losses = validate(model, mixed.validation, len(robot.base_axes))
    if processes.is_first():
        write(folder / 'checkpoint', name, preset, model, robot, trained=True,
              **known | {'recipe': [*known['recipe'], asdict(recipe)]}, data=mixed.facts,
              validation={part: round(value, 5) for part, value in losses.items()})
    return folder / 'checkpoint'


def _mixed(robot: RobotDescription, lessons: Lessons, bank: SentenceBank, folder: Path,
           share: float) -> Material:
    """Return what all datasets give together, of which `share` is rehearsed."""
    new, old = ([material(robot, data, bank, folder, lessons.reading) for data in some]
                for some in (lessons.new, lessons.old))
    facts = [m.facts for m in (*new, *old)]
    return Material(rehearsed([m.training for m in new], [m.training for m in old], share),
                    rehearsed([m.validation for m in new], [m.validation for m in old], share),
                    facts[0] if len(facts) == 1 else facts)


def _beginning(preset: Preset, robot: RobotDescription,
               start: str) -> tuple[torch.nn.Module, dict]:
    """Return the model to begin with, and by which recipes and data it knows what stays."""
    if not start:
        return new_model(preset, robot), {'recipe': []}
    checkpoint = learning_all(grown(load_checkpoint(start), robot))
    if (made := checkpoint.manifest['preset']) != preset.value:
        raise ConfigurationError(f'{start!r} is of preset {made!r}, asked for {preset.value!r}')
    known = {'recipe': [], **{key: facts for key, facts in checkpoint.manifest.items()
                              if key in ('recipe', 'memory_data')}}
    if not isinstance(known['recipe'], list):
        known['recipe'] = [known['recipe']]
    return restored_model(checkpoint).requires_grad_(True), known


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


def write_grown(robot: RobotDescription, start: str, folder: Path, name: str | None) -> Path:
    """
    Write what a checkpoint is on a robot that may have more joints, without any training.

    :param name: of the new checkpoint; None: as before.
    :raises CheckpointError: if it can't become one of that robot.
    """
    checkpoint = grown(load_checkpoint(start), robot)
    named = {'name': name} if name else {}
    save_checkpoint(folder / 'checkpoint', checkpoint.weights, {**checkpoint.manifest, **named})
    return folder / 'checkpoint'


def write(folder: Path, name: str, preset: Preset, model: torch.nn.Module,
          robot: RobotDescription, *, trained: bool, **facts) -> Path:
    """Write a checkpoint and return its folder."""
    save_checkpoint(folder, model.state_dict(),
                    manifest_of(name, preset, model, robot, trained=trained, **facts))
    return folder
