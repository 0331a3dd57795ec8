"""
The law of bowing: bent by the waist until something else is asked for.

Arms stay as they are, but raised ones come down first: bent under their weight the G1 walks off.
"""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Bow
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import arms_of, at_rest, commanded_of, kept, RAISED, straight_chunk
from vla_ros.sim.experts.chunks import HORIZON
from vla_ros.sim.experts.situation import Answer, Situation
from vla_ros.sim.experts.waist import bent, BOW_RAD, NEAR_RAD

_BENDS_BELOW_RAD, _BOWS_BELOW_RAD = 1.4, 0.8
"""Arms with less left to go than this: the waist begins to bend; it bends as far as it should."""


def bow(robot: RobotDescription, goals: Sequence[Bow], situation: Situation) -> Answer:
    """Return how to bow; the base stands."""
    joints = situation.joint_positions
    arms = arms_of(robot, joints)
    wished = kept(robot, arms)
    wished[(wished == RAISED).all(axis=-1)] = at_rest(robot)[0]
    left = np.abs(arms - wished).max(axis=(1, 2))
    share = np.clip((_BENDS_BELOW_RAD - left) / (_BENDS_BELOW_RAD - _BOWS_BELOW_RAD), 0, 1)
    ways = commanded_of(robot, straight_chunk(arms, wished), joints, BOW_RAD * share)
    return Answer(np.zeros((len(goals), HORIZON, 3)), ways, _progress(bent(robot, joints)))


def _progress(bent_rad: np.ndarray) -> np.ndarray:
    """Return how far bows are made, (B,)."""
    left = BOW_RAD - bent_rad
    return np.where(left < NEAR_RAD, 1.0, 0.9 * (1 - np.clip(left / BOW_RAD, 0, 1)))
