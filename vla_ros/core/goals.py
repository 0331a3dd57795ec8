"""
What an instruction asks for, as values.

They sit below every layer because language writes them as sentences, the simulator judges
them, experts pursue them and the planner will order them.
"""
from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """Where a movement of the base goes; turns are about the vertical axis."""

    FORWARD = 'forward'
    BACK = 'back'
    LEFT = 'left'
    RIGHT = 'right'
    TURN_LEFT = 'turn left'
    TURN_RIGHT = 'turn right'

    @property
    def is_turn(self) -> bool:
        """Return whether the robot turns in place."""
        return self in (Direction.TURN_LEFT, Direction.TURN_RIGHT)

    @property
    def axis(self) -> tuple[int, int]:
        """Return (index into (x, y, yaw), sign)."""
        return {Direction.FORWARD: (0, 1), Direction.BACK: (0, -1),
                Direction.LEFT: (1, 1), Direction.RIGHT: (1, -1),
                Direction.TURN_LEFT: (2, 1), Direction.TURN_RIGHT: (2, -1)}[self]


@dataclass(frozen=True)
class Stop:
    """Stand still."""


@dataclass(frozen=True)
class Move:
    """Move the base by an amount, seen from where it stood when it was told."""

    direction: Direction
    amount: float | None = None
    """[m], or [rad] for a turn; None: nobody said how far."""

    DEFAULT_DISTANCE_M = 1.0
    DEFAULT_ANGLE_RAD = 1.5707963267948966

    @property
    def distance(self) -> float:
        """Return the amount [m or rad], the default where nobody said how far."""
        if self.amount is not None:
            return self.amount
        return self.DEFAULT_ANGLE_RAD if self.direction.is_turn else self.DEFAULT_DISTANCE_M


@dataclass(frozen=True)
class GoTo:
    """Walk up to a thing and stand before it."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""
    is_first: bool = False
    """Whether the speaker means the one that was seen first."""

    @property
    def name(self) -> str:
        """Return the thing in words: 'red cube'."""
        return f'{self.colour} {self.shape}' if self.colour else self.shape


@dataclass(frozen=True)
class Visit:
    """Walk up to a thing and come back to where the command was given."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""


Goal = Stop | Move | GoTo | Visit
