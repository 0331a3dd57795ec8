"""Every goal that is trained, and how many sentences each of them gets."""
from itertools import product

import numpy as np

from vla_ros.core.goals import (
    Bow,
    Direction,
    Follow,
    Gesture,
    Goal,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Posture,
    Push,
    Relation,
    Side,
    Stop,
    Together,
    Touch,
    Which,
)
from vla_ros.language.amounts import ANGLES_DEG, BACK_MAX_M, DISTANCES_M, SIDEWAYS_MAX_M
from vla_ros.language.arm_phrases import HOLDS_S
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES

SENTENCES_MAX, SENTENCES_OF_MANY = 60, 6
"""For each goal; and for each of those of which there are hundreds."""
POINTING_SIDES = (None, Side.LEFT, Side.RIGHT)
LASTING = (Posture.WAVE, Posture.RAISE, Posture.SPREAD)
"""Postures that can be kept while walking."""
WALKS = (Move(Direction.FORWARD), Move(Direction.FORWARD, 1.5), Move(Direction.FORWARD, 2.0),
         Move(Direction.FORWARD, 2.5), Move(Direction.FORWARD, 3.0), Move(Direction.BACK),
         Move(Direction.BACK, 1.5), Move(Direction.BACK, 2.0), Move(Direction.TURN_LEFT),
         Move(Direction.TURN_RIGHT), Move(Direction.TURN_LEFT, np.pi),
         Move(Direction.TURN_RIGHT, np.pi))
"""Movements during which arms do something."""


def training_moves() -> list[Move]:
    """Return every movement that is trained."""
    moves = [Move(direction) for direction in Direction]
    for direction in Direction:
        if direction.is_turn:
            moves += [Move(direction, float(np.radians(a))) for a in ANGLES_DEG]
            continue
        most = {Direction.FORWARD: max(DISTANCES_M), Direction.BACK: BACK_MAX_M}.get(
            direction, SIDEWAYS_MAX_M)
        moves += [Move(direction, d) for d in DISTANCES_M if d <= most]
    return moves


def training_gestures() -> list[Gesture]:
    """Return every gesture that is trained."""
    plain = [Gesture(posture, side) for posture, side in product(Posture, Side)]
    return plain + [Gesture(posture, side, float(hold_s)) for posture, side, hold_s in product(
        (Posture.RAISE, Posture.SPREAD), Side, HOLDS_S)]


def training_relations() -> list[GoTo]:
    """Return everything to go to that is told by how it stands."""
    alone = (Which.LEFTMOST, Which.RIGHTMOST, Which.NEAREST, Which.FARTHEST)
    goals = [GoTo(shape, relation=Relation(which)) for which, shape in product(alone, SHAPES)]
    goals += [GoTo(shape, relation=Relation(Which.NOT, colour=colour))
              for colour, shape in _pairs()]
    beside = [*_pairs(), *((None, shape) for shape in SHAPES)]
    return goals + [
        GoTo(shape, relation=Relation(which, other, colour))
        for which, shape, (colour, other) in product(
            (Which.LEFT_OF, Which.RIGHT_OF), SHAPES, beside) if other != shape]


def training_goals() -> list[Goal]:
    """Return every goal that is trained; no held-out pair is among them."""
    named = [GoTo(s, c) for s in SHAPES for c in COLOURS if (c, s) not in HELD_OUT_PAIRS]
    shapes = [GoTo(s) for s in SHAPES]
    pointing = [PointAt(thing.shape, thing.colour, side)
                for thing, side in product(named + shapes, POINTING_SIDES)]
    contacts = [Touch(thing.shape, thing.colour, side)
                for thing, side in product(named + shapes, POINTING_SIDES)]
    contacts += [kind(thing.shape, thing.colour)
                 for kind, thing in product((Push, Follow), named + shapes)]
    lasting = [Gesture(posture, side) for posture, side in product(LASTING, Side)]
    together = [Together(walk, arms) for walk, arms in product([*WALKS, *named], lasting)]
    in_turn = [InTurn(thing, then) for thing in named
               for then in (PointAt(thing.shape, thing.colour), *lasting)]
    return [*named, *shapes, *training_moves(), Stop(), *training_gestures(), Bow(),
            *pointing, *contacts, *training_relations(), *together, *in_turn]


def sentences_of(goal: Goal) -> int:
    """Return how many sentences a goal gets at most."""
    match goal:
        case Together() | InTurn() | GoTo(relation=Relation(shape=str())):
            return SENTENCES_OF_MANY
        case PointAt() | Touch() | Push() | Follow():
            return 3 * SENTENCES_OF_MANY
        case Move(amount=None):
            return 12 * SENTENCES_MAX                   # told in the most ways
    return SENTENCES_MAX


def _pairs() -> list[tuple[str, str]]:
    """Return the pairs (colour, shape) that training may name."""
    return [pair for pair in product(COLOURS, SHAPES) if pair not in HELD_OUT_PAIRS]
