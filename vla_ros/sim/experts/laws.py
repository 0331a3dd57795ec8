"""Which law belongs to which kind of goal."""
from collections.abc import Callable, Sequence

import numpy as np

from vla_ros.core.goals import Goal, GoTo, Move, Stop
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.chunks import HORIZON
from vla_ros.sim.experts.going import go_to
from vla_ros.sim.experts.moving import move, stand
from vla_ros.sim.experts.situation import Answer, Situation

Law = Callable[[RobotDescription, Sequence[Goal], Situation], Answer]
_LAWS: dict[type[Goal], Law] = {GoTo: go_to, Move: move, Stop: stand}


def answer_of(robot: RobotDescription, goals: Sequence[Goal], situation: Situation) -> Answer:
    """Return what the experts do about B goals of any kinds, each in its situation."""
    base = np.zeros((len(goals), HORIZON, 3))
    arms = np.zeros((len(goals), HORIZON, len(robot.commanded_joints)))
    progress = np.zeros(len(goals))
    kinds = np.array([list(_LAWS).index(type(goal)) for goal in goals])
    for kind in np.unique(kinds):
        which = np.flatnonzero(kinds == kind)
        law = list(_LAWS.values())[kind]
        answer = law(robot, [goals[i] for i in which], situation.of(which))
        base[which], arms[which], progress[which] = answer.base, answer.arms, answer.progress
    return Answer(base, arms, progress)
