"""Settings refuse what they don't allow."""
from dataclasses import dataclass, fields

import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.settings import checked, from_values, setting


@dataclass(frozen=True)
class Knobs:
    """Settings for the tests."""

    rate: float = setting(10.0, 'A rate.', 1.0, 100.0)
    points: int = setting(4, 'Points.', 1, 50)
    transport: str = setting('raw', 'A transport.', choices=('raw', 'compressed'))
    names: tuple[str, ...] = setting(('a',), 'Names.')


def test_an_integer_is_a_double_where_one_is_wanted():
    rate = from_values(Knobs, {'rate': 5}).rate
    assert rate == 5.0
    assert type(rate) is float


@pytest.mark.parametrize('name, value', [
    ('rate', float('nan')), ('rate', float('inf')), ('rate', 0.5), ('rate', '5'), ('rate', None),
    ('rate', True), ('rate', [5.0]), ('points', 4.5), ('points', True), ('points', 10 ** 30),
    ('transport', 'smoke'), ('transport', 3), ('names', [3]), ('names', None)])
def test_what_is_not_allowed_is_refused_with_its_name(name, value):
    declared = {f.name: f for f in fields(Knobs)}[name]
    with pytest.raises(ConfigurationError, match=name):
        checked(name, value, declared)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ConfigurationError, match=r"\['raet'\]; known: .*rate"):
        from_values(Knobs, {'raet': 5.0})
