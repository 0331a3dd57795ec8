"""What the fusion node tells of itself on /diagnostics, as figures of a row."""
from collections.abc import Mapping

from vla_ros.bench.figures import Row

_COUNTS = {'text_encodes': 'text encodes', 'vision_encodes': 'vision encodes',
           'frames': 'frames used'}
"""Of a row, and on /diagnostics."""


def counts_of(before: Mapping[str, str], after: Mapping[str, str]) -> Row:
    """
    Return what was counted between two statuses; what one of them does not tell is left out.

    :param before: keys and values of the status before the voice command.
    :param after: of the status after the last command that counts.
    """
    return {name: round(float(after[key]) - float(before[key]))
            for name, key in _COUNTS.items() if key in before and key in after}
