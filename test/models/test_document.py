"""The document's model: its shapes, and the laws that its sketches break."""
from dataclasses import fields

import pytest
import torch

from vla_ros.core.errors import InvalidValueError
from vla_ros.models.document import DocumentVla
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.document_encoder import DocumentEncoder
from vla_ros.models.document_language import DocumentLanguage

SMALL = DocumentConfig(
    joints=5, actions=4, image_height=40, image_width=56, width=32, heads=4, fusion_layers=1,
    vision_width=24, language_width=24, action_width=8, objects=7, segments=3, vocabulary=90,
    positions=16, text_width=24, text_layers=2, text_heads=2, text_feedforward=32, intents=6,
    entities=5, robot_actions=9, window=4)
TICKS, BATCH, WORDS = 11, 3, 6
SIZE_MAX = 250e6
"""Of a checkpoint in half precision [bytes]."""


@pytest.fixture
def model():
    torch.manual_seed(0)
    model = DocumentVla(SMALL)
    for parameter in model.temporal.parameters():       # what is nearly zero would prove little
        torch.nn.init.normal_(parameter, std=0.2)
    return model.eval().requires_grad_(False)


@pytest.fixture
def whole():
    with torch.device('meta'):
        return DocumentVla(DocumentConfig()).eval()


def _inputs(batch=BATCH, seed=1):
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(batch, 3, 40, 56, generator=generator),
            torch.randint(1, 90, (batch, WORDS), generator=generator),
            torch.randn(batch, 5, generator=generator))


def _numbers(decision):
    """Return everything that a decision says, each with the batch first."""
    state = decision.state
    return {'action': decision.action, 'fused': decision.mixed.fused.transpose(0, 1),
            'attention': decision.mixed.attention, 'over_time': decision.over_time,
            **{' asks '.join(pair): t for pair, t in decision.mixed.asked.items()},
            **decision.perceived._asdict(), **decision.said._asdict(),
            'recurrent': state.recurrent.movedim(3, 0), 'window': state.window,
            'ticks': state.ticks}


def _assert_same(one, two, but=()):
    for name in one.keys() - set(but):
        torch.testing.assert_close(one[name], two[name], atol=1e-5, rtol=1e-5, msg=name)


def _parameters(module):
    return sum(p.numel() for p in module.parameters())


def test_everything_has_the_documents_shapes(whole):
    with torch.device('meta'):
        decision = whole(torch.rand(2, 3, 224, 224), torch.ones(2, 9, dtype=torch.int64),
                         torch.rand(2, 24))
    shapes = {name: tuple(t.shape) for name, t in _numbers(decision).items()}
    assert shapes == {
        'action': (2, 24), 'attention': (2, 3, 3), 'fused': (2, 3, 256),
        'objects': (2, 100), 'segmentation': (2, 20, 224, 224), 'depth_m': (2, 224, 224),
        'words': (2, 9, 768), 'keep': (2, 9), 'intents': (2, 50), 'entities': (2, 9, 30),
        'actions': (2, 100), 'over_time': (2, 3, 30),
        'vision asks language': (2, 1, 50, 9), 'vision asks action': (2, 1, 50, 1),
        'language asks vision': (2, 1, 9, 50), 'language asks action': (2, 1, 9, 1),
        'action asks vision': (2, 1, 1, 50), 'action asks language': (2, 1, 1, 9),
        'recurrent': (2, 3, 2, 2, 256), 'window': (2, 9, 3, 256), 'ticks': (2,)}


def _linear(inputs, *outputs):
    return sum((a + 1) * b for a, b in zip((inputs, *outputs), outputs, strict=False))


def test_every_module_has_as_many_parameters_as_the_documents_layers(whole):
    d, t = 256, 768
    mha, bert = _linear(d, 3 * d) + _linear(d, d), 4 * _linear(t, t) + _linear(t, 3072, t) + 4 * t
    layer = mha + _linear(d, 2048, d) + 4 * d
    encoder = (_linear(3 * 49, 64) + _linear(64 * 9, 128) + 2 * (64 + 128) + _linear(128, 512)
               + 2 * 512 + _linear(768, 512, 512) + 2 * 512 + _linear(24, 128, 64) + 2 * 64
               + 2 * _linear(512, d) + _linear(64, d) + mha + 4 * layer + _linear(d, 128, 24))
    perception = (_linear(3 * 49, 64) + _linear(64 * 9, 128) + _linear(128 * 9, d)
                  + _linear(d, 512, 100) + _linear(32, 20) + _linear(64, 1)
                  + 2 * (_linear(d * 9, 128) + 128 * 64 * 16 + 64) + 64 * 32 * 16 + 32)
    language = (30522 + 512 + 2) * t + 2 * t + 12 * bert + _linear(t, 50 + 30 + 100)
    cross_attention = 3 * (2 * d + _linear(d, 3 * d) + _linear(2 * d, d))
    temporal = 3 * 2 * (2 * 4 * d * d + 2 * 4 * d) + mha + _linear(3 * d, d, d)
    wanted = {'encoder': encoder, 'perception': perception, 'language': language,
              'cross_attention': cross_attention, 'temporal': temporal}
    assert {name: _parameters(m) for name, m in whole.named_children()} == wanted
    assert 109e6 < language < 110e6


