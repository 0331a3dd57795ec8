"""Batches: frames, goals drawn for them, sentences for the goals, labels for the pairs."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from vla_ros.core.body import joint_vector
from vla_ros.core.goals import Goal, Move
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.dataset import Frames, NO_COLOUR
from vla_ros.learning.draws import draw_goal, rarities
from vla_ros.learning.goal_sets import training_moves
from vla_ros.learning.imagined_bodies import (
    Bodies,
    imagined,
    led_on,
    reaching,
    recorded,
    waving,
)
from vla_ros.learning.labels import label, Labels, targets_of
from vla_ros.learning.losses import Target
from vla_ros.learning.sentences import SentenceBank
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import BodyState
from vla_ros.sim.experts.arms import arm_columns, ELBOW, WAVING
from vla_ros.sim.experts.chunks import STEP_S
from vla_ros.sim.experts.gestures import WAVE_HZ


Choice = Callable[[Frames, int, list[Move], np.random.Generator], tuple[Goal, int]]
"""Draws a goal for a frame, and which of its solids it names; see `draw_goal`."""


@dataclass(frozen=True)
class Batch:
    """Images, and several instructions for each of them."""

    image: torch.Tensor
    """(F, H, W, 3) uint8."""
    kinds: torch.Tensor | None
    """(F, 2, N) which colour and which shape each cell shows, from 1; 0: no solid, -1: unnamed.
    None: nobody knows."""
    words: torch.Tensor
    """(B, L, D) with B = F * instructions per image."""
    keep: torch.Tensor
    """(B, L) bool."""
    body: BodyState
    wanted: Target


class BatchMaker:
    """Draws batches; the same generator draws the same batch."""

    def __init__(self, robot: RobotDescription, frames: Frames, bank: SentenceBank,
                 scale: ActionScale):
        self._robot, self._frames, self._bank, self._scale = robot, frames, bank, scale
        self._moves = training_moves()
        self._chance = np.cumsum(rarities(frames))
        self._neutral = np.array(robot.neutral_position)

    def draw(self, images: int, per_image: int, rng: np.random.Generator,
             augment: bool = True, choose: Choice = draw_goal) -> Batch:
        """Return a batch of `images` frames with `per_image` instructions each."""
        rows = np.searchsorted(self._chance, rng.random(images) * self._chance[-1], side='right')
        image = self._frames.image[rows]
        rows = rows.repeat(per_image)
        drawn = [choose(self._frames, row, self._moves, rng) for row in rows]
        goals, named = [g for g, _ in drawn], np.array([n for _, n in drawn])
        bodies = imagined(self._robot, recorded(self._frames, rows), goals, rng)
        bodies = reaching(self._robot, bodies, goals, targets_of(self._frames, rows, named), rng)
        labels = label(self._robot, self._frames, rows, bodies, goals, named, rng)
        bodies = led_on(self._robot, bodies, goals,
                        labels.actions[..., len(self._robot.base_axes):], rng)
        labels = label(self._robot, self._frames, rows, bodies, goals, named, rng)
        sentences = torch.tensor([self._bank.draw(goal, rng) for goal in goals])
        keep = self._bank.keep[sentences]
        length = int(keep.sum(dim=1).max())
        return Batch(torch.from_numpy(augmented(image, rng) if augment else image),
                     torch.from_numpy(cell_kinds(self._frames, rows[::per_image])),
                     self._bank.words[sentences, :length].float(), keep[:, :length],
                     self._body(bodies, labels, rng), self._wanted(labels, goals))

    def draw_pictures(self, images: int, rng: np.random.Generator) -> tuple[
            torch.Tensor, torch.Tensor]:
        """Return images (F, H, W, 3), half of them mirrored, and the kinds of their cells."""
        rows = rng.integers(len(self._frames), size=images)
        image, kinds = augmented(self._frames.image[rows], rng), cell_kinds(self._frames, rows)
        rows, columns = self._frames.cell.shape[1:]
        half = images // 2
        image[:half] = image[:half, :, ::-1]
        grid = kinds[:half].reshape(half, 2, rows, columns)
        kinds[:half] = grid[..., ::-1].reshape(half, 2, -1)
        return torch.from_numpy(image), torch.from_numpy(kinds)

    def _body(self, bodies: Bodies, labels: Labels, rng: np.random.Generator) -> BodyState:
        joints = joint_vector(bodies.positions, bodies.velocities, self._neutral)
        previous = self._scale.shrink(bodies.previous)
        # What was done before tells too much about what comes next: often it is hidden.
        previous *= rng.random((len(joints), 1)) < 0.4
        return BodyState(_tensor(joints + rng.normal(0, 0.01, joints.shape)),
                         _tensor(labels.motion), _tensor(previous))

    def _wanted(self, labels: Labels, goals: Sequence[Goal]) -> Target:
        return Target(_tensor(self._scale.shrink(labels.actions)), _tensor(labels.progress),
                      _tensor(labels.target), _tensor(labels.slots), _tensor(labels.shown),
                      _tensor(labels.other), _tensor(labels.has_other),
                      torch.from_numpy(labels.named),
                      swings=_tensor(swings(self._robot, goals, labels.actions)))


def swings(robot: RobotDescription, goals: Sequence[Goal], actions: np.ndarray) -> np.ndarray:
    """
    Return which actions (B, K, A) swing, (B, A) 0 or 1: elbows that wave by now.

    Rows of a swing about a middle are the sum of their neighbours, but for a factor.
    """
    told, waves = np.zeros((len(goals), robot.action_size)), waving(goals)
    if waves.any():
        columns = len(robot.base_axes) + arm_columns(robot)[:, ELBOW]
        rows = actions[:, :, columns] - WAVING[ELBOW]
        factor = 2 * np.cos(2 * np.pi * WAVE_HZ * STEP_S)
        off = rows[:, 2:] + rows[:, :-2] - factor * rows[:, 1:-1]
        told[:, columns] = waves & (np.abs(off).max(axis=1) < 1e-3)
    return told


def cell_kinds(frames: Frames, rows: np.ndarray) -> np.ndarray:
    """Return which colour and which shape each cell shows, (F, 2, N), from 1; see `Batch`."""
    cell = frames.cell[rows].reshape(len(rows), -1).astype(int)
    facts = np.nan_to_num(frames.solid[rows][:, :, 3:5], nan=NO_COLOUR).astype(int)
    shown = np.take_along_axis(facts, np.maximum(cell, 0)[..., None], axis=1)   # (F, N, 2)
    kinds = np.where(shown == NO_COLOUR, -1, shown + 1)
    return np.moveaxis(np.where(cell[..., None] >= 0, kinds, 0), -1, 1).astype(np.int64)


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))


def augmented(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return images under another lamp and with a camera's noise."""
    count = len(image)
    gain = rng.uniform(0.75, 1.25, (count, 1, 1, 1)) * rng.uniform(0.93, 1.07, (count, 1, 1, 3))
    lift = rng.uniform(-18, 18, (count, 1, 1, 1))
    noise = rng.integers(-6, 7, image.shape, dtype=np.int8)
    changed = image * gain.astype(np.float32) + lift.astype(np.float32) + noise
    return np.clip(changed, 0, 255).astype(np.uint8)
