"""Chunks begin at the joints, and what is felt of them counts as what was said makes it."""
import numpy as np
import pytest
import torch

from vla_ros.models.checkpoint import robot_facts
from vla_ros.models.posture import first_weights, PostureHead
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.scaling import ActionScale

WIDTH, HORIZON = 32, 10


@pytest.fixture(scope='module')
def head(g1):
    made = PostureHead(len(g1.joint_names), WIDTH, HORIZON * g1.action_size)
    told = first_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON, WIDTH)
    made.load_state_dict({name.removeprefix('posture.'): value for name, value in told.items()})
    return made.requires_grad_(False)


def _given(g1, rows=3):
    random = torch.Generator().manual_seed(0)
    return (torch.randn(rows, 2 * len(g1.joint_names), generator=random),
            torch.randn(rows, WIDTH, generator=random),
            torch.randn(rows, 2 * WIDTH, generator=random))


def test_untrained_chunks_go_from_where_the_joints_are_to_rest(g1, head):
    joints, *told = _given(g1)
    chunk = head(joints, *told).unflatten(-1, (HORIZON, -1)).numpy()
    targets = chunk * ActionScale.of(g1).scale
    assert not targets[..., :len(g1.base_axes)].any()
    arms = targets[..., len(g1.base_axes):]
    now = joints[:, g1.commanded_index].numpy()
    assert arms[:, 0] == pytest.approx(now, abs=1e-5)
    assert arms[:, 5] == pytest.approx(0.5 * now, abs=1e-5)
    assert np.array_equal(arms[:, 1:] * np.sign(now)[:, None] < 0, np.zeros_like(arms[:, 1:]))


def test_joints_that_are_not_commanded_are_not_felt(g1, head):
    joints, *_ = _given(g1)
    others = np.delete(np.arange(len(g1.joint_names)), g1.commanded_index)
    changed = joints.clone()
    changed[:, np.r_[others, len(g1.joint_names) + others]] += 1
    assert torch.equal(head.feel(changed), head.feel(joints))
    speeds = joints.clone()
    speeds[:, len(g1.joint_names) + g1.commanded_index[0]] += 0.1
    assert (head.feel(speeds) - head.feel(joints)).std() > 0.2


def test_what_is_felt_counts_as_what_was_said_and_seen_makes_it(g1, head):
    trained = PostureHead(len(g1.joint_names), WIDTH, HORIZON * g1.action_size)
    trained.load_state_dict(head.state_dict())
    trained.requires_grad_(False)
    torch.nn.init.normal_(trained.move.weight)
    torch.nn.init.normal_(trained.shown.weight, 0.0, 0.1)
    joints, heard, summary = _given(g1, 2)
    told = trained(joints, heard, summary)
    for other in ((heard.flip(0), summary), (heard, summary.flip(0))):
        assert (trained(joints, *other) - told).abs().mean() > 0.1
    silence = trained(joints, torch.zeros(2, WIDTH), torch.zeros(2, 2 * WIDTH))
    assert silence == pytest.approx(head(joints, heard, summary), abs=1e-5)


def test_a_new_policy_has_it(g1):
    model = new_model(Preset.SMALL, g1)
    told = first_weights(robot_facts(g1), ActionScale.of(g1).scale, HORIZON, model.config.width)
    own = model.state_dict()
    assert all(torch.equal(own[name], value) for name, value in told.items())
