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


class Which(Enum):
    """Which of several things of a shape is meant, as the robot sees them when it is told."""

    LEFTMOST = 'leftmost'
    RIGHTMOST = 'rightmost'
    NEAREST = 'nearest'
    FARTHEST = 'farthest'
    LEFT_OF = 'left of'
    """Left of another thing, which is named too."""
    RIGHT_OF = 'right of'
    NOT = 'not'
    """Not the one of a colour: "the cube that is not red"."""


@dataclass(frozen=True)
class Relation:
    """What tells a thing from others of its shape."""

    which: Which
    shape: str | None = None
    """Shape of the other thing (`LEFT_OF`, `RIGHT_OF`)."""
    colour: str | None = None
    """Colour of the other thing, or the one that is not meant (`NOT`)."""

    @property
    def name(self) -> str:
        """Return the other thing in words: 'blue ball'; empty where there is none."""
        return ' '.join(word for word in (self.colour, self.shape) if word)


@dataclass(frozen=True)
class GoTo:
    """Walk up to a thing and stand before it."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""
    is_first: bool = False
    """Whether the speaker means the one that was seen first."""
    relation: Relation | None = None
    """What tells it from others of its shape; None: its name is enough."""

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


class Side(Enum):
    """Which arm, seen from the robot."""

    LEFT = 'left'
    RIGHT = 'right'
    BOTH = 'both'

    @property
    def arms(self) -> tuple[int, ...]:
        """Return the arms that are meant: 0 is the left one, 1 the right one."""
        return {Side.LEFT: (0,), Side.RIGHT: (1,), Side.BOTH: (0, 1)}[self]


class Posture(Enum):
    """What arms are asked to do."""

    WAVE = 'wave'
    RAISE = 'raise'
    SPREAD = 'spread'
    LOWER = 'lower'
    """Back to rest: "arms down"."""


@dataclass(frozen=True)
class Gesture:
    """Bring arms into a posture and keep it; the other arm stays as it is."""

    posture: Posture
    side: Side
    hold_s: float | None = None
    """How long at least [s]; None: nobody said."""


@dataclass(frozen=True)
class Bow:
    """Bow by the waist."""


@dataclass(frozen=True)
class PointAt:
    """Point at a thing with a straight arm, turning towards it where that is needed."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""
    side: Side | None = None
    """None: the arm nearer to it."""


@dataclass(frozen=True)
class Touch:
    """Walk up to a thing and touch it with a hand, and nothing else."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""
    side: Side | None = None
    """None: the hand nearer to it."""


@dataclass(frozen=True)
class Push:
    """Move a thing away by walking against it, and no other."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""


@dataclass(frozen=True)
class Follow:
    """Stay near a thing that moves, facing it."""

    shape: str
    colour: str | None = None
    """None: the speaker named no colour."""


@dataclass(frozen=True)
class Together:
    """Walk, and do something with the arms meanwhile."""

    walk: Move | GoTo
    gesture: Gesture


@dataclass(frozen=True)
class InTurn:
    """Go to a thing, then do something there: point at it, or a gesture."""

    first: GoTo
    then: PointAt | Gesture


Aimed = GoTo | Visit | PointAt | Touch | Push | Follow
"""Goals that name a thing."""
Goal = Stop | Move | Aimed | Gesture | Bow | Together | InTurn


def aim_of(goal: Goal | None) -> Aimed | None:
    """Return the part of a goal that names a thing, None where nothing is named."""
    match goal:
        case GoTo() | Visit() | PointAt() | Touch() | Push() | Follow():
            return goal
        case Together(walk=GoTo() as walk):
            return walk
        case InTurn(first=first):
            return first
    return None
