"""
The law of touching a thing with a hand: up to it, then the hand to its near side.

The hand is led a little into the thing, so that it touches wherever the surface is.
"""
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vla_ros.core.goals import Side, Touch
from vla_ros.core.robot import RobotDescription
from vla_ros.sim.arm_kinematics import arms_of, PELVIS_HEIGHT_M
from vla_ros.sim.experts.arms import arm_for, arms_of as both_arms
from vla_ros.sim.experts.chunks import arm_chunk, goto_chunk, Targets
from vla_ros.sim.experts.going import goto_progress
from vla_ros.sim.experts.motion import STAND_OFF_M
from vla_ros.sim.experts.situation import Answer, Situation
from vla_ros.sim.experts.waist import with_waist

STAND_OFF_TO_TOUCH_M = 0.29
"""Distance kept between the base and the surface of the thing."""
HIGHEST_M, LOWEST_M = 1.1, 0.8
"""Heights of a thing's middle above the floor within which hands reach it."""
_SLACK_M, _SLACK_AT_IT_M, _SLACK_AT_REST_M, _SLACK_RAD = 0.05, 0.13, 0.11, 0.30
"""How near to the stand-off, and how far ahead, is good enough to stand still."""
_AT_IT_M = 0.11
"""The middle of a hand that touches is this far from the surface at most."""
NEAR_M, AHEAD_RAD = 0.69, 0.45
"""Nearer to the surface than this, and ahead by less, a hand is held out."""
_HELD_OUT_M, _REACH_M = 0.18, 0.42
"""How far from the pelvis: before the robot is still, so that it touches nothing yet, and then."""
_STILL = np.array([0.10, 0.10, 0.20])
"""Speeds (vx, vy [m/s], wz [rad/s]) below which it is."""
_CREEP_M_S, _SLOWS_PER_S = 0.1, 0.35
_INSIDE_M = 0.05
"""Where the middle of a hand is led: this far behind the surface [m], which is known less well."""
_BIT_M, _FURTHER, _BEFORE_M = 0.015, 0.8, 0.18
"""It is led there in bits of this at least, and of this part of the way that is further than that
[m], so that it slows down before it touches, and presses no harder than a bit does."""
_BELOW, _BELOW_TIPS = 0.1, 0.3
"""How far below the middle hands are led, as a share of the radius: who is led lower slips under
things; but cones and pyramids are wider there."""
_HAVE_TIPS = frozenset({'cone', 'pyramid'})


def touch(robot: RobotDescription, goals: Sequence[Touch], situation: Situation) -> Answer:
    """Return what to do about things to touch."""
    targets, joints = situation.targets, situation.joint_positions
    sides = _sides(robot, goals, targets, joints)
    hands = _hands(robot, sides, joints)
    rests = _rests(situation)
    stands = _stands(targets, hands, rests)
    is_still = stands & rests
    reaches = is_within_reach(targets)
    arms = np.tile(robot.of_commanded('neutral_position'), (len(goals), 1))
    for side, arm in arms_of(robot).items():
        which = np.flatnonzero(reaches & np.array([s is side for s in sides], bool))
        if len(which):
            near = targets.of(which)
            heights = _heights([goals[i] for i in which], near)
            points = _led(hands[which], near, heights, is_still[which])
            arms[np.ix_(which, arm.commanded)] = arm.reach(points, joints[which])
    chunk = with_waist(robot, arm_chunk(joints[:, robot.commanded_index], arms), joints)
    left = np.abs(arms - joints[:, robot.commanded_index]).max(axis=1)
    progress = np.where(stands, 1 - np.minimum(left, 0.5), 0.5 * goto_progress(targets))
    return Answer(_base(targets, situation.done[:, 2], stands), chunk, progress)


def on_the_way(robot: RobotDescription, goals: Sequence[Touch], targets: Targets,
               joints: np.ndarray, share: np.ndarray, aside_m: np.ndarray) -> np.ndarray:
    """
    Return commanded joints (B, C) of robots that hold a hand out, the other arm at rest.

    :param share: (B,) of the way from where it waits to the thing, 0 to 1.
    :param aside_m: (B, 3) how far it is beside that way.
    """
    sides = _sides(robot, goals, targets, joints)
    heights = _heights(goals, targets)
    waits, touches = (_there(targets, heights, np.full(len(goals), is_still))
                      for is_still in (False, True))
    points = waits + share[:, None] * (touches - waits) + aside_m
    arms = np.tile(robot.of_commanded('neutral_position'), (len(goals), 1))
    for side, arm in arms_of(robot).items():
        which = np.flatnonzero(np.array([s is side for s in sides], bool))
        if len(which):
            arms[np.ix_(which, arm.commanded)] = arm.reach(points[which], joints[which])
    return arms


