"""
The training loop of perception.

Batches depend on the seed and the number of the step alone, and everything else is in the saved
state: training that was killed goes on as if it had not been.
"""
from collections.abc import Callable
import copy
from dataclasses import asdict, dataclass
import math
from pathlib import Path

import numpy as np
import torch

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import training_precision
from vla_ros.learning.perception_batches import PerceptionBatch, PerceptionBatches
from vla_ros.learning.perception_data import collect_views, KIND_NAMES, read_views
from vla_ros.learning.perception_losses import perception_losses
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.perception import PerceptionModel
from vla_ros.models.perception_checkpoint import save_perception
from vla_ros.perception.segments import Segment

STATE = 'state.pt'
Report = Callable[[int, dict[str, float]], None]


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
        if step < self.warmup_steps:
            return self.learning_rate * (step + 1) / self.warmup_steps
        share = (step - self.warmup_steps) / max(1, self.all_steps - self.warmup_steps)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * share))


class PerceptionTrainer:
    """Trains one model on one dataset."""

    def __init__(self, model: PerceptionModel, batches: PerceptionBatches,
                 recipe: PerceptionRecipe, folder: Path):
        torch.set_num_threads(recipe.threads)
        self._recipe, self._batches = recipe, batches
        self.model = model.to(memory_format=torch.channels_last).train()
        self.averaged = copy.deepcopy(model).eval().requires_grad_(False)
        self._optimizer = torch.optim.AdamW(_groups(model, recipe.weight_decay),
                                            lr=recipe.learning_rate, betas=(0.9, 0.98))
        self.step = 0
        self._state = folder / STATE
        if self._state.is_file():
            self._resume()

    def run(self, report: Report) -> PerceptionModel:
        """Train to the last step and return the averaged model."""
        while self.step < self._recipe.all_steps:
            parts = self._train_step()
            self.step += 1
            if self.step % self._recipe.save_every == 0 or self.step == self._recipe.all_steps:
                self._save()
            report(self.step, parts)
        return self.averaged

    def _train_step(self) -> dict[str, float]:
        rng = np.random.default_rng([0x5EE, self._recipe.seed, self.step])
        for group in self._optimizer.param_groups:
            group['lr'] = self._recipe.rate_at(self.step)
        batch = self._batch(rng)
        self._optimizer.zero_grad(set_to_none=True)
        with training_precision():
            seen = self.model.at_half_resolution(batch.image, batch.intrinsics)
        row, column = rng.integers(2, size=2)           # a quarter of the pixels costs a quarter
        parts = perception_losses(seen.doubled_at(row, column), batch.every_second(row, column))
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.gradient_norm)
        self._optimizer.step()
        self._average()
        return {name: float(value.detach()) for name, value in parts.items()}

    def _batch(self, rng: np.random.Generator) -> PerceptionBatch:
        recipe = self._recipe
        if self.step < recipe.crop_steps:
            return self._batches.draw_crops(recipe.crops, recipe.crop_side, rng)
        return self._batches.draw(recipe.images, rng)

    @torch.no_grad()
    def _average(self) -> None:
        """Follow the model with an exponential moving average, faster in the beginning."""
        decay = min(self._recipe.ema_decay, (1 + self.step) / (10 + self.step))
        own = self.model.state_dict()
        for name, value in self.averaged.state_dict().items():
            if value.is_floating_point():
                value.lerp_(own[name], 1 - decay)
            else:
                value.copy_(own[name])

    def _save(self) -> None:
        partial_file = self._state.with_suffix('.partial')
        partial_file.parent.mkdir(parents=True, exist_ok=True)
        torch.save({'step': self.step, 'recipe': asdict(self._recipe),
                    'model': self.model.state_dict(), 'averaged': self.averaged.state_dict(),
                    'optimizer': self._optimizer.state_dict()}, partial_file)
        partial_file.rename(self._state)

    def _resume(self) -> None:
        state = torch.load(self._state, weights_only=True)
        self.model.load_state_dict(state['model'])
        self.averaged.load_state_dict(state['averaged'])
        self._optimizer.load_state_dict(state['optimizer'])
        self.step = state['step']


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


def _groups(model: PerceptionModel, weight_decay: float) -> list[dict]:
    """Return parameter groups: matrices decay, everything else does not."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    return [{'params': matrices, 'weight_decay': weight_decay},
            {'params': others, 'weight_decay': 0.0}]
