"""What a memory could expect of single frames, to learn what an expectation is good for."""
import numpy as np
import torch

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import GoTo
from vla_ros.language.vocabulary import SHAPES
from vla_ros.learning.dataset import Frames
from vla_ros.learning.draws import ABSENT, draw_goal
from vla_ros.learning.losses import Target
from vla_ros.models.temporal import expectation

_ERRING_SHARE = 0.4
"""Share of the frames whose thing is named in full for which something else is expected."""
_AHEAD_RAD, _NEAR_TO_FAR_M = 0.9, (0.5, 4.0)
"""Where it is expected then, if nothing else is in view."""


def a_memory_expects(wanted: Target, others: np.ndarray,
                     rng: np.random.Generator) -> torch.Tensor:
    """
    Return where a memory could expect the named things of B single frames, (B, 5).

    It is a little wrong; and often, of things that are named in full, altogether: who once took
    another thing for the named one must see that it is not.

    :param others: (B, 2) where another thing is in view [m], seen from the base; NaN: nowhere.
    """
    visible, sin, cos, distance = wanted.target.T
    count = len(visible)
    ahead = np.column_stack([rng.uniform(*_NEAR_TO_FAR_M, count),
                             rng.uniform(-_AHEAD_RAD, _AHEAD_RAD, count)])
    wrong_m, wrong_rad = np.where(
        np.isnan(others), ahead,
        np.column_stack([np.hypot(*others.T), np.arctan2(others[:, 1], others[:, 0])])).T
    errs = (wanted.named > 0).all(dim=1) & torch.from_numpy(rng.random(count) < _ERRING_SHARE)
    angle = torch.where(errs, _tensor(wrong_rad), torch.atan2(sin, cos))
    distance = torch.where(errs, _tensor(wrong_m), distance)
    angle = angle + _tensor(rng.normal(0, 0.08, count))
    distance = distance * _tensor(rng.uniform(0.85, 1.15, count))
    strength = torch.where(errs, 1.0, visible) * _tensor(rng.uniform(0.6, 1.0, count))
    place = distance[:, None] * torch.stack([angle.cos(), angle.sin()], dim=1)
    return expectation(place, strength[:, None], torch.zeros(count, 3))


def other_in_view(frames: Frames, row: int, named: int, rng: np.random.Generator) -> np.ndarray:
    """
    Return where a thing in view is (2,) [m] that has another name, NaN if there is none.

    One that has the named one's colour or its shape is taken before others; of what has both only
    an expectation can tell which is meant.
    """
    others = frames.is_visible[row]
    like = np.zeros(len(others), bool)
    if named != ABSENT:
        same = frames.solid[row, :, 3:5] == frames.solid[row, named, 3:5]
        others, like = others & ~same.all(axis=1), same.any(axis=1)
    which = np.flatnonzero(others & like) if (others & like).any() else np.flatnonzero(others)
    if not len(which):
        return np.full(2, np.nan)
    solid = frames.solid[row, rng.choice(which), :2]
    return points_in(frames.base_pose[row].astype(float), solid[None])[0]


def often_one_of_two(frames: Frames, row: int, moves, rng: np.random.Generator):
    """Return as `draw_goal`; often only the shape is named, which another in view has too."""
    solid, visible = frames.solid[row], frames.is_visible[row]
    shapes, counts = np.unique(solid[visible, 4], return_counts=True)
    several = shapes[counts > 1]
    if not len(several) or rng.random() < 0.2:
        return draw_goal(frames, row, moves, rng)
    shape = several[rng.integers(len(several))]
    meant = np.flatnonzero(visible & (solid[:, 4] == shape))
    return GoTo(SHAPES[int(shape)]), int(meant[rng.integers(len(meant))])


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))
