"""Laws of the networks: nobody's answer depends on a neighbour or on padding."""
import pytest
import torch

from vla_ros.core.body import MOTION_SIZE
from vla_ros.core.errors import InvalidValueError
from vla_ros.models.vla import BodyState, VlaConfig, VlaModel

SMALL = VlaConfig(joints=5, actions=4, width=32, heads=4, fusion_layers=1, feedforward=64,
                  image_height=48, image_width=64, tells_apart=True)


def _inputs(batch, words=7):
    generator = torch.Generator().manual_seed(3)
    image = torch.randint(0, 255, (batch, 48, 64, 3), dtype=torch.uint8, generator=generator)
    return (image, torch.randn(batch, words, 384, generator=generator),
            torch.ones(batch, words, dtype=torch.bool),
            BodyState(torch.randn(batch, 10, generator=generator),
                      torch.randn(batch, MOTION_SIZE, generator=generator),
                      torch.randn(batch, 4, generator=generator)))


@pytest.fixture
def model():
    torch.manual_seed(0)
    model = VlaModel(SMALL).eval()
    torch.nn.init.normal_(model.grounding.standing.counts.weight)
    return model


def test_a_decision_has_its_shapes(model):
    decision = model(*_inputs(2))
    assert decision.actions.shape == (2, 10, 4)
    assert decision.progress.shape == (2,)
    assert decision.grounding.log_probability.shape == (2, 6 * 8)
    assert (decision.grounding.log_probability <= 0).all()


def test_encoding_and_deciding_apart_is_the_same_as_at_once(model):
    image, words, keep, body = _inputs(2)
    apart = model.decide(model.encode_vision(image), words, keep, body)
    assert torch.allclose(apart.actions, model(image, words, keep, body).actions)


def test_a_batch_gives_what_single_calls_give(model):
    image, words, keep, body = _inputs(3)
    together = model(image, words, keep, body).actions
    for i in range(3):
        alone = model(image[i:i + 1], words[i:i + 1], keep[i:i + 1], BodyState(
            body.joints[i:i + 1], body.motion[i:i + 1], body.previous_action[i:i + 1]))
        assert torch.allclose(together[i], alone.actions[0], atol=1e-5)


def test_several_instructions_for_one_image_are_what_each_alone_is(model):
    image, words, keep, body = _inputs(6)
    together = model(image[:2], words, keep, body)
    for i in range(6):
        alone = model(image[i // 3][None], words[i:i + 1], keep[i:i + 1], BodyState(
            body.joints[i:i + 1], body.motion[i:i + 1], body.previous_action[i:i + 1]))
        assert torch.allclose(together.actions[i], alone.actions[0], atol=1e-5)
        assert torch.allclose(together.grounding.slot_logits[i],
                              alone.grounding.slot_logits[0], atol=1e-5)


def test_padding_of_a_sentence_does_not_change_the_decision(model):
    image, words, keep, body = _inputs(1)
    padded = torch.cat([words, 50 * torch.ones(1, 3, 384)], dim=1)
    longer = torch.cat([keep, torch.zeros(1, 3, dtype=torch.bool)], dim=1)
    assert torch.allclose(model(image, words, keep, body).actions,
                          model(image, padded, longer, body).actions, atol=1e-4)


def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(InvalidValueError, match='no multiple of heads'):
        VlaConfig(joints=5, actions=4, width=30, heads=4)
