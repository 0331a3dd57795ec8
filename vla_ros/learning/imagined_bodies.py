"""
Bodies as they could have been: arms and waist of a recorded frame, drawn anew.

What arms should do next hardly depends on the picture, and hardly any frame shows them just where
a gesture gets difficult: in the middle of a wave, half bent. So a part of the pairs of a frame
and an instruction gets other arms and another waist, and the experts say what to do with these.
B pairs, J joints, C commanded joints.
"""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Bow, Gesture, Goal, InTurn, PointAt, Posture, Together, Touch
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.dataset import Frames
from vla_ros.sim.experts.arms import (
    arm_columns,
    at_rest,
    commanded_of,
    ELBOW,
    RAISED,
    SPREAD,
    STRAIGHT_RAD,
    WAVING,
)
from vla_ros.sim.experts.chunks import ARM_SPEED_RAD_S, STEP_S, Targets
from vla_ros.sim.experts.gestures import WAVE_HZ, WAVE_RAD
from vla_ros.sim.experts.touching import is_within_reach, on_the_way
from vla_ros.sim.experts.waist import BOW_RAD, SINKS_RAD, waist_column

_AHEAD = np.array([-1.4, 0.1, 0.0, STRAIGHT_RAD, 0.0, 0.0, 0.0])
_SHARE, _SHARE_OF_OTHERS = 0.6, 0.15
"""How often bodies are imagined for instructions that arms or the waist carry out, and others."""
_OF_THE_BODY = (Bow, Gesture, InTurn, PointAt, Together, Touch)
_ASIDE_RAD, _RATE_NOISE_RAD_S = 0.12, 0.1
_LED_ON_SHARE, _REACHING_SHARE = 0.4, 0.6
_BEYOND_RAD, _BESIDE_M = 0.25, 0.08
"""How far from an expert's way those are who are led on along it, and whose hands rest on theirs:
as far as eyes may be wrong, or where an arm is would say where its goal is."""
_WAVING, _BENT = (0.15, 0.7), (0.25, 0.7)
"""How often arms wave and waists are bent: if something else is asked for, and if it is that."""
_SWINGS = (0.1, 1.1)
"""How wide imagined waves are, of what is wanted: mostly too small. Where an elbow goes on its
way is nearly linear in where it is and how fast, and whoever learned it of waves that are as wide
as they should be would go on with one that is too small for ever."""
_PACES = (0.3, 2.0)
"""How fast imagined waves are, of the expert's: late commands slow them down."""


@dataclass(frozen=True)
class Bodies:
    """What the joints of B robots do."""

    positions: np.ndarray
    """(B, J) [rad]."""
    velocities: np.ndarray
    """(B, J) [rad/s]."""
    previous: np.ndarray
    """(B, A) the last action, in m/s, rad/s and rad."""


def recorded(frames: Frames, rows: np.ndarray) -> Bodies:
    """Return the bodies of frames."""
    return Bodies(frames.joint_positions[rows], frames.joint_velocities[rows],
                  frames.previous_action[rows])


def imagined(robot: RobotDescription, bodies: Bodies, goals: Sequence[Goal],
             rng: np.random.Generator) -> Bodies:
    """
    Return bodies of which some have other arms and another waist.

    Robots without the G1's arms keep theirs.
    """
    try:
        arm_columns(robot)
    except ConfigurationError:
        return bodies
    share = [_SHARE if isinstance(g, _OF_THE_BODY) else _SHARE_OF_OTHERS for g in goals]
    rows = np.flatnonzero(rng.random(len(goals)) < share)
    asked = [goals[row] for row in rows]
    arms, rates = _drawn_arms(robot, asked, rng)
    commanded = _commanded(robot, arms)
    speeds = _commanded(robot, arms + rates) - commanded
    if (column := waist_column(robot)) is not None:
        bent, speeds[:, column] = _drawn_waists(asked, rng)
        commanded[:, column] += bent
    return _with(robot, bodies, rows, commanded, speeds)


def led_on(robot: RobotDescription, bodies: Bodies, goals: Sequence[Goal], arms: np.ndarray,
           rng: np.random.Generator) -> Bodies:
    """
    Return bodies of which some are a moment further on the way that an expert leads them.

    So they are met near their goals, too: where an arm that points slows down and stays. Waves
    are not: arms are late, and never swing as far as they are sent.

    :param arms: (B, K, C) [rad] what commanded joints should do next.
    """
    is_led = (rng.random(len(arms)) < _LED_ON_SHARE) & ~waving(goals).any(axis=1)
    rows = np.flatnonzero(is_led)
    steps = rng.integers(1, arms.shape[1], len(rows))
    there, before = arms[rows, steps], arms[rows, steps - 1]
    there = there + rng.normal(0, _BEYOND_RAD, there.shape) * rng.random((len(rows), 1))
    return _with(robot, bodies, rows, there, (arms[rows, steps] - before) / STEP_S)


