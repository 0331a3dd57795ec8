"""
The training loop.

Batches depend on the seed and the number of the step alone, and everything else is in the saved
state: training that was killed goes on as if it had not been.
"""
from collections.abc import Callable
import copy
from dataclasses import asdict, dataclass
from functools import partial
import math
from pathlib import Path

import numpy as np
import torch
from torch.nn.attention import sdpa_kernel, SDPBackend

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import training_precision
from vla_ros.learning.batches import Batch, BatchMaker
from vla_ros.learning.losses import attribute_loss, losses
from vla_ros.models.vla import VlaModel

STATE = 'state.pt'


@dataclass(frozen=True)
class Recipe:
    """How a model is trained."""

    vision_steps: int = 1200
    """First steps, in which only the eyes learn: what colour and shape each cell shows."""
    steps: int = 3000
    """Steps after those, in which everything learns to act."""
    images: int = 64
    """Images in a batch."""
    instructions: int = 3
    """Instructions for each image."""
    learning_rate: float = 7e-4
    warmup_steps: int = 150
    weight_decay: float = 0.03
    gradient_norm: float = 1.0
    ema_decay: float = 0.998
    seed: int = 0
    save_every: int = 100
    threads: int = 2
    start: str = ''
    """Checkpoint whose weights training begins with; empty: random weights."""
    eyes: str = ''
    """Checkpoint of perception whose features are shared, unchanged; empty: eyes of its own."""

    @property
    def all_steps(self) -> int:
        """Return the number of steps of both phases."""
        return self.vision_steps + self.steps

    def rate_at(self, step: int) -> float:
        """Return the learning rate: in each phase a linear rise, then half a cosine to zero."""
        length = self.vision_steps if step < self.vision_steps else self.steps
        step = step if step < self.vision_steps else step - self.vision_steps
        if step < self.warmup_steps:
            return self.learning_rate * (step + 1) / self.warmup_steps
        share = (step - self.warmup_steps) / max(1, length - self.warmup_steps)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * share))


def finetuning(start: str, seed: int = 0, steps: int | None = None, eyes: str = '') -> Recipe:
    """Return the recipe that goes on from a trained checkpoint: fewer steps, smaller ones."""
    return Recipe(vision_steps=0, steps=steps or 800, learning_rate=2.5e-4, warmup_steps=50,
                  ema_decay=0.995, seed=seed, start=start, eyes=eyes)


Report = Callable[[int, dict[str, float]], None]


class Trainer:
    """Trains one model on one dataset."""

    def __init__(self, robot: RobotDescription, model: VlaModel, batches: BatchMaker,
                 recipe: Recipe, folder: Path):
        torch.set_num_threads(recipe.threads)
        self._axes, self._recipe, self._batches = len(robot.base_axes), recipe, batches
        self.model = model.to(memory_format=torch.channels_last)
        self.averaged = copy.deepcopy(model).eval().requires_grad_(False)
        self._optimizer = torch.optim.AdamW(
            _groups(model, recipe.weight_decay), lr=recipe.learning_rate, betas=(0.9, 0.98))
        self.step = 0
        self._state = folder / STATE
        if self._state.is_file():
            self._resume()

    def run(self, report: Report) -> VlaModel:
        """Train to the last step and return the averaged model."""
        while self.step < self._recipe.all_steps:
            parts = self._train_step()
            self.step += 1
            if self.step % self._recipe.save_every == 0 or self.step == self._recipe.all_steps:
                self._save()
            report(self.step, parts)
        return self.averaged

    def _train_step(self) -> dict[str, float]:
        recipe = self._recipe
        rng = np.random.default_rng([0x7EA, recipe.seed, self.step])
        for group in self._optimizer.param_groups:
            group['lr'] = recipe.rate_at(self.step)
        self._optimizer.zero_grad(set_to_none=True)
        parts = self._losses(rng)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), recipe.gradient_norm)
        self._optimizer.step()
        self._average()
        return {name: float(value.detach()) for name, value in parts.items()}

    def _losses(self, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        recipe, model = self._recipe, self.model.train()
        if recipe.eyes:
            model.vision.network.eval()                     # its statistics stay as they are
        if self.step < recipe.vision_steps:
            image, kinds = self._batches.draw_pictures(recipe.images, rng)
            with training_precision():
                seen = model.grounding.classify(model.encode_vision(image).described)
            return {'attributes': attribute_loss(seen, kinds)}
        batch = self._batches.draw(recipe.images, recipe.instructions, rng)
        return batch_losses(model, batch, self._axes)

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


def batch_losses(model: VlaModel, batch: Batch, base_axes: int) -> dict[str, torch.Tensor]:
    """Return the weighted parts of the loss, computed in bfloat16 where that is safe."""
    # With a padding mask the fused kernel takes twice as long on a CPU as the plain one.
    with training_precision(), sdpa_kernel(SDPBackend.MATH):
        seen = model.encode_vision(batch.image)
        kinds = model.grounding.classify(seen.described)
        decision = model.decide(seen, batch.words, batch.keep, batch.body)
    parts = losses(decision, batch.wanted, base_axes)
    if batch.kinds is None:
        return parts
    return {**parts, 'attributes': 0.3 * attribute_loss(kinds, batch.kinds)}


@torch.no_grad()
def validate(model: VlaModel, batches: BatchMaker, base_axes: int,
             count: int = 6) -> dict[str, float]:
    """Return the mean parts of the loss on batches that are always the same."""
    draw = partial(batches.draw, 32, 4, augment=False)
    parts = [batch_losses(model.eval(), draw(rng=np.random.default_rng([0x7A1, i])), base_axes)
             for i in range(count)]
    return {name: float(np.mean([float(p[name]) for p in parts])) for name in parts[0]}


def _groups(model: VlaModel, weight_decay: float) -> list[dict]:
    """Return parameter groups: matrices decay, everything else does not."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    return [{'params': matrices, 'weight_decay': weight_decay},
            {'params': others, 'weight_decay': 0.0}]
