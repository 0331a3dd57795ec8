"""
How people say what they want: sentences for goals.

Training draws from `Split.TRAIN`, in which episodes are told, and from `Split.WIDER`;
`Split.UNSEEN` holds forms that no training sentence has, so that a figure for "phrasings never
trained on" means what it says.
"""
from enum import Enum

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
    Side,
    Stop,
    Together,
    Touch,
    Visit,
    Which,
)
from vla_ros.language import arm_phrases, thing_phrases
from vla_ros.language.amounts import amount_words
from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES
from vla_ros.language.wider_phrases import WIDER


class Split(Enum):
    """Which forms of words are drawn from."""

    TRAIN = 'train'
    WIDER = 'wider'
    UNSEEN = 'unseen'


def say(goal: Goal, rng: np.random.Generator, split: Split = Split.TRAIN) -> str:
    """Return one way to ask for a goal; politeness and a full stop come and go."""
    return _finished(_sentence(goal, rng, split), rng, split)


def say_go_to(name: str, rng: np.random.Generator) -> str:
    """Return one way to ask to go to a thing of any name, in forms of words of training."""
    sentence = _pick(rng, _FRAMES[Split.TRAIN]['goto']).format(name=name)
    return _finished(sentence, rng, Split.TRAIN)


def _sentence(goal: Goal, rng: np.random.Generator, split: Split) -> str:
    frames, arms = _FRAMES[split], _ARM_FRAMES[split]
    match goal:
        case GoTo():
            return _pick(rng, frames['goto']).format(name=_name(goal, rng, split))
        case Visit():
            there = _sentence(GoTo(goal.shape, goal.colour), rng, split)
            return there + _pick(rng, frames['and back'])
        case Move(amount=None):
            return _pick(rng, frames[goal.direction])
        case Move():
            key = 'turn by' if goal.direction.is_turn else 'walk by'
            return _pick(rng, frames[key]).format(
                side=goal.direction.value.removeprefix('turn '),
                way=_pick(rng, _WAYS.get(goal.direction, ('',))), amount=amount_words(goal, rng))
        case Stop():
            return _pick(rng, frames['stop'])
        case Bow():
            return _pick(rng, arms['bow'])
        case Gesture():
            return _gesture(goal, rng, split)
        case PointAt() | Touch():
            return _with_arm(goal, rng, split)
        case Push() | Follow():
            key = 'push' if isinstance(goal, Push) else 'follow'
            return _pick(rng, _THING_FRAMES[split][key]).format(
                name=_name(GoTo(goal.shape, goal.colour), rng, split))
        case Together(walk, gesture):
            way, frame = _sentence(walk, rng, split), _pick(rng, arms['while'][gesture.posture])
            return frame.format(walk=way, arm=_arm(gesture.side, rng, split))
        case InTurn(first, then):
            before, frame = _sentence(first, rng, split), _pick(rng, arms['then'])
            return frame.format(first=before, then=(
                _sentence(then, rng, split) if isinstance(then, Gesture)
                else _pick(rng, arms['point at it'])))


def _gesture(goal: Gesture, rng: np.random.Generator, split: Split) -> str:
    frames, key = _ARM_FRAMES[split], goal.posture
    if goal.posture is Posture.WAVE and goal.side is Side.RIGHT and rng.random() < 0.6:
        key = 'wave'                                    # who names no hand means the right one
    sentence = _pick(rng, frames[key]).format(arm=_arm(goal.side, rng, split))
    if goal.hold_s is not None:
        seconds = _pick(rng, arm_phrases.SECONDS[round(goal.hold_s)])
        sentence += _pick(rng, frames['hold']).format(seconds=seconds)
    return sentence


def _with_arm(goal: PointAt | Touch, rng: np.random.Generator, split: Split) -> str:
    key = 'point' if isinstance(goal, PointAt) else 'touch'
    name = _name(GoTo(goal.shape, goal.colour), rng, split)
    if goal.side is None:
        return _pick(rng, _ARM_FRAMES[split][key]).format(name=name)
    return _pick(rng, _ARM_FRAMES[split][f'{key} with']).format(
        name=name, arm=_arm(goal.side, rng, split))


def _arm(side: Side, rng: np.random.Generator, split: Split) -> str:
    names = arm_phrases.WIDER_ARMS if split is Split.WIDER else arm_phrases.ARMS
    return _pick(rng, names[side])


def _name(goal: GoTo, rng: np.random.Generator, split: Split) -> str:
    """Return the thing's name; training uses every name of shapes and colours."""
    name = _coloured(goal.colour, goal.shape, rng, split)
    if goal.relation is not None:
        return _related(goal, name, rng, split)
    return _pick(rng, _FRAMES[split]['first']).format(name=name) if goal.is_first else name


def _coloured(colour: str | None, shape: str, rng: np.random.Generator, split: Split) -> str:
    name = _mostly_first(SHAPE_NAMES[shape], rng, split)
    if colour is not None:
        name = f'{_mostly_first(COLOUR_NAMES[colour], rng, split)} {name}'
    return name


