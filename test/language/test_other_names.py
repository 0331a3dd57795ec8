"""Other names of colours and shapes, which training draws; and those that it must not have."""
import numpy as np

from vla_ros.language.other_names import (
    OTHER_COLOUR_NAMES,
    OTHER_SHAPE_NAMES,
    with_other_names,
)
from vla_ros.language.phrases import say
from vla_ros.language.vocabulary import (
    COLOUR_NAMES,
    COLOURS,
    CORE_COLOURS,
    CORE_SHAPES,
    SHAPE_NAMES,
    SHAPES,
    UNSEEN_COLOUR_NAMES,
    UNSEEN_SHAPE_NAMES,
)
from vla_ros.learning.goal_sets import training_goals
from vla_ros.sim.tasks.episode import Suite
from vla_ros.sim.tasks.suites import episode


def _names(*vocabularies) -> set[str]:
    return {name for names in vocabularies for of_one in names.values() for name in of_one}


def test_every_colour_and_shape_has_other_names():
    assert set(OTHER_COLOUR_NAMES) == set(COLOURS) and set(OTHER_SHAPE_NAMES) == set(SHAPES)
    others, own = (_names(OTHER_COLOUR_NAMES, OTHER_SHAPE_NAMES),
                   _names(COLOUR_NAMES, SHAPE_NAMES))
    assert not others & own


def test_no_name_means_two_things():
    for names in (OTHER_COLOUR_NAMES, OTHER_SHAPE_NAMES):
        told = [name for of_one in names.values() for name in of_one]
        assert len(told) == len(set(told))


def test_names_that_training_must_not_have_are_in_no_sentence_of_it():
    unseen = _names(UNSEEN_COLOUR_NAMES, UNSEEN_SHAPE_NAMES)
    assert set(UNSEEN_COLOUR_NAMES) == set(CORE_COLOURS)
    assert set(UNSEEN_SHAPE_NAMES) == set(CORE_SHAPES)
    rng, own = np.random.default_rng(0), _names(COLOUR_NAMES, SHAPE_NAMES)
    for known in own:
        for _ in range(300):
            name = with_other_names(known, rng)
            assert not any(f' {word} ' in f' {name} ' for word in unseen), name
    for goal in training_goals():
        sentence = f' {say(goal, rng).lower()} '
        assert not any(f' {word} ' in sentence for word in unseen), sentence


def test_names_are_replaced_and_nothing_else_is():
    rng = np.random.default_rng(1)
    said = {with_other_names('Go to the red ball, not the violet sphere.', rng)
            for _ in range(500)}
    assert len(said) > 400
    assert any(s.startswith('Go to the ruby ') for s in said)
    assert all(s.startswith('Go to the ') and ', not the ' in s and s.endswith('.')
               for s in said)
    assert with_other_names('walk ahead', rng) == 'walk ahead'


def test_the_suite_asks_by_names_of_its_own():
    unseen = _names(UNSEEN_COLOUR_NAMES, UNSEEN_SHAPE_NAMES)
    for index in range(30):
        task = episode(Suite.NAMES, 2, index)
        assert any(name in task.instruction.lower() for name in unseen)
        assert task.scene.has(task.goal.shape, task.goal.colour)
