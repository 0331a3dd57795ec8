"""All ways to cut a sentence are weighed, and the one with whole pieces wins."""
import pytest

from vla_ros.language.bio import Span
from vla_ros.language.cutting import best_cut, CUTS_MAX, cuts_of
from vla_ros.language.meaning import EntityType

TEXT = 'go on and wave and turn'
FIRST, SECOND = (Span(a, a + 3, EntityType.CONNECTOR) for a in (6, 15))


def _pieces(cut):
    return [TEXT[a:b].strip() for a, b in cut.bounds]


def _is_whole(*texts):
    return lambda bounds: 0.9 if TEXT[slice(*bounds)].strip() in texts else 0.1


def test_the_chances_of_all_ways_are_one():
    cuts = cuts_of(TEXT, [(FIRST, 0.3), (SECOND, 0.8)])
    assert len(cuts) == 4 and sum(c.chance for c in cuts) == pytest.approx(1)
    assert len({c.connectors for c in cuts}) == 4


def test_a_sentence_without_connectors_is_one_clause():
    cut, = cuts_of(TEXT, [])
    assert cut.bounds == ((0, len(TEXT)),) and cut.chance == 1


def test_a_sure_connector_is_no_question():
    assert all(SECOND in cut.connectors for cut in cuts_of(TEXT, [(FIRST, 0.3), (SECOND, 1.0)]))


def test_whole_pieces_win_over_a_connector_that_is_only_likely():
    cuts = cuts_of(TEXT, [(FIRST, 0.7), (SECOND, 0.7)])
    assert _pieces(best_cut(cuts, _is_whole('go on and wave', 'turn'))) == [
        'go on and wave', 'turn']
    assert _pieces(best_cut(cuts, _is_whole(TEXT))) == [TEXT]
    assert len(_pieces(best_cut(cuts, lambda _: 1.0))) == 3


def test_nothing_but_connectors_is_cut_into_nothing():
    assert cuts_of('and', [(Span(0, 3, EntityType.CONNECTOR), 1.0)]) == []


def test_many_doubts_are_bounded():
    spans = [(Span(i, i + 1, EntityType.CONNECTOR), 0.5) for i in range(0, 100, 2)]
    assert len(cuts_of('x' * 101, spans)) <= 2 ** CUTS_MAX
