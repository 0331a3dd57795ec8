"""Joints go straight to where a chunk ends, at one pace; the base does what it did."""
import numpy as np
import pytest
import torch

from vla_ros.models.checkpoint import robot_facts
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.scaling import ActionScale
from vla_ros.models.straight import GATE, STRAIGHT, straight_weights, StraightWay
from vla_ros.sim.experts.chunks import arm_chunk

WIDTH, HORIZON = 32, 10


def _way(g1, openness):
    made = StraightWay(len(g1.joint_names), WIDTH, g1.action_size, HORIZON)
    told = straight_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON, WIDTH)
    told[f'{GATE}.bias'].fill_(openness)
    made.load_state_dict({name.removeprefix(STRAIGHT): value for name, value in told.items()})
    return made.requires_grad_(False)


def _given(g1, goal, joints):
    """Return a chunk whose last row is the goal (B, C) of joints (B, C), from rest [rad]."""
    random, axes = torch.Generator().manual_seed(0), len(g1.base_axes)
    chunk = torch.randn(len(goal), HORIZON, g1.action_size, generator=random)
    chunk[:, -1, axes:] = torch.tensor(goal / ActionScale.of(g1).scale[axes:])
    seen = torch.zeros(len(goal), 2 * len(g1.joint_names))
    seen[:, g1.commanded_index] = torch.tensor(joints, dtype=torch.float32)
    return (chunk, seen, torch.randn(len(goal), WIDTH, generator=random),
            torch.randn(len(goal), 2 * WIDTH, generator=random))


@pytest.mark.parametrize('far_rad', [0.0, 0.1, 1.0])
def test_open_ways_are_those_of_experts_whatever_rows_were_written(g1, far_rad):
    rng, axes = np.random.default_rng(0), len(g1.base_axes)
    now = rng.normal(0, 0.5, (4, len(g1.commanded_joints)))
    left = rng.uniform(-1, 1, now.shape)
    goal = now + far_rad * left / np.abs(left).max(axis=1, keepdims=True)
    given = _given(g1, goal, now)
    led = _way(g1, 30.0)(*given).numpy() * ActionScale.of(g1).scale
    assert led[..., axes:] == pytest.approx(arm_chunk(now, goal), abs=1e-5)
    assert led[..., :axes] / ActionScale.of(g1).scale[:axes] == pytest.approx(
        given[0][..., :axes].numpy())


def test_where_ways_are_not_straight_rows_stay_as_they_were_written(g1):
    goal = np.ones((2, len(g1.commanded_joints)))
    given = _given(g1, goal, 0 * goal)
    assert _way(g1, -30.0)(*given) == pytest.approx(given[0], abs=1e-6)


def test_what_was_said_and_seen_opens_the_gate(g1):
    way, goal = _way(g1, 0.0), np.ones((2, len(g1.commanded_joints)))
    torch.nn.init.normal_(way.gate.weight)
    chunk, joints, heard, summary = _given(g1, goal, 0 * goal)
    told = way(chunk, joints, heard, summary)
    for other in ((heard.flip(0), summary), (heard, summary.flip(0))):
        assert (way(chunk, joints, *other) - told).abs().mean() > 0.1


def test_a_new_policy_has_it(g1):
    model = new_model(Preset.SMALL, g1)
    told = straight_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON,
                            model.config.width)
    own = model.state_dict()
    assert model.config.goes_straight
    assert all(torch.equal(own[name], value) for name, value in told.items())
