"""Which condition belongs to which goal."""
from collections.abc import Callable

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import (
    Bow,
    Follow,
    Gesture,
    Goal,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Push,
    Stop,
    Together,
    Touch,
    Visit,
)
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.conditions.arms import IsInPosture, PointsAt
from vla_ros.sim.tasks.conditions.bowing import HasBowed
from vla_ros.sim.tasks.conditions.combined import HasDoneBoth, HasGoneAndDone
from vla_ros.sim.tasks.conditions.condition import Condition
from vla_ros.sim.tasks.conditions.following import HasFollowed
from vla_ros.sim.tasks.conditions.going import IsBack, IsThere
from vla_ros.sim.tasks.conditions.moving import HasMoved, Stays
from vla_ros.sim.tasks.conditions.pushing import HasPushed
from vla_ros.sim.tasks.conditions.touching import HasTouched

_CONDITIONS: dict[type[Goal], Callable[[Goal, Scene, np.ndarray], Condition]] = {
    GoTo: IsThere, Visit: IsBack, Move: HasMoved, Stop: Stays,
    Gesture: IsInPosture, Bow: HasBowed, PointAt: PointsAt, Together: HasDoneBoth,
    InTurn: HasGoneAndDone, Touch: HasTouched, Push: HasPushed, Follow: HasFollowed}


def condition_of(goal: Goal, scene: Scene, start: np.ndarray) -> Condition:
    """
    Return the condition of a goal.

    :param start: pose (3,) of the robot when the command was given, world frame.
    :raises ConfigurationError: if nobody can say when it is done.
    """
    if type(goal) not in _CONDITIONS:
        raise ConfigurationError(f"{goal} can't be judged; expected one of "
                                 f'{sorted(kind.__name__ for kind in _CONDITIONS)}')
    return _CONDITIONS[type(goal)](goal, scene, start)
