"""
How a policy learns to remember: first to use what it expects to see, then to expect it.

The policy that acts by the view alone stays as it is. Its eyes are taught what an expectation
means (which of two like things), then its memory learns from sequences of demonstrations what
to keep, and what to do that the view alone does not tell. Everything depends on seed and step;
training that was killed goes on.
"""
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.nn.attention import sdpa_kernel, SDPBackend

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Goal
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import training_precision
from vla_ros.learning.batches import Batch, BatchMaker
from vla_ros.learning.dataset import Frames
from vla_ros.learning.draws import draw_goal
from vla_ros.learning.expected import a_memory_expects, often_one_of_two, other_in_view
from vla_ros.learning.loop import Loop, risen_and_fallen
from vla_ros.learning.losses import losses
from vla_ros.learning.machine import cores
from vla_ros.learning.materials import first_episodes, frames_in, meta_for, split_frames
from vla_ros.learning.memory_features import (
    collect_features,
    Features,
    is_remembered,
    joined,
)
from vla_ros.learning.same_run import go_on_as
from vla_ros.learning.sentences import sentence_bank
from vla_ros.learning.training import write
from vla_ros.models.checkpoint import check_robot, load_checkpoint
from vla_ros.models.presets import parse_preset, Preset
from vla_ros.models.scaling import ActionScale
from vla_ros.models.temporal import Moments
from vla_ros.models.vla import VlaConfig, VlaModel

Report = Callable[[str, int, int, dict[str, float]], None]
_IF_UNSURE = 0.2
"""What it costs to go by the view where memory matters, if the other mistake costs one."""


@dataclass(frozen=True)
class MemoryRecipe:
    """How a memory is trained."""

    start: str = 'base'
    """Checkpoint of the policy that acts by the view alone."""
    modulation_steps: int = 200
    images: int = 48
    """Images in a batch of those steps, one instruction each."""
    episodes: int = 200
    """Episodes of all datasets together that sequences are drawn from, three of each."""
    steps: int = 1600
    sequences: int = 24
    """Sequences in a batch of those steps."""
    relevance_steps: int = 600
    sentences: int = 64
    """Ticks in a batch of those steps: their sentences."""
    learning_rate: float = 1e-3
    warmup_steps: int = 50
    weight_decay: float = 0.02
    gradient_norm: float = 1.0
    ema_decay: float = 0.99
    seed: int = 0
    save_every: int = 100
    threads: int = 1
    remembers: bool = True
    """False: the memory is empty at every tick, to see what it is good for."""


class _Phase:
    """A phase of the recipe as the loop takes it."""

    def __init__(self, recipe: MemoryRecipe, steps: int):
        self._recipe, self.all_steps = recipe, steps
        self.gradient_norm, self.ema_decay = recipe.gradient_norm, recipe.ema_decay
        self.save_every = recipe.save_every

    def rate_at(self, step: int) -> float:
        """Return the learning rate: a linear rise, then half a cosine to zero."""
        recipe = self._recipe
        return recipe.learning_rate * risen_and_fallen(step, self.all_steps, recipe.warmup_steps)


