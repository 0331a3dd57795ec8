"""What a policy carries advances with time: at the training's rate as always, at others alike."""
from dataclasses import replace

import numpy as np
import pytest
import torch

from vla_ros.core.body import joint_vector, motion_vector, MotionSinceCommand
from vla_ros.core.policy import TwoRate
from vla_ros.core.values import Observation
from vla_ros.inference.carried import Carried, Steps
from vla_ros.inference.policy import load_policy, PLANAR, REST
from vla_ros.models.vla import BodyState
from vla_ros.perception.preprocessing import prepare_image

TEXT = 'go to the red cube'


@pytest.fixture(scope='module')
def policy(g1):
    return load_policy('base', g1)


def _observations(robot, period_s, count, seed=None):
    """Return observations at a rate; all the same but for their time, or random ones."""
    rng, rest = np.random.default_rng(seed or 0), np.array(robot.neutral_position)
    first = Observation(0.0, rng.integers(0, 255, (240, 320, 3), np.uint8), rest, 0 * rest, TEXT,
                        np.zeros(3), np.zeros(3))
    for tick in range(count):
        changed = {} if seed is None else {
            'image': rng.integers(0, 255, (240, 320, 3), np.uint8), 'base_pose': None,
            'base_velocity': None, 'joint_positions': rest + 0.1 * rng.normal(size=len(rest))}
        yield replace(first, stamp_s=period_s * tick, **changed)


@torch.inference_mode()
def _by_calls(policy, observations):
    """Yield actions (K, A) as a plain loop over the model makes them, one step a call."""
    model, scale, robot = policy._model, policy._scale, policy.description.robot
    memory, motion, rested = model.memory.begin(), MotionSinceCommand(), 0
    action, axes = scale.stretch(np.zeros(robot.action_size)), len(robot.base_axes)
    steps = [None, None, *observations]
    for before, seen in zip(steps, observations, strict=False):
        twist = np.zeros(6)
        twist[robot.base_index] = action[:axes]
        commanded = twist[list(PLANAR)]
        done = motion.update(seen.stamp_s, seen.base_pose, commanded)
        velocity = commanded if seen.base_velocity is None else seen.base_velocity
        speeds = seen.joint_velocities if before is None else (
            seen.joint_positions - before.joint_positions) / (seen.stamp_s - before.stamp_s)
        body = BodyState(*(torch.from_numpy(v.astype(np.float32))[None] for v in (
            joint_vector(seen.joint_positions, speeds, np.array(robot.neutral_position)),
            motion_vector(done, velocity), scale.shrink(action))))
        words = policy._sentences.encode(seen.instruction)[None]
        decision = model(torch.from_numpy(prepare_image(seen.image))[None], words,
                         torch.ones(words.shape[:2], dtype=torch.bool), body, memory)
        actions = scale.stretch(decision.actions[0].double().numpy())
        rests = (np.abs(actions[:, :axes]) < REST).all(axis=1)
        actions[rests, :axes] = 0.0
        rested = rested + 1 if rests.all() else 0
        memory, action = decision.state if rested < 10 else memory, actions[0]
        yield actions


@pytest.mark.parametrize('seed', [None, 3], ids=['constant', 'random, without odometry'])
def test_ten_times_a_second_every_decision_is_a_step(policy, g1, seed):
    policy.reset(TEXT)
    seen = list(_observations(g1, 0.1, 25, seed))
    for observation, wanted in zip(seen, _by_calls(policy, seen), strict=True):
        chunk = policy.infer(observation)
        found = np.hstack([chunk.base_twist[:, g1.base_index], chunk.joint_targets])
        assert np.array_equal(found, wanted)


def _memories(policy, observations):
    """Return what the memory held after each step, and the action that it was made with."""
    policy.reset(TEXT)
    memories = [policy._carried[0].memory]
    seen = policy.encode_image(next(observations).image)
    for observation in observations:
        policy.decide(observation, seen)
        if policy._carried[0].memory is not memories[-1]:
            memories.append(policy._carried[0].memory)
    return memories


