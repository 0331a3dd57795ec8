"""
What an episode is: a scene, a goal and the sentence that asks for it.

Each suite has a file of its own, `<suite>_suite.py`, with a function `make` that draws one of its
episodes; `suites.py` knows all of them.
"""
from dataclasses import dataclass
from enum import Enum

from vla_ros.core.goals import Goal, Posture
from vla_ros.sim.scene import Scene


class Suite(Enum):
    """What is measured."""

    GOTO = 'goto'
    """Go to one of three or four solids; words and pairs as in training."""
    MOVE = 'move'
    """Walk, step or turn, with and without an amount."""
    PHRASINGS = 'phrasings'
    """As goto and move, in forms of words that training never had."""
    PAIRS = 'pairs'
    """As goto, to solids whose colour and shape training never had together."""
    NAMES = 'names'
    """As goto, by names of colours and shapes that training never had."""
    SWAPPED = 'swapped'
    """Two episodes after each other share a scene and name different solids of it."""
    ABSENT = 'absent'
    """The sentence names a solid that is not there: don't go to another one."""
    MEMORY = 'memory'
    """
    What is in view does not say what to do: in turn, the thing is turned out of view; another
    like it comes into view and the one seen first is meant; go somewhere and come back.
    """
    TOUCH = 'touch'
    """Walk up to one of three solids on stands and touch it with a hand, and nothing else."""
    PUSH = 'push'
    """Move one of three solids by walking against it, and no other."""
    FOLLOW = 'follow'
    """Stay near a solid that moves, among others that don't."""
    GESTURE = 'gesture'
    """Wave, raise, spread or lower the left arm, the right one or both, or bow; keep it so."""
    POINT = 'point'
    """Point at one of three or four solids, with the arm nearer to it or the one that is said."""
    RELATION = 'relation'
    """Go to one of several solids of a shape: the nearest, the one left of another, ..."""
    COMBINED = 'combined'
    """Walk with the arms doing something; go to a thing and point at it or make a gesture."""


@dataclass(frozen=True)
class Shove:
    """Somebody turns the robot, whatever it is told."""

    start_s: float
    """After the command [s]."""
    duration_s: float
    turn_rad_s: float
    """To the left [rad/s]."""


@dataclass(frozen=True)
class Episode:
    """One thing to do in one scene."""

    suite: Suite
    index: int
    scene: Scene
    goal: Goal
    instruction: str
    limit_s: float
    """Time after which it counts as not done [s]."""
    shove: Shove | None = None
    arms: Posture | None = None
    """What both arms are like at the start; None: at rest."""
