"""Which of the things in view a goal means."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Aimed, GoTo, Relation, Which

Name = tuple[str | None, str]
"""Colour, None where it has no name, and shape."""


def meant(goal: Aimed, names: Sequence[Name], points: np.ndarray,
          is_visible: np.ndarray) -> np.ndarray:
    """
    Return which of S things a goal may mean, (S,) bool; only what is in view counts.

    :param points: (S, 2) [m] in the base frame.
    :param is_visible: (S,) bool.
    """
    fits = is_visible & _called(names, goal.colour, goal.shape)
    relation = goal.relation if isinstance(goal, GoTo) else None
    return fits if relation is None else _related(relation, fits, names, points, is_visible)


def _called(names: Sequence[Name], colour: str | None, shape: str | None) -> np.ndarray:
    return np.array([shape in (None, s) and colour in (None, c) for c, s in names], bool)


def _related(relation: Relation, fits: np.ndarray, names: Sequence[Name], points: np.ndarray,
             is_visible: np.ndarray) -> np.ndarray:
    bearing = np.arctan2(points[:, 1], points[:, 0])
    distance = np.hypot(points[:, 0], points[:, 1])
    match relation.which:
        case Which.NOT:
            return fits & ~_called(names, relation.colour, None)
        case Which.LEFTMOST:
            return _only(fits, -bearing)
        case Which.RIGHTMOST:
            return _only(fits, bearing)
        case Which.NEAREST:
            return _only(fits, distance)
        case Which.FARTHEST:
            return _only(fits, -distance)
    others = is_visible & _called(names, relation.colour, relation.shape)
    if others.sum() != 1:
        return np.zeros_like(fits)
    side = 1 if relation.which is Which.LEFT_OF else -1
    return fits & ~others & (side * (bearing - bearing[others.argmax()]) > 0)


def _only(fits: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return the one of least cost among those that fit."""
    least = np.zeros_like(fits)
    if fits.any():
        least[np.where(fits, cost, np.inf).argmin()] = True
    return least