def test_fifty_times_a_second_leaves_the_same_memories(policy, g1):
    slow = _memories(policy, _observations(g1, 0.1, 14))
    fast = _memories(policy, _observations(g1, 0.02, 70))
    assert len(slow) > 5
    for one, two in zip(slow, fast, strict=False):
        assert all(torch.equal(a, b) for a, b in zip(
            vars(one).values(), vars(two).values(), strict=True))


def test_an_image_may_be_encoded_beforehand(policy, g1):
    assert isinstance(policy, TwoRate)
    observation, = _observations(g1, 0.1, 1)
    policy.reset(TEXT)
    once = policy.infer(observation)
    policy.reset(TEXT)
    newer = policy.decide(replace(observation, body_stamp_s=0.03),
                          policy.encode_image(observation.image))
    assert np.array_equal(once.base_twist, newer.base_twist)
    assert once.origin_s == newer.origin_s == observation.stamp_s


def test_steps_keep_their_distance_at_any_rate():
    rng, steps, now_s, taken = np.random.default_rng(0), Steps(0.1), 0.0, []
    for gap_s in rng.uniform(0.001, 0.05, 500):
        now_s += gap_s
        taken += [now_s] if steps.take(now_s) else []
    gaps_s = np.diff(taken)
    assert gaps_s.min() >= 0.095 and gaps_s.max() <= 0.095 + 0.05


def _carried():
    return Carried(0.1, np.zeros(1), 'empty')


def test_the_action_before_is_of_one_step_before():
    carried = _carried()
    for tick in range(1, 20):
        now_s = 0.02 * tick
        wanted = max(0, tick - 5)
        assert carried.action_before(now_s)[0] == wanted
        carried.take(now_s, np.array([tick]), False, None)
        assert carried.last_action[0] == tick


@pytest.mark.parametrize('period_s', [0.02, 0.05, 0.1])
def test_speeds_of_joints_are_those_of_two_decisions(period_s):
    carried, measured = _carried(), np.array([7.0])
    for tick in range(40):
        now_s = tick * period_s
        carried.notice(now_s, np.array([now_s ** 2]), measured)
        assert carried.speeds == pytest.approx(2 * (now_s - period_s) if tick >= 2 else 7.0)
    carried.notice(now_s + 1.0, np.array([0.0]), measured)                        # after a gap
    assert carried.speeds == 7.0


@pytest.mark.parametrize('period_s', [0.02, 0.1])
def test_a_joint_that_trembles_from_decision_to_decision_stands(period_s):
    carried = _carried()
    for tick in range(20):
        carried.notice(period_s * tick, np.array([0.1 * (tick % 2)]), np.array([2.0]))
        assert tick < 2 or abs(carried.speeds[0]) < 1e-9


@pytest.mark.parametrize('period_s', [0.02, 0.1, 0.25, 0.5])
def test_a_second_at_rest_settles_whatever_the_rate(period_s):
    carried, kept = _carried(), []
    for tick in range(round(3.0 / period_s)):
        carried.take(period_s * tick, np.zeros(1), True, tick * period_s)
        kept.append(carried.memory)
    assert 0.9 - max(0.1, period_s) - 1e-6 <= kept[-1] < 0.9
    carried.take(3.0, np.zeros(1), False, 'moving')
    assert carried.memory == 'moving'


def test_a_decision_between_steps_leaves_no_memory():
    carried = _carried()
    for now_s, memory in ((5.0, 'step'), (5.05, 'between'), (5.094, 'between')):
        carried.take(now_s, np.zeros(1), False, memory)
        assert carried.memory == 'step'
    carried.take(5.096, np.zeros(1), False, 'next')
    assert carried.memory == 'next'
    carried.reset()
    carried.take(5.1, np.zeros(1), False, 'first of another command')
    assert carried.memory == 'first of another command'
