"""The laws of two things at once, and one after the other."""
from collections.abc import Sequence

import numpy as np

from vla_ros.core.goals import InTurn, Move, PointAt, Together
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.experts.gestures import gesture
from vla_ros.sim.experts.going import go_to
from vla_ros.sim.experts.motion import has_arrived
from vla_ros.sim.experts.moving import move
from vla_ros.sim.experts.pointing import pointed
from vla_ros.sim.experts.situation import Answer, Situation

_WALKED = 0.5
"""Progress of whoever is there and has to do something there."""


def together(robot: RobotDescription, goals: Sequence[Together],
             situation: Situation) -> Answer:
    """Return how to walk with one law and move the arms with another."""
    arms = gesture(robot, [goal.gesture for goal in goals], situation)
    is_move = np.array([isinstance(goal.walk, Move) for goal in goals])
    base, progress = np.zeros_like(arms.base), np.zeros(len(goals))
    for law, which in ((move, is_move), (go_to, ~is_move)):
        rows = np.flatnonzero(which)
        if len(rows):
            walk = law(robot, [goals[i].walk for i in rows], situation.of(rows))
            base[rows], progress[rows] = walk.base, walk.progress
    return Answer(base, arms.arms, np.minimum(progress, arms.progress))


def in_turn(robot: RobotDescription, goals: Sequence[InTurn], situation: Situation) -> Answer:
    """Return how to go there and, where that is done, what to do there."""
    targets = situation.targets
    going = go_to(robot, [goal.first for goal in goals], situation)
    is_there = targets.is_visible & has_arrived(np.nan_to_num(targets.position),
                                                targets.radius_m)
    arms, progress = going.arms.copy(), _WALKED * going.progress
    points = np.array([isinstance(goal.then, PointAt) for goal in goals])
    rows = np.flatnonzero(is_there & points)
    if len(rows):
        arms[rows], done = pointed(robot, [goals[i].then.side for i in rows],
                                   situation.of(rows))
        progress[rows] = _WALKED * (1 + done)
    rows = np.flatnonzero(is_there & ~points)
    if len(rows):
        answer = gesture(robot, [goals[i].then for i in rows], situation.of(rows))
        arms[rows], progress[rows] = answer.arms, _WALKED * (1 + answer.progress)
    return Answer(going.base, arms, progress)
