"""The document's model as a policy: a command is read once, and remembered until the next."""
import numpy as np
import pytest
import torch

from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.core.values import Observation
from vla_ros.inference.document_policy import DocumentPolicy
from vla_ros.models.checkpoint import Checkpoint
from vla_ros.models.document import DocumentVla
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.presets import manifest_of, Preset

SIZES = {'width': 32, 'heads': 4, 'fusion_layers': 1, 'text_width': 24, 'text_layers': 1,
         'text_heads': 2, 'text_feedforward': 32, 'image_height': 48, 'image_width': 64}


@pytest.fixture(scope='module', params=['humanoid_24dof', 'unitree_g1'])
def robot(request):
    return load_robot(robot_file(request.param))


@pytest.fixture
def policy(robot):
    torch.manual_seed(0)
    model = DocumentVla(DocumentConfig(len(robot.joint_names), robot.action_size, **SIZES))
    manifest = manifest_of('test', Preset.DOCUMENT, model, robot, trained=False)
    return DocumentPolicy(Checkpoint(manifest, model.state_dict()), robot)


@pytest.fixture
def reads(policy):
    """Return what the language module was given, one entry for each time it read."""
    given = []
    policy._model.language.register_forward_pre_hook(lambda _, inputs: given.append(inputs[0]))
    return given


def _seen(robot, instruction='wave', tick=0):
    rng, rest = np.random.default_rng(tick), np.array(robot.neutral_position)
    return Observation(0.1 * tick, rng.integers(0, 256, (60, 80, 3), np.uint8), rest,
                       np.zeros_like(rest), instruction)


def _run(policy, robot, ticks, instruction='wave'):
    policy.reset(instruction)
    return [policy.infer(_seen(robot, instruction, tick)) for tick in range(ticks)]


def test_a_chunk_leads_from_where_the_joints_are(policy, robot):
    chunk, = _run(policy, robot, 1)
    assert chunk.joint_targets.shape == (2, len(robot.commanded_joints))
    np.testing.assert_array_equal(chunk.joint_targets[0], robot.of_commanded('neutral_position'))
    assert np.isfinite(chunk.joint_targets).all() and np.isfinite(chunk.base_twist).all()


def test_a_sentence_is_read_once_per_command(policy, robot, reads):
    _run(policy, robot, 3)
    assert len(reads) == 1
    _run(policy, robot, 2)
    assert len(reads) == 1                      # the same words again
    _run(policy, robot, 2, 'sit down')
    assert len(reads) == 2 and not torch.equal(reads[0], reads[1])


def test_ticks_are_remembered_until_the_next_command(policy, robot):
    first, again = _run(policy, robot, 3), _run(policy, robot, 3)
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.joint_targets, two.joint_targets)
    policy.reset('wave')
    alone = policy.infer(_seen(robot, tick=2))
    assert not np.array_equal(alone.joint_targets, first[2].joint_targets)


def test_words_reach_the_action(policy, robot):
    wave, = _run(policy, robot, 1)
    sit, = _run(policy, robot, 1, 'sit down')
    assert not np.array_equal(wave.joint_targets, sit.joint_targets)


@pytest.mark.parametrize('instruction', ['', '\u2603 ' * 9, 'go on and ' * 400],
                         ids=['empty', 'snow', 'endless'])
def test_any_sentence_gives_finite_numbers(policy, robot, instruction):
    chunk, = _run(policy, robot, 1, instruction)
    assert np.isfinite(chunk.joint_targets).all()
