"""A policy that grows does what it did; its new joints stay at rest."""
from dataclasses import asdict, replace
import json

import numpy as np
import pytest
import torch
import yaml

from vla_ros.cli.main import main
from vla_ros.core.body import MOTION_SIZE
from vla_ros.core.errors import CheckpointError
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.policy import load_policy
from vla_ros.models.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from vla_ros.models.growth import (
    going_straight,
    grown,
    reading_inputs,
    swinging,
    telling_apart,
)
from vla_ros.models.presets import manifest_of, Preset, restored_model
from vla_ros.models.vla import BodyState, VlaConfig, VlaModel

SIZES = {'width': 32, 'heads': 4, 'fusion_layers': 1, 'feedforward': 32, 'vision_channels': 8,
         'image_height': 48, 'image_width': 64}


def _robot(joints, commanded, axes=('linear.x', 'angular.z')):
    size, two = len(joints), len(axes)
    return RobotDescription(
        'walker', joints, commanded, (-2.0,) * size, (2.0,) * size, (1.0,) * size,
        (4.0,) * size, (80.0,) * size, tuple(np.linspace(0.1, 0.4, size)), axes, (-0.4,) * two,
        (0.6,) * two, (1.0,) * two)


OLD = _robot(('knee', 'elbow', 'wrist'), ('elbow', 'wrist'))
NEW = _robot(('waist', 'wrist', 'knee', 'neck', 'elbow'), ('wrist', 'waist', 'elbow', 'knee'),
             ('angular.z', 'linear.x'))
JOINTS, ACTIONS = [2, 4, 1], [1, 0, 4, 2]
"""Where the joints and actions of the old robot stand among those of the new one."""


@pytest.fixture(scope='module', params=['view', 'memory', 'reads inputs', 'goes straight',
                                        'swings'])
def made(request):
    torch.manual_seed(0)
    model = VlaModel(VlaConfig(len(OLD.joint_names), OLD.action_size, **SIZES,
                               has_memory=request.param != 'view',
                               reads_inputs=request.param not in ('view', 'memory')))
    if model.posture:
        for weights in model.posture.parameters():
            torch.nn.init.normal_(weights, 0.0, 0.1)
    if request.param == 'goes straight':
        model = restored_model(going_straight(_written(model)))
        torch.nn.init.normal_(model.straight.gate.weight, 0.0, 1.0)
    if request.param == 'swings':
        model = restored_model(swinging(_written(model)))
        for weights in (model.swing.gate.weight, model.swing.middle, model.swing.reach):
            torch.nn.init.normal_(weights, 0.0, 1.0)
    if model.memory:                                        # nothing is zero, all is relevant
        torch.nn.init.normal_(model.memory.head[-1].weight, 0.005, 0.05)
        torch.nn.init.constant_(model.memory.relevance[-1].bias, 9.0)
    return _written(model)


def _written(model):
    return Checkpoint(manifest_of('old', Preset.BASE, model, OLD, trained=True, recipe=['told']),
                      model.state_dict())


def _inputs(robot, joints, actions):
    rng = torch.Generator().manual_seed(1)
    image = torch.randint(0, 255, (2, 48, 64, 3), dtype=torch.uint8, generator=rng)
    words, keep = torch.randn(2, 5, 384, generator=rng), torch.ones(2, 5, dtype=torch.bool)
    known = torch.randn(2, 2, len(OLD.joint_names), generator=rng)
    motion, last = torch.randn(2, MOTION_SIZE, generator=rng), torch.randn(
        2, OLD.action_size, generator=rng)
    rates = torch.randn(2, 2, len(robot.joint_names), generator=rng)    # of new joints: any
    rates[..., joints] = known
    previous = torch.randn(2, robot.action_size, generator=rng)
    previous[:, actions] = last
    return image, words, keep, BodyState(rates.flatten(1), motion, previous)


def _decided(checkpoint):
    model = restored_model(checkpoint)
    return model(*_inputs(OLD, [0, 1, 2], [0, 1, 2, 3]),
                 model.memory.begin(2) if model.memory else None)


def test_the_grown_policy_does_what_it_did_and_new_joints_stay_at_rest(made):
    before, after = restored_model(made), restored_model(grown(made, NEW))
    told = [model(*_inputs(*given), model.memory.begin(2) if model.memory else None)
            for model, given in ((before, (OLD, [0, 1, 2], [0, 1, 2, 3])),
                                 (after, (NEW, JOINTS, ACTIONS)))]
    assert told[1].actions[..., ACTIONS] == pytest.approx(told[0].actions, abs=1e-6)
    assert not told[1].actions[..., [3, 5]].any()           # waist and knee
    assert told[1].progress == pytest.approx(told[0].progress, abs=1e-6)
    assert told[1].target == pytest.approx(told[0].target, abs=1e-6)
    assert told[0].actions.std() > 0.05


