"""
How perception is trained: the recipe, the batches of its steps and their loss.

Batches depend on the seed and the number of the step alone; the rest is `Loop`'s.
"""
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import training_precision
from vla_ros.learning.loop import decayed, Loop, Parts, Report, risen_and_fallen
from vla_ros.learning.perception_batches import PerceptionBatch, PerceptionBatches
from vla_ros.learning.perception_data import collect_views, KIND_NAMES, read_views
from vla_ros.learning.perception_losses import perception_losses
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.perception import PerceptionModel
from vla_ros.models.perception_checkpoint import save_perception
from vla_ros.perception.segments import Segment

STATE = 'state.pt'


@dataclass(frozen=True)
class PerceptionRecipe:
    """How perception is trained."""

    views: int = 8000
    crop_steps: int = 1500
    """First steps, on parts of images: objects are learned there at a fraction of the cost."""
    crops: int = 32
    """Parts in a batch."""
    crop_side: int = 128
    """[pixels]."""
    steps: int = 9000
    """Steps after those, on whole images."""
    images: int = 8
    """Images in a batch."""
    learning_rate: float = 1.2e-3
    warmup_steps: int = 100
    weight_decay: float = 0.02
    gradient_norm: float = 2.0
    ema_decay: float = 0.997
    start: str = 'base'
    """Checkpoint of a policy whose eyes training begins with; empty: random weights."""
    seed: int = 0
    save_every: int = 100
    threads: int = 1
    """More gain little: the maps are small, and two on a shared core wait for each other."""

    @property
    def all_steps(self) -> int:
        """Return the number of steps of both phases."""
        return self.crop_steps + self.steps

    def rate_at(self, step: int) -> float:
        """Return the learning rate: a linear rise, then half a cosine to zero."""
        return self.learning_rate * risen_and_fallen(step, self.all_steps, self.warmup_steps)


class PerceptionTrainer:
    """Trains one model on one dataset."""

    def __init__(self, model: PerceptionModel, batches: PerceptionBatches,
                 recipe: PerceptionRecipe, folder: Path):
        torch.set_num_threads(recipe.threads)
        self._recipe, self._batches = recipe, batches
        self.model = model.to(memory_format=torch.channels_last).train()
        self._loop = Loop(self.model, torch.optim.AdamW(
            decayed(model, recipe.weight_decay), lr=recipe.learning_rate, betas=(0.9, 0.98)),
            recipe, folder / STATE)

    @property
    def step(self) -> int:
        """Return how many steps are done."""
        return self._loop.step

    def run(self, report: Report) -> PerceptionModel:
        """Train to the last step and return the averaged model."""
        return self._loop.run(self._losses_at, report)

    def _losses_at(self, step: int) -> Parts:
        rng = np.random.default_rng([0x5EE, self._recipe.seed, step])
        batch = self._batch(step, rng)
        with training_precision():
            seen = self.model.at_half_resolution(batch.image, batch.intrinsics)
        row, column = rng.integers(2, size=2)           # a quarter of the pixels costs a quarter
        return perception_losses(seen.doubled_at(row, column), batch.every_second(row, column))

    def _batch(self, step: int, rng: np.random.Generator) -> PerceptionBatch:
        recipe = self._recipe
        if step < recipe.crop_steps:
            return self._batches.draw_crops(recipe.crops, recipe.crop_side, rng)
        return self._batches.draw(recipe.images, rng)


def train_perception(robot: RobotDescription, data: Path, folder: Path, name: str,
                     recipe: PerceptionRecipe, jobs: int, collected: Callable[[int, int], None],
                     report: Report) -> Path:
    """
    Collect what is missing, train, or go on where either was stopped; return the checkpoint.

    :param collected: called with (rooms done, rooms in all).
    :param report: called after each step with (step, parts of the loss).
    """
    collect_views(robot, data, recipe.views, recipe.seed, jobs, collected)
    torch.manual_seed(recipe.seed)
    batches = PerceptionBatches(read_views(data, recipe.views))
    trainer = PerceptionTrainer(_beginning(recipe.start), batches, recipe, folder)
    model = trainer.run(report)
    save_perception(folder / 'checkpoint', model, name, list(KIND_NAMES),
                    [s.name.lower() for s in Segment], trained=True, recipe=asdict(recipe),
                    robot=robot.name)
    return folder / 'checkpoint'


def _beginning(start: str) -> PerceptionModel:
    """Return a new model that sees coarsely as the policy of a checkpoint does."""
    model = PerceptionModel()
    if start:
        prefix = 'vision.network.'
        weights = load_checkpoint(start).weights
        model.backbone.network.load_state_dict({
            key.removeprefix(prefix): value for key, value in weights.items()
            if key.startswith(prefix)})
    return model
