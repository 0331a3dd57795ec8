"""
The law of gestures: postures of the arms, and waving.

Who waves need not know since when: where the forearm is and which way it goes says where
in the wave it is, so that a policy without a memory can learn it (a limit cycle).
"""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Gesture, Posture
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import (
    arms_of,
    commanded_of,
    ELBOW,
    form_of,
    kept,
    straight_chunk,
    WAVING,
)
from vla_ros.sim.experts.chunks import HORIZON, STEP_S
from vla_ros.sim.experts.situation import Answer, Situation

WAVE_RAD, WAVE_HZ = 0.6, 0.7
"""How far the elbow swings to each side, and how often."""
_THERE_RAD = 0.25
"""A posture whose joints are all nearer than this is taken up."""
_LEAD_S = 0.15
"""How far ahead of where it is an elbow is sent. An arm is about 0.1 s later than its target: what
is sent no further ahead than that stands still where commands are late, too."""


def gesture(robot: RobotDescription, goals: Sequence[Gesture],
            situation: Situation) -> Answer:
    """Return what arms do; the base stands."""
    joints = situation.joint_positions
    arms = arms_of(robot, joints)
    rates = arms_of(robot, situation.joint_velocities)
    wished, is_waving = kept(robot, arms), np.zeros(arms.shape[:2], bool)
    is_named = np.zeros(arms.shape[:2], bool)
    for row, goal in enumerate(goals):
        wished[row, goal.side.arms] = form_of(robot, goal.posture)
        is_waving[row, goal.side.arms] = goal.posture is Posture.WAVE
        is_named[row, goal.side.arms] = True
    ways = straight_chunk(arms, wished)
    ways[is_waving] = waved(arms[is_waving], rates[is_waving])
    return Answer(np.zeros((len(goals), HORIZON, 3)), commanded_of(robot, ways, joints),
                  _progress(arms, wished, is_waving, is_named))


def waved(arms: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """
    Return how arms (N, 7) that move at `rates` [rad/s] go on to wave, (N, K, 7).

    The elbow waits at one end of its swing until the rest of the arm is up.
    """
    goal = np.broadcast_to(WAVING, arms.shape).copy()
    goal[:, ELBOW] += WAVE_RAD
    ways = straight_chunk(arms[:, None], goal[:, None])[:, 0]
    others = np.delete(np.abs(arms - WAVING), ELBOW, axis=1).max(axis=1)
    share = np.clip((0.6 - others) / 0.3, 0, 1)[:, None]
    ways[..., ELBOW] += share * (_swing(arms[:, ELBOW], rates[:, ELBOW]) - ways[..., ELBOW])
    return ways


def _swing(elbow: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """
    Return where elbows (N,) should be in the next moments, (N, K).

    Place and speed together say where in its swing an elbow is, however wide it swings by now:
    one that hardly moves is sent as far as the others.
    """
    ahead = 2 * np.pi * WAVE_HZ * (STEP_S * np.arange(HORIZON) + _LEAD_S)
    phase = np.arctan2(-rate / (2 * np.pi * WAVE_HZ), elbow - WAVING[ELBOW])
    return WAVING[ELBOW] + WAVE_RAD * np.cos(phase[:, None] + ahead)


def _progress(arms: np.ndarray, wished: np.ndarray, is_waving: np.ndarray,
              is_named: np.ndarray) -> np.ndarray:
    """Return how far the named arm that has furthest to go is in its posture, (B,)."""
    left = np.abs(arms - wished)
    left[..., ELBOW] -= np.where(is_waving, 1.2 * WAVE_RAD, 0.0)
    left = np.where(is_named, left.max(axis=-1), 0.0).max(axis=-1)
    return np.where(left < _THERE_RAD, 1.0, 0.9 * (1 - np.clip(left / np.pi, 0, 1)))
