"""
How a policy is trained: the recipe, the batches of its steps and their loss.

Batches depend on the seed and the number of the step alone; the rest is `Loop`'s.
"""
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.nn.attention import sdpa_kernel, SDPBackend

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import training_precision
from vla_ros.learning import processes
from vla_ros.learning.batch_parts import part_of
from vla_ros.learning.batches import Batch
from vla_ros.learning.hues import hues_turned
from vla_ros.learning.loop import decayed, Loop, Parts, Report, risen_and_fallen
from vla_ros.learning.losses import attribute_loss, losses, named_loss
from vla_ros.learning.machine import cores
from vla_ros.learning.rehearsal import draw_alike, Mixture, Source
from vla_ros.models.grounding import SLOTS
from vla_ros.models.vla import VlaModel

STATE = 'state.pt'
_SHAPE = SLOTS.index('shape')


@dataclass(frozen=True)
class Recipe:
    """How a model is trained."""

    vision_steps: int = 1200
    """First steps, in which only the eyes learn: what colour and shape each cell shows."""
    steps: int = 3000
    """Steps after those, in which everything learns to act."""
    images: int = 64
    """Images in a batch; several processes share them."""
    instructions: int = 3
    """Instructions for each image."""
    learning_rate: float = 7e-4
    warmup_steps: int = 150
    weight_decay: float = 0.03
    gradient_norm: float = 1.0
    ema_decay: float = 0.998
    seed: int = 0
    save_every: int = 100
    threads: int = 0
    """Threads of each process; 0: all cores, shared by the processes of a machine."""
    start: str = ''
    """Checkpoint whose weights training begins with; empty: random weights."""
    eyes: str = ''
    """Checkpoint of perception whose features are shared, unchanged; empty: eyes of its own."""
    freezes_eyes: bool = False
    """Whether what an image gives stays as it is, and only what is made of it learns."""
    only_writes: bool = False
    """Whether only how chunks are written learns: what is seen, sought and remembered stays, so
    that a memory goes on fitting."""
    rehearsal: float = 0.5
    """Share of a batch from old data, where there is any; see `rehearsed`."""

    @property
    def all_steps(self) -> int:
        """Return the number of steps of both phases."""
        return self.vision_steps + self.steps

    def rate_at(self, step: int) -> float:
        """Return the learning rate: in each phase a linear rise, then half a cosine to zero."""
        length = self.vision_steps if step < self.vision_steps else self.steps
        step = step if step < self.vision_steps else step - self.vision_steps
        return self.learning_rate * risen_and_fallen(step, length, self.warmup_steps)


def finetuning(start: str, seed: int = 0, steps: int | None = None, eyes: str = '') -> Recipe:
    """Return the recipe that goes on from a trained checkpoint: fewer steps, smaller ones."""
    return Recipe(vision_steps=0, steps=steps or 800, learning_rate=2.5e-4, warmup_steps=50,
                  ema_decay=0.995, seed=seed, start=start, eyes=eyes)