def reaching(robot: RobotDescription, bodies: Bodies, goals: Sequence[Goal], targets: Targets,
             rng: np.random.Generator) -> Bodies:
    """
    Return bodies of which some, before a thing to touch, hold a hand out or rest it on the way.

    Where hands wait, experts are seen only before they stand still, and then on their way: else
    a hand that waits would itself be a reason to wait.

    :param targets: where the things are, of B pairs.
    """
    is_asked = np.array([isinstance(goal, Touch) for goal in goals])
    rows = np.flatnonzero(is_asked & is_within_reach(targets)
                          & (rng.random(len(goals)) < _REACHING_SHARE))
    if not len(rows):
        return bodies
    share = np.clip(rng.uniform(-0.3, 1.1, len(rows)), 0, 1)
    aside_m = rng.normal(0, _BESIDE_M, (len(rows), 3))
    hands = on_the_way(robot, [goals[row] for row in rows], targets.of(rows),
                       bodies.positions[rows], share, aside_m)
    rates = rng.normal(0, _RATE_NOISE_RAD_S, hands.shape) * rng.random((len(rows), 1)) ** 2
    return _with(robot, bodies, rows, hands, rates)


def _with(robot: RobotDescription, bodies: Bodies, rows: np.ndarray, commanded: np.ndarray,
          speeds: np.ndarray) -> Bodies:
    """Return bodies of which some (N,) have these commanded joints and their speeds (N, C)."""
    low, high = robot.of_commanded('position_min'), robot.of_commanded('position_max')
    commanded = np.clip(commanded, low, high)
    positions, velocities, previous = (part.copy() for part in (
        bodies.positions, bodies.velocities, bodies.previous))
    positions[np.ix_(rows, robot.commanded_index)] = commanded
    velocities[np.ix_(rows, robot.commanded_index)] = speeds
    previous[rows, len(robot.base_axes):] = np.clip(commanded + STEP_S * speeds, low, high)
    return Bodies(positions, velocities, previous)


def _drawn_arms(robot: RobotDescription, goals: Sequence[Goal],
                rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return arms and their speeds, both (B, 2, 7): in postures, between two, or waving."""
    count = len(goals)
    forms = np.stack([at_rest(robot)[0], RAISED, SPREAD, WAVING, _AHEAD])
    at, to = forms[rng.integers(len(forms), size=(2, count, 2))]
    is_between = rng.random((count, 2, 1)) < 0.5
    arms = at + is_between * rng.random((count, 2, 1)) * (to - at)
    furthest = np.maximum(np.abs(to - arms).max(axis=-1, keepdims=True), 1e-9)
    speed = ARM_SPEED_RAD_S * rng.random((count, 2, 1)) * is_between
    rates = speed * np.minimum(1.0, 1 / furthest) * (to - arms)
    is_waving = rng.random((count, 2)) < np.take(_WAVING, waving(goals).astype(int))
    arms[is_waving], rates[is_waving] = WAVING, 0.0
    phase = rng.uniform(0, 2 * np.pi, is_waving.sum())
    swing = WAVE_RAD * rng.uniform(*_SWINGS, len(phase))
    arms[is_waving, ELBOW] += swing * np.cos(phase)
    hz = WAVE_HZ * rng.uniform(*_PACES, len(phase))
    rates[is_waving, ELBOW] = -swing * 2 * np.pi * hz * np.sin(phase)
    return (arms + rng.normal(0, _ASIDE_RAD, arms.shape) * rng.random((count, 2, 1)),
            rates + rng.normal(0, _RATE_NOISE_RAD_S, arms.shape) * rng.random((count, 2, 1)))


def waving(goals: Sequence[Goal]) -> np.ndarray:
    """Return for the left and the right arm whether it is to wave, (B, 2) bool."""
    waves = np.zeros((len(goals), 2), bool)
    for row, goal in enumerate(goals):
        arms = {Together: 'gesture', InTurn: 'then'}.get(type(goal))
        gesture = getattr(goal, arms) if arms else goal
        if isinstance(gesture, Gesture) and gesture.posture is Posture.WAVE:
            waves[row, gesture.side.arms] = True
    return waves


def _drawn_waists(goals: Sequence[Goal],
                  rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return how far waists are bent from rest, and their speeds, (B,): upright or bent."""
    count = len(goals)
    bows = np.array([isinstance(goal, Bow) for goal in goals], int)
    is_bent = rng.random(count) < np.take(_BENT, bows)
    bent = np.where(is_bent, rng.uniform(0, BOW_RAD + SINKS_RAD, count),
                    rng.normal(0, 0.02, count))
    return bent, rng.normal(0, 0.2, count)


def _commanded(robot: RobotDescription, arms: np.ndarray) -> np.ndarray:
    """Return commanded joints (B, C) with these arms (B, 2, 7) and an upright waist."""
    rest = np.broadcast_to(np.array(robot.neutral_position), (len(arms),
                                                              len(robot.joint_names)))
    return commanded_of(robot, arms[:, :, None], rest)[:, 0]
