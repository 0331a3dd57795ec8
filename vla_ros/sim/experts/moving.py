"""The laws of moving by an amount, and of standing; arms at rest."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Move, Stop
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import resting
from vla_ros.sim.experts.chunks import HORIZON, move_chunk, remaining, wish_of
from vla_ros.sim.experts.situation import Answer, Situation


def move(robot: RobotDescription, goals: Sequence[Move], situation: Situation) -> Answer:
    """Return what to do about movements."""
    wish = np.stack([wish_of(goal) for goal in goals])
    return Answer(move_chunk(wish, situation.done), resting(robot, situation.joint_positions),
                  move_progress(wish, situation.done))


def stand(robot: RobotDescription, goals: Sequence[Stop], situation: Situation) -> Answer:
    """Return how to stand."""
    count = len(goals)
    return Answer(np.zeros((count, HORIZON, 3)), resting(robot, situation.joint_positions),
                  np.ones(count))


def move_progress(wish: np.ndarray, done: np.ndarray) -> np.ndarray:
    """Return how much of movements (B, 3) is done, (B,) 0 to 1; both as in `move_chunk`."""
    left = np.linalg.norm(remaining(wish, done), axis=1)
    return np.clip(1 - left / np.linalg.norm(wish, axis=1), 0, 1)