def test_its_checkpoint_is_not_too_large(whole):
    halves = sum(2 * t.numel() for t in whole.state_dict().values())
    assert 2 * _parameters(whole) <= halves < SIZE_MAX


def test_the_encoder_alone_is_the_documents():
    encoder = DocumentEncoder(DocumentConfig()).eval()
    action, weights, fused = encoder(
        torch.rand(5, 3, 224, 224), torch.randn(5, 768), torch.randn(5, 24))
    assert action.shape == (5, 24) and weights.shape == (5, 3, 3) and fused.shape == (3, 5, 256)
    torch.testing.assert_close(weights.sum(-1), torch.ones(5, 3))


@pytest.mark.parametrize('changed', ['image', 'ids', 'joints', 'state'])
def test_one_sample_never_changes_another(model, changed):
    before = model(*_inputs())
    given = dict(zip(('image', 'ids', 'joints'), (t.clone() for t in _inputs()), strict=True))
    given['state'] = model.temporal.begin(BATCH)
    if changed == 'state':
        given['state'].recurrent[:, :, :, 1] += 1.0
    else:
        given[changed][1] = 1 + (given[changed][1] > 0.5) if changed != 'ids' else 4
    after = _numbers(model(**given))
    for name, value in _numbers(before).items():
        torch.testing.assert_close(value[[0, 2]], after[name][[0, 2]], msg=name)
    assert not torch.allclose(before.action[1], after['action'][1])


def test_a_batch_is_what_its_samples_are_alone(model):
    together, given = _numbers(model(*_inputs())), _inputs()
    for i in range(BATCH):
        _assert_same(_numbers(model(*(t[i:i + 1] for t in given))),
                     {name: t[i:i + 1] for name, t in together.items()})


def test_padding_does_not_matter(model):
    image, ids, joints = _inputs()
    keep = torch.tensor([[True] * 4 + [False] * 2] * BATCH)
    before = _numbers(model(image, ids, joints, keep))
    other = torch.cat([ids[:, :4], (ids[:, 4:] + 17) % 90], dim=1)
    _assert_same(before, _numbers(model(image, other, joints, keep)))
    short = _numbers(model(image, ids[:, :4], joints))
    by_word = {name for name in before if before[name].shape != short[name].shape}
    assert by_word <= {'words', 'keep', 'entities', 'vision asks language',
                       'language asks vision', 'language asks action', 'action asks language'}
    _assert_same(before, short, by_word)


def test_a_text_of_nothing_but_padding_says_nothing_and_gives_finite_numbers(model):
    image, ids, joints = _inputs()
    keep = torch.zeros(BATCH, WORDS, dtype=torch.bool)
    numbers = _numbers(model(image, ids, joints, keep))
    assert all(torch.isfinite(t).all() for t in numbers.values())
    assert not numbers['vision asks language'].any()
    _assert_same(numbers, _numbers(model(image, ids.flip(1), joints, keep)))


def test_a_padded_text_does_not_spoil_training(model):
    model.requires_grad_(True)
    keep = torch.tensor([[False] * WORDS, [True] * WORDS, [True] * 2 + [False] * 4])
    image, ids, joints = _inputs()
    sum(t.sum() for name, t in _numbers(model(image, ids, joints, keep)).items()
        if t.is_floating_point()).backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in model.parameters())


def test_a_sequence_and_tick_by_tick_give_the_same_numbers(model):
    images, _, joints = _inputs(TICKS)
    said = model.language(_inputs(1)[1])
    state, decisions = None, []
    for tick in range(TICKS):
        decisions.append(model.decide(model.encode_vision(images[tick:tick + 1]), said,
                                      joints[tick:tick + 1], state))
        state = decisions[-1].state
    every = type(said)(*(t.expand(TICKS, *t.shape[1:]) for t in said))
    mixed = model.mix(model.encode_vision(images), every, joints)
    actions, over_time, after = model.act(mixed.fused.transpose(0, 1)[None])
    close = {'atol': 1e-5, 'rtol': 0}
    torch.testing.assert_close(torch.cat([d.action for d in decisions]), actions[0], **close)
    torch.testing.assert_close(torch.cat([d.over_time for d in decisions]), over_time[0],
                               **close)
    for field in fields(state):
        torch.testing.assert_close(getattr(state, field.name), getattr(after, field.name),
                                   **close)


