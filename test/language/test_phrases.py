"""What is said for a goal means that goal."""
import numpy as np
import pytest

from vla_ros.core.goals import GoTo, Move, Stop
from vla_ros.language.grammar import parse
from vla_ros.language.phrases import say, Split
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.sim.tasks.move_suite import random_move


def _is_same(goal, other) -> bool:
    if isinstance(goal, Move) and isinstance(other, Move):
        return goal.direction == other.direction and goal.distance == pytest.approx(
            other.distance)
    return goal == other


@pytest.mark.parametrize('split', Split)
def test_a_sentence_says_its_goal(split):
    rng = np.random.default_rng(0)
    for _ in range(3000):
        goal = GoTo(str(rng.choice(SHAPES)), str(rng.choice(list(COLOURS))))
        if rng.random() < 0.5:
            goal = random_move(rng)
        sentence = say(goal, rng, split)
        assert _is_same(goal, parse(sentence)), (sentence, goal, parse(sentence))


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
