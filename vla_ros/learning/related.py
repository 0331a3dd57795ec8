"""Things told by how they stand, for a recorded frame; S solids."""
import numpy as np

from vla_ros.core.goals import GoTo, Relation, Which
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.learning.dataset import NO_COLOUR
from vla_ros.sim.experts.meant import meant, Name

_TRIES = 6
_WEIGHTS = {Which.LEFTMOST: 1, Which.RIGHTMOST: 1, Which.NEAREST: 3, Which.FARTHEST: 3,
            Which.NOT: 2, Which.LEFT_OF: 4, Which.RIGHT_OF: 4}
"""How often each is tried first: few frames show what the last ones need, and what is near is
harder to tell than what is on the left."""


def related_goal(solid: np.ndarray, is_visible: np.ndarray, points: np.ndarray,
                 rng: np.random.Generator) -> tuple[GoTo, int] | None:
    """
    Return a goal with a relation and the solid that it means; None where none was found.

    :param solid: (S, 6), is_visible (S,) and points (S, 2): see `draws.View`.
    """
    names = [_name(row) for row in solid]
    seen = np.flatnonzero(is_visible)
    if not len(seen):
        return None
    weights = np.array(list(_WEIGHTS.values()))
    for which in rng.choice(len(weights), len(weights), replace=False, p=weights / weights.sum()):
        for _ in range(_TRIES):
            goal = _drawn(list(_WEIGHTS)[which], names, _likely(names, seen, rng), seen, rng)
            found = means(goal, solid, is_visible, points)
            if found.sum() == 1 and _may_be_said(goal):
                return goal, int(found.argmax())
    return None


def means(goal: GoTo, solid: np.ndarray, is_visible: np.ndarray,
          points: np.ndarray) -> np.ndarray:
    """Return which solids a goal with a relation may mean, (S,) bool; see `related_goal`."""
    names = [_name(row) for row in solid]
    found = meant(goal, names, points, is_visible)
    if not found.any() and goal.relation.shape is not None:
        return _only_one(goal, names, is_visible)
    return found


def _likely(names: list[Name], seen: np.ndarray, rng: np.random.Generator) -> str:
    """Return the shape of a solid in view, mostly one that several have."""
    shapes = [names[i][1] for i in seen]
    several = [s for s in shapes if shapes.count(s) > 1]
    options = several if several and rng.random() < 0.85 else shapes
    return options[rng.integers(len(options))]


def _drawn(which: Which, names: list[Name], shape: str, seen: np.ndarray,
           rng: np.random.Generator) -> GoTo:
    if which in (Which.LEFT_OF, Which.RIGHT_OF):
        others = [names[i] for i in seen if names[i][1] != shape] or [names[seen[0]]]
        colour, other = others[rng.integers(len(others))]
        return GoTo(shape, relation=Relation(which, other,
                                             colour if rng.random() < 0.5 else None))
    if which is Which.NOT:
        colours = [c for c, s in names if s == shape and c is not None]
        colour = (colours[rng.integers(len(colours))] if colours and rng.random() < 0.7
                  else list(COLOURS)[rng.integers(len(COLOURS))])
        return GoTo(shape, relation=Relation(which, colour=colour))
    return GoTo(shape, relation=Relation(which))


def _only_one(goal: GoTo, names: list[Name], is_visible: np.ndarray) -> np.ndarray:
    """
    Return the only solid in view that has the shape, where the other one is out of view.

    Whoever was on the way to it has lost sight of what it stands beside.
    """
    relation = goal.relation
    others = [s == relation.shape and relation.colour in (None, c) for c, s in names]
    if (is_visible & others).any():
        return np.zeros(len(names), bool)
    return is_visible & np.array([s == goal.shape for _, s in names])


def _may_be_said(goal: GoTo) -> bool:
    """Return whether the sentence names no pair that training withholds."""
    shape = goal.relation.shape or goal.shape
    return goal.relation.shape != goal.shape and (
        goal.relation.colour, shape) not in HELD_OUT_PAIRS


def _name(row: np.ndarray) -> Name:
    if np.isnan(row[0]):
        return None, ''
    return None if row[3] == NO_COLOUR else list(COLOURS)[int(row[3])], SHAPES[int(row[4])]
