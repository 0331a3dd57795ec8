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
from vla_ros.core.goals import Goal, GoTo, Move, Stop
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.learning.dataset import Frames, NO_COLOUR
from vla_ros.learning.motions import drawn_motion
from vla_ros.sim.experts.chunks import Targets
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.situation import Situation

ABSENT = -1
_SHARES = {'visible': 0.47, 'hidden': 0.14, 'absent': 0.09, 'move': 0.26, 'stop': 0.04}
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


def draw_goal(frames: Frames, row: int, moves: list[Move],
              rng: np.random.Generator) -> tuple[Goal, int]:
    """Return a goal for a frame, and which of its solids it names (`ABSENT`: none)."""
    kind = rng.choice(list(_SHARES), p=list(_SHARES.values()))
    if kind == 'stop':
        return Stop(), ABSENT
    if kind == 'move':
        return moves[rng.integers(len(moves))], ABSENT
    solid = frames.solid[row]
    present = ~np.isnan(solid[:, 0])
    if kind == 'absent':
        return absent_goal(solid[present], rng), ABSENT
    wanted = frames.is_visible[row] == (kind == 'visible')
    candidates = np.flatnonzero(present & wanted)
    if not len(candidates):
        candidates = np.flatnonzero(present)
    index = int(candidates[rng.integers(len(candidates))])
    goal = _goal_of(solid, index, rng)
    return (goal, index) if goal else (absent_goal(solid[present], rng), ABSENT)


def _goal_of(solid: np.ndarray, index: int, rng: np.random.Generator) -> GoTo | None:
    """Return a name for a solid that fits no other; None: it has none."""
    colour, shape = solid[index, 3:].astype(int)
    is_only = np.nansum(solid[:, 4] == shape) == 1
    if is_only and (colour == NO_COLOUR or rng.random() < 0.12):
        return GoTo(_SHAPES[shape])
    return None if colour == NO_COLOUR else GoTo(_SHAPES[shape], _COLOURS[colour])


def absent_goal(solid: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return the name of something that is not there, often nearly something that is."""
    there = {(int(c), int(s)) for c, s in solid[:, 3:5]}
    while True:
        colour, shape = rng.integers(len(_COLOURS)), rng.integers(len(_SHAPES))
        if rng.random() < 0.7:                      # one word right, the other wrong
            near = solid[rng.integers(len(solid)), 3:5].astype(int)
            colour, shape = (near[0], shape) if rng.random() < 0.5 else (colour, near[1])
        pair = (_COLOURS[colour], _SHAPES[shape])
        if colour != NO_COLOUR and (colour, shape) not in there and pair not in HELD_OUT_PAIRS:
            return GoTo(pair[1], pair[0])


def label(robot: RobotDescription, frames: Frames, rows: np.ndarray, goals: list[Goal],
          named: np.ndarray, rng: np.random.Generator) -> Labels:
    """
    Return the labels of pairs.

    :param rows: (B,) the frames.
    :param named: (B,) which solid of its frame each goal names, or `ABSENT`.
    """
    done = drawn_motion(goals, rng)
    targets = targets_of(frames, rows, named)
    answer = answer_of(robot, goals, Situation(targets, done, frames.joint_positions[rows],
                                               frames.joint_velocities[rows]))
    slots, shown = _cells(frames, rows, goals, named)
    return Labels(motion_vector(done, frames.base_velocity[rows]),
                  actions_of(robot, answer.base, answer.arms), answer.progress,
                  target_of(targets), slots, shown)


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
    return Targets(position, np.nan_to_num(radius), seen, obstacles)


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
    """Return which cells have the named colour and shape, (B, 2, N), and both, (B, N)."""
    cell = frames.cell[rows].reshape(len(rows), -1).astype(int)
    facts = frames.solid[rows][:, :, 3:5]
    slots = np.zeros((len(rows), 2, cell.shape[1]), bool)
    for index, goal in enumerate(goals):
        if isinstance(goal, GoTo):
            colour, shape = facts[index, np.maximum(cell[index], 0)].T
            solid = cell[index] >= 0
            named_colour = solid if goal.colour is None else (
                solid & (colour == _COLOURS.index(goal.colour)))
            slots[index] = named_colour, solid & (shape == _SHAPES.index(goal.shape))
    return slots, slots.all(axis=1) & (cell == named[:, None])
