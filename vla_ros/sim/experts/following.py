"""The law of following a thing: as going to it, but it is never over; arms at rest."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import Follow
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import resting
from vla_ros.sim.experts.chunks import goto_chunk
from vla_ros.sim.experts.going import goto_progress
from vla_ros.sim.experts.situation import Answer, Situation

_NEVER_OVER = 0.9


def follow(robot: RobotDescription, goals: Sequence[Follow], situation: Situation) -> Answer:
    """Return what to do about things to follow."""
    return Answer(goto_chunk(situation.targets, situation.done[:, 2]),
                  resting(robot, situation.joint_positions),
                  np.minimum(goto_progress(situation.targets), _NEVER_OVER))
