"""Which condition belongs to which goal."""
from collections.abc import Callable

import numpy as np

from vla_ros.core.goals import Goal, GoTo, Move, Stop, Visit
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.conditions.condition import Condition
from vla_ros.sim.tasks.conditions.going import IsBack, IsThere
from vla_ros.sim.tasks.conditions.moving import HasMoved, Stays

_CONDITIONS: dict[type[Goal], Callable[[Goal, Scene, np.ndarray], Condition]] = {
    GoTo: IsThere, Visit: IsBack, Move: HasMoved, Stop: Stays}


def condition_of(goal: Goal, scene: Scene, start: np.ndarray) -> Condition:
    """
    Return the condition of a goal.

    :param start: pose (3,) of the robot when the command was given, world frame.
    """
    return _CONDITIONS[type(goal)](goal, scene, start)
