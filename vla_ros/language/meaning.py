"""What a command can mean: intents, what the body does, and the kinds of words that matter."""
from enum import Enum


class Intent(Enum):
    """What a speaker wants."""

    GO_TO = 'go_to'
    FOLLOW = 'follow'
    COME_BACK = 'come_back'
    MOVE = 'move'
    TURN = 'turn'
    STOP = 'stop'
    LOOK_AT = 'look_at'
    POINT_AT = 'point_at'
    WAVE = 'wave'
    RAISE_ARM = 'raise_arm'
    LOWER_ARM = 'lower_arm'
    TOUCH = 'touch'
    PUSH = 'push'
    PICK_UP = 'pick_up'
    PUT_DOWN = 'put_down'
    BRING = 'bring'
    REPEAT = 'repeat'
    UNDO = 'undo'
    SLOWER = 'slower'
    FASTER = 'faster'
    DESCRIBE = 'describe'
    """Say what is seen."""
    SEQUENCE = 'sequence'
    """Several steps; only of a whole sentence."""
    NOT_UNDERSTOOD = 'not_understood'


CLAUSE_INTENTS = tuple(i for i in Intent if i not in (Intent.SEQUENCE, Intent.NOT_UNDERSTOOD))
"""What one clause can want, in the order of the model's outputs."""
NEEDS_TARGET = frozenset({Intent.GO_TO, Intent.FOLLOW, Intent.POINT_AT, Intent.TOUCH, Intent.PUSH,
                          Intent.PICK_UP, Intent.BRING})
"""Intents that mean nothing without a thing or a person."""


class Action(Enum):
    """What the body does about it, in the order of the model's outputs."""

    NONE = 'none'
    STAND = 'stand'
    WALK_TO = 'walk_to'
    FOLLOW = 'follow'
    RETURN = 'return'
    WALK_FORWARD = 'walk_forward'
    WALK_BACK = 'walk_back'
    STEP_LEFT = 'step_left'
    STEP_RIGHT = 'step_right'
    TURN = 'turn'
    TURN_LEFT = 'turn_left'
    TURN_RIGHT = 'turn_right'
    TURN_AROUND = 'turn_around'
    LOOK_AT = 'look_at'
    LOOK_AHEAD = 'look_ahead'
    LOOK_BACK = 'look_back'
    LOOK_LEFT = 'look_left'
    LOOK_RIGHT = 'look_right'
    LOOK_UP = 'look_up'
    LOOK_DOWN = 'look_down'
    LOOK_AROUND = 'look_around'
    POINT_AT = 'point_at'
    WAVE = 'wave'
    WAVE_LEFT = 'wave_left_arm'
    WAVE_RIGHT = 'wave_right_arm'
    WAVE_BOTH = 'wave_both_arms'
    RAISE = 'raise_arm'
    RAISE_LEFT = 'raise_left_arm'
    RAISE_RIGHT = 'raise_right_arm'
    RAISE_BOTH = 'raise_both_arms'
    LOWER = 'lower_arm'
    LOWER_LEFT = 'lower_left_arm'
    LOWER_RIGHT = 'lower_right_arm'
    LOWER_BOTH = 'lower_both_arms'
    TOUCH = 'touch'
    PUSH = 'push'
    PICK_UP = 'pick_up'
    PUT_DOWN = 'put_down'
    BRING = 'bring'
    REPEAT = 'repeat'
    UNDO = 'undo'
    SLOW_DOWN = 'slow_down'
    SPEED_UP = 'speed_up'
    TELL = 'tell_what_is_seen'


class EntityType(Enum):
    """Kinds of words that say which, where, how far and how, in the order of the outputs."""

    OBJECT = 'object'
    COLOUR = 'colour'
    SIZE = 'size'
    SELECTOR = 'selector'
    """Which of several: nearest, other, second."""
    RELATION = 'relation'
    """Where a thing is, by another: left_of, behind, on."""
    PERSON = 'person'
    PLACE = 'place'
    PRONOUN = 'pronoun'
    DIRECTION = 'direction'
    SIDE = 'side'
    """Which arm: left, right, both."""
    LIMB = 'limb'
    DISTANCE = 'distance'
    ANGLE = 'angle'
    DURATION = 'duration'
    STEPS = 'steps'
    COUNT = 'count'
    SPEED = 'speed'
    NEGATION = 'negation'
    ALTERNATIVE = 'alternative'
    """The "or" between two readings."""
    OPENER = 'opener'
    """What stands before the first of several steps: "to begin with"."""
    CONNECTOR = 'connector'
    """What stands between two steps."""


ENTITY_TYPES = tuple(EntityType)
