"""
What the policy attends, from the grounding of a decision.

The grounding decides where the named thing is looked for: each of its slots (colour, shape) reads
the words by attention, a cell counts by how well ALL slots match it, and what fusion gets to know
of the named thing is the mean of the cells weighted so. That map is shown, as probabilities, so
that nothing lights up where nothing is found. The maps of cross-modal attention are not: they are
coarse (25 cells), and nothing teaches them to say where a thing is.
"""
from collections.abc import Sequence

import torch

from vla_ros.core.values import Attention
from vla_ros.inference.engine import Attended


def attention_of(grounding: Attended, rows: int, words: Sequence[str]) -> Attention:
    """
    Return the map of one decision and the words that were looked for.

    :param grounding: of one instruction, B = 1.
    :param rows: of the grid of cells.
    :param words: (L,) the word of each piece; empty for the marks around a sentence.
    """
    probability = grounding.log_probability[0].float().exp()
    return Attention(probability.unflatten(0, (rows, -1)).numpy(),
                     ' '.join(_most_read(grounding.reading[0].float(), words)))


def _most_read(reading: torch.Tensor, words: Sequence[str]) -> list[str]:
    """Return the words that the slots (S, L) read most, each once, as the sentence has them."""
    is_word = torch.tensor([bool(word) for word in words])
    if not is_word.any():
        return []
    most = reading.masked_fill(~is_word, -1.0).argmax(dim=-1)
    return list(dict.fromkeys(words[i] for i in sorted(most.tolist())))
