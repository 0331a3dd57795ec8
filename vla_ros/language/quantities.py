"""Numbers as people say them, and the lengths, angles and times that they measure."""
import math
import re

_WORDS = {word: value for value, word in enumerate(
    ('zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten',
     'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen',
     'nineteen'))}
_WORDS |= {word: 10 * (i + 2) for i, word in enumerate(
    ('twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'))}
_WORDS |= {'a': 1, 'an': 1, 'fourty': 40}
_MISHEARD = {'to': 'two', 'too': 'two', 'won': 'one', 'for': 'four', 'fore': 'four',
             'ate': 'eight', 'tree': 'three', 'sicks': 'six', 'sex': 'six', 'tin': 'ten',
             'fife': 'five'}
_SHARES = {'half': 0.5, 'quarter': 0.25, 'quarters': 0.25, 'third': 1 / 3, 'thirds': 1 / 3}
_LENGTHS_M = {'m': 1.0, 'metre': 1.0, 'meter': 1.0, 'meeter': 1.0, 'meater': 1.0, 'cm': 0.01,
              'centimetre': 0.01, 'centimeter': 0.01, 'foot': 0.3048, 'feet': 0.3048,
              'feat': 0.3048, 'inch': 0.0254, 'inche': 0.0254, 'yard': 0.9144}
_ANGLES_RAD = {'degree': math.pi / 180, 'deg': math.pi / 180, '°': math.pi / 180,
               'radian': 1.0, 'rad': 1.0, 'turn': 2 * math.pi, 'circle': 2 * math.pi,
               'rotation': 2 * math.pi}
_TIMES_S = {'second': 1.0, 'sec': 1.0, 's': 1.0, 'minute': 60.0, 'min': 60.0, 'moment': 3.0,
            'while': 10.0}
_COUNTS = {'once': 1, 'twice': 2, 'thrice': 3, 'few': 3, 'couple': 2, 'several': 4}
_SPAN_MAX = 1e4
"""Larger numbers are no distance that a command means."""


def number_at_end(words: str) -> float | None:
    """Return the number at the end of some words: 'walk two and a half' is 2.5."""
    if digits := re.search(r'(\d+(?:[.,]\d+)?|\.\d+)\s*$', words):
        return float(digits[1].replace(',', '.'))
    total, hundred, fraction, found, point = 0.0, 0, 0.0, False, False
    words = words.replace('and a half', 'anda').replace('and a quarter', 'andq')
    for word in words.split():
        if word in _WORDS:
            total, point, found = (*_added(total, word, point), True)
        elif word == 'hundred':
            hundred, total = int(total or 1) * 100, 0.0
        elif word in ('anda', 'andq'):
            fraction = 0.5 if word == 'anda' else 0.25
        elif word == 'point':
            point = True
        elif word != 'and':
            total, hundred, fraction, found, point = 0.0, 0, 0.0, False, False
    return hundred + total + fraction if found or hundred or fraction else None


def length_m(text: str) -> float | None:
    """Return a length [m]: 'two and a half metres' is 2.5; None where there is none."""
    return _measured(text, _LENGTHS_M)


def angle_rad(text: str) -> float | None:
    """Return an angle [rad]: 'ninety degrees', 'half a turn'; None where there is none."""
    if re.search(r'\ball the way around\b|\bfull circle\b', text.lower()):
        return 2 * math.pi
    return _measured(text, _ANGLES_RAD)


def duration_s(text: str) -> float | None:
    """Return a time [s]: 'ten seconds', 'a minute'; None where there is none."""
    return _measured(text, _TIMES_S)


def count_of(text: str) -> int | None:
    """Return a whole number: 'three times', 'twice', 'a few steps'; None where there is none."""
    words = text.lower().replace('-', ' ').split()
    for word in words:
        if word in _COUNTS:
            return _COUNTS[word]
    while words and re.sub(r'[sx]$', '', words[-1]) in ('time', 'step', 'pace', ''):
        words.pop()
    joined = re.sub(r'(\d)x$', r'\1', ' '.join(words))
    number = number_at_end(_heard(joined))
    return round(number) if number is not None and number < _SPAN_MAX else None


def _measured(text: str, units: dict[str, float]) -> float | None:
    """Return number times unit; the unit is the last word that is one."""
    text = re.sub(r'(\d)\s*([a-z°])', r'\1 \2', text.lower().replace('-', ' '))
    text = re.sub(r'(\d)\s*([.,])\s*(\d)', r'\1\2\3', text)
    words = re.findall(r'[\d.,]*\d|[a-z]+|°', text)
    at = next((i for i in reversed(range(len(words))) if _unit(words[i], units)), None)
    if at is None:
        return None
    number = _quantity(words[:at], words[at + 1:])
    if number is None or number > _SPAN_MAX:
        return None
    return number * units[_unit(words[at], units)]


def _unit(word: str, units: dict[str, float]) -> str | None:
    return next((u for u in (word, word.removesuffix('s')) if u in units), None)


def _quantity(before: list[str], after: list[str]) -> float | None:
    """Return how many: 'three quarters of a', 'half a', 'two and a half', 'a ... and a half'."""
    tail = 0.5 if after[:3] == ['and', 'a', 'half'] else 0.0
    before = [w for w in before if w != 'full']
    while before and before[-1] in ('a', 'an', 'of') and set(before) & _SHARES.keys():
        before = before[:-1]
    if before and before[-1] in _SHARES and 'and' not in before:
        share = _SHARES[before[-1]]
        count = number_at_end(_heard(' '.join(before[:-1]))) if before[:-1] else 1.0
        return None if count is None else count * share
    number = number_at_end(_heard(' '.join(before)))
    return None if number is None else number + tail


def _heard(words: str) -> str:
    return ' '.join(_MISHEARD.get(word, word) for word in words.split())


def _added(total: float, word: str, point: bool) -> tuple[float, bool]:
    value = _WORDS[word]
    if point:
        return total + value / 10, False
    if value < 10 and total >= 20:
        return total + value, False
    return float(value), False
