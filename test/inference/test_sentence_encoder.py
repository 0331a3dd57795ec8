"""Pretrained text features, each sentence encoded once."""
import numpy as np
import pytest
import torch

from vla_ros.inference.sentence_encoder import SentenceEncoder, WIDTH, WORDS_MAX


@pytest.fixture(scope='module')
def encoder():
    return SentenceEncoder()


def test_a_sentence_is_encoded_once(encoder):
    before = encoder.encodes
    first = encoder.encode('go to the red cube')
    assert torch.equal(first, encoder.encode('go to the red cube'))
    assert encoder.encodes - before <= 1


def test_a_batch_gives_what_single_calls_give(encoder):
    sentences = ['go to the red cube', 'stop', 'turn left by ninety degrees, please']
    words, keep = encoder.encode_batch(sentences)
    for row, mask, sentence in zip(words, keep, sentences, strict=True):
        assert torch.allclose(row[mask], encoder.encode(sentence), atol=1e-4)


def test_meaning_is_near_and_far(encoder):
    def mean(sentence):
        vector = encoder.encode(sentence).mean(dim=0).numpy()
        return vector / np.linalg.norm(vector)
    walk = mean('walk to the red cube')
    assert walk @ mean('go over to the red box') > walk @ mean('the tax return is due in May')


def test_length_is_bounded(encoder):
    assert encoder.encode('word ' * 300).shape == (WORDS_MAX, WIDTH)


def test_it_equals_the_reference(encoder):
    transformers = pytest.importorskip('transformers', reason='the reference is not installed')
    from vla_ros.inference.sentence_encoder import weights_dir
    reference = transformers.AutoModel.from_pretrained(weights_dir())
    tokenizer = transformers.AutoTokenizer.from_pretrained(weights_dir())
    sentence = "go to the red cube, then turn 90 degrees; isn't it?"
    with torch.no_grad():
        wanted = reference(**tokenizer(sentence, return_tensors='pt')).last_hidden_state[0]
    assert torch.allclose(encoder.encode(sentence), wanted, atol=1e-4)