def train_memory(robot: RobotDescription, data: Iterable[Path], errands: Path, folder: Path,
                 name: str, recipe: MemoryRecipe, report: Report) -> Path:
    """
    Give a policy a memory, or go on where that was stopped; return the checkpoint's folder.

    :param data: demonstrations, of which each dataset gives as many episodes; errands: more of
        them, each there and back.
    :param report: called with (phase, done, in all, parts of the loss).
    :raises ConfigurationError: if a dataset is missing or another robot's, the preset can have
        no memory, or the folder holds another training.
    """
    data = list(data)
    meta = [meta_for(robot, d) for d in (*data, errands)]
    start = load_checkpoint(recipe.start)
    check_robot(start.manifest, robot)
    preset = parse_preset(start.manifest['preset'])
    if preset is Preset.DOCUMENT:
        raise ConfigurationError(f'{recipe.start!r} is of the preset {preset.value!r}, which can '
                                 'have no memory; expected one of base or small')
    go_on_as(folder, recipe, weights=start.manifest['sha256'], data=meta)
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    model = VlaModel(VlaConfig(**{**start.manifest['sizes'], 'has_memory': True,
                                  'doubts': True}))
    model.load_state_dict({**model.state_dict(), **start.weights})
    _leave_arms(model, len(robot.base_axes))
    frames = first_episodes((split_frames(frames_in(robot, d))[0] for d in data),
                            -(-recipe.episodes // len(data)))
    trainer = _Trainer(robot, model.eval().requires_grad_(False), frames,
                       frames_in(robot, errands), folder, recipe, report)
    trainer.learn_to_expect()
    trainer.learn_to_remember()
    trainer.learn_when()
    before = start.manifest.get('recipe', [])
    facts = {key: start.manifest[key] for key in ('data', 'validation') if key in start.manifest}
    return write(folder / 'checkpoint', name, preset, model, robot, trained=True,
                 recipe=[*before, asdict(recipe)], **{**facts, 'memory_data': meta})


@torch.no_grad()
def _leave_arms(model: VlaModel, axes: int) -> None:
    """Let a memory write nothing of the joints: what they do is told by the view, and exactly."""
    config = model.config
    for rows in model.memory.head[-1].parameters():
        rows[:-5].unflatten(0, (config.horizon, config.actions))[:, axes:] = 0


class _Trainer:
    """Trains the memory of one model; phases are kept on disk as they end."""

    def __init__(self, robot: RobotDescription, model: VlaModel, frames: Frames,
                 errands: Frames, folder: Path, recipe: MemoryRecipe, report: Report):
        self._robot, self._model, self._frames, self._errands = robot, model, frames, errands
        self._folder, self._recipe, self._report = folder, recipe, report
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _batches(self) -> BatchMaker:
        bank = sentence_bank(self._folder / 'sentences.pt', self._recipe.seed)
        return BatchMaker(self._robot, self._frames, bank, ActionScale.of(self._robot))

    def learn_to_expect(self) -> None:
        """Train the modulation of what is seen by what is expected."""
        part, batches = self._model.memory.modulation, self._batches

        def loss(rng: np.random.Generator) -> dict[str, torch.Tensor]:
            drawn = []

            def choose(frames: Frames, row: int, moves, rng: np.random.Generator):
                goal, named = often_one_of_two(frames, row, moves, rng)
                drawn.append((row, named))
                return goal, named
            batch = batches.draw(self._recipe.images, 1, rng, choose=choose)
            others = [other_in_view(self._frames, row, named, rng) for row, named in drawn]
            return self._loss_of_expecting(batch, np.array(others), rng)
        self._run('modulation', part, loss, self._recipe.modulation_steps)

    def learn_to_remember(self) -> None:
        """Train everything else of the memory on sequences."""
        recipe, memory, sequences = self._recipe, self._model.memory, self._sequences()

        def loss(rng: np.random.Generator) -> dict[str, torch.Tensor]:
            return self._loss_of_remembering(sequences.draw(recipe.sequences, rng))
        self._run('memory', memory, loss, recipe.steps)

    def learn_when(self) -> None:
        """Train for which commands memory matters: those that name a thing by itself."""
        relevance, sequences = self._model.memory.relevance, self._sequences()

        def loss(rng: np.random.Generator) -> dict[str, torch.Tensor]:
            drawn = (sequences.draw_sentences(self._recipe.sentences, rng),
                     self._draw_sentences(self._recipe.sentences, rng))
            said, matters = (torch.cat(parts) for parts in zip(*drawn, strict=True))
            return {'relevance': functional.binary_cross_entropy_with_logits(
                relevance(said)[:, 0], matters, pos_weight=torch.tensor(_IF_UNSURE))}
        self._run('relevance', relevance, loss, self._recipe.relevance_steps)

    @torch.no_grad()
    def _draw_sentences(self, count: int,
                        rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return what `_Sequences.draw_sentences` does, of as many sentences as training has.

        Sequences have few: "fall back" was taken for a way to say that it is to come back.
        """
        goals = []

        def choose(*frame) -> tuple[Goal, int]:
            goal, named = draw_goal(*frame)
            goals.append(goal)
            return goal, named
        batch = self._batches.draw(count // 4, 4, rng, choose=choose)
        with training_precision(), sdpa_kernel(SDPBackend.MATH):
            decision = self._model.decide_by_view(
                self._model.encode_vision(batch.image), batch.words, batch.keep, batch.body)
        return (decision.moments.tokens[:, 0, 1].float(),
                torch.tensor([float(is_remembered(goal)) for goal in goals]))

    def _sequences(self) -> '_Sequences':
        recipe = self._recipe
        return _Sequences(joined([collect_features(
            self._robot, self._model, frames, self._folder, recipe.episodes, recipe.seed,
            frames is self._errands, partial(self._report_features, name), cores())
            for name, frames in (('features', self._frames), ('errands', self._errands))]))

    def _report_features(self, phase: str, done: int, total: int) -> None:
        self._report(phase, done, total, {})

    def _run(self, phase: str, part: torch.nn.Module, loss, steps: int) -> None:
        """Train a part of the memory for some steps; what it learned last is kept."""
        recipe = self._recipe
        part.requires_grad_(True)
        optimizer = torch.optim.AdamW(part.parameters(), lr=recipe.learning_rate,
                                      weight_decay=recipe.weight_decay, betas=(0.9, 0.98))
        loop = Loop(part, optimizer, _Phase(recipe, steps), self._folder / f'{phase}.pt')

        def report(step: int, parts: dict[str, float]) -> None:
            self._report(phase, step, steps, parts)
        averaged = loop.run(
            lambda step: loss(np.random.default_rng([0x3E40, recipe.seed, step])), report)
        part.load_state_dict(averaged.state_dict())
        part.requires_grad_(False)

    def _loss_of_expecting(self, batch: Batch, others: np.ndarray,
                           rng: np.random.Generator) -> dict[str, torch.Tensor]:
        """Return the loss of single frames with what a memory would expect."""
        wanted, expected = batch.wanted, a_memory_expects(batch.wanted, others, rng)
        with training_precision(), sdpa_kernel(SDPBackend.MATH):
            seen = self._model.encode_vision(batch.image)
            decision = self._model.decide_by_view(seen, batch.words, batch.keep, batch.body,
                                                  expected)
        parts = losses(decision, wanted, len(self._robot.base_axes))
        return {key: parts[key] for key in ('base', 'visible', 'where', 'shown')}

    def _loss_of_remembering(self, batch: '_Drawn') -> dict[str, torch.Tensor]:
        """Return the loss of whole sequences, over the ticks that they have; arms cost nothing."""
        moments = batch.moments
        if not self._recipe.remembers:
            moments = Moments(*(t.flatten(0, 1)[:, None] for t in (
                moments.tokens, moments.target, moments.progress, moments.pose)))
        remembered, _ = self._model.memory(moments)
        shape = batch.is_there.shape
        outputs = remembered.outputs.reshape(*shape, -1)
        place, strength = remembered.place.reshape(*shape, 2), remembered.strength.reshape(shape)
        chunk, progress, target = outputs.split((outputs.shape[-1] - 5, 1, 4), dim=-1)
        axes = len(self._robot.base_axes)
        error = functional.smooth_l1_loss(
            batch.view + chunk, batch.actions, beta=0.1, reduction='none').unflatten(
            -1, (self._model.config.horizon, -1))
        wanted_progress, wanted_target, wanted_place, known, _ = batch.wanted.split(
            (1, 4, 2, 1, 1), dim=-1)
        known = known[..., 0]
        said = batch.moments.target + target
        where = functional.smooth_l1_loss(said[..., 1:], wanted_target[..., 1:], beta=0.1,
                                          reduction='none').mean(-1)
        away = functional.smooth_l1_loss(place, wanted_place, beta=0.1, reduction='none').mean(-1)

        def mean(value: torch.Tensor) -> torch.Tensor:
            return (value * batch.is_there).sum() / batch.is_there.sum()
        return {
            'base': mean(error[..., :axes].mean((-1, -2))),
            'progress': 0.1 * mean(functional.binary_cross_entropy_with_logits(
                batch.moments.progress + progress[..., 0], wanted_progress[..., 0],
                reduction='none')),
            'visible': 0.1 * mean(functional.binary_cross_entropy_with_logits(
                said[..., 0], wanted_target[..., 0], reduction='none')),
            'where': 0.3 * mean(where * known),
            'place': 0.3 * mean(away * known),
            'known': 0.1 * mean(functional.binary_cross_entropy(
                strength.clamp(1e-4, 1 - 1e-4), known, reduction='none'))}


@dataclass(frozen=True)
class _Drawn:
    """A batch of sequences, shorter ones padded; B of them, N ticks."""

    moments: Moments
    view: torch.Tensor
    actions: torch.Tensor
    """(B, N, K A), by the view and wanted."""
    wanted: torch.Tensor
    """(B, N, 9), see `Features`."""
    is_there: torch.Tensor
    """(B, N) 1 where a sequence has that tick."""


class _Sequences:
    """All features; draws batches of them."""

    def __init__(self, features: Features):
        self._features = features
        ends = features.length.cumsum(0)
        self._spans = [slice(int(end - length), int(end))
                       for length, end in zip(features.length, ends, strict=True)]

    def draw_sentences(self, count: int,
                       rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return fused tokens of sentences (B, D), and whether memory matters for them (B,)."""
        rows = torch.from_numpy(rng.choice(len(self._features.tokens), count, replace=False))
        return self._features.tokens[rows, 1].float(), self._features.wanted[rows, 8]

    def draw(self, count: int, rng: np.random.Generator) -> _Drawn:
        chosen = [self._spans[i] for i in rng.choice(len(self._spans), count, replace=False)]

        def padded(field: str) -> torch.Tensor:
            return torch.nn.utils.rnn.pad_sequence(
                [getattr(self._features, field)[span].float() for span in chosen],
                batch_first=True)
        seen = padded('seen')
        length = torch.tensor([span.stop - span.start for span in chosen])
        there = (torch.arange(seen.shape[1]) < length[:, None]).float()
        return _Drawn(Moments(padded('tokens'), seen[..., :4], seen[..., 4], seen[..., 5:]),
                      padded('view'), padded('actions'), padded('wanted'), there)
