"""What is said for a goal means that goal."""
import re

import numpy as np
import pytest

from vla_ros.core.goals import (
    Bow,
    Direction,
    Follow,
    Gesture,
    GoTo,
    Move,
    PointAt,
    Posture,
    Push,
    Relation,
    Side,
    Stop,
    Together,
    Touch,
    Which,
)
from vla_ros.language import arm_phrases, thing_phrases
from vla_ros.language.grammar import parse
from vla_ros.language.phrases import say, Split
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.language.wider_phrases import WIDER
from vla_ros.learning.goal_sets import training_goals
from vla_ros.sim.tasks.move_suite import random_move


def _is_same(goal, other) -> bool:
    if isinstance(goal, Move) and isinstance(other, Move):
        return goal.direction == other.direction and goal.distance == pytest.approx(
            other.distance)
    if isinstance(goal, Together) and isinstance(other, Together):
        return _is_same(goal.walk, other.walk) and goal.gesture == other.gesture
    return goal == other


@pytest.mark.parametrize('split', (Split.TRAIN, Split.UNSEEN))
def test_a_sentence_says_its_goal(split):
    rng = np.random.default_rng(0)
    for _ in range(3000):
        goal = GoTo(str(rng.choice(SHAPES)), str(rng.choice(list(COLOURS))))
        if rng.random() < 0.5:
            goal = random_move(rng)
        sentence = say(goal, rng, split)
        assert _is_same(goal, parse(sentence)), (sentence, goal, parse(sentence))


@pytest.mark.parametrize('split', (Split.TRAIN, Split.UNSEEN))
def test_a_sentence_about_arms_and_relations_says_its_goal(split):
    rng = np.random.default_rng(2)
    goals = training_goals() + 20 * [
        Bow(), Touch('cube', 'red'), Touch('cone', None, Side.LEFT), Push('ball', 'blue'),
        Follow('cone', 'red')]
    for goal in goals:
        sentence = say(goal, rng, split)
        assert _is_same(goal, parse(sentence)), (sentence, goal, parse(sentence))


@pytest.mark.parametrize('text, goal', [
    ('Raise your left hand!', Gesture(Posture.RAISE, Side.LEFT)),
    ('arms down', Gesture(Posture.LOWER, Side.BOTH)),
    ('hands up for 3 seconds', Gesture(Posture.RAISE, Side.BOTH, 3.0)),
    ('point at the green ball', PointAt('ball', 'green')),
    ('go to the cube that is not red', GoTo('cube', relation=Relation(Which.NOT, None, 'red')))])
def test_what_people_say_to_arms_is_read(text, goal):
    assert parse(text) == goal


def test_unseen_forms_of_arms_are_never_trained():
    rng = np.random.default_rng(3)
    for goal in (Gesture(Posture.RAISE, Side.LEFT), PointAt('cube', 'red')):
        trained = {say(goal, rng) for _ in range(2000)}
        assert not trained & {say(goal, rng, Split.UNSEEN) for _ in range(500)}


def test_wider_forms_have_no_verb_of_the_unseen():
    unseen = {'proceed', 'wander', 'travel', 'visit', 'position', 'advance', 'retreat', 'scoot',
              'slide', 'strafe', 'pivot', 'swing'}
    for frames in WIDER.values():
        assert len(frames) == len(set(frames))
        assert not unseen & set(' '.join(frames).split())


def test_wider_forms_of_arms_and_things_have_no_words_of_the_unseen_for_what_is_done():
    unseen = (
        'using|let me|swing|friendly|hi|reach|all the way|open|fall|leave|get .* back|hold that|'
        'wait|give us|politely|over at|straight at|have|contact|get your hand|get the .* to move|'
        'meanwhile|as you wave|keeping|after that|afterwards|against|wherever|tag')
    wider = [frame for phrases in (arm_phrases.WIDER, thing_phrases.WIDER)
             for frames in phrases.values()
             for some in (frames.values() if hasattr(frames, 'values') else [frames])
             for frame in some]
    assert len(wider) > 250 and len(set(wider)) == len(wider)
    assert not [frame for frame in wider if re.search(rf'\b({unseen})\b', frame)]


def test_wider_forms_are_drawn_beside_those_of_episodes():
    rng, goal = np.random.default_rng(4), Move(Direction.LEFT)
    told = {say(goal, rng) for _ in range(2000)}
    wider = [say(goal, rng, Split.WIDER) for _ in range(200)]
    assert all('left' in sentence.lower() for sentence in wider) and not told & set(wider)


def test_unseen_forms_are_never_trained():
    rng = np.random.default_rng(1)
    goal = GoTo('cube', 'red')
    trained = {say(goal, rng) for _ in range(3000)}
    unseen = {say(goal, rng, Split.UNSEEN) for _ in range(1000)}
    assert len(unseen) > 50
    assert not trained & unseen


@pytest.mark.parametrize('text, metres', [
    ('walk forward two and a half metres', 2.5), ('go back 0.75 m', 0.75),
    ('move half a metre to the left', 0.5), ('walk ahead 3 meters', 3.0),
    ('step right one metre', 1.0), ('go forward 1.25m', 1.25)])
def test_numbers_are_read(text, metres):
    assert parse(text).amount == pytest.approx(metres)


@pytest.mark.parametrize('text', ['', 'make me a coffee', 'colourless green ideas', '42', 'é ñ'])
def test_what_is_not_understood_is_none(text):
    assert parse(text) is None


def test_waiting_is_stopping():
    assert parse('wait there') == Stop()


def test_at_least_four_core_pairs_are_held_out():
    assert len(HELD_OUT_PAIRS) >= 4
