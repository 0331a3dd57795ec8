"""Distances and angles in the words that people use for them."""
import numpy as np

from vla_ros.core.goals import Move

DISTANCES_M = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
"""Distances that are asked for; sideways no more than `SIDEWAYS_MAX_M`."""
SIDEWAYS_MAX_M = 1.5
BACK_MAX_M = 2.0
ANGLES_DEG = (30, 45, 60, 90, 120, 135, 180)

_NUMBER_WORDS = {
    0.5: ('half a', '0.5', 'point five'), 0.75: ('0.75', 'three quarters of a'),
    1.0: ('one', '1', 'a', '1.0'), 1.25: ('1.25', 'one and a quarter'),
    1.5: ('one and a half', '1.5', 'one point five'), 2.0: ('two', '2', '2.0'),
    2.5: ('two and a half', '2.5', 'two point five'), 3.0: ('three', '3', '3.0')}
_ANGLE_WORDS = {
    30: ('thirty degrees',), 45: ('forty five degrees', 'forty-five degrees'),
    60: ('sixty degrees',), 90: ('ninety degrees', 'a quarter turn', 'a quarter of a turn'),
    120: ('a hundred and twenty degrees', 'one hundred twenty degrees'),
    135: ('a hundred and thirty five degrees',),
    180: ('a hundred and eighty degrees', 'half a turn')}


def amount_words(move: Move, rng: np.random.Generator) -> str:
    """Return how far to move, in words or digits: 'two metres', '90 degrees'."""
    if move.direction.is_turn:
        return _angle_words(round(np.degrees(move.distance)), rng)
    return _distance_words(move.distance, rng)


def _distance_words(distance_m: float, rng: np.random.Generator) -> str:
    number = _pick(rng, _NUMBER_WORDS.get(round(distance_m, 2), (f'{distance_m:g}',)))
    single = distance_m <= 1 and number not in ('0.5', '0.75')
    units = ('metre', 'meter', 'm') if single else ('metres', 'meters', 'm')
    unit = _pick(rng, units)
    if unit == 'm' and not number[0].isdigit():
        unit = units[0]
    space = '' if unit == 'm' and rng.random() < 0.3 else ' '
    return f'{number}{space}{unit}'


def _angle_words(angle_deg: int, rng: np.random.Generator) -> str:
    if rng.random() < 0.5 or angle_deg not in _ANGLE_WORDS:
        return f'{angle_deg} degrees'
    return _pick(rng, _ANGLE_WORDS[angle_deg])


def _pick(rng: np.random.Generator, options):
    return options[rng.integers(len(options))]
