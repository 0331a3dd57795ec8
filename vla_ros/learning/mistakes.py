"""
Mistakes that a memory has to get over: another thing is taken for the named one for a while.

Demonstrations have none, because whoever collected them knew where everything stood; policies
make them now and then, and a memory that never saw one holds on to it.
"""
from dataclasses import dataclass, replace

import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import Goal
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.dataset import Frames, NO_COLOUR
from vla_ros.learning.sequences import Sequence

_SHARE = 0.8
"""Of the sequences in which one can be made."""
_SHORTEST, _LONGEST = 3, 15
"""Ticks."""


@dataclass(frozen=True)
class Mistake:
    """What is taken for the named thing, and when."""

    goal: Goal
    """The command that would name it."""
    ticks: range
    """In the sequence."""
    place: np.ndarray
    """(2,) where it is [m], seen from where the command was given."""


def draw_mistake(frames: Frames, sequence: Sequence, rng: np.random.Generator) -> Mistake | None:
    """
    Return a mistake that can be made in a sequence before the named thing is seen, or none.

    Only things that are named in full are mistaken: for others nobody could know better.
    """
    goal, rows = sequence.goal, sequence.rows
    is_full = getattr(goal, 'colour', None) and getattr(goal, 'relation', None) is None
    if not is_full or rng.random() >= _SHARE:
        return None
    solid = frames.solid[rows[0]]
    can = frames.is_visible[rows] & ~sequence.is_known[:, None] & (solid[:, 3] != NO_COLOUR)
    can &= [name != (goal.colour, goal.shape) for name in _names(solid)]
    if not can.any():
        return None
    start, index = np.argwhere(can)[rng.integers(can.sum())]
    ends = np.flatnonzero(~can[start:, index])
    longest = int(ends[0]) if len(ends) else len(rows) - start
    length = min(longest, int(rng.integers(_SHORTEST, _LONGEST + 1)))
    colour, shape = _names(solid)[index]
    return Mistake(replace(goal, colour=colour, shape=shape), range(start, start + length),
                   points_in(frames.base_pose[rows[0]].astype(float), solid[None, index, :2])[0])


def _names(solid: np.ndarray) -> list[tuple[str, str]]:
    """Return colour and shape of solids (S, 6); empty words where there is none."""
    return [('', '') if np.isnan(s[:5]).any() or s[3] == NO_COLOUR
            else (list(COLOURS)[int(s[3])], SHAPES[int(s[4])]) for s in solid]
