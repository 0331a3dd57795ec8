"""The suite `move`: walk, step or turn, with and without an amount."""
import numpy as np

from vla_ros.core.goals import Direction, Move, Stop
from vla_ros.language.amounts import ANGLES_DEG, BACK_MAX_M, DISTANCES_M, SIDEWAYS_MAX_M
from vla_ros.language.phrases import say, Split
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import scene_to_move_in

LIMIT_S = 25.0


def make(index: int, rng: np.random.Generator, suite: Suite = Suite.MOVE,
         split: Split = Split.TRAIN) -> Episode:
    """Return an episode."""
    goal = random_move(rng)
    return Episode(suite, index, scene_to_move_in(rng), goal, say(goal, rng, split), LIMIT_S)


def random_move(rng: np.random.Generator) -> Move | Stop:
    """Return a movement that the robot can do in the room, or, rarely, standing still."""
    if rng.random() < 0.06:
        return Stop()
    direction = list(Direction)[rng.integers(len(Direction))]
    if rng.random() < 0.35:
        return Move(direction)
    if direction.is_turn:
        return Move(direction, float(np.radians(rng.choice(ANGLES_DEG))))
    most = {Direction.BACK: BACK_MAX_M, Direction.FORWARD: max(DISTANCES_M)}.get(
        direction, SIDEWAYS_MAX_M)
    return Move(direction, float(rng.choice([d for d in DISTANCES_M if d <= most])))