def _related(goal: GoTo, name: str, rng: np.random.Generator, split: Split) -> str:
    relation, other = goal.relation, ''
    if relation.which is Which.NOT:
        other = _mostly_first(COLOUR_NAMES[relation.colour], rng, split)
    elif relation.shape is not None:
        other = _coloured(relation.colour, relation.shape, rng, split)
    return _pick(rng, _THING_FRAMES[split][relation.which]).format(name=name, other=other)


def _mostly_first(names, rng: np.random.Generator, split: Split) -> str:
    own = split is Split.UNSEEN or rng.random() < 0.6
    return names[0] if own else _pick(rng, names)


def _finished(sentence: str, rng: np.random.Generator, split: Split) -> str:
    before, after = _COURTESIES[split]
    sentence = f'{_pick(rng, before)}{sentence}{_pick(rng, after)}'
    if rng.random() < 0.3:
        sentence = sentence[0].upper() + sentence[1:]
    return sentence + _pick(rng, ('', '', '', '.'))


def _pick(rng: np.random.Generator, options):
    return options[rng.integers(len(options))]


_COURTESIES = {
    Split.TRAIN: (('',) * 10 + (
        'please ', 'robot, ', 'hey robot, ', 'could you ', 'can you ', 'now ', 'okay, ',
        'would you please ', 'i need you to ', 'go on, ', 'well, ', 'will you '),
                  ('',) * 10 + (
        ' please', ', please', ' now', ' for me', ' thanks', ' right this minute', ' at once',
        ' when you are ready', ' whenever you like', ', will you', ' immediately')),
    Split.UNSEEN: (('',) * 4 + ('kindly ', 'I want you to ', 'alright, ', "let's see, "),
                   ('',) * 4 + (' if you can', ', thank you', ' right away')),
}

_WAYS = {
    Direction.FORWARD: ('forward', 'forwards', 'ahead', 'straight ahead'),
    Direction.BACK: ('back', 'backward', 'backwards'),
    Direction.LEFT: ('left', 'to the left', 'to your left', 'sideways to the left'),
    Direction.RIGHT: ('right', 'to the right', 'to your right', 'sideways to the right'),
}

