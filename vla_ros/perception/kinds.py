"""Kinds of objects: what the outputs for the presence of objects mean."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vla_ros.core.errors import InvalidValueError
from vla_ros.perception.segments import FURNITURE, Segment

OUTPUTS = 100
"""Outputs of the model; those beyond the kinds are trained to say no."""
NONE = 255
"""No kind: what a map of kinds says where there is no object."""
_SOLIDS = {s.name.lower(): s for s in Segment if s.is_solid}
_FURNITURE = {s.name.lower(): s for s in FURNITURE}


@dataclass(frozen=True)
class Kind:
    """One kind of object."""

    name: str
    """'red cube', 'cube' (of a colour without a name), 'table'."""
    colour: str | None
    segment: Segment
    """How its pixels are labelled."""


def kinds_of(names: Sequence[str]) -> tuple[Kind, ...]:
    """
    Return the kinds of these names, in their order.

    :raises InvalidValueError: if a name is neither "[colour] shape" nor furniture, is there
        twice, or there are too many.
    """
    if len(names) > OUTPUTS or len(set(names)) != len(names):
        raise InvalidValueError(f'{len(names)} kinds, {len(set(names))} of them different: '
                                f'expected up to {OUTPUTS}, all different')
    return tuple(_kind(name) for name in names)


def names_of(colours: Sequence[str]) -> tuple[str, ...]:
    """Return the names of every kind: each solid in each colour and in none, and furniture."""
    painted = [f'{colour} {shape}' for colour in colours for shape in _SOLIDS]
    return (*painted, *_SOLIDS, *_FURNITURE)


def _kind(name: str) -> Kind:
    colour, _, shape = name.rpartition(' ')
    segment = _SOLIDS.get(shape) or (None if colour else _FURNITURE.get(shape))
    if segment is None:
        raise InvalidValueError(f'kind {name!r}: expected "<colour> <shape>" with a shape of '
                                f'{list(_SOLIDS)}, or one of {list(_FURNITURE)}')
    return Kind(name, colour or None, segment)
