"""What each kind of subtask needs to know of the situation, and nothing else."""
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from vla_ros.core.errors import VlaError
from vla_ros.core.grid_map import Place
from vla_ros.planning.floor import Floor
from vla_ros.planning.goals import Act, Approach, ComeBack, Describe, IfSeen, Navigate, Subtask
from vla_ros.planning.policy_state import PolicyState, SILENT
from vla_ros.planning.sightings import Sighting

LOOKS_FRESH_S = 2.0
"""Perception that has not looked for longer does not run."""
REACH_M = ((0.15, 0.55), (-0.5, 0.5))
"""Where hands reach, x ahead and y left of the base [m]."""


class MissingContextError(VlaError, LookupError):
    """Something that a subtask needs is not known; the message says what, to a person."""


class NavigatorState(Enum):
    """What another node, which was asked to walk somewhere, does."""

    IDLE = 'idle'
    RUNNING = 'running'
    DONE = 'done'
    FAILED = 'failed'
    CALLED_OFF = 'called off'
    """By somebody else, whom nobody should overrule."""


@dataclass(frozen=True)
class Situation:
    """Everything that is known at one moment."""

    now_s: float
    pose: np.ndarray | None = None
    """(3,) x, y [m], yaw [rad] in the map; None: odometry is missing or old."""
    floor: Floor | None = None
    """None: there is no map."""
    places: tuple[Place, ...] = ()
    things: tuple[Sighting, ...] = ()
    looks: int = 0
    """How often perception has looked."""
    looked_s: float = -np.inf
    policy: PolicyState = SILENT
    navigator: NavigatorState = NavigatorState.IDLE
    navigator_reason: str = ''
    """Why it failed."""
    home: np.ndarray | None = None
    """(3,) where the command was given."""
    doubts: np.ndarray = field(default_factory=lambda: np.zeros((0, 3)))
    """(M, 3) x, y, radius [m] of what was seen to stand on the floor just now, and may not."""

    @property
    def is_looking(self) -> bool:
        """Return whether perception runs."""
        return self.now_s - self.looked_s <= LOOKS_FRESH_S


@dataclass(frozen=True)
class NavigationContext:
    """For walking by the map: where the robot is and goes, and what stands around."""

    pose: np.ndarray
    floor: Floor
    goal: np.ndarray
    """(2,) [m]."""
    yaw_rad: float | None
    """Where to look in the end; None: wherever."""
    doubts: np.ndarray
    """(M, 3) discs of what may be in the way."""


@dataclass(frozen=True)
class SightContext:
    """For looking and walking up to a thing: where it was seen, and whether anybody looks."""

    pose: np.ndarray | None
    things: tuple[Sighting, ...]
    """Those that may be meant, the last seen first."""
    looks: int
    is_looking: bool


@dataclass(frozen=True)
class ManipulationContext:
    """For hands: where the thing is, seen from the base, and how far they reach."""

    pose: np.ndarray | None
    things: tuple[Sighting, ...]
    reach_m: tuple[tuple[float, float], tuple[float, float]] = field(default=REACH_M)


@dataclass(frozen=True)
class BodyContext:
    """For moving and turning: where the robot is; None where nobody knows."""

    pose: np.ndarray | None


Context = NavigationContext | SightContext | ManipulationContext | BodyContext


def context_for(subtask: Subtask, situation: Situation) -> Context:
    """
    Return what a subtask needs.

    :raises MissingContextError: if it isn't known.
    """
    match subtask:
        case Navigate(name):
            return _to_place(name, situation)
        case ComeBack():
            if situation.home is None:
                raise MissingContextError("I don't know where the command was given")
            return navigation(situation, situation.home[:2], None)
        case Act(thing=thing):
            return ManipulationContext(situation.pose, _meant(thing, situation))
        case Approach(thing) | Describe(thing) | IfSeen(thing):
            return SightContext(situation.pose, _meant(thing, situation), situation.looks,
                                situation.is_looking)
    return BodyContext(situation.pose)


def navigation(situation: Situation, goal: np.ndarray,
               yaw_rad: float | None) -> NavigationContext:
    """
    Return what it takes to walk to a point (2,).

    :raises MissingContextError: without a map or without odometry.
    """
    if situation.floor is None:
        raise MissingContextError('I have no map')
    if situation.pose is None:
        raise MissingContextError("I don't know where I am: there is no odometry")
    return NavigationContext(situation.pose, situation.floor, np.asarray(goal, float), yaw_rad,
                             situation.doubts)


def _to_place(name: str, situation: Situation) -> NavigationContext:
    for place in situation.places:
        if place.name == name:
            return navigation(situation, place.pose[:2], float(place.pose[2]))
    raise MissingContextError(f"I don't know where the {name} is")


def _meant(thing, situation: Situation) -> tuple[Sighting, ...]:
    meant = [t for t in situation.things if thing is None or t.matches(thing)]
    return tuple(sorted(meant, key=lambda t: -t.seen_s))
