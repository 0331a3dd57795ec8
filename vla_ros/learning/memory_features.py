"""
What a policy makes of every tick of a sequence by the view alone: what its memory learns from.

The policy itself does not learn any more, so this is computed once, by several processes, and
kept on disk.
"""
from collections.abc import Callable
from concurrent.futures import as_completed
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch.nn.attention import sdpa_kernel, SDPBackend

from vla_ros.core.body import joint_vector
from vla_ros.core.goals import aim_of, Goal, InTurn, PointAt, Together
from vla_ros.core.robot import RobotDescription
from vla_ros.core.workers import workers
from vla_ros.inference.precision import training_precision
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.language.other_names import with_other_names
from vla_ros.language.phrases import say, Split
from vla_ros.learning.dataset import Frames
from vla_ros.learning.goal_sets import training_moves
from vla_ros.learning.materials import rows_of
from vla_ros.learning.mistakes import draw_mistake, Mistake
from vla_ros.learning.sequences import draw_sequences, errand_sequences, Sequence
from vla_ros.models.scaling import ActionScale
from vla_ros.models.temporal import expectation
from vla_ros.models.vla import BodyState, Decision, pose_of, VlaConfig, VlaModel

_FRAMES_AT_ONCE = 12
_PREVIOUS_SHARE = 0.4
"""Share of sequences that are told what was commanded; see `BatchMaker`."""
_WIDER_SHARE = 0.3
"""Share of the commands that are given in `Split.WIDER`."""
EPISODES_PER_FILE = 20
_NOT_SAID = (0, 2)
"""The modalities whose tokens tell what is found, and what is done."""
_maker: '_FeatureMaker | None' = None
"""In each of the processes."""
Words = tuple[torch.Tensor, torch.Tensor]
"""Features of sentences (S, L, D), and which of them are words (S, L)."""


@dataclass(frozen=True)
class Features:
    """Sequences, one after another; N ticks in all, O outputs of the model."""

    tokens: torch.Tensor
    """(N, M, D) half."""
    seen: torch.Tensor
    """(N, 4) target and (N, 1) progress by the view, (N, 3) pose: (N, 8)."""
    view: torch.Tensor
    """(N, K A) half: chunk by the view, scaled."""
    actions: torch.Tensor
    """(N, K A) half: chunk that is wanted, scaled."""
    wanted: torch.Tensor
    """(N, 9) progress, target (4), place (2), whether it is known, whether it is remembered."""
    length: torch.Tensor
    """(sequences,) ticks of each."""


@dataclass(frozen=True)
class _Task:
    """Some episodes, whose features make one file."""

    part: Path
    frames: Frames
    seed: int
    first: int
    """Number of the first of them."""


def collect_features(robot: RobotDescription, model: VlaModel, frames: Frames, folder: Path,
                     episodes: int, seed: int, has_errands: bool,
                     report: Callable[[int, int], None], jobs: int = 1) -> Features:
    """
    Return the features of the first episodes; call again to go on after a stop.

    :param has_errands: whether each episode is one errand.
    :param report: called with (episodes done, episodes in all).
    :param jobs: processes; what comes out does not depend on them.
    """
    name = 'errands' if has_errands else 'features'
    folder.mkdir(parents=True, exist_ok=True)
    starts = _starts(frames)
    total = min(episodes, len(starts) - 1)
    tasks, done = [], 0
    for first in range(0, total, EPISODES_PER_FILE):
        end = min(first + EPISODES_PER_FILE, total)
        part = folder / f'{name}-{seed}-{first:05d}.pt'
        if part.is_file():
            done += end - first
        else:
            rows = slice(starts[first], starts[end])
            tasks.append(_Task(part, rows_of(frames, rows), seed, first))
    report(done, total)
    weights = {key: value.numpy() for key, value in model.state_dict().items()}
    with workers(max(1, min(jobs, len(tasks))), _prepare,
                 (robot, model.config, weights, has_errands)) as pool:
        for future in as_completed([pool.submit(_make, task) for task in tasks]):
            done += future.result()
            report(done, total)
    return joined([Features(**torch.load(p, weights_only=True))
                   for p in sorted(folder.glob(f'{name}-{seed}-*.pt'))])


