"""What the fusion node tells of itself on /diagnostics, as figures of a row."""
from collections.abc import Mapping

from vla_ros.bench.figures import Row

_COUNTS = {'text_encodes': 'text encodes', 'vision_encodes': 'vision encodes',
           'frames': 'frames used'}
_AGES = {'image_age_p50_ms': 'image age at publish p50 [ms]',
         'joint_age_p50_ms': 'joints age at publish p50 [ms]'}
_STAGES = ('decide', 'tick', 'publish')
"""What lies between reading the joints and the command that has left. Figures of stages are added:
for the 99th percentile that is more than the sum's."""


def figures_of(before: Mapping[str, str], after: Mapping[str, str]) -> Row:
    """
    Return what is told, by the names of a row; what is not told is left out.

    :param before: keys and values of the status before the voice command.
    :param after: of the status after the last command that counts.
    """
    row: Row = {name: float(after[key]) for name, key in _AGES.items() if key in after}
    row |= {name: int(after[key]) - int(before[key]) for name, key in _COUNTS.items()
            if key in before and key in after}
    for name in ('p50', 'p99'):
        keys = [f'{stage} {name} [ms]' for stage in _STAGES]
        if all(key in after for key in keys):
            row[f'tick_{name}_ms'] = sum(float(after[key]) for key in keys)
    return row
