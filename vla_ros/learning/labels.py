"""
Counterfactual labels: what the experts would do in a recorded frame, for any instruction.

Where every solid stood is known, so one frame teaches to go to each of them, to search for one
that is out of sight or absent, and to be anywhere in the middle of any movement.
B pairs of a frame and a goal, S solids, K steps, A actions, N cells.
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.core.body import motion_vector
from vla_ros.core.geometry import points_in
from vla_ros.core.goals import aim_of, Aimed, Goal, GoTo, Which
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.dataset import Frames
from vla_ros.learning.draws import ABSENT
from vla_ros.learning.imagined_bodies import Bodies
from vla_ros.learning.motions import drawn_motion
from vla_ros.sim.experts.chunks import Targets
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.situation import Situation

_COLOURS, _SHAPES = list(COLOURS), list(SHAPES)


@dataclass(frozen=True)
class Labels:
    """What to answer to B pairs."""

    motion: np.ndarray
    """(B, 11) the model's view of the motion since the command."""
    actions: np.ndarray
    """(B, K, A) [base axes | commanded joints], in m/s, rad/s, rad."""
    progress: np.ndarray
    """(B,) 0 to 1."""
    target: np.ndarray
    """(B, 4) visible (0, 1), sin and cos of the bearing, distance [m]."""
    slots: np.ndarray
    """(B, 2, N) whether a cell has the named colour, the named shape."""
    shown: np.ndarray
    """(B, N) whether a cell shows the named thing."""
    other: np.ndarray
    """(B, N) whether it shows what the named thing is told by ("left of the ball")."""
    has_other: np.ndarray
    """(B,) whether there is such a thing."""
    named: np.ndarray
    """(B, 2) which colour and which shape the sentence names, from 1; -1: none."""


def label(robot: RobotDescription, frames: Frames, rows: np.ndarray, bodies: Bodies,
          goals: list[Goal], named: np.ndarray, rng: np.random.Generator) -> Labels:
    """
    Return the labels of pairs.

    :param rows: (B,) the frames.
    :param bodies: what the joints do, of B pairs.
    :param named: (B,) which solid of its frame each goal names, or `ABSENT`.
    """
    done = drawn_motion(goals, rng)
    targets = targets_of(frames, rows, named)
    answer = answer_of(robot, goals, Situation(targets, done, bodies.positions,
                                               bodies.velocities, frames.base_velocity[rows]))
    slots, shown = _cells(frames, rows, goals, named)
    other, has_other = _others(frames, rows, goals)
    return Labels(motion_vector(done, frames.base_velocity[rows]),
                  actions_of(robot, answer.base, answer.arms), answer.progress,
                  target_of(targets), slots, shown, other, has_other,
                  np.array([_kinds_named(goal) for goal in goals]).reshape(-1, 2))


def targets_of(frames: Frames, rows: np.ndarray, named: np.ndarray) -> Targets:
    """Return where the named solids are, seen from the base; absent ones are not visible."""
    solid, pose = frames.solid[rows].astype(float), frames.base_pose[rows].astype(float)
    around = solid[..., :3].copy()
    for index in range(len(rows)):
        around[index, :, :2] = points_in(pose[index], solid[index, :, :2])
    pairs, at = np.arange(len(rows)), np.maximum(named, 0)
    position, radius = around[pairs, at, :2], around[pairs, at, 2]
    seen = frames.is_visible[rows, at] & (named != ABSENT)
    obstacles = around.copy()
    obstacles[pairs[named != ABSENT], at[named != ABSENT]] = np.nan
    return Targets(position, np.nan_to_num(radius), seen, obstacles,
                   np.nan_to_num(solid[pairs, at, 5]))


def target_of(targets: Targets) -> np.ndarray:
    """Return visible (0, 1), sin and cos of the bearing, distance [m] of targets, (B, 4)."""
    position = np.nan_to_num(targets.position)
    bearing = np.arctan2(position[:, 1], position[:, 0])
    return np.stack([targets.is_visible, np.sin(bearing), np.cos(bearing),
                     np.hypot(*position.T)], axis=1)


def actions_of(robot: RobotDescription, base: np.ndarray, arms: np.ndarray) -> np.ndarray:
    """
    Return chunks of actions (B, K, A) in the order of the robot's action vector.

    :param base: (B, K, 3) twists; arms: (B, K, C) [rad].
    """
    twist = np.zeros((*base.shape[:2], 6))
    twist[..., (0, 1, 5)] = base
    return np.concatenate([twist[..., robot.base_index], arms], axis=-1)


def _cells(frames: Frames, rows: np.ndarray, goals: list[Goal],
           named: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which cells have the named colour and shape, (B, 2, N), or show it, (B, N)."""
    cell = frames.cell[rows].reshape(len(rows), -1).astype(int)
    facts = frames.solid[rows][:, :, 3:5]
    slots = np.zeros((len(rows), 2, cell.shape[1]), bool)
    meant = cell == named[:, None]
    for index, goal in enumerate(goals):
        if (aim := aim_of(goal)) is not None:
            slots[index] = _slots(aim, cell[index], facts[index])
    return slots, slots.all(axis=1) & meant


def _kinds_named(goal: Goal) -> tuple[int, int]:
    """Return the colour and the shape of the thing that a goal names, from 1; -1: none."""
    aim = aim_of(goal)
    if aim is None:
        return -1, -1
    return (-1 if aim.colour is None else 1 + _COLOURS.index(aim.colour),
            1 + _SHAPES.index(aim.shape))


def _others(frames: Frames, rows: np.ndarray,
            goals: list[Goal]) -> tuple[np.ndarray, np.ndarray]:
    """Return which cells show what things are told by, (B, N), and where there is such a thing."""
    cell = frames.cell[rows].reshape(len(rows), -1).astype(int)
    shown = np.zeros(cell.shape, bool)
    relations = [getattr(aim_of(goal), 'relation', None) for goal in goals]
    has_other = np.array([r is not None and r.shape is not None for r in relations], bool)
    for index in np.flatnonzero(has_other):
        relation, facts = relations[index], frames.solid[rows[index], :, 3:5]
        other = GoTo(relation.shape, relation.colour)
        shown[index] = _slots(other, cell[index], facts).all(axis=0)
    return shown, has_other


def _slots(aim: Aimed, cell: np.ndarray, facts: np.ndarray) -> np.ndarray:
    """Return which cells have the colour that is asked for, and the shape, (2, N)."""
    colour, shape = facts[np.maximum(cell, 0)].T
    solid = cell >= 0
    named = solid if aim.colour is None else solid & (colour == _COLOURS.index(aim.colour))
    relation = aim.relation if isinstance(aim, GoTo) else None
    if relation is not None and relation.which is Which.NOT:
        named = named & (colour != _COLOURS.index(relation.colour))
    return np.stack([named, solid & (shape == _SHAPES.index(aim.shape))])
