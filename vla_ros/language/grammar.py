"""
The closed grammar of commands: what a sentence asks for, by rules.

Judges and scripted experts need it; a learned policy never sees it. What it can't read it says
it can't: None.
"""
import re

import numpy as np

from vla_ros.core.goals import Direction, Goal, GoTo, Move, Stop, Visit
from vla_ros.language.quantities import number_at_end
from vla_ros.language.vocabulary import COLOUR_NAMES, SHAPE_NAMES

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
    if shape := _named(text, SHAPE_NAMES):
        colour = _named(text, COLOUR_NAMES)
        if re.search(_AND_BACK, text):
            return Visit(shape, colour)
        return GoTo(shape, colour, bool(re.search(r'\bfirst\b', text)))
    if direction := _direction(text):
        return Move(direction, _amount(text, direction))
    if re.search(r'\b(stay|wait|stop|halt|freeze|rest|pause|remain|do nothing|be still|hang on|'
                 r"stand by|keep your place|no walking|don't (?:go|walk|leave|do|take|have))\b",
                 text):
        return Stop()
    return None


def _named(text: str, names) -> str | None:
    found = [own for own, others in names.items()
             if any(re.search(rf'\b{other}s?\b', text) for other in others)]
    return found[0] if len(found) == 1 else None


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