class Trainer:
    """Trains one model on one dataset."""

    def __init__(self, robot: RobotDescription, model: VlaModel, batches: Source | Mixture,
                 recipe: Recipe, folder: Path):
        processes.check_parts(recipe.images)
        torch.set_num_threads(recipe.threads or cores())
        self._axes, self._recipe, self._batches = len(robot.base_axes), recipe, batches
        self.model = model.to(memory_format=torch.channels_last)
        if recipe.freezes_eyes:
            model.vision.requires_grad_(False)
            model.grounding.visual.requires_grad_(False)
        if recipe.only_writes:
            model.requires_grad_(False)
            for part in model.writers:
                part.requires_grad_(True)
        self._loop = Loop(self.model, torch.optim.AdamW(
            decayed(model, recipe.weight_decay), lr=recipe.learning_rate, betas=(0.9, 0.98)),
            recipe, folder / STATE)

    @property
    def step(self) -> int:
        """Return how many steps are done."""
        return self._loop.step

    @property
    def averaged(self) -> VlaModel:
        """Return the averaged model as it is now."""
        return self._loop.averaged

    def run(self, report: Report) -> VlaModel:
        """Train to the last step and return the averaged model."""
        return self._loop.run(self._losses_at, report)

    def _losses_at(self, step: int) -> Parts:
        recipe, model = self._recipe, self.model.train()
        rng = np.random.default_rng([0x7EA, recipe.seed, step])
        if recipe.eyes or recipe.freezes_eyes or recipe.start:
            # Its statistics stay as they are: a few batches say less of images than all before.
            model.vision.network.eval()
        if step < recipe.vision_steps:
            image, kinds = self._own(self._batches.draw_pictures(recipe.images, rng))
            with training_precision():
                seen = model.grounding.classify(model.encode_vision(image).described)
            return {'attributes': attribute_loss(seen, kinds)}
        drawn = draw_alike(self._batches, recipe.images, recipe.instructions, rng)
        parts = mixed_losses(model, [self._own(batch) for batch in drawn], self._axes)
        known = next((batch for batch in drawn if batch.kinds is not None), None)
        if known is not None and self._sees_anew:
            image, shapes = self._own(self._turned(known, rng))
            with training_precision():
                seen = model.grounding.classify(model.encode_vision(image).described)
            parts['attributes'] = parts['attributes'] + 0.6 * attribute_loss(
                seen[_SHAPE:], shapes[:, None])
        return parts

    @property
    def _sees_anew(self) -> bool:
        """Return whether the eyes learn."""
        return not (self._recipe.eyes or self._recipe.freezes_eyes or self._recipe.only_writes)

    def _turned(self, batch: Batch, rng: np.random.Generator) -> tuple[
            torch.Tensor, torch.Tensor]:
        """Return some images (F, H, W, 3) with turned hues, and their cells' shapes (F, N)."""
        whole = processes.count()
        count = max(len(batch.image) // (4 * whole), 1) * whole
        shapes, vision = batch.kinds[:count, _SHAPE], self.model.vision
        turned = hues_turned(batch.image[:count].numpy(), shapes.numpy(),
                             (vision.rows, vision.columns), rng)
        return torch.from_numpy(turned), shapes

    @staticmethod
    def _own(batch):
        """Return the part of a batch that this process computes."""
        return part_of(batch, processes.rank(), processes.count())


def batch_losses(model: VlaModel, batch: Batch, base_axes: int) -> dict[str, torch.Tensor]:
    """Return the weighted parts of the loss, computed in bfloat16 where that is safe."""
    # With a padding mask the fused kernel takes twice as long on a CPU as the plain one.
    with training_precision(), sdpa_kernel(SDPBackend.MATH):
        seen = model.encode_vision(batch.image)
        kinds = model.grounding.classify(seen.described)
        decision = model.decide(seen, batch.words, batch.keep, batch.body)
        sought = model.grounding.classify(decision.grounding.sought[:, :, None])
    parts = losses(decision, batch.wanted, base_axes)
    if model.swing is not None and batch.wanted.swings is not None:
        draft = decision.draft
        logits = model.swing.logits(draft.heard.float(), draft.summary.float())
        parts['swings'] = 0.3 * functional.binary_cross_entropy_with_logits(
            logits, batch.wanted.swings)
    if batch.kinds is not None:
        parts['attributes'] = 0.3 * attribute_loss(kinds, batch.kinds)
    if batch.wanted.named is not None:
        parts['named'] = 0.3 * named_loss(sought, batch.wanted.named)
    return parts


def mixed_losses(model: VlaModel, batches: list[Batch],
                 base_axes: int) -> dict[str, torch.Tensor]:
    """Return the parts of the loss of batches, of which each counts by its images."""
    images, total = sum(len(batch.image) for batch in batches), {}
    for batch in batches:
        for name, value in batch_losses(model, batch, base_axes).items():
            total[name] = total.get(name, 0.0) + len(batch.image) / images * value
    return total


@torch.no_grad()
def validate(model: VlaModel, batches: Source | Mixture, base_axes: int,
             count: int = 6) -> dict[str, float]:
    """Return the mean parts of the loss on batches that are always the same."""
    draw = partial(draw_alike, batches, 32, 4, augment=False)
    parts = [mixed_losses(model.eval(), draw(rng=np.random.default_rng([0x7A1, i])), base_axes)
             for i in range(count)]
    return {name: float(np.mean([float(p[name]) for p in parts])) for name in parts[0]}
