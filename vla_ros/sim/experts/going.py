"""The law of going to a thing: search, approach, stand before it; arms at rest."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import GoTo
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.arms import resting
from vla_ros.sim.experts.chunks import goto_chunk, Targets
from vla_ros.sim.experts.motion import STAND_OFF_M
from vla_ros.sim.experts.situation import Answer, Situation

FAR_M = 3.5
"""A way as long as this or longer is not begun: progress 0 [m]."""
_THERE_M = 0.15


def go_to(robot: RobotDescription, goals: Sequence[GoTo], situation: Situation) -> Answer:
    """Return what to do about things to go to."""
    return Answer(goto_chunk(situation.targets, situation.done[:, 2]),
                  resting(robot, situation.joint_positions), goto_progress(situation.targets))


def goto_progress(targets: Targets) -> np.ndarray:
    """Return how far the way to each target is done, (B,) 0 to 1; 0 where it was not seen."""
    left = np.hypot(*np.nan_to_num(targets.position).T) - targets.radius_m - STAND_OFF_M
    near = 1 - np.clip(left / FAR_M, 0, 1)
    return np.where(targets.is_visible, np.where(left < _THERE_M, 1.0, 0.9 * near), 0.0)
