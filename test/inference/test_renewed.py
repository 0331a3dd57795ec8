"""A decision is written anew for what the joints do by now: as if they had been decided on."""
from dataclasses import replace

import numpy as np
import pytest
import torch

from vla_ros.core.values import Observation
from vla_ros.inference.cache import CachedVision
from vla_ros.inference.policy import VlaPolicy
from vla_ros.inference.runtime import Runtime
from vla_ros.models.checkpoint import Checkpoint
from vla_ros.models.presets import manifest_of, new_model, Preset


@pytest.fixture(params=[(Runtime.FP32, True), (Runtime.LEAN, True), (Runtime.LEAN, False)],
                ids=['fp32', 'lean', 'forgetful'])
def policy(g1, request):
    runtime, has_memory = request.param
    torch.manual_seed(0)
    model = new_model(Preset.SMALL, g1, has_memory=has_memory)
    for weights in (model.straight.gate.weight, model.posture.move.weight):
        torch.nn.init.normal_(weights, 0.0, 0.01)
    if has_memory:
        torch.nn.init.normal_(model.memory.head[-1].weight, 0.005, 0.05)
        torch.nn.init.constant_(model.memory.relevance[-1].bias, 9.0)
    return VlaPolicy(Checkpoint({**manifest_of('test', Preset.SMALL, model, g1, trained=True),
                                 'sha256': '0'}, model.state_dict()), g1, runtime)


@pytest.fixture
def observation(g1):
    rng = np.random.default_rng(0)
    joints = rng.normal(0, 0.3, (2, len(g1.joint_names)))
    return Observation(1.0, rng.integers(0, 255, (240, 320, 3), np.uint8), *joints,
                       'point at the red cube')


def test_with_the_joints_of_the_decision_it_is_the_decision(policy, observation):
    policy.reset(observation.instruction)
    assert policy.renewed(observation.joint_positions) is None
    for tick in range(4):                                   # so that there is a memory
        decided = policy.infer(replace(
            observation, stamp_s=1.0 + 0.1 * tick,
            joint_positions=observation.joint_positions - 0.02 * (3 - tick)))
    again = policy.renewed(observation.joint_positions)
    assert again.joint_targets == pytest.approx(decided.joint_targets, abs=1e-5)
    assert again.base_twist == pytest.approx(decided.base_twist, abs=1e-5)
    assert (again.origin_s, again.progress) == (decided.origin_s, decided.progress)


def test_an_arm_that_has_moved_goes_on_from_where_it_is(g1, policy, observation):
    policy.reset(observation.instruction)
    decided = policy.infer(observation)
    moved = observation.joint_positions.copy()
    moved[g1.commanded_index[3]] += 0.2
    again = policy.renewed(moved)
    assert np.abs(again.joint_targets[0] - decided.joint_targets[0]).argmax() == 3
    assert again.joint_targets[0, 3] > decided.joint_targets[0, 3] + 0.1
    policy.reset(observation.instruction)                   # with the memories of before
    fresh = policy.infer(replace(observation, joint_positions=moved))
    assert np.abs(again.joint_targets - fresh.joint_targets).mean() < 0.5 * np.abs(
        decided.joint_targets - fresh.joint_targets).mean()


def test_a_new_command_leaves_nothing_to_write(policy, observation):
    policy.infer(observation)
    policy.reset('wave')
    assert policy.renewed(observation.joint_positions) is None


def test_an_answer_that_is_no_number_is_not_written_again(policy, observation):
    policy.infer(observation)
    with torch.no_grad():
        policy._model.chunk_head[2].bias.fill_(np.nan)
        for lean in [m for m in (getattr(policy._deciding, '_lean', None),) if m is not None]:
            lean.head_outer.bias.fill_(np.nan)
    assert not policy.infer(observation).is_finite
    assert policy.renewed(observation.joint_positions) is None


def test_who_keeps_frames_passes_it_on_and_who_cannot_says_so(g1, policy, observation):
    cached = CachedVision(policy)
    decided = cached.infer(observation)
    again = cached.renewed(observation.joint_positions)
    assert again.joint_targets == pytest.approx(decided.joint_targets, abs=1e-5)

    class Plain:
        """No policy that could."""

    assert CachedVision(Plain()).renewed(np.zeros(29)) is None
