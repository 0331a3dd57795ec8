"""The suite `gesture`: wave, raise, spread or lower one arm or both."""
import numpy as np

from vla_ros.core.goals import Gesture, Posture, Side
from vla_ros.language.arm_phrases import HOLDS_S
from vla_ros.language.phrases import say
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import scene_to_move_in

LIMIT_S = 20.0


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; postures come in turn, and arms begin raised where one is lowered."""
    goal = random_gesture(rng, list(Posture)[index % len(Posture)])
    arms = Posture.RAISE if goal.posture is Posture.LOWER else None
    return Episode(Suite.GESTURE, index, scene_to_move_in(rng), goal, say(goal, rng), LIMIT_S,
                   arms=arms)


def random_gesture(rng: np.random.Generator, posture: Posture) -> Gesture:
    """Return a gesture of a random side; raised and spread arms are often to be kept so."""
    side = list(Side)[rng.integers(len(Side))]
    may_hold = posture in (Posture.RAISE, Posture.SPREAD)
    hold_s = float(rng.choice(HOLDS_S)) if may_hold and rng.random() < 0.4 else None
    return Gesture(posture, side, hold_s)