def _fused(ticks=TICKS):
    return torch.randn(BATCH, ticks, 3, SMALL.width, generator=torch.Generator().manual_seed(2))


def test_a_tick_does_not_know_later_ones(model):
    given = _fused()
    before, _, _ = model.temporal(given)
    given[:, 6:] = 3.0
    after, _, _ = model.temporal(given)
    torch.testing.assert_close(after[:, :6], before[:, :6])
    assert not torch.allclose(after[:, 6:], before[:, 6:])


def test_each_modality_is_remembered_by_itself(model):
    given = _fused()
    _, before = model.temporal._recur(given, model.temporal.begin(BATCH).recurrent)
    given[:, :, 1] = 3.0
    _, after = model.temporal._recur(given, model.temporal.begin(BATCH).recurrent)
    torch.testing.assert_close(after[[0, 2]], before[[0, 2]])
    assert not torch.allclose(after[1], before[1])


def test_only_ticks_that_were_are_attended_to(model):
    _, over_time, state = model.temporal(_fused(2))
    assert not over_time[:, 0, :, :9].any() and not over_time[:, 1, :, :6].any()
    torch.testing.assert_close(over_time.sum(-1), torch.ones(BATCH, 2, 3))
    assert state.ticks.tolist() == [2] * BATCH


def test_the_state_stays_as_large_as_it_was_and_changes_the_action(model):
    first = model(*_inputs())
    second = model(*_inputs(), state=first.state)
    begun = model.temporal.begin(BATCH)
    for field in fields(begun):
        assert getattr(second.state, field.name).shape == getattr(begun, field.name).shape
    assert not torch.allclose(first.action, second.action)
    torch.testing.assert_close(model(*_inputs(), state=begun).action, first.action)


def test_encoding_and_deciding_apart_is_the_same_as_at_once(model):
    image, ids, joints = _inputs()
    at_once, said = model(image, ids, joints), model.language(ids)
    apart = model.decide(model.encode_vision(image), said, joints)
    _assert_same(_numbers(at_once), _numbers(apart))
    without = model.decide(model.encode_vision(image, has_heads=False), said, joints)
    assert torch.equal(without.action, apart.action) and without.perceived is None


@pytest.mark.parametrize('size', [(40, 56), (224, 224), (33, 57), (30, 43)])
def test_segmentation_and_depth_are_as_large_as_the_image(model, size):
    perceived = model.perception(torch.rand(2, 3, *size))
    assert perceived.segmentation.shape == (2, 3, *size)
    assert perceived.depth_m.shape == (2, *size) and (perceived.depth_m > 0).all()
    assert perceived.objects.shape == (2, 7)


def test_what_is_where_in_the_image_reaches_the_action(model):
    torch.nn.init.normal_(model.place)
    image, ids, joints = _inputs(1)
    said, seen = model.language(ids), model.encode_vision(image)
    moved = seen._replace(cells=(seen.cells - model.place).roll(10, 1) + model.place)
    apart = model.decide(seen, said, joints).action - model.decide(moved, said, joints).action
    assert apart.abs().max() > 1e-4


def test_published_weights_load_into_the_language_module():
    from vla_ros.inference.sentence_encoder import pretrained_encoder
    published = pretrained_encoder()
    sizes = published.config
    language = DocumentLanguage(DocumentConfig(
        text_width=sizes.hidden_size, text_layers=sizes.num_hidden_layers,
        text_heads=sizes.num_attention_heads, text_feedforward=sizes.intermediate_size)).eval()
    language.encoder.load_state_dict(published.state_dict())
    ids = torch.tensor([[101, 2175, 2000, 102, 0]])
    keep = ids > 0
    with torch.no_grad():
        torch.testing.assert_close(language(ids, keep).words[:, :4],
                                   published(ids, keep)[:, :4], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize('sizes, said', [
    ({'width': 36}, 'width 36'), ({'text_width': 25}, 'text_heads'), ({'window': 0}, 'window'),
    ({'heads': 3}, 'heads 3')])
def test_sizes_that_do_not_fit_are_refused(sizes, said):
    with pytest.raises(InvalidValueError, match=said):
        DocumentConfig(**{**SMALL.as_dict(), **sizes})
