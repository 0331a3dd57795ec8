"""From labelled words to things, steps and questions; no model in between."""
import json

import pytest

from vla_ros.language.bio import Span
from vla_ros.language.lexicon import value_of
from vla_ros.language.meaning import Action, EntityType, Intent
from vla_ros.language.steps import action_of, clauses_of, Judgement, question_of, step_of
from vla_ros.language.understanding import Entity, Thing, Understanding

MARGIN = 0.25


def _entities(text, *marked):
    found, at = [], 0
    for words, kind in marked:
        at = text.index(words, at)
        found.append(Entity(Span(at, at + len(words), kind), words, value_of(kind, words), 0.9))
        at += len(words)
    return found


def _judged(intent, *others):
    intents = ((intent, 0.9), *others)
    return Judgement(intents, Action.WALK_TO, 0.9, 0.99)


RED_CUBE = (('red', EntityType.COLOUR), ('cube', EntityType.OBJECT))


def test_a_thing_is_found_by_another():
    text = 'go to the red cube left of the nearest ball'
    entities = _entities(text, *RED_CUBE, ('left of', EntityType.RELATION),
                         ('nearest', EntityType.SELECTOR), ('ball', EntityType.OBJECT))
    target = step_of(text, entities, _judged(Intent.GO_TO), None).target
    assert target == Thing('cube', 'red', relation='left_of',
                           other=Thing('ball', selector='nearest'))
    assert target.words == 'the red cube left of the nearest ball'


def test_a_property_said_afterwards_belongs_to_the_thing():
    text = 'go to the cube that is red'
    entities = _entities(text, ('cube', EntityType.OBJECT), ('red', EntityType.COLOUR))
    assert step_of(text, entities, _judged(Intent.GO_TO), None).target == Thing('cube', 'red')


@pytest.mark.parametrize('joint', ['and', 'or'])
def test_two_things_that_share_a_name_are_both_called_so(joint):
    text = f'go to the red {joint} the blue ball'
    marked = [('red', EntityType.COLOUR), ('blue', EntityType.COLOUR),
              ('ball', EntityType.OBJECT)]
    if joint == 'or':
        marked.insert(1, ('or', EntityType.ALTERNATIVE))
    target = step_of(text, _entities(text, *marked), _judged(Intent.GO_TO), None).target
    assert target == Thing('ball', 'red')


def test_several_arms_are_both():
    entities = _entities('raise your hands', ('hands', EntityType.LIMB))
    assert step_of('raise your hands', entities, _judged(Intent.RAISE_ARM), None).side == 'both'
    entities = _entities('touch it with your hands', ('hands', EntityType.LIMB))
    assert step_of('', entities, _judged(Intent.TOUCH), None).side is None


def test_a_pronoun_that_was_not_marked_means_what_was_named_last():
    known = Thing('cube', 'red')
    assert step_of('pick it up', [], _judged(Intent.PICK_UP), known).target == known
    assert step_of('pick up', [], _judged(Intent.PICK_UP), known).target is None


def test_what_is_put_somewhere_is_not_there_yet():
    text = 'put the red cube on the table'
    entities = _entities(text, *RED_CUBE, ('on', EntityType.RELATION),
                         ('table', EntityType.OBJECT))
    step = step_of(text, entities, _judged(Intent.PUT_DOWN), None)
    assert step.target == Thing('cube', 'red')
    assert step.destination == Thing('thing', relation='on', other=Thing('table'))


@pytest.mark.parametrize('text', ['bring me the red cube', 'bring the red cube to me'])
def test_what_is_brought_goes_to_a_person(text):
    person = ('me', EntityType.PERSON)
    marked = (person, *RED_CUBE) if text.startswith('bring me') else (*RED_CUBE, person)
    step = step_of(text, _entities(text, *marked), _judged(Intent.BRING), None)
    assert (step.target, step.destination) == (Thing('cube', 'red'), Thing('speaker'))


