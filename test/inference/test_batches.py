"""One model serves several robots: each gets what it would get alone."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.core.policy import Batched
from vla_ros.core.values import Observation
from vla_ros.inference.policy import load_policy

SAID = ('stop', 'go to the red cube',
        'turn left by ninety degrees, then walk over to the blue ball and come back')


@pytest.fixture(scope='module')
def policy(g1):
    return load_policy('base', g1)


def _observations(robot, ticks):
    """Return for each tick what each robot observes."""
    rng, rest = np.random.default_rng(5), np.array(robot.neutral_position)
    return [[Observation(0.1 * tick, rng.integers(0, 255, (120, 160, 3), np.uint8),
                         rest + 0.1 * rng.normal(size=len(rest)), 0 * rest, said,
                         0.3 * rng.normal(size=3), np.zeros(3)) for said in SAID]
            for tick in range(ticks)]


def _assert_alike(one, two):
    np.testing.assert_allclose(one.base_twist, two.base_twist, atol=1e-5)
    np.testing.assert_allclose(one.joint_targets, two.joint_targets, atol=1e-5)
    assert abs(one.progress - two.progress) < 1e-5


def test_a_batch_gives_each_robot_what_it_would_get_alone(policy, g1):
    assert isinstance(policy, Batched)
    ticks = _observations(g1, 6)
    for number, said in enumerate(SAID):
        policy.reset_one(number, said)
    together = [policy.infer_batch(observations) for observations in ticks]
    for number, said in enumerate(SAID):
        policy.reset(said)
        for tick, chunks in zip(ticks, together, strict=True):
            _assert_alike(policy.infer(tick[number]), chunks[number])


def test_one_robots_new_command_leaves_the_others_alone(policy, g1):
    *before, last = _observations(g1, 4)
    chunks = []
    for told in (None, 1):
        for number in range(len(SAID)):
            policy.reset_one(number, '')
        for observations in before:
            policy.infer_batch(observations)
        if told is not None:
            policy.reset_one(told, '')
        chunks.append(policy.infer_batch(last))
    _assert_alike(chunks[0][0], chunks[1][0])
    _assert_alike(chunks[0][2], chunks[1][2])
    assert chunks[0][1].progress != chunks[1][1].progress


def test_images_of_several_cameras_are_encoded_at_once(policy, g1):
    rng = np.random.default_rng(1)
    images = [rng.integers(0, 255, (*size, 3), np.uint8) for size in ((120, 160), (240, 320))]
    together = policy.encode_images(images)
    for number, image in enumerate(images):
        alone = policy.encode_image(image)
        np.testing.assert_allclose(alone.tokens[0], together.tokens[number], atol=1e-5)
        np.testing.assert_allclose(alone.described[0], together.described[number], atol=1e-5)


def test_nobody_needs_nothing(policy):
    assert policy.infer_batch([]) == []


def test_robots_share_sentences_but_not_what_they_did(policy, g1):
    first, _, _ = _observations(g1, 1)[0]
    policy.reset_one(0, SAID[0])
    policy.reset_one(1, SAID[0])
    one, two = policy.infer_batch([first, replace(first, base_pose=np.zeros(3))])
    _assert_alike(one, two)                 # wherever they stood when they were told
