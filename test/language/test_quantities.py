"""Numbers with units, and words for values."""
import math

import pytest

from vla_ros.language.lexicon import readings, value_of
from vla_ros.language.meaning import EntityType
from vla_ros.language.quantities import angle_rad, count_of, duration_s, length_m


@pytest.mark.parametrize('text, metres', [
    ('two and a half metres', 2.5), ('2.5m', 2.5), ('2 . 5 m', 2.5), ('half a metre', 0.5),
    ('three quarters of a metre', 0.75), ('a metre and a half', 1.5), ('50 cm', 0.5),
    ('one point five meters', 1.5), ('to meters', 2.0), ('ten feet', 3.048),
    ('a hundred and twenty centimetres', 1.2), ('-1 m', 1.0)])
def test_lengths(text, metres):
    assert length_m(text) == pytest.approx(metres)


@pytest.mark.parametrize('text, degrees', [
    ('ninety degrees', 90), ('90°', 90), ('45-deg', 45), ('a quarter turn', 90),
    ('half a turn', 180), ('a full turn', 360), ('three quarters of a turn', 270),
    ('a hundred and thirty five degrees', 135), ('full circle', 360)])
def test_angles(text, degrees):
    assert math.degrees(angle_rad(text)) == pytest.approx(degrees)


def test_times_and_counts():
    assert duration_s('ten seconds') == 10 and duration_s('half a minute') == 30
    assert count_of('three times') == 3 and count_of('twice') == 2
    assert count_of('a few steps') == 3 and count_of('3x') == 3


@pytest.mark.parametrize('text', ['', 'metres', 'a lot', 'many many metres', '9e99 m', 'ñ m',
                                  '1' * 500 + ' m', '٣ metres', '½ m'])
def test_what_is_no_number_has_no_length(text):
    assert length_m(text) is None or length_m(text) < 1e4


@pytest.mark.parametrize('kind, heard, meant', [
    (EntityType.COLOUR, 'read', 'red'), (EntityType.COLOUR, 'Blew', 'blue'),
    (EntityType.OBJECT, 'sphere', 'ball'), (EntityType.OBJECT, 'bocks', 'cube'),
    (EntityType.OBJECT, 'cylindre', 'cylinder'), (EntityType.SIDE, 'write', 'right'),
    (EntityType.RELATION, 'to the left of', 'left_of'),
    (EntityType.SELECTOR, 'closest', 'nearest'),
    (EntityType.PRONOUN, 'It', 'it'), (EntityType.COLOUR, 'zzzzzz', None)])
def test_words_mean_their_value(kind, heard, meant):
    assert value_of(kind, heard) == meant


def test_what_was_misheard_has_several_readings():
    found = readings(EntityType.OBJECT, 'cune')
    assert {'cube', 'cone'} <= {value for value, _ in found}
