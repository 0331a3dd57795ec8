"""
The closed grammar of commands: what a sentence asks for, by rules.

Judges and scripted experts need it; a learned policy never sees it. What it can't read it says
it can't: None.
"""
import re

import numpy as np

from vla_ros.core.goals import (
    Direction,
    Follow,
    Gesture,
    Goal,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Push,
    Relation,
    Stop,
    Together,
    Touch,
    Visit,
)
from vla_ros.language.arm_grammar import gesture_of, side_of
from vla_ros.language.quantities import number_at_end
from vla_ros.language.thing_grammar import thing_of

_METRES = r'\b(.+?)\s*\b(?:metres?|meters?|m)\b'
_DEGREES = r'\b(.+?)\s*\b(?:degrees?|deg)\b'
_TURNS = (('a quarter turn', 90.0), ('a quarter of a turn', 90.0), ('half a turn', 180.0),
          ('turn around', 180.0), ('a full turn', 360.0))


def parse(text: str) -> Goal | None:
    """Return what a sentence asks for, or None where the rules don't reach."""
    text = re.sub(r'[^\w\s.\'-]', ' ', text.lower())
    text = re.sub(r'\.(?!\d)', ' ', text).replace('-', ' ')
    text = re.sub(r'right (?:away|this minute)', ' ', text)
    text = re.sub(r'(\d)\s*(m|metres?|meters?|degrees?|deg)\b', r'\1 \2', text)
    return _several(text) or _one(text)


def _several(text: str) -> Together | InTurn | None:
    """Return what two clauses ask for, of which one is about walking and one about arms."""
    return (None if re.search(_AT_ONCE, text) else _in_turn(text)) or _together(text)


def _in_turn(text: str) -> InTurn | None:
    for joint in re.finditer(_THEN, text):
        first, after = _one(text[:joint.start()]), text[joint.end():]
        if not isinstance(first, GoTo) or re.search(r'\b(?:go|walk) to it\b', after):
            continue
        if re.search(r'\bpoint\b.*\bit\b', after):
            return InTurn(first, PointAt(first.shape, first.colour, side_of(after)))
        if isinstance(gesture := gesture_of(after), Gesture):
            return InTurn(first, gesture)
    return None


def _together(text: str) -> Together | None:
    if meanwhile := re.search(_WHILE, text):
        walk, gesture = _one(text[:meanwhile.start()]), gesture_of(text[meanwhile.start():])
        if isinstance(walk, Move | GoTo) and isinstance(gesture, Gesture):
            return Together(walk, gesture)
    return None


def _one(text: str) -> Goal | None:
    """Return what one clause asks for."""
    if thing := thing_of(text):
        return _about(text, *thing)
    if gesture := gesture_of(text):
        return gesture
    if direction := _direction(text):
        return Move(direction, _amount(text, direction))
    return Stop() if re.search(_STAY, text) else None


def _about(text: str, shape: str, colour: str | None, relation: Relation | None) -> Goal:
    """Return what to do about a thing: going there where nothing else is said."""
    if re.search(r'\bpoint(?:ing)?\b', text):
        return PointAt(shape, colour, side_of(text))
    if re.search(_TOUCH, text):
        return Touch(shape, colour, side_of(text))
    if re.search(r'\bpush(?:ing)?\b|\bshove\b', text):
        return Push(shape, colour)
    if re.search(_FOLLOW, text):
        return Follow(shape, colour)
    if re.search(_AND_BACK, text):
        return Visit(shape, colour)
    return GoTo(shape, colour, bool(re.search(r'\bfirst\b', text)), relation)


def _direction(text: str) -> Direction | None:
    for pattern, direction in _DIRECTIONS:
        if re.search(pattern, text):
            return direction
    return None


def _amount(text: str, direction: Direction) -> float | None:
    """Return [m], or [rad] for a turn; None where nothing is said that can be read."""
    if direction.is_turn:
        for words, degrees in _TURNS:
            if words in text:
                return float(np.radians(degrees))
        match = re.search(_DEGREES, text)
        degrees = number_at_end(match[1]) if match else None
        return None if degrees is None else float(np.radians(degrees))
    if re.search(r'\bhalf a (metre|meter)\b', text):
        return 0.5
    if re.search(r'\bthree quarters of a (metre|meter)\b', text):
        return 0.75
    match = re.search(_METRES, text)
    return number_at_end(match[1]) if match else None


_AT_ONCE = r'\b(?:mean)?while\b|\bas you\b'
_WHILE = (rf'{_AT_ONCE}|\bwaving\b|\bkeeping\b|\bwith (?:your|the|both)\b|'
          r'\band (?:keep|wave)\b')
_THEN = r'\b(?:and then|then|after that|and afterwards|and)\b'
_TOUCH = (r'\btouch(?:ing)?\b|\btap\b|\bfeel\b|\bmake contact\b|'
          r'\b(?:put|lay|get)\b.*\b(?:hands?|arms?) on\b')
_FOLLOW = (r'\bfollow(?:ing)?\b|\bafter\b|\bkeep up with\b|\bstay behind\b|'
           r'\bchase\b')
_STAY = (r'\b(stay|wait|stop|halt|freeze|rest|pause|remain|do nothing|be still|hang on|'
         r"stand by|keep your place|no walking|don't (?:go|walk|leave|do|take|have))\b")
_AND_BACK = (r'\b(?:come|go|head|way|and) back\b|\breturn (?:here|to where)\b|'
             r'\band return\b')
_TURN = ('turn|rotate|spin|face|pivot|swing|swivel|twist|wheel|look|revolve|veer|orient|degrees?'
         '|deg')
_DIRECTIONS = (
    (rf'\b(?:{_TURN})\b.*\bleft\b|counterclockwise', Direction.TURN_LEFT),
    (rf'\b(?:{_TURN})\b.*\bright\b|clockwise', Direction.TURN_RIGHT),
    (r'\bleft turn\b', Direction.TURN_LEFT),
    (r'\bright turn\b', Direction.TURN_RIGHT),
    (r'\bturn around\b', Direction.TURN_LEFT),
    (r'\bback(?:s|ward|wards)?\b|\breverse\b|\bretreat\b|\bwithdraw\b|\brecede\b|\bstep away\b',
     Direction.BACK),
    (r'\bforwards?\b|\bahead\b|\bstraight\b|\badvance\b|\b(?:press|walk) on\b',
     Direction.FORWARD),
    (r'\bleft\b', Direction.LEFT),
    (r'\bright\b(?! away)', Direction.RIGHT),
)
