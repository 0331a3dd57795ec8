"""Names that no policy was trained on are read as those that it was."""
import numpy as np
import pytest

from vla_ros.inference.hearing import hearing
from vla_ros.inference.sentence_encoder import SentenceEncoder
from vla_ros.language.lexicon import value_of
from vla_ros.language.meaning import EntityType
from vla_ros.language.other_names import OTHER_COLOUR_NAMES, OTHER_SHAPE_NAMES
from vla_ros.language.phrases import say
from vla_ros.language.thesaurus import (
    RARE_COLOUR_NAMES,
    rare_names,
    RARE_SHAPE_NAMES,
    with_trained_names,
)
from vla_ros.language.vocabulary import (
    COLOUR_NAMES,
    COLOURS,
    SHAPE_NAMES,
    SHAPES,
    UNSEEN_COLOUR_NAMES,
    UNSEEN_SHAPE_NAMES,
)
from vla_ros.learning.goal_sets import training_goals

SIMULATED = {'robot': 'unitree_g1', 'episodes': 3}
RECORDED = {'camera': 'front', 'told_rare_names': ['navy']}


def test_no_name_means_two_things_or_is_trained():
    assert set(RARE_COLOUR_NAMES) == set(COLOURS) and set(RARE_SHAPE_NAMES) == set(SHAPES)
    for rare, trained in ((RARE_COLOUR_NAMES, (COLOUR_NAMES, OTHER_COLOUR_NAMES)),
                          (RARE_SHAPE_NAMES, (SHAPE_NAMES, OTHER_SHAPE_NAMES))):
        names = [name for of_one in rare.values() for name in of_one]
        assert len(names) == len(set(names))
        assert not set(names) & {n for known in trained for of_one in known.values()
                                 for n in of_one}


@pytest.mark.parametrize('said, heard', [
    ('go to the crimson orb', 'go to the red ball'),
    ('Go to the Emerald traffic cone, not the navy one.',
     'Go to the green cone, not the blue one.'),
    ('point at the lemon yellow carton', 'point at the yellow cube'),
    ('walk to the tube left of the golden globe',
     'walk to the cylinder left of the yellow ball'),
    ('go to the ruby bead', 'go to the ruby bead'),             # training has these
    ('bring me the lime and the orange', 'bring me the lime and the orange'),   # fruit
    ('salute', 'salute')])
def test_rare_names_are_read_as_trained_ones(said, heard):
    assert with_trained_names(said) == heard


def test_what_training_says_stays_as_it_is():
    rng = np.random.default_rng(0)
    for goal in training_goals():
        sentence = say(goal, rng)
        assert with_trained_names(sentence) == sentence and not rare_names(sentence)


def test_a_policy_that_was_told_rare_names_keeps_them():
    sentence = 'put the navy crate on the crimson one'
    assert rare_names(sentence) == {'navy', 'crate', 'crimson'}
    assert hearing({'data': SIMULATED})(sentence) == 'put the blue cube on the red one'
    assert hearing({'data': [SIMULATED, RECORDED]})(sentence) == 'put the navy cube on the red one'
    for recorded_alone in ({'data': RECORDED}, {'data': [RECORDED, RECORDED]},
                           {'data': {'camera': 'front'}}, {}):
        assert hearing(recorded_alone)(sentence) == sentence


def test_what_the_suite_asks_by_is_in_the_thesaurus_and_not_in_training():
    for unseen, rare in ((UNSEEN_COLOUR_NAMES, RARE_COLOUR_NAMES),
                         (UNSEEN_SHAPE_NAMES, RARE_SHAPE_NAMES)):
        assert all(set(names) <= set(rare[own]) for own, names in unseen.items())


def test_rare_and_trained_names_are_one_sentence_to_the_encoder():
    encoder = SentenceEncoder(with_trained_names)
    assert encoder.encode('go to the crimson orb').equal(encoder.encode('go to the red ball'))
    assert encoder.encodes == 1
    assert encoder.words('go to the crimson orb')[-3:] == ['red', 'ball', '']


def test_the_planner_takes_no_name_for_a_word_that_sounds_like_it():
    assert value_of(EntityType.COLOUR, 'crimson') == 'red'
    assert value_of(EntityType.OBJECT, 'orb') == 'ball'
    assert value_of(EntityType.OBJECT, 'barrel') == 'cylinder'      # no ball
    assert value_of(EntityType.OBJECT, 'crate') == 'cube'           # no cart
    assert value_of(EntityType.OBJECT, 'can') == 'can'              # a thing of its own
