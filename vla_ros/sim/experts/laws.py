"""Which law belongs to which kind of goal."""
from collections.abc import Callable, Sequence

import numpy as np

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
)
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.bowing import bow
from vla_ros.sim.experts.chunks import HORIZON
from vla_ros.sim.experts.combined import in_turn, together
from vla_ros.sim.experts.following import follow
from vla_ros.sim.experts.gestures import gesture
from vla_ros.sim.experts.going import go_to
from vla_ros.sim.experts.moving import move, stand
from vla_ros.sim.experts.pointing import point_at
from vla_ros.sim.experts.pushing import push
from vla_ros.sim.experts.situation import Answer, Situation
from vla_ros.sim.experts.touching import touch

Law = Callable[[RobotDescription, Sequence[Goal], Situation], Answer]
_LAWS: dict[type[Goal], Law] = {
    GoTo: go_to, Move: move, Stop: stand, Gesture: gesture, Bow: bow,
    PointAt: point_at, Together: together, InTurn: in_turn, Touch: touch, Push: push,
    Follow: follow}


def answer_of(robot: RobotDescription, goals: Sequence[Goal], situation: Situation) -> Answer:
    """
    Return what the experts do about B goals of any kinds, each in its situation.

    For what there is no law they stand.
    """
    base = np.zeros((len(goals), HORIZON, 3))
    arms = np.zeros((len(goals), HORIZON, len(robot.commanded_joints)))
    progress = np.zeros(len(goals))
    laws = [_LAWS.get(type(goal), stand) for goal in goals]
    for law in dict.fromkeys(laws):
        which = np.array([i for i, own in enumerate(laws) if own is law])
        answer = law(robot, [goals[i] for i in which], situation.of(which))
        base[which], arms[which], progress[which] = answer.base, answer.arms, answer.progress
    return Answer(base, arms, progress)
