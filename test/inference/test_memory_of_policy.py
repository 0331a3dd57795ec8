"""A policy's memory: reset by a command, kept while the robot stands."""
import numpy as np

from vla_ros.core.values import Observation
from vla_ros.inference.policy import load_policy
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.presets import restored_model, without_memory


def _decide(policy, robot, count):
    image = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)
    rest = np.array(robot.neutral_position)
    for index in range(count):
        chunk = policy.infer(Observation(0.1 * index, image, rest, 0 * rest, 'stay where you are',
                                         np.zeros(3), np.zeros(3)))
    return chunk


def test_what_is_done_does_not_fade_while_the_robot_stands(g1):
    policy = load_policy('base', g1)
    assert not _decide(policy, g1, 3).base_twist.any()
    assert int(policy._carried[0].memory.ticks) == 3
    _decide(policy, g1, 30)
    assert int(policy._carried[0].memory.ticks) == 9          # of a second


def test_a_new_command_finds_an_empty_memory(g1):
    policy = load_policy('base', g1)
    first = _decide(policy, g1, 1)
    _decide(policy, g1, 5)
    policy.reset('stay where you are')
    assert int(policy._carried[0].memory.ticks) == 0
    np.testing.assert_allclose(_decide(policy, g1, 1).base_twist, first.base_twist)


def test_a_policy_without_memory_decides_by_the_view_alone(g1):
    policy = load_policy('base', g1, has_memory=False)
    _decide(policy, g1, 2)
    assert policy._carried[0].memory is None
    checkpoint = load_checkpoint('base')
    with_memory, by_view = (restored_model(c) for c in (checkpoint, without_memory(checkpoint)))
    assert by_view.memory is None
    assert {n for n, _ in with_memory.named_parameters() if not n.startswith('memory.')} == {
        n for n, _ in by_view.named_parameters()}
