"""The suite `combined`: walk while the arms do something; go, then point or make a gesture."""
import numpy as np

from vla_ros.core.goals import (
    Direction,
    Gesture,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Posture,
    Side,
    Together,
)
from vla_ros.language.phrases import say
from vla_ros.sim.scene import random_scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.scenes import core_kinds, scene_to_move_in

LIMIT_S = 50.0
WALKS = (Move(Direction.FORWARD, 2.0), Move(Direction.FORWARD, 2.5),
         Move(Direction.FORWARD, 3.0), Move(Direction.BACK, 1.5), Move(Direction.BACK, 2.0),
         Move(Direction.TURN_LEFT, np.pi), Move(Direction.TURN_RIGHT, np.pi))
"""Movements that take long enough to do something meanwhile."""
POSTURES = (Posture.WAVE, Posture.RAISE, Posture.SPREAD)


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode of one of four sorts, in turn."""
    kinds = core_kinds(rng, rng.integers(3, 5))
    there = GoTo(kinds[0][1], kinds[0][0])
    arms = Gesture(POSTURES[rng.integers(len(POSTURES))], list(Side)[rng.integers(len(Side))])
    walk = WALKS[rng.integers(len(WALKS))]
    goal = (Together(walk, arms), Together(there, arms),
            InTurn(there, PointAt(there.shape, there.colour)), InTurn(there, arms))[index % 4]
    scene = scene_to_move_in(rng) if index % 4 == 0 else random_scene(rng, kinds)
    return Episode(Suite.COMBINED, index, scene, goal, say(goal, rng), LIMIT_S)
