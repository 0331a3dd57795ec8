"""What is known of an episode as a whole; the last message of its bag, as JSON."""
from dataclasses import asdict, dataclass
from enum import Enum
import json
from typing import Any

from vla_ros.core.errors import InvalidValueError


class Outcome(Enum):
    """How an episode ended."""

    SUCCESS = 'success'
    FAILURE = 'failure'
    UNKNOWN = 'unknown'
    """Nobody said: the recorder was ended, or ended it for want of space."""


@dataclass(frozen=True)
class Episode:
    """An episode."""

    instruction: str = ''
    """What the robot was told; empty if nothing was."""
    outcome: Outcome = Outcome.UNKNOWN
    corrections: tuple[tuple[float, float], ...] = ()
    """When a person steered: from and to, in seconds after the first message of the bag."""
    dropped: int = 0
    """Messages that are not in the bag because the disk was too slow for them."""

    def to_json(self) -> str:
        """Return the document."""
        return json.dumps({**asdict(self), 'outcome': self.outcome.value}, ensure_ascii=False)


def episode_from_json(text: str) -> Episode:
    """
    Return the episode of a document; what it does not say is unknown.

    :raises InvalidValueError: if it is none.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        return Episode(
            str(said.get('instruction', '')), Outcome(said.get('outcome', 'unknown')),
            tuple((float(a), float(b)) for a, b in said.get('corrections', ())),
            int(said.get('dropped', 0)))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValueError(
            f'not an episode: {text[:200]!r} ({error}); expected JSON with instruction, outcome '
            f'(one of {[o.value for o in Outcome]}) and corrections') from error
