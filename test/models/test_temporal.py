"""The memory: streaming and sequence agree, nothing leaks, what is expected is where it is."""
from dataclasses import fields
import math

import pytest
import torch

from vla_ros.models.temporal import (
    expectation,
    Modulation,
    Moments,
    TemporalConfig,
    TemporalFusion,
)
from vla_ros.models.vla import BodyState, pose_of, VlaConfig, VlaModel

WIDTH, TICKS = 32, 25


def moments(batch=3, ticks=TICKS, seed=0):
    generator = torch.Generator().manual_seed(seed)

    def noise(*shape):
        return torch.randn(*shape, generator=generator)
    return Moments(noise(batch, ticks, 3, WIDTH), noise(batch, ticks, 4), noise(batch, ticks),
                   noise(batch, ticks, 3))


@pytest.fixture(params=[True, False], ids=['doubts', 'never doubts'])
def memory(request):
    torch.manual_seed(1)
    memory = TemporalFusion(TemporalConfig(outputs=7, token_width=WIDTH, recurrent=16, width=24,
                                           doubts=request.param))
    for parameter in memory.parameters():           # what begins at zero would prove nothing
        torch.nn.init.normal_(parameter, 0, 0.2)
    return memory.eval().requires_grad_(False)


def test_a_sequence_and_tick_by_tick_give_the_same_numbers(memory):
    given = moments()
    at_once, after = memory(given)
    state, outputs, places = memory.begin(3), [], []
    for tick in range(TICKS):
        remembered, state = memory(given.at(tick), state)
        outputs.append(remembered.outputs)
        places.append(remembered.place)
    torch.testing.assert_close(torch.cat(outputs, 1), at_once.outputs, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(torch.cat(places, 1), at_once.place, atol=1e-5, rtol=1e-5)
    for field in fields(state):
        torch.testing.assert_close(getattr(state, field.name), getattr(after, field.name),
                                   atol=1e-5, rtol=1e-5)


def test_only_who_doubts_forgets_a_place_bit_by_bit():
    memory = TemporalFusion(TemporalConfig(outputs=7, token_width=WIDTH, doubts=True))
    for name, parameter in memory.named_parameters():
        if name.startswith('place_'):
            torch.nn.init.zeros_(parameter)
    torch.nn.init.constant_(memory.place_gate.bias, -100.0)             # nothing is written
    fact, place, strength = torch.zeros(1, 64), torch.tensor([[1.0, 2.0]]), torch.ones(1, 1)
    for bias, left in ((0.0, 0.5), (-100.0, 1.0)):
        torch.nn.init.constant_(memory.place_doubt.bias, bias)
        stays, known = memory.placed(fact, torch.zeros(1, 2), torch.zeros(1, 3), place, strength)
        assert known.item() == pytest.approx(left)
        torch.testing.assert_close(stays, place)


def test_the_state_stays_as_large_as_it_was(memory):
    state = memory.begin(3)
    sizes = [getattr(state, f.name).shape for f in fields(state)]
    _, state = memory(moments(), state)
    assert [getattr(state, f.name).shape for f in fields(state)] == sizes


def test_a_tick_does_not_know_later_ones(memory):
    given = moments()
    before, _ = memory(given)
    given.tokens[:, 10:] = 5.0
    after, _ = memory(given)
    torch.testing.assert_close(after.outputs[:, :10], before.outputs[:, :10])
    assert not torch.allclose(after.outputs[:, 10:], before.outputs[:, 10:])


def test_samples_don_t_meet(memory):
    given = moments()
    before, _ = memory(given)
    given.tokens[1], given.target[1], given.pose[1] = 9.0, 9.0, 9.0
    after, _ = memory(given)
    torch.testing.assert_close(after.outputs[[0, 2]], before.outputs[[0, 2]])


def test_an_empty_memory_is_the_same_whatever_came_before(memory):
    fresh, _ = memory(moments(seed=4))
    memory(moments(seed=5))
    again, _ = memory(moments(seed=4), memory.begin(3))
    torch.testing.assert_close(again.outputs, fresh.outputs)


def test_what_lies_ahead_is_expected_behind_after_half_a_turn():
    place, strength = torch.tensor([[2.0, 0.0]]), torch.ones(1, 1)
    ahead = expectation(place, strength, torch.zeros(1, 3))[0]
    assert ahead[0] == pytest.approx(0.0, abs=1e-3) and ahead[1] == pytest.approx(1.0, abs=1e-3)
    behind = expectation(place, strength, torch.tensor([[0.0, 0.0, math.pi]]))[0]
    assert behind[1] == pytest.approx(-1.0, abs=1e-3)
    left = expectation(place, strength, torch.tensor([[2.0, -1.0, 0.0]]))[0]
    assert left[0] == pytest.approx(1.0, abs=1e-3) and left[2] == pytest.approx(1 / 3, abs=1e-3)
    assert not expectation(place, 0 * strength, torch.zeros(1, 3)).any()


def test_what_is_not_expected_changes_nothing_that_is_seen():
    modulation = Modulation(WIDTH, 2)
    for parameter in modulation.parameters():
        torch.nn.init.normal_(parameter)
    tokens, described = torch.randn(2, 6, WIDTH), torch.randn(2, 2, 6, WIDTH)
    cells = torch.rand(6, 2)
    same = modulation(tokens, described, cells, torch.zeros(2, 5))
    torch.testing.assert_close(same, (tokens, described))
    other = modulation(tokens, described, cells, torch.ones(2, 5))
    assert not torch.allclose(other[0], tokens) and not torch.allclose(other[1], described)


@pytest.fixture
def small_vla():
    torch.manual_seed(0)
    config = VlaConfig(joints=4, actions=5, width=32, heads=4, fusion_layers=1, feedforward=32,
                       text_width=8, image_height=48, image_width=64, has_memory=True)
    return VlaModel(config).eval().requires_grad_(False)


def _asked(state=None, model=None):
    torch.manual_seed(3)
    body = BodyState(torch.randn(1, 8), torch.randn(1, 11), torch.randn(1, 5))
    return model(torch.randint(0, 255, (1, 48, 64, 3), dtype=torch.uint8), torch.randn(1, 6, 8),
                 torch.ones(1, 6, dtype=torch.bool), body, state)


def test_a_memory_that_has_learned_nothing_changes_no_decision(small_vla):
    by_view = _asked(model=small_vla)
    remembering = _asked(small_vla.memory.begin(), small_vla)
    torch.testing.assert_close(remembering.actions, by_view.actions)
    assert by_view.state is None and int(remembering.state.ticks) == 1


def test_a_command_that_needs_no_memory_gets_none_of_it(small_vla):
    by_view = _asked(model=small_vla)
    torch.nn.init.normal_(small_vla.memory.head[-1].bias)
    for bias, is_same in ((-9.0, True), (9.0, False)):
        torch.nn.init.constant_(small_vla.memory.relevance[-1].bias, bias)
        asked = _asked(small_vla.memory.begin(), small_vla)
        assert torch.allclose(asked.actions, by_view.actions) is is_same


def test_what_is_remembered_reaches_the_eyes_at_the_next_tick(small_vla):
    for parameter in small_vla.memory.modulation.parameters():
        torch.nn.init.normal_(parameter, 0, 3.0)
    first = _asked(small_vla.memory.begin(), small_vla)
    second = _asked(first.state, small_vla)
    assert float(first.state.strength) > 0
    assert not torch.allclose(second.grounding.log_probability, first.grounding.log_probability)


def test_the_pose_since_the_command_is_read_from_the_motion():
    from vla_ros.core.body import motion_vector
    done = torch.tensor([[0.7, -1.2, 4.0]])
    motion = torch.tensor(motion_vector(done.numpy(), torch.zeros(1, 3).numpy())).float()
    torch.testing.assert_close(pose_of(motion), done)
