"""Sentences that were not said lately."""
from collections.abc import Iterator
import itertools

_AMOUNTS = range(10, 410)
"""More than any policy remembers sentences, and each of few figures: all cost the same to read."""


def wordings() -> Iterator[str]:
    """
    Return sentences of the same length without end, none of which comes again soon.

    A policy remembers how sentences read, so that who has to have a sentence read at every call
    through the policy's own interface says it in other words each time.
    """
    return (f'turn left {amount} degrees' for amount in itertools.cycle(_AMOUNTS))