def test_the_manifest_says_what_it_was_but_for_the_robot_and_its_sizes(made):
    before, after = made.manifest, grown(made, NEW).manifest
    scale = np.array(after['action_offset']), np.array(after['action_scale'])
    assert scale[0][ACTIONS] == pytest.approx(before['action_offset'])
    assert scale[1][ACTIONS] == pytest.approx(before['action_scale'])
    assert scale[0][[3, 5]] == pytest.approx([0.1, 0.25])   # rest of waist and knee
    assert after['parameters'] == sum(
        p.numel() for p in restored_model(grown(made, NEW)).parameters())
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {'parameters', 'robot', 'sizes', 'action_offset', 'action_scale'}


def test_the_base_of_who_comes_to_read_its_inputs_does_what_it_did(made):
    after = reading_inputs(made)
    assert after.manifest['sizes']['reads_inputs']
    assert (reading_inputs(after) is after) and len(after.weights['posture.hold.weight'])
    given = (OLD, [0, 1, 2], [0, 1, 2, 3])
    told = [model(*_inputs(*given), model.memory.begin(2) if model.memory else None)
            for model in map(restored_model, (made, after))]
    assert told[1].progress == pytest.approx(told[0].progress, abs=1e-6)
    if not made.manifest['sizes']['reads_inputs']:
        assert told[1].actions[..., :2] == pytest.approx(told[0].actions[..., :2], abs=1e-6)
    assert after.manifest['parameters'] == sum(
        p.numel() for p in restored_model(after).parameters())


def test_who_comes_to_tell_things_apart_finds_what_it_found(made):
    after = telling_apart(made)
    assert after.manifest['sizes']['tells_apart'] and telling_apart(after) is after
    before, now = map(_decided, (made, after))
    assert now.grounding.log_probability == pytest.approx(
        before.grounding.log_probability, abs=0.01)
    assert now.actions == pytest.approx(before.actions, abs=0.02)
    assert after.manifest['parameters'] == sum(
        p.numel() for p in restored_model(after).parameters())


def test_who_comes_to_go_straight_does_nearly_what_it_did(made):
    after = going_straight(made)
    assert after.manifest['sizes']['goes_straight'] and going_straight(after) is after
    before, now = map(_decided, (made, after))
    assert now.actions == pytest.approx(before.actions, abs=0.1)
    assert now.progress == pytest.approx(before.progress, abs=1e-6)
    assert after.manifest['parameters'] == sum(
        p.numel() for p in restored_model(after).parameters())


def test_who_has_the_same_joints_gets_the_same_checkpoint(made):
    assert grown(made, OLD) is made


@pytest.mark.parametrize('robot, said', [
    (_robot(('knee', 'elbow', 'waist'), ('elbow',)),
     r"commands \['wrist'\], which the robot does not have"),
    (_robot(('elbow', 'wrist'), ('elbow', 'wrist')), r"observes \['knee'\]"),
    (replace(NEW, base_axes=('linear.x', 'linear.y')), r"base axes are \['linear.x', 'angular"),
])
def test_a_robot_that_lacks_something_is_refused(made, robot, said):
    with pytest.raises(CheckpointError, match=said):
        grown(made, robot)


def test_the_document_preset_does_not_grow(made):
    document = Checkpoint({**made.manifest, 'preset': 'document'}, made.weights)
    with pytest.raises(CheckpointError, match="preset 'document' can't grow"):
        grown(document, NEW)


def test_one_command_writes_it_and_it_runs_for_the_new_robot_only(made, tmp_path, capsys):
    save_checkpoint(tmp_path / 'old', made.weights, made.manifest)
    told = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(NEW).items()}
    told['neutral_position'] = [float(v) for v in NEW.neutral_position]
    (tmp_path / 'new.yaml').write_text(yaml.safe_dump(
        {'/**': {'ros__parameters': {'description': told}}}))
    with pytest.raises(CheckpointError, match='another robot.*--steps 0'):
        load_policy(str(tmp_path / 'old'), NEW)
    assert main(['train', '--finetune', str(tmp_path / 'old'), '--steps', '0', '--robot',
                 str(tmp_path / 'new.yaml'), '--out', str(tmp_path / 'run')]) == 0
    manifest = json.loads((tmp_path / 'run' / 'checkpoint' / 'manifest.json').read_text())
    assert manifest['trained'] and manifest['name'] == 'old' and manifest['recipe'] == ['told']
    assert load_policy(str(tmp_path / 'run' / 'checkpoint'), NEW).description.robot == NEW
    assert load_checkpoint(str(tmp_path / 'run' / 'checkpoint')).weights.keys() == (
        made.weights.keys())


def test_who_comes_to_swing_does_nearly_what_it_did(made):
    after = swinging(made)
    assert after.manifest['sizes']['swings'] and swinging(after) is after
    before, now = map(_decided, (made, after))
    assert now.actions == pytest.approx(before.actions, abs=0.1)
    assert after.manifest['parameters'] == sum(
        p.numel() for p in restored_model(after).parameters())
