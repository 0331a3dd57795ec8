"""The suite `gesture`: wave, raise, spread or lower one arm or both, or bow."""
import numpy as np

from vla_ros.core.goals import Bow, Gesture, Posture, Side
from vla_ros.language.arm_phrases import HOLDS_S
from vla_ros.language.phrases import say
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import scene_to_move_in

LIMIT_S = 20.0
_SPREAD_SHARE = 0.3


def make(index: int, rng: np.random.Generator) -> Episode:
    """
    Return an episode; postures and a bow come in turn.

    Arms begin raised where one is lowered, and sometimes spread where they have to stay so.
    """
    posture = (*Posture, None)[index % (len(Posture) + 1)]
    goal = Bow() if posture is None else random_gesture(rng, posture)
    is_spread = posture is None and rng.random() < _SPREAD_SHARE
    arms = (Posture.SPREAD if is_spread else Posture.RAISE if posture is Posture.LOWER else None)
    return Episode(Suite.GESTURE, index, scene_to_move_in(rng), goal, say(goal, rng), LIMIT_S,
                   arms=arms)


def random_gesture(rng: np.random.Generator, posture: Posture) -> Gesture:
    """Return a gesture of a random side; raised and spread arms are often to be kept so."""
    side = list(Side)[rng.integers(len(Side))]
    may_hold = posture in (Posture.RAISE, Posture.SPREAD)
    hold_s = float(rng.choice(HOLDS_S)) if may_hold and rng.random() < 0.4 else None
    return Gesture(posture, side, hold_s)
