"""What of a sentence a policy hears: names that it was trained on, for those that it was not."""
from collections.abc import Callable, Mapping
from functools import partial

from vla_ros.language.thesaurus import with_trained_names


def hearing(manifest: Mapping) -> Callable[[str], str]:
    """
    Return what changes sentences for the policy of a checkpoint.

    Who learned of the simulator's solids hears trained names for rare ones, except those that
    recordings told it; who learned from recordings alone hears what is said.

    :param manifest: `data` is what is known of one dataset or of several; recordings have a
        `camera`, and since there is a thesaurus also `told_rare_names`.
    """
    data = manifest.get('data') or []
    data = [data] if isinstance(data, Mapping) else data
    if all('camera' in facts for facts in data):
        return str
    return partial(with_trained_names, kept=frozenset(
        name for facts in data for name in facts.get('told_rare_names', ())))
