"""What tells things of one shape apart is drawn where there are several, and labelled as it is."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.core.goals import GoTo
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.draws import draw_goal
from vla_ros.learning.goal_sets import training_moves
from vla_ros.learning.imagined_bodies import recorded
from vla_ros.learning.labels import label


@pytest.fixture(scope='module')
def alike(frames):
    """Return frames whose solids are all of one shape but one, and of different colours."""
    solid = frames.solid.copy()
    count = (~np.isnan(solid[..., 0])).sum(axis=1)
    for row, last in enumerate(count):
        solid[row, :last, 3], solid[row, :last, 4] = np.arange(last), 1
        solid[row, min(1, last - 1), 4] = 2
    return replace(frames, solid=solid)


def _drawn(frames, count=1500):
    """Return rows, goals and named solids."""
    rng = np.random.default_rng(0)
    rows = rng.integers(len(frames), size=count)
    return [(row, *draw_goal(frames, int(row), training_moves(), rng)) for row in rows]


def _related(drawn):
    return [d for d in drawn if isinstance(d[1], GoTo) and d[1].relation is not None]


def test_where_things_are_alike_relations_are_drawn_more_often(alike):
    def shows_alike(row):
        shapes = alike.solid[row, alike.is_visible[row], 4]
        return len(np.unique(shapes)) < len(shapes)
    drawn = _drawn(alike)
    some = {is_so: [d for d in drawn if shows_alike(d[0]) is is_so] for is_so in (True, False)}
    share = {is_so: len(_related(d)) / len(d) for is_so, d in some.items()}
    assert share[True] > 3 * share[False]


def test_only_what_is_meant_is_shown_and_what_it_is_told_by_besides(g1, alike):
    drawn = _related(_drawn(alike))
    rows, goals, named = (np.array([d[0] for d in drawn]), [d[1] for d in drawn],
                          np.array([d[2] for d in drawn]))
    labels = label(g1, alike, rows, recorded(alike, rows), goals, named, np.random.default_rng(2))
    cell = alike.cell[rows].reshape(len(rows), -1)
    assert not (labels.shown & (cell != named[:, None])).any() and labels.shown.any()
    for goal, shows, solid, other, has_other in zip(
            goals, cell, alike.solid[rows], labels.other, labels.has_other, strict=True):
        relation = goal.relation
        assert has_other == (relation.shape is not None)
        for colour, shape in solid[shows[other].astype(int), 3:5].astype(int):
            assert SHAPES[shape] == relation.shape
            assert relation.colour in (None, list(COLOURS)[colour])
        assert not (other.any() and not has_other)
    assert labels.other.any()