def _prepare(robot: RobotDescription, config: VlaConfig, weights: dict[str, np.ndarray],
             has_errands: bool) -> None:
    """Keep for the tasks of this process what is the same in all of them."""
    global _maker
    torch.set_num_threads(1)
    model = VlaModel(config)
    model.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    _maker = _FeatureMaker(robot, model, has_errands)


def _make(task: _Task) -> int:
    """Write the features of a task's episodes, and return how many those are."""
    some = [_maker.episode(task.frames, slice(*ends), np.random.default_rng(
        [0x3E3, task.seed, task.first, i])) for i, ends in enumerate(pairwise(
            _starts(task.frames)))]
    torch.save(_as_dict(joined(some)), task.part.with_suffix('.partial'))
    task.part.with_suffix('.partial').rename(task.part)
    return len(some)


def _starts(frames: Frames) -> list[int]:
    """Return where episodes start, and then where the last one ends."""
    return [*np.flatnonzero(np.diff(frames.episode, prepend=-1)).tolist(), len(frames)]


class _FeatureMaker:

    def __init__(self, robot: RobotDescription, model: VlaModel, has_errands: bool):
        self._robot, self._model = robot, model.eval()
        self._scale, self._moves = ActionScale.of(robot), training_moves()
        self._sentences, self._has_errands = SentenceEncoder(), has_errands

    @torch.inference_mode()
    def episode(self, frames: Frames, bound: slice, rng: np.random.Generator) -> Features:
        """Return the features of the sequences of one episode, whose rows are in `bound`."""
        sequences = (errand_sequences(self._robot, frames, bound, rng) if self._has_errands else
                     draw_sequences(self._robot, frames, bound, self._moves, rng))
        mistakes = [draw_mistake(frames, s, rng) for s in sequences]
        words, keep = self._sentences.encode_batch([_said(s.goal, rng) for s in sequences])
        mistaken = self._sentences.encode_batch([
            _said(s.goal if m is None else m.goal, rng)
            for s, m in zip(sequences, mistakes, strict=True)])
        told = (rng.random(len(sequences)) < _PREVIOUS_SHARE).astype(np.float32)
        parts = [self._ticks(frames, sequences, mistakes, slice(i, i + _FRAMES_AT_ONCE),
                             (words, keep), mistaken, told)
                 for i in range(0, len(sequences[0].rows), _FRAMES_AT_ONCE)]
        columns = [torch.cat(field, dim=1) for field in zip(*parts, strict=True)]
        return Features(
            *(c.flatten(0, 1) for c in columns), *(torch.cat(c) for c in zip(
                *(self._wanted(s) for s in sequences), strict=True)),
            torch.tensor([len(s.rows) for s in sequences]))

    def _ticks(self, frames: Frames, sequences: list[Sequence], mistakes: list[Mistake | None],
               some: slice, said: Words, mistaken: Words, told: np.ndarray) -> tuple:
        """Return tokens, what is seen and the chunk of all sequences (S, N, ...) at some ticks."""
        rows = sequences[0].rows[some]
        count, ticks = len(sequences), len(rows)
        joints = joint_vector(frames.joint_positions[rows], frames.joint_velocities[rows],
                              np.array(self._robot.neutral_position))
        previous = self._scale.shrink(frames.previous_action[rows])[:, None] * told[:, None]
        motion = _tensor(np.stack([s.motion[some] for s in sequences], axis=1)).flatten(0, 1)
        body = BodyState(_tensor(joints).repeat_interleave(count, 0), motion,
                         _tensor(previous).flatten(0, 1))
        expected = self._expected(sequences, mistakes, some, pose_of(motion))
        which = np.flatnonzero([m is not None and tick in m.ticks for tick in range(
            *some.indices(len(sequences[0].rows))) for m in mistakes])
        with training_precision(), sdpa_kernel(SDPBackend.MATH):
            seen = self._model.encode_vision(torch.from_numpy(frames.image[rows]))
            seen = _of(seen, np.arange(ticks).repeat(count))
            words, keep = said
            decision = self._model.decide_by_view(
                seen, words.repeat(ticks, 1, 1), keep.repeat(ticks, 1), body, expected)
            found = _found(decision)
            if len(which):
                words, keep = (part[which % count] for part in mistaken)
                wrong = _found(self._model.decide_by_view(
                    _of(seen, which), words, keep, _of(body, which), expected[which]))
                for right, other in zip(found, wrong, strict=True):
                    right[which] = other
        tokens = decision.moments.tokens[:, 0].clone()
        tokens[:, _NOT_SAID] = found[0]
        facts = torch.cat([found[1], pose_of(motion)], -1)
        return tuple(t.unflatten(0, (ticks, count)).transpose(0, 1) for t in (
            tokens.half(), facts.float(), found[2].half()))

    def _expected(self, sequences: list[Sequence], mistakes: list[Mistake | None], some: slice,
                  pose: torch.Tensor) -> torch.Tensor:
        """Return what a memory would expect that makes no other mistakes, (N S, 5)."""
        known, place = [], []
        for tick in range(*some.indices(len(sequences[0].rows))):
            for told, mistake in zip(sequences, mistakes, strict=True):
                is_known = is_remembered(told.goal) and tick > 0 and told.is_known[tick - 1]
                errs = mistake is not None and mistake.ticks.start < tick and not is_known
                known.append(float(errs or is_known))
                place.append(mistake.place if errs else told.place[tick - 1])
        return expectation(_tensor(np.stack(place)), torch.tensor(known)[:, None], pose)

    def _wanted(self, sequence: Sequence) -> tuple[torch.Tensor, torch.Tensor]:
        actions = _tensor(self._scale.shrink(sequence.actions)).flatten(1).half()
        count, is_kept = len(sequence.rows), is_remembered(sequence.goal)
        return actions, _tensor(np.column_stack([
            sequence.progress, sequence.target, sequence.place,
            sequence.is_known & is_kept, np.full(count, is_kept)]))


