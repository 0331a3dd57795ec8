"""Laws of the language model: padding never matters, and nobody's neighbour does."""
import numpy as np
import pytest
import torch

from vla_ros.core.errors import CheckpointError, InvalidValueError
from vla_ros.models.bert import BertConfig, BertEncoder
from vla_ros.models.checkpoint import load_checkpoint, save_checkpoint
from vla_ros.models.language import (
    CALIBRATED, LANGUAGE, LanguageConfig, LanguageHeads, LanguageModel, restored_heads, sizes_of)

SMALL = LanguageConfig(5, 7, 6, features=32, tuned_heads=4, width=16, layers=2, heads=2)
FACTS = {'name': 'test', 'trained': True, 'intents': [], 'entities': [], 'actions': [],
         'temperatures': dict.fromkeys(CALIBRATED, 1.0), 'command_least': 0.5}


@pytest.fixture
def model():
    torch.manual_seed(0)
    encoder = BertEncoder(BertConfig(vocab_size=50, hidden_size=32, num_hidden_layers=2,
                                     num_attention_heads=4, intermediate_size=48))
    return LanguageModel(encoder, LanguageHeads(SMALL)).eval()


def _answers(model, ids, keep, clauses):
    hidden, labels = model.read(ids, keep)
    return labels, model.judge(hidden, clauses)


@pytest.fixture
def inputs():
    ids = torch.randint(50, (3, 9), generator=torch.Generator().manual_seed(1))
    keep = torch.ones(3, 9, dtype=torch.bool)
    keep[:, 6:] = False
    clauses = torch.zeros(3, 2, 9, dtype=torch.bool)
    clauses[:, 0, 1:3] = clauses[:, 1, 3:6] = True
    return ids, keep, clauses


def test_padding_never_matters(model, inputs):
    ids, keep, clauses = inputs
    labels, judged = _answers(model, ids, keep, clauses)
    changed = ids.clone()
    changed[:, 6:] = 49
    for other in (_answers(model, changed, keep, clauses),
                  _answers(model, ids[:, :6], keep[:, :6], clauses[..., :6])):
        assert torch.allclose(labels[:, :6], other[0][:, :6], atol=1e-5)
        for one, two in zip(judged, other[1], strict=True):
            assert torch.allclose(one, two, atol=1e-5)


def test_one_sentence_never_changes_another(model, inputs):
    ids, keep, clauses = inputs
    labels, judged = _answers(model, ids, keep, clauses)
    changed = ids.clone()
    changed[1] = 3
    other_labels, other = _answers(model, changed, keep, clauses)
    assert torch.equal(labels[[0, 2]], other_labels[[0, 2]])
    assert not torch.allclose(judged.intents[1], other.intents[1])
    for one, two in zip(judged, other, strict=True):
        assert torch.equal(one[[0, 2]], two[[0, 2]])


def test_a_sentence_alone_is_what_it_is_in_a_batch(model, inputs):
    ids, keep, clauses = inputs
    labels, judged = _answers(model, ids, keep, clauses)
    alone_labels, alone = _answers(model, ids[:1], keep[:1], clauses[:1])
    assert torch.allclose(labels[:1], alone_labels, atol=1e-5)
    assert torch.allclose(judged.actions[:1], alone.actions, atol=1e-5)


def test_the_order_of_clauses_does_not_matter(model, inputs):
    ids, keep, clauses = inputs
    _, judged = _answers(model, ids, keep, clauses)
    _, flipped = _answers(model, ids, keep, clauses.flip(1))
    assert torch.allclose(judged.intents, flipped.intents.flip(1), atol=1e-5)


def test_a_clause_without_words_gives_finite_numbers(model, inputs):
    ids, keep, clauses = inputs
    _, judged = _answers(model, ids, keep, torch.zeros_like(clauses))
    assert all(torch.isfinite(scores).all() for scores in judged)


@pytest.mark.parametrize('sizes', [
    {'intents': 51}, {'labels': 62}, {'actions': 101}, {'actions': 0}, {'heads': 3},
    {'tuned_heads': 5}])
def test_sizes_beyond_the_documents_are_refused(sizes):
    with pytest.raises(InvalidValueError):
        LanguageConfig(**{'intents': 5, 'labels': 7, 'actions': 6, 'width': 16, **sizes})


def test_an_encoder_of_another_width_is_refused():
    with pytest.raises(InvalidValueError, match='width'):
        LanguageModel(BertEncoder(BertConfig(vocab_size=9, hidden_size=16, num_hidden_layers=1,
                                             num_attention_heads=2)), LanguageHeads(SMALL))


def test_the_documents_sizes_can_be_made():
    config = BertConfig()
    assert (config.vocab_size, config.max_position_embeddings, config.type_vocab_size,
            config.num_hidden_layers, config.hidden_size) == (30522, 512, 2, 12, 768)
    heads = LanguageHeads(LanguageConfig(50, 61, 100, features=768))
    assert heads.labels.out_features == 61


def test_heads_come_back_from_their_checkpoint(tmp_path, model):
    heads = model.heads
    save_checkpoint(tmp_path, heads.state_dict(), {**FACTS, 'sizes': sizes_of(heads)})
    loaded = load_checkpoint(str(tmp_path), LANGUAGE)
    again = restored_heads(loaded.manifest, loaded.weights)
    for name, value in heads.state_dict().items():
        assert torch.allclose(value, again.state_dict()[name], atol=2e-3), name
    with pytest.raises(CheckpointError, match='missing'):
        load_checkpoint(str(tmp_path))                  # it is no policy


@pytest.mark.parametrize('wrong', [
    {'temperatures': {'labels': 1.0}}, {'temperatures': []}, {'command_least': 1.5},
    {'temperatures': dict.fromkeys(CALIBRATED, 0.0)}, {'command_least': 'half'}])
def test_a_calibration_that_makes_no_probability_is_refused(tmp_path, model, wrong):
    save_checkpoint(tmp_path, model.heads.state_dict(),
                    {**FACTS, 'sizes': sizes_of(model.heads), **wrong})
    with pytest.raises(CheckpointError):
        load_checkpoint(str(tmp_path), LANGUAGE)


def test_sizes_that_do_not_fit_the_weights_are_refused(tmp_path, model):
    save_checkpoint(tmp_path, model.heads.state_dict(),
                    {**FACTS, 'sizes': {**sizes_of(model.heads), 'actions': 4}})
    loaded = load_checkpoint(str(tmp_path), LANGUAGE)
    with pytest.raises(CheckpointError, match='test'):
        restored_heads(loaded.manifest, loaded.weights)


@pytest.mark.slow
def test_the_encoder_equals_the_reference_on_two_hundred_sentences():
    transformers = pytest.importorskip(
        'transformers', reason='the reference, transformers, is not installed')
    from vla_ros.inference.sentence_encoder import (
        pretrained_encoder, pretrained_tokenizer, weights_dir)
    from vla_ros.language.corpus.sentences import Split, Writer
    from vla_ros.learning.language_data import padded
    writer = Writer(Split.UNSEEN, np.random.default_rng(0))
    sentences = [writer.command().text for _ in range(150)]
    sentences += [writer.other().text for _ in range(50)]
    tokenizer = pretrained_tokenizer(128)
    ids, keep = padded([tokenizer.encode(s).ids for s in sentences])
    reference = transformers.AutoModel.from_pretrained(weights_dir()).eval()
    with torch.no_grad():
        ours = pretrained_encoder()(ids, keep)
        wanted = reference(input_ids=ids, attention_mask=keep.long()).last_hidden_state
    assert torch.allclose(ours[keep], wanted[keep], atol=1e-4)
