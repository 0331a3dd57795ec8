"""How the base may have moved since a command was given: labels are for all of it."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import aim_of, Goal, Move, Together
from vla_ros.sim.experts.chunks import wish_of
from vla_ros.sim.experts.motion import SEARCH_ENDS_RAD


def drawn_motion(goals: Sequence[Goal], rng: np.random.Generator) -> np.ndarray:
    """Return a motion (B, 3) for each goal: x, y [m] and yaw [rad], which counts whole turns."""
    is_aimed = np.array([aim_of(goal) is not None for goal in goals])
    done = np.where(is_aimed[:, None], _wander(len(goals), rng), 0.0)
    is_move = np.array([_walk_of(goal) is not None for goal in goals])
    if is_move.any():
        wish = np.stack([wish_of(m) for goal in goals if (m := _walk_of(goal)) is not None])
        done[is_move] = _on_the_way(wish, rng)
    return done


def _walk_of(goal: Goal) -> Move | None:
    """Return the movement that is part of a goal, None where there is none."""
    walk = goal.walk if isinstance(goal, Together) else goal
    return walk if isinstance(walk, Move) else None


def _wander(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return how the base may have moved since it was sent to something, (B, 3)."""
    turned = np.where(rng.random(count) < 0.7, rng.uniform(-1.0, SEARCH_ENDS_RAD, count),
                      rng.uniform(SEARCH_ENDS_RAD - 0.8, SEARCH_ENDS_RAD + 1.5, count))
    return np.column_stack([rng.normal(0.4, 1.0, count), rng.normal(0, 1.0, count), turned])


def _on_the_way(wish: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return where the base may be on its way, (B, 3): start, middle, end, a little off."""
    count = len(wish)
    share = np.where(rng.random(count) < 0.45, rng.normal(0.95, 0.12, count),
                     rng.uniform(-0.05, 1.05, count))
    spread = np.where(np.abs(wish).argmax(axis=1)[:, None] == 2, (0.12, 0.12, 0.05),
                      (0.06, 0.10, 0.10))
    return share[:, None] * wish + rng.normal(0, 1, (count, 3)) * spread