def test_it_is_what_was_named_before():
    known = Thing('cube', 'red')
    entities = _entities('pick it up', ('it', EntityType.PRONOUN))
    assert step_of('pick it up', entities, _judged(Intent.PICK_UP), known).target == known


def test_what_must_not_be_done_is_marked_and_moves_nothing():
    text = "don't go to the red one"
    entities = _entities(text, ("don't", EntityType.NEGATION), ('red', EntityType.COLOUR),
                         ('one', EntityType.OBJECT))
    assert step_of(text, entities, _judged(Intent.GO_TO), None).is_negated
    values = [(e.span.kind, e.value) for e in entities]
    assert action_of(Intent.GO_TO, values) is Action.NONE


def test_a_thing_that_is_excluded_does_not_forbid_the_other():
    text = 'go to the red cube, not the ball'
    entities = _entities(text, *RED_CUBE, ('not', EntityType.NEGATION),
                         ('ball', EntityType.OBJECT))
    step = step_of(text, entities, _judged(Intent.GO_TO), None)
    assert not step.is_negated and step.target == Thing('cube', 'red')


@pytest.mark.parametrize('marked, question', [
    ((*RED_CUBE, ('or', EntityType.ALTERNATIVE), ('red', EntityType.COLOUR),
      ('ball', EntityType.OBJECT)), 'The red cube or the red ball?'),
    ((*RED_CUBE, ('or', EntityType.ALTERNATIVE), ('ball', EntityType.OBJECT)),
     'The red cube or the red ball?'),
    (RED_CUBE, ''), ((), 'What should I go to?')])
def test_two_readings_or_none_raise_a_question(marked, question):
    text = 'go to the red cube or the red ball'
    entities, judged = _entities(text, *marked), _judged(Intent.GO_TO)
    step = step_of(text, entities, judged, None)
    assert question_of(step, entities, judged, MARGIN) == question


def test_two_intents_that_are_close_raise_a_question():
    entities = _entities('the red cube', *RED_CUBE)
    judged = Judgement(((Intent.TOUCH, 0.5), (Intent.PUSH, 0.45)), Action.TOUCH, 0.5, 0.9)
    step = step_of('the red cube', entities, judged, None)
    assert question_of(step, entities, judged, MARGIN) == 'Do you want me to touch or to push?'
    assert question_of(step, entities, judged, 0.01) == ''


def test_connectors_cut_a_sentence_into_clauses():
    text = 'first wave and then turn'
    spans = [Span(11, 19, EntityType.CONNECTOR)]
    assert [text[a:b].strip() for a, b in clauses_of(len(text), spans, text)] == [
        'first wave', 'turn']


def test_the_document_keeps_its_keys():
    text = 'put the red cube on the table'
    entities = _entities(text, *RED_CUBE, ('on', EntityType.RELATION),
                         ('table', EntityType.OBJECT))
    step = step_of(text, entities, _judged(Intent.PUT_DOWN), None)
    document = json.loads(json.dumps(
        Understanding(text, step.intent, 0.9, tuple(entities), (step,)).document()))
    assert document['version'] == 1
    assert list(document) == ['version', 'text', 'understood', 'intent', 'action', 'confidence',
                              'question', 'reason', 'entities', 'steps']
    assert list(document['entities'][0]) == ['type', 'text', 'start', 'end', 'value',
                                             'confidence']
    assert set(document['steps'][0]) == {
        'text', 'intent', 'action', 'negated', 'confidence', 'action_confidence', 'target',
        'destination', 'direction', 'side', 'distance_m', 'angle_rad', 'duration_s', 'steps',
        'count', 'speed'}
    assert set(document['steps'][0]['target']) == {'kind', 'colour', 'size', 'selector',
                                                   'relation', 'other'}
    empty = Understanding('', Intent.NOT_UNDERSTOOD, 1.0, reason='empty').document()
    assert list(empty) == list(document) and not empty['understood']
