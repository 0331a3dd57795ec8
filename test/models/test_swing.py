"""Joints that swing are sent round one circle, wherever they are; the others do what they did."""
import numpy as np
import pytest
import torch

from vla_ros.models.checkpoint import robot_facts
from vla_ros.models.scaling import ActionScale
from vla_ros.models.swing import SWING, swing_weights, SwingWay

WIDTH, HORIZON, REACH_RAD, HZ = 32, 10, 0.5, 0.7


def _way(g1, openness):
    made = SwingWay(len(g1.joint_names), WIDTH, g1.action_size, HORIZON)
    told = swing_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON, WIDTH)
    told[f'{SWING}gate.bias'].fill_(openness)
    made.load_state_dict({name.removeprefix(SWING): value for name, value in told.items()})
    return made.requires_grad_(False)


def _given(g1, place, speed):
    """Return chunks of noise, and commanded joints (B,) at a place [rad], speed [rad/s]."""
    random, size = torch.Generator().manual_seed(0), len(g1.joint_names)
    joints = torch.zeros(len(place), 2 * size)
    for offset, values in ((0, place), (size, 0.1 * speed)):
        joints[:, offset + g1.commanded_index] = torch.tensor(values, dtype=torch.float32)[:, None]
    return (torch.randn(len(place), HORIZON, g1.action_size, generator=random), joints,
            torch.randn(len(place), WIDTH, generator=random),
            torch.randn(len(place), 2 * WIDTH, generator=random))


@pytest.mark.parametrize('radius', [0.2, 0.5, 1.0])
def test_an_open_swing_goes_round_the_same_circle_however_small_it_is(g1, radius):
    phase, turn_hz, axes = np.linspace(0, 6, 9), 2 * np.pi * HZ, len(g1.base_axes)
    given = _given(g1, radius * np.cos(phase), -radius * turn_hz * np.sin(phase))
    sent = _way(g1, 30.0)(*given).numpy()
    ahead = turn_hz * (0.15 + 0.1 * np.arange(HORIZON))
    wanted = REACH_RAD * np.cos(phase[:, None] + ahead)
    arms = sent[..., axes:] * ActionScale.of(g1).scale[axes:]
    assert arms == pytest.approx(np.repeat(wanted[..., None], arms.shape[-1], axis=-1), abs=0.02)
    assert sent[..., :axes] == pytest.approx(given[0][..., :axes].numpy())


def test_who_is_not_to_swing_does_what_was_written(g1):
    given = _given(g1, np.ones(3), np.ones(3))
    assert _way(g1, -30.0)(*given) == pytest.approx(given[0], abs=1e-6)
    begun = SwingWay(len(g1.joint_names), WIDTH, g1.action_size, HORIZON)
    told = swing_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON, WIDTH)
    begun.load_state_dict({name.removeprefix(SWING): value for name, value in told.items()})
    assert (begun.requires_grad_(False)(*given) - given[0]).abs().max() < 0.1


def test_what_was_said_and_seen_opens_the_gate(g1):
    way = _way(g1, 0.0)
    torch.nn.init.normal_(way.gate.weight)
    chunk, joints, heard, summary = _given(g1, np.ones(2), np.zeros(2))
    told = way(chunk, joints, heard, summary)
    for other in ((heard.flip(0), summary), (heard, summary.flip(0))):
        assert (way(chunk, joints, *other) - told).abs().mean() > 0.1


def test_a_joint_in_the_middle_at_rest_has_a_way_to_go_and_it_is_finite(g1):
    given = _given(g1, np.zeros(1), np.zeros(1))
    assert torch.isfinite(_way(g1, 30.0)(*given)).all()
