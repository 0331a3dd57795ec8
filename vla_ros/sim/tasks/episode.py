"""
What an episode is: a scene, a goal and the sentence that asks for it.

Each suite has a file of its own, `<suite>_suite.py`, with a function `make` that draws one of its
episodes; `suites.py` knows all of them.
"""
from dataclasses import dataclass
from enum import Enum

from vla_ros.core.goals import Goal
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
    SWAPPED = 'swapped'
    """Two episodes after each other share a scene and name different solids of it."""
    ABSENT = 'absent'
    """The sentence names a solid that is not there: don't go to another one."""
    MEMORY = 'memory'
    """
    What is in view does not say what to do: in turn, the thing is turned out of view; another
    like it comes into view and the one seen first is meant; go somewhere and come back.
    """


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
