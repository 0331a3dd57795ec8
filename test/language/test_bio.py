"""Labels and spans say the same."""
import numpy as np
import pytest

from vla_ros.language.bio import LABELS, labels_of, OUTSIDE, Span, spans_of, whole_words
from vla_ros.language.meaning import ENTITY_TYPES, EntityType


def _offsets(text):
    """Return one token for each word, and one for nothing at each end."""
    found, start = [(0, 0)], 0
    for word in text.split(' '):
        found.append((start, start + len(word)))
        start += len(word) + 1
    return [*found, (0, 0)]


def test_spans_come_back_from_their_labels():
    rng, text = np.random.default_rng(0), 'a bb ccc dd e ff ggg hh i jj'
    offsets = _offsets(text)
    for _ in range(300):
        cuts = sorted(rng.choice(np.arange(1, 11), size=6, replace=False))
        spans = [Span(offsets[a][0], offsets[b - 1][1],
                      ENTITY_TYPES[rng.integers(len(ENTITY_TYPES))])
                 for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
        labels = labels_of(spans, offsets)
        assert [span for span, _ in spans_of(labels, offsets)] == spans
        assert all(0 <= label < LABELS for label in labels)


def test_entities_side_by_side_stay_two():
    offsets = _offsets('red green')
    spans = [Span(0, 3, EntityType.COLOUR), Span(4, 9, EntityType.COLOUR)]
    assert [span for span, _ in spans_of(labels_of(spans, offsets), offsets)] == spans


def test_any_labels_make_spans_within_the_text():
    rng, offsets = np.random.default_rng(1), _offsets('a bb ccc dd')
    for _ in range(500):
        for span, at in spans_of(rng.integers(LABELS, size=6).tolist(), offsets):
            assert 0 <= span.start < span.end <= 11 and len(at) >= 1


def test_the_first_token_of_a_word_decides_for_all_of_it():
    b_colour = labels_of([Span(0, 1, EntityType.COLOUR)], [(0, 1)])[0]
    labels = whole_words([OUTSIDE, b_colour, OUTSIDE, b_colour + 1, OUTSIDE, 7],
                         [None, 0, 0, 1, 1, None])
    assert labels == [OUTSIDE, b_colour, b_colour + 1, b_colour + 1, b_colour + 1, OUTSIDE]


@pytest.mark.parametrize('kind', EntityType)
def test_every_type_has_labels_of_its_own(kind):
    assert spans_of(labels_of([Span(0, 1, kind)], [(0, 1)]), [(0, 1)])[0][0].kind is kind
