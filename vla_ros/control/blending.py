"""
How much older predictions still count beside the newest chunk.

What is returned is a leaning: how far from the newest chunk the blend lies. It is exactly zero
where all agree. Dimensions: K rows of the newest chunk, N older chunks, n columns as in `curves`.
"""
from collections.abc import Sequence
from enum import Enum
import math

import numpy as np

from vla_ros.control.curves import all_at, Curve, TWIST
from vla_ros.control.plans import Plan


class Blending(Enum):
    """Which older predictions count, and how."""

    ENSEMBLE = 'ensemble'
    """Recent chunks, by age (temporal ensemble; Zhao et al., 2023, section IV-A, with the order
    of the weights turned round: a robot that sees something new must not go on with what it saw
    before)."""
    REALTIME = 'realtime'
    """What was being sent, less and less (the mask of real-time chunking; Black et al., 2025,
    arXiv 2506.07339, equation 5, laid over answers instead of guiding their making)."""
    NEWEST = 'newest'
    """None."""


def stand_wins(leaning: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the leaning (K, n) without that of the base where the newest chunk says: stand."""
    leaning[~rows[:, :TWIST].any(axis=1), :TWIST] = 0.0
    return leaning


def ensemble_leaning(curves: Sequence[Curve], decay_s: float) -> np.ndarray:
    """
    Return the weighted mean of what chunks wish, less what the newest does, (K, n).

    A chunk counts by the age of its image, as far as its rows reach.

    :param curves: the newest is the last.
    :param decay_s: age at which a chunk counts 1 / e of the newest.
    """
    *older, newest = curves
    ages_s, ends_s = np.array(
        [(newest.origin_s - curve.origin_s, curve.end_s) for curve in older]).T[..., None]
    weights = np.exp(-ages_s / decay_s) * (newest.rows_s <= ends_s)             # (N, K)
    total = np.einsum('ik,ikn->kn', weights, all_at(older, newest.rows_s) - newest.rows)
    return total / (1.0 + weights.sum(axis=0))[:, None]


def realtime_leaning(before: Plan, curve: Curve, now_s: float) -> np.ndarray:
    """
    Return what was being sent, less what the newest chunk wishes, by weight, (K, n).

    Until now, that is during the delay, what was being sent counts wholly; from then on less, to
    nothing at the end of the chunk before.
    """
    after = (curve.rows_s - now_s) / curve.chunk.step_s
    overlap = (before.curve.end_s - now_s) / curve.chunk.step_s
    share = np.minimum(np.maximum((overlap - after) / (max(overlap, 0.0) + 1.0), 0.0), 1.0)
    weight = np.where(after < 0.0, 1.0, share * np.expm1(share) / math.expm1(1.0))
    return weight[:, None] * (before.at(curve.rows_s) - curve.rows)
