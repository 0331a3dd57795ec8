"""What a policy shows of its attention is what it decided by."""
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.policy import Attentive
from vla_ros.core.values import Attention, Observation
from vla_ros.inference.attention import attention_of
from vla_ros.inference.policy import load_policy
from vla_ros.sim.camera import Eye
from vla_ros.sim.worlds import make_world, scene_of

SEED = 8
"""A room in which a red cube, a blue ball and a yellow ball are in view."""


@pytest.fixture(scope='module')
def policy(g1):
    return load_policy('base', g1)


@pytest.fixture(scope='module')
def image(g1):
    names = ('red cube', 'blue ball', 'green cylinder', 'yellow ball')
    eye = Eye(make_world(g1, scene_of(names, SEED), kinematic=True))
    image = eye.look().copy()
    eye.close()
    return image


def _told(policy, g1, image, text):
    rest = np.array(g1.neutral_position)
    policy.reset(text)
    policy.infer(Observation(0.0, image, rest, np.zeros_like(rest), text))
    return policy.attention()


@pytest.mark.parametrize('text, words, rgb', [
    ('go to the red cube', 'red cube', (1, 0, 0)),
    ('Walk over to the BLUE ball!', 'BLUE ball', (0, 0, 1)),
    ('approach that yellow ball over there', 'yellow ball', (1, 1, 0))])
def test_the_brightest_cells_lie_on_the_named_thing(policy, g1, image, text, words, rgb):
    attention = _told(policy, g1, image, text)
    assert attention.words == words
    assert attention.cells.shape == (15, 20) and attention.cells.max() > 0.9
    row, column = np.unravel_index(attention.cells.argmax(), attention.cells.shape)
    cell = image[16 * row:16 * row + 16, 16 * column:16 * column + 16].astype(float)
    chroma = cell - cell.min(axis=2, keepdims=True)
    shown = chroma.reshape(-1, 3)[chroma.sum(axis=2).argmax()]
    assert shown @ np.array(rgb) / np.linalg.norm(rgb) > 0.9 * np.linalg.norm(shown) > 50


def test_what_is_not_there_lights_nothing_up(policy, g1, image):
    assert _told(policy, g1, image, 'go to the purple pyramid').cells.max() < 0.5


def test_the_map_is_the_decisions_own(policy, g1, image):
    made = []
    hook = policy._model.grounding.register_forward_hook(
        lambda model, given, answer: made.append(answer))
    attention = _told(policy, g1, image, 'go to the red cube')
    hook.remove()
    assert len(made) == 1                                   # showing it asked nothing anew
    wanted = made[0].log_probability[0].exp().numpy()
    assert np.array_equal(attention.cells.ravel(), wanted)


def test_a_new_instruction_has_no_attention_before_its_first_answer(policy, g1, image):
    assert isinstance(policy, Attentive)
    _told(policy, g1, image, 'go to the red cube')
    policy.reset('go to the blue ball')
    assert policy.attention() is None


def test_pieces_of_a_word_are_the_word(policy):
    encoder = policy._sentences
    for sentence in ('go to the red cube', 'Zylindrically, dodecahedron!', ''):
        words = encoder.words(sentence)
        assert len(words) == len(encoder.encode(sentence))
        assert (words[0], words[-1]) == ('', '')            # the marks around a sentence
    assert set(encoder.words('Zylindrically, dodecahedron!')) == {
        '', 'Zylindrically', ',', 'dodecahedron', '!'}


@pytest.mark.parametrize('reading, words', [
    ([[.1, .6, .2, .1], [.1, .2, .6, .1]], 'red cube'),
    ([[.1, .2, .6, .1], [.1, .6, .2, .1]], 'red cube'),     # as the sentence has them
    ([[.1, .6, .2, .1], [.1, .6, .2, .1]], 'red'),          # each once
    ([[.9, .0, .1, .0], [.4, .1, .0, .5]], 'red cube')])    # marks are no words
def test_the_words_are_those_that_the_slots_read_most(reading, words):
    grounding = SimpleNamespace(log_probability=torch.zeros(1, 6), reading=torch.tensor([reading]))
    assert attention_of(grounding, 2, ['', 'red', 'cube', '']).words == words


def test_a_sentence_without_words_is_attended_in_none():
    grounding = SimpleNamespace(log_probability=torch.zeros(1, 6), reading=torch.rand(1, 2, 2))
    attention = attention_of(grounding, 2, ['', ''])
    assert attention.words == '' and attention.cells.shape == (2, 3)


@pytest.mark.parametrize('shape', [(3,), (0, 4), (1, 2, 3)])
def test_a_map_without_rows_and_columns_is_refused(shape):
    with pytest.raises(InvalidValueError, match='rows, columns'):
        Attention(np.zeros(shape), 'cube')