def is_remembered(goal: Goal) -> bool:
    """
    Return whether a memory keeps the place of what a goal names.

    What is told by how it stands to others is found anew in each view; so is what arms do
    something about, which are not a memory's to move: who points stands still, and an expectation
    that is a little wrong moves what is seen (91 of 100 things pointed at, 96 without).
    """
    aim = None if isinstance(goal, (InTurn, PointAt, Together)) else aim_of(goal)
    return aim is not None and getattr(aim, 'relation', None) is None


def _found(decision: Decision) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return tokens (B, 2, D) of all but what was said, target and progress (B, 5), chunk."""
    return (decision.moments.tokens[:, 0, _NOT_SAID].clone(),
            torch.cat([decision.target, decision.progress[:, None]], -1),
            decision.actions.flatten(1).clone())


def _of(parts, which: np.ndarray):
    """Return some rows of all tensors that a dataclass has."""
    return type(parts)(*(getattr(parts, f.name)[which] for f in fields(parts)))


def joined(parts: list[Features]) -> Features:
    """Return all sequences as one."""
    return Features(*(torch.cat([getattr(p, f.name) for p in parts]) for f in fields(Features)))


def _as_dict(features: Features) -> dict[str, torch.Tensor]:
    return {f.name: getattr(features, f.name).clone() for f in fields(Features)}


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))


def _said(goal: Goal, rng: np.random.Generator) -> str:
    """Return a sentence for a goal; some in rarer forms, half by other names of things."""
    sentence = say(goal, rng, Split.WIDER if rng.random() < _WIDER_SHARE else Split.TRAIN)
    return with_other_names(sentence, rng) if rng.random() < 0.5 else sentence
