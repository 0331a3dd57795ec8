"""What is measured: which design, with which weights, at which rates."""
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.settings import about


class Design(Enum):
    """How a node comes to its commands."""

    DOCUMENT = 'document'
    """Everything is encoded anew in the timer's callback, as in the source document."""
    QUEUE = 'queue'
    """One action of a chunk at a time; who needs the next chunk waits for it."""
    OURS = 'ours'
    """The fusion node."""


@dataclass(frozen=True)
class Weights:
    """One set of weights, the same for every design."""

    preset: str
    """For people: 'base' or 'document'."""
    checkpoint: str
    """Name of a shipped checkpoint, or a folder."""
    robot: str
    """Name of the robot that it was made for."""
    designs: tuple[Design, ...]
    """Designs that are measured with it."""
    is_trained: bool = True


@dataclass(frozen=True)
class Cell:
    """One start of one node; it is measured idle, then with one core stolen."""

    design: Design
    weights: Weights
    rate_hz: float


@dataclass(frozen=True)
class Plan:
    """Everything that one run measures, and for how long."""

    weights: tuple[Weights, ...]
    designs: tuple[Design, ...] = tuple(Design)
    rates_hz: tuple[float, ...] = (10.0, 50.0, 100.0, 200.0)
    repeats: int = 3
    seconds: float = 3.5
    """How long commands are counted, idle and again with a core stolen [s]."""
    settle_s: float = 0.75
    """Time between the voice command and the first command that counts [s]."""

    def __post_init__(self):
        highest_hz = about(FusionSettings.__dataclass_fields__['command_rate']).high
        if not self.rates_hz or not all(1.0 <= r <= highest_hz for r in self.rates_hz):
            raise ConfigurationError(f'rates {list(self.rates_hz)}: expected one or more from '
                                     f'1 to {highest_hz:g} Hz')
        if self.repeats < 1:
            raise ConfigurationError(f'repeats {self.repeats}: expected 1 or more')
        if not 1.0 <= self.seconds <= 60.0:
            raise ConfigurationError(f'seconds {self.seconds:g}: expected 1 to 60')
        if not list(self.cells()):
            raise ConfigurationError(
                f'designs {[d.value for d in self.designs]} with presets '
                f'{[w.preset for w in self.weights]}: nothing of that can be measured')

    def cells(self) -> Iterator[Cell]:
        """Return the cells of one repeat; designs alternate, for machines change as time goes."""
        for weights in self.weights:
            for rate_hz in self.rates_hz:
                for design in self.designs:
                    if design in weights.designs:
                        yield Cell(design, weights, rate_hz)


def parse_designs(words: list[str]) -> tuple[Design, ...]:
    """
    Return designs by their names.

    :raises ConfigurationError: if there is no such design; the message lists them.
    """
    known = [design.value for design in Design]
    if unknown := [word for word in words if word not in known]:
        raise ConfigurationError(f'designs: unknown {unknown}; known: {known}')
    return tuple(design for design in Design if design.value in words)