_FRAMES = {
    Split.TRAIN: {
        'goto': (
            'go to the {name}', 'walk to the {name}', 'go over to the {name}',
            'walk over to the {name}', 'move to the {name}', 'approach the {name}',
            'head to the {name}', 'head for the {name}', 'walk up to the {name}',
            'go up to the {name}', 'find the {name}', 'find the {name} and go to it',
            'come to the {name}', 'get to the {name}', 'go stand by the {name}',
            'stand in front of the {name}', 'go near the {name}', 'go towards the {name}',
            'walk toward the {name}', 'navigate to the {name}', 'go to that {name}',
            'go to a {name}', 'look for the {name} and walk to it', 'reach the {name}',
            'take yourself to the {name}', 'the {name}', 'to the {name}',
            'i want you at the {name}', 'go and stand next to the {name}',
            'there is a {name}, go to it', 'move closer to the {name}', 'step up to the {name}',
            'do you see the {name}? go there', 'march to the {name}', 'stroll over to the {name}',
            'the {name} is where you should be', 'take me to the {name}',
            'set off for the {name}', 'pay the {name} a visit', 'go all the way to the {name}',
            'walk up close to the {name}', 'place yourself next to the {name}',
        ),
        'first': (
            '{name} that you saw first', '{name} you saw first', 'first {name} that you saw',
            'first {name} you saw', '{name} that you noticed first', '{name} you noticed first',
            '{name} which you saw first', '{name} that was seen first',
            '{name} you had seen first', 'first {name} you noticed'),
        'and back': (
            ' and come back', ', then come back', ' and return', ' and then come back',
            ', then turn around and come back', ' and turn around and come back',
            ' and come back here', ', then return to where you are now',
            ' and come back to where you started', ', then go back to where you were',
            ' and return here', ' and back again', ', turn around and come back'),
        Direction.FORWARD: (
            'go forward', 'walk forward', 'move forward', 'go straight', 'walk ahead',
            'forward', 'move ahead', 'go ahead', 'walk straight ahead', 'step forward',
            'move forwards a bit', 'go forwards', 'keep walking forward', 'come forward',
            'march forward', 'press on', 'carry on forward', 'a few steps forward',
            'come on ahead', 'walk on'),
        Direction.BACK: (
            'go back', 'walk backwards', 'move back', 'step back', 'back up', 'backwards',
            'move backward', 'go backwards', 'back off a bit', 'take a step back',
            'walk back', 'reverse', 'step backwards', 'withdraw', 'pull back', 'draw back',
            'fall back', 'a few steps back', 'step away', 'get back', 'recede',
            'move off backwards', 'walk in reverse'),
        Direction.LEFT: (
            'step left', 'move left', 'go sideways to the left', 'sidestep left',
            'step to the left', 'move to your left', 'walk sideways left', 'shift left',
            'side step to the left', 'step to your left', 'move sideways to the left',
            'shuffle left', 'hop to the left', 'edge to the left', 'drift left',
            'inch to the left', 'sidle left', 'take a step to the left', 'glide to the left',
            'walk left', 'go over to the left side', 'push over to the left'),
        Direction.RIGHT: (
            'step right', 'move right', 'go sideways to the right', 'sidestep right',
            'step to the right', 'move to your right', 'walk sideways right', 'shift right',
            'side step to the right', 'step to your right', 'move sideways to the right',
            'shuffle right', 'hop to the right', 'edge to the right', 'drift right',
            'inch to the right', 'sidle right', 'take a step to the right', 'glide to the right',
            'walk right', 'go over to the right side', 'push over to the right'),
        Direction.TURN_LEFT: (
            'turn left', 'rotate left', 'turn to the left', 'spin left', 'turn to your left',
            'face left', 'rotate to the left', 'turn counterclockwise', 'make a left turn',
            'swivel left', 'twist to the left', 'wheel around to the left', 'look to your left',
            'revolve to the left', 'do a left turn', 'veer round left',
            'orient yourself to the left', 'left turn'),
        Direction.TURN_RIGHT: (
            'turn right', 'rotate right', 'turn to the right', 'spin right',
            'turn to your right', 'face right', 'rotate to the right', 'turn clockwise',
            'make a right turn', 'swivel right', 'twist to the right',
            'wheel around to the right', 'look to your right', 'revolve to the right',
            'do a right turn', 'veer round right',
            'orient yourself to the right', 'right turn'),
        'walk by': (
            'go {way} {amount}', 'walk {way} {amount}', 'move {way} {amount}',
            'go {amount} {way}', 'walk {amount} {way}', 'move {amount} {way}',
            'step {amount} {way}', '{amount} {way}', '{way} {amount}', 'step {way} {amount}',
            'go {way} by {amount}', 'move {way} for {amount}', 'walk {way} for {amount}',
            'march {amount} {way}', 'carry yourself {way} by {amount}', 'shift {amount} {way}',
            'cover {amount} {way}', 'make it {amount} {way}', 'i want you {amount} {way}',
            'bring yourself {amount} {way}', 'get {amount} {way}'),
        'turn by': (
            'turn {side} {amount}', 'turn {amount} {side}', 'rotate {side} {amount}',
            'turn {amount} to the {side}', 'turn {side} by {amount}',
            'rotate {amount} to the {side}', 'spin {amount} to the {side}',
            'rotate {side} by {amount}', 'turn to the {side} by {amount}',
            'swivel {side} {amount}', 'twist {amount} to the {side}',
            'do {amount} to the {side}', 'face {amount} further {side}',
            'revolve {side} by {amount}', 'a turn to the {side} of {amount}'),
        'stop': (
            'stay', 'stay where you are', 'wait', 'wait there', 'do nothing', 'stay there',
            'remain where you are', 'stay still', 'wait here', 'rest', 'pause', 'be still',
            "don't walk", "don't leave", 'stay put', 'keep your place', "don't do anything",
            'wait a moment', "don't take a step", 'stand by', 'remain here', 'no walking',
            "you don't have to go"),
    },
    Split.UNSEEN: {
        'goto': (
            'make your way to the {name}', 'proceed to the {name}', 'wander over to the {name}',
            'travel to the {name}', 'walk right up to the {name}',
            'position yourself at the {name}',
            'i would like you to visit the {name}', 'see the {name}? walk there',
            'your target is the {name}', 'bring yourself over to the {name}',
            'go straight to the {name}', 'get close to the {name}'),
        'first': ('{name} that you spotted first', '{name} that came into view first'),
        'and back': (', then head back here', ' and make your way back',
                     ', after that come back to your place'),
        Direction.FORWARD: ('advance', 'keep going forward', 'proceed forward',
                            'take some steps forward'),
        Direction.BACK: ('retreat', 'move in reverse', 'take some steps back',
                         'back away'),
        Direction.LEFT: ('scoot to the left', 'slide left', 'strafe left'),
        Direction.RIGHT: ('scoot to the right', 'slide right', 'strafe right'),
        Direction.TURN_LEFT: ('pivot left', 'swing around to the left', 'take a left turn'),
        Direction.TURN_RIGHT: ('pivot right', 'swing around to the right', 'take a right turn'),
        'walk by': ('proceed {way} {amount}', 'take yourself {amount} {way}',
                    'travel {way} for {amount}'),
        'turn by': ('pivot {side} {amount}', 'swing {amount} to the {side}',
                    'make a turn of {amount} to the {side}'),
        'stop': ("don't go anywhere", 'hang on there', 'stay in place'),
    },
}

_FRAMES[Split.WIDER] = {**_FRAMES[Split.TRAIN], **WIDER}
_COURTESIES[Split.WIDER] = _COURTESIES[Split.TRAIN]
_ARM_FRAMES = {Split.TRAIN: arm_phrases.TRAIN,
               Split.WIDER: {**arm_phrases.TRAIN, **arm_phrases.WIDER},
               Split.UNSEEN: arm_phrases.UNSEEN}
_THING_FRAMES = {Split.TRAIN: thing_phrases.TRAIN,
                 Split.WIDER: {**thing_phrases.TRAIN, **thing_phrases.WIDER},
                 Split.UNSEEN: thing_phrases.UNSEEN}
