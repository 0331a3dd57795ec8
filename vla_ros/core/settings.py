"""
Settings as frozen dataclasses whose fields carry what a person must know about them.

ROS parameters are declared from these fields, so a default, its range and its sentence live in
one place.
"""
from dataclasses import dataclass, Field, field, fields
import math
from typing import Any

from vla_ros.core.errors import ConfigurationError


@dataclass(frozen=True)
class About:
    """What is known of one setting besides its type and default."""

    description: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    is_fixed: bool = False
    """Whether it is structural: read at the start, read-only afterwards."""


def setting(default: Any, description: str, low: float | None = None, high: float | None = None,
            *, choices: tuple[str, ...] = (), is_fixed: bool = False) -> Any:
    """Return a dataclass field that knows its range and its sentence."""
    return field(default=default,
                 metadata={'about': About(description, low, high, choices, is_fixed)})


def about(field_of: Field) -> About:
    """Return what is known of a field."""
    return field_of.metadata['about']


def checked(name: str, value: Any, field_of: Field) -> Any:
    """
    Return a value for a setting, an integer turned into a float where one is wanted.

    :raises ConfigurationError: if type or range is wrong; the message says what is allowed.
    """
    wanted, known = type(field_of.default), about(field_of)
    if wanted is float and type(value) is int:
        value = float(value)
    if wanted is tuple:
        return _checked_list(name, value, field_of)
    if type(value) is not wanted:
        raise ConfigurationError(
            f'{name}: {value!r} is {type(value).__name__}, expected {wanted.__name__}')
    if known.choices and value not in known.choices:
        raise ConfigurationError(f'{name}: {value!r}, expected one of {list(known.choices)}')
    if known.low is not None and not _is_within(value, known):
        raise ConfigurationError(f'{name}: {value!r}, expected {known.low} to {known.high}')
    return value


def from_values(kind: type, values: dict[str, Any]) -> Any:
    """
    Return settings of a kind from values by name; what is not named keeps its default.

    :raises ConfigurationError: if a name is unknown or a value is not allowed.
    """
    known = {f.name: f for f in fields(kind)}
    if unknown := values.keys() - known.keys():
        raise ConfigurationError(f'unknown: {sorted(unknown)}; known: {sorted(known)}')
    return kind(**{name: checked(name, value, known[name]) for name, value in values.items()})


def _checked_list(name: str, value: Any, field_of: Field) -> tuple:
    known = about(field_of)
    kind = type(field_of.default[0]) if field_of.default else str
    values = tuple(float(v) if kind is float and type(v) is int else v
                   for v in (value if isinstance(value, (list, tuple)) else (value,)))
    for element in values:
        if type(element) is not kind or (
                known.low is not None and not _is_within(element, known)):
            raise ConfigurationError(
                f'{name}: {element!r}, expected a list of {kind.__name__}'
                + (f' from {known.low} to {known.high}' if known.low is not None else ''))
    return values


def _is_within(value: float, known: About) -> bool:
    return math.isfinite(value) and known.low <= value <= known.high