def _base(targets: Targets, turned_rad: np.ndarray, stands: np.ndarray) -> np.ndarray:
    """Return twists (B, K, 3) that go there, slowly towards the end."""
    closer = replace(targets, radius_m=targets.radius_m - STAND_OFF_M + STAND_OFF_TO_TOUCH_M)
    base = goto_chunk(closer, turned_rad)
    left_m = np.maximum(_gap_m(targets) - STAND_OFF_TO_TOUCH_M, 0)
    base[..., 0] = np.minimum(base[..., 0], _CREEP_M_S + _SLOWS_PER_S * left_m[:, None])
    base[stands] = 0.0
    return base


def _stands(targets: Targets, hands: np.ndarray, rests: np.ndarray) -> np.ndarray:
    """
    Return whether robots have come near enough to stand still, (B,).

    Who stands already, or whose hand is at the thing, is near enough from further away: else it
    would come and go at the border.

    :param hands: (B, 3) where their hands are, from the pelvis [m].
    :param rests: (B,) whether they stand.
    """
    left_m = np.abs(_gap_m(targets) - STAND_OFF_TO_TOUCH_M)
    away_m = np.hypot(*(hands[:, :2] - np.nan_to_num(targets.position)).T)
    is_at_it = away_m < targets.radius_m + _AT_IT_M
    near = ((left_m < _SLACK_M) | (is_at_it & (left_m < _SLACK_AT_IT_M))
            | (rests & (left_m < _SLACK_AT_REST_M)))
    return targets.is_visible & near & (np.abs(_bearing(targets)) < _SLACK_RAD)


def _rests(situation: Situation) -> np.ndarray:
    """Return whether robots have come to rest, (B,): who touches in motion is thrown back."""
    if situation.base_velocity is None:
        return np.ones(len(situation.done), bool)
    return (np.abs(situation.base_velocity) < _STILL).all(axis=1)


def is_within_reach(targets: Targets) -> np.ndarray:
    """Return whether things are so near, and ahead, that a hand is held out, (B,)."""
    return (targets.is_visible & (_gap_m(targets) < NEAR_M)
            & (np.abs(_bearing(targets)) < AHEAD_RAD))


def _gap_m(targets: Targets) -> np.ndarray:
    """Return distances from the base to the surfaces of things, (B,) [m]."""
    return np.hypot(*np.nan_to_num(targets.position).T) - targets.radius_m


def _bearing(targets: Targets) -> np.ndarray:
    position = np.nan_to_num(targets.position)
    return np.arctan2(position[:, 1], position[:, 0])


def _led(hands: np.ndarray, targets: Targets, heights: np.ndarray,
         is_still: np.ndarray) -> np.ndarray:
    """
    Return where hands are led, (B, 3) [m] from the pelvis.

    Held out at first; then on from where they are, bit by bit: so they press lightly. Their height
    is led to at once, or they would hang as low as a bit of it lifts them.
    """
    there = _there(targets, heights, is_still)
    way = there - hands
    left_m = np.maximum(np.linalg.norm(way[:, :2], axis=1), 1e-6)
    share = np.minimum(1, np.maximum(_BIT_M, _FURTHER * (left_m - _BEFORE_M)) / left_m)
    bit = np.column_stack([hands[:, :2] + share[:, None] * way[:, :2], there[:, 2]])
    return np.where(is_still[:, None], bit, there)


def _there(targets: Targets, heights: np.ndarray, is_still: np.ndarray) -> np.ndarray:
    """Return where hands are to be in the end, (B, 3) [m] from the pelvis."""
    distance = np.hypot(*targets.position.T)
    surface_m = distance - targets.radius_m
    reach_m = np.minimum(surface_m + _INSIDE_M, np.where(is_still, _REACH_M, _HELD_OUT_M))
    return np.column_stack([(reach_m / distance)[:, None] * targets.position, heights])


def _heights(goals: Sequence[Touch], targets: Targets) -> np.ndarray:
    """Return how high above the pelvis things are touched, (B,) [m]."""
    below = np.array([_BELOW_TIPS if goal.shape in _HAVE_TIPS else _BELOW for goal in goals])
    return targets.height_m - below * targets.radius_m - PELVIS_HEIGHT_M


def _sides(robot: RobotDescription, goals: Sequence[Touch], targets: Targets,
           joints: np.ndarray) -> list[Side]:
    """Return each goal's hand."""
    chosen = arm_for(robot, [goal.side for goal in goals], np.nan_to_num(targets.position),
                     both_arms(robot, joints))
    return [Side.RIGHT if is_right else Side.LEFT for is_right in chosen]


def _hands(robot: RobotDescription, sides: list[Side], joints: np.ndarray) -> np.ndarray:
    """Return where the chosen hands are, (B, 3) [m] from the pelvis."""
    left, right = (arms_of(robot)[side].hand(joints) for side in (Side.LEFT, Side.RIGHT))
    return np.where(np.array([s is Side.LEFT for s in sides])[:, None], left, right)
