"""Which of several things is meant, by how they stand; the episodes that ask for it."""
import numpy as np
import pytest

from vla_ros.core.goals import GoTo, Relation, Together, Which
from vla_ros.sim.experts.meant import meant
from vla_ros.sim.tasks.conditions.going import bearing
from vla_ros.sim.tasks.suites import episode, Suite

NAMES = [('red', 'cube'), ('blue', 'cube'), ('green', 'ball')]
POINTS = np.array([[2.0, 1.0], [1.5, -1.0], [2.0, 0.0]])


def _meant(relation, visible=(True, True, True)):
    goal = GoTo('cube', relation=relation)
    return np.flatnonzero(meant(goal, NAMES, POINTS, np.array(visible))).tolist()


@pytest.mark.parametrize('relation, index', [
    (Relation(Which.LEFTMOST), 0), (Relation(Which.RIGHTMOST), 1), (Relation(Which.NEAREST), 1),
    (Relation(Which.FARTHEST), 0), (Relation(Which.LEFT_OF, 'ball'), 0),
    (Relation(Which.RIGHT_OF, 'ball', 'green'), 1), (Relation(Which.NOT, colour='red'), 1)])
def test_a_relation_tells_things_apart(relation, index):
    assert _meant(relation) == [index]


def test_only_what_is_in_view_can_be_meant():
    assert _meant(Relation(Which.LEFTMOST), (False, True, True)) == [1]
    assert _meant(Relation(Which.LEFT_OF, 'ball'), (True, True, False)) == []
    assert _meant(Relation(Which.NOT, colour='red'), (True, False, True)) == []


def test_an_episode_means_one_of_several_and_all_are_in_view():
    for index in range(28):
        task = episode(Suite.RELATION, 0, index)
        solids, start = task.scene.solids, np.array(task.scene.start)
        assert sum(s.shape == task.goal.shape for s in solids) == 2
        assert all(abs(bearing(s, start)) < 0.75 for s in solids)


def test_combined_episodes_are_of_four_sorts():
    goals = [episode(Suite.COMBINED, 0, index).goal for index in range(4)]
    assert [isinstance(g, Together) for g in goals] == [True, True, False, False]
