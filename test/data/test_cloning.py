"""Any robot's dataset becomes batches, a robot description, and a checkpoint that runs."""
from dataclasses import replace

import numpy as np
import pytest
from rollers import add_episode, CAMERA, writer
import torch

from vla_ros.cli.main import main
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import load_robot
from vla_ros.core.values import Observation
from vla_ros.inference.policy import load_policy
from vla_ros.learning import cloning, training
from vla_ros.learning.cloning import beginning, cloning_recipe
from vla_ros.learning.cloning_batches import CloningBatches
from vla_ros.learning.demonstrations import camera_of, read_demonstrations, Source
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.losses import chunk_losses, Target
from vla_ros.learning.recordings import held_out
from vla_ros.learning.robot_of_data import columns_for, robot_from, Units, write_robot
from vla_ros.learning.trainer import batch_losses, Trainer
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.growth import learning_all, OF_BODY
from vla_ros.models.presets import Preset
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import VlaConfig, VlaModel

WORDS = (torch.randn(3, 6, 384, generator=torch.Generator().manual_seed(0)).half(),
         torch.ones(3, 6, dtype=torch.bool))


@pytest.fixture
def rollers(tmp_path):
    to = writer(tmp_path / 'rollers')
    add_episode(to)
    add_episode(to, 'roll back', 20, outcome='failure')
    add_episode(to, 'roll on', 9, outcome='unknown')
    return Dataset(to.root)


def batches_of(dataset, robot, folder, units=Units.RADIANS, episodes=None):
    data = read_demonstrations(
        Source(dataset, robot, camera_of(dataset, None), units), folder)
    every = np.arange(len(dataset.episodes)) if episodes is None else episodes
    return data, CloningBatches(robot, data, WORDS, every, horizon=10)


def test_a_robot_is_made_from_a_dataset_and_reads_as_it_was_written(arm, tmp_path):
    robot = robot_from(arm)
    assert (robot.name, robot.base_axes) == ('lerobot_arm', ())
    assert robot.joint_names == robot.commanded_joints
    assert robot.joint_names == ('joint_1', 'joint_2', 'joint_3', 'joint_4', 'joint_5',
                                 'joint_6', 'gripper')
    state = np.concatenate([arm.numbers(e, ['observation.state'])['observation.state']
                            for e in arm.episodes])
    assert (state >= robot.position_min).all() and (state <= robot.position_max).all()
    write_robot(robot, tmp_path / 'robot.yaml', arm.name)
    assert load_robot(tmp_path / 'robot.yaml') == robot


def test_a_base_in_the_actions_is_the_robots(rollers):
    robot = robot_from(rollers)
    assert robot.base_axes == ('linear.x', 'angular.z')
    assert robot.commanded_joints == ('waist', 'neck')
    assert columns_for(robot, rollers.info).actions.tolist() == [0, 1, 2, 3]


def test_degrees_are_noticed_and_converted(tmp_path):
    to = writer(tmp_path / 'rollers')
    add_episode(to, change=lambda frame, i: {
        **frame, 'observation.state': frame['observation.state'] * 180 / np.pi + (30, 0)})
    with pytest.raises(ConfigurationError, match='--units deg'):
        robot_from(Dataset(to.root))
    robot = robot_from(Dataset(to.root), Units.DEGREES)
    data, _ = batches_of(Dataset(to.root), robot, tmp_path, Units.DEGREES)
    assert data.numbers.joints[3] == pytest.approx([0.15 + np.radians(30), 0.3], abs=1e-5)
    assert data.numbers.action[3, :2] == pytest.approx([0.2, 0.0])      # not the base


def test_a_dataset_that_lacks_a_joint_of_the_robot_is_refused(arm, g1):
    with pytest.raises(ConfigurationError, match='left_hip_pitch_joint'):
        columns_for(g1, arm.info)


def test_a_chunk_is_what_was_done_next_and_ends_with_the_episode(arm, tmp_path):
    """Ten times a second of a dataset at 30 Hz: row k is three k frames later."""
    robot = robot_from(arm)
    data, batches = batches_of(arm, robot, tmp_path)
    rng, scale = np.random.default_rng(0), ActionScale.of(robot)
    rows = np.array([0, 9, 33, 36, 70])
    wanted = batches._wanted(rows)
    told = scale.stretch(wanted.actions.double().numpy())
    for row, chunk, counts in zip(rows, told, wanted.counts.numpy(), strict=True):
        left = (data.end[row] - 1 - row) // 3
        assert counts.tolist() == [k <= left for k in range(10)]
        for k in range(min(10, left + 1)):
            assert chunk[k] == pytest.approx(data.numbers.action[row + 3 * k], abs=1e-5)
    batch = batches.draw(4, 1, rng)
    assert batch.image.shape == (4, 120, 160, 3) and batch.kinds is None
    assert batch.words.shape == (4, 6, 384) and batch.body.joints.shape == (4, 14)


def test_rates_that_do_not_fit_a_chunks_step_are_interpolated(arm, tmp_path):
    robot = robot_from(arm)
    data, _ = batches_of(arm, robot, tmp_path)
    batches = CloningBatches(robot, replace(data, fps=25), WORDS, np.arange(6), 3)
    told = ActionScale.of(robot).stretch(batches._wanted(np.array([0])).actions.double().numpy())
    action = data.numbers.action
    assert told[0, 1] == pytest.approx((action[2] + action[3]) / 2, abs=1e-5)
    assert told[0, 2] == pytest.approx(action[5], abs=1e-5)


def test_rows_that_do_not_count_cost_nothing_and_do_not_dilute_the_others():
    rng = torch.Generator().manual_seed(0)
    said, wanted = torch.randn(4, 10, 3, generator=rng), torch.randn(4, 10, 3, generator=rng)
    counts = torch.arange(10) < torch.tensor([[10], [4], [1], [7]])
    masked = chunk_losses(said, Target(wanted, torch.zeros(4), counts=counts), 1)
    changed = chunk_losses(torch.where(counts[..., None], said, said + 5),
                           Target(wanted, torch.zeros(4), counts=counts), 1)
    assert changed == masked
    each = torch.nn.functional.smooth_l1_loss(said, wanted, beta=0.1, reduction='none')
    assert masked['base'] == pytest.approx(float(each[..., :1][counts].mean()), rel=1e-5)
    assert 'base' not in chunk_losses(said, Target(wanted, torch.zeros(4)), 0)


def test_failures_teach_their_corrections_only_and_corrections_come_more_often(
        rollers, tmp_path):
    data, batches = batches_of(rollers, robot_from(rollers), tmp_path)
    rng, drawn = np.random.default_rng(0), np.zeros(len(data.row))
    for _ in range(60):
        at = np.searchsorted(batches._chance, rng.random(100), side='right')
        np.add.at(drawn, at, 1)
    is_failure = (data.episode == 1)[data.row]
    is_corrected = np.concatenate([np.isin(np.arange(n), (5, 6, 7)) for n in (12, 20, 9)])
    assert not drawn[is_failure & ~is_corrected].any()
    assert drawn[is_corrected].mean() > 3 * drawn[~is_corrected & ~is_failure].mean()


def test_motion_of_the_base_is_counted_from_the_command(rollers, tmp_path):
    data, _ = batches_of(rollers, robot_from(rollers), tmp_path)
    second = data.numbers.motion[12:32]
    assert second[0] == pytest.approx(np.zeros(3)) and second[10, 0] == pytest.approx(0.2)
    assert data.numbers.velocity[3] == pytest.approx([0.2, 0, 0])


def test_pictures_are_decoded_once(arm, tmp_path, monkeypatch):
    first, _ = batches_of(arm, robot_from(arm), tmp_path)
    monkeypatch.setattr(Dataset, 'pictures', None)
    again, _ = batches_of(arm, robot_from(arm), tmp_path)
    assert np.array_equal(first.image, again.image) and len(again.image) == 6 * 12


def test_an_unknown_camera_is_refused_and_the_first_is_taken(arm):
    assert camera_of(arm, None) == 'observation.images.front'
    with pytest.raises(ConfigurationError, match='wrist'):
        camera_of(arm, 'front')


def test_training_on_another_robot_lowers_the_loss(arm, tmp_path):
    robot = robot_from(arm)
    _, batches = batches_of(arm, robot, tmp_path)
    torch.manual_seed(0)
    model = VlaModel(VlaConfig(7, 7, width=32, heads=4, fusion_layers=1, feedforward=32,
                               vision_channels=8))
    recipe = replace(cloning_recipe(steps=15), images=4, warmup_steps=2, learning_rate=3e-3,
                     threads=1)
    with torch.no_grad():
        before = batch_losses(model.eval(), batches.draw(8, 1, np.random.default_rng(1)), 0)
    totals = []
    Trainer(robot, model, batches, recipe, tmp_path).run(
        lambda step, parts: totals.append(parts['arms']))
    assert set(before) == {'arms', 'progress'}
    assert np.mean(totals[-5:]) < 0.8 * float(before['arms'])


def test_what_fits_another_robot_is_taken_from_a_checkpoint(arm):
    begun = beginning(Preset.BASE, robot_from(arm), 'base')
    own = begun.model.state_dict()
    shipped = learning_all(load_checkpoint('base')).weights
    assert torch.equal(own['grounding.slot_query'], shipped['grounding.slot_query'])
    different = [k for k, v in own.items() if k not in shipped or v.shape != shipped[k].shape]
    assert begun.taken == len(own) - len(different)
    assert {k.split('.')[0] for k in different} == {
        'action', 'chunk_head', 'posture', 'straight', 'swing'}


def test_joints_of_another_robot_are_not_taken_because_there_are_as_many(g1):
    other = replace(g1, commanded_joints=('waist_yaw_joint', *g1.commanded_joints[1:]))
    known, own = (learning_all(load_checkpoint('base')).weights,
                  beginning(Preset.BASE, other, 'base').model.state_dict())
    assert not [k for k in OF_BODY if torch.equal(known[k], own[k])]
    assert not own['posture.move.weight'].any() and not own['straight.gate.weight'].any()


def test_all_that_is_known_is_taken_by_the_same_robot_with_more_joints(g1):
    more = replace(g1, commanded_joints=('waist_yaw_joint', *g1.commanded_joints))
    known = learning_all(load_checkpoint('base')).weights
    assert beginning(Preset.BASE, more, 'base').taken == len(known)
    model, _ = training._beginning(Preset.BASE, more, 'base')
    assert model.config.actions == g1.action_size + 1 and all(
        p.requires_grad for p in model.parameters())


@pytest.mark.parametrize(('episodes', 'held'), [(1, 1), (2, 1), (10, 1), (100, 5)])
def test_the_last_episodes_are_held_out(episodes, held):
    training, validation = held_out(episodes)
    assert len(validation) == held
    assert episodes == 1 or not set(training) & set(validation)


def test_labels_of_simulation_are_not_asked_for_where_there_are_none(rollers, tmp_path):
    _, batches = batches_of(rollers, robot_from(rollers), tmp_path)
    with pytest.raises(ConfigurationError, match='labels'):
        batches.draw_pictures(2, np.random.default_rng(0))
    assert camera_of(rollers, None) == CAMERA


def _tiny(preset, robot, has_memory=False):
    torch.manual_seed(0)
    return VlaModel(VlaConfig(len(robot.joint_names), robot.action_size, width=32, heads=4,
                              fusion_layers=1, feedforward=32, vision_channels=8))


def test_the_command_trains_on_another_robot_and_the_checkpoint_decides_for_it(
        arm, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(cloning, 'new_model', _tiny)
    monkeypatch.setattr(cloning, 'cloning_recipe', lambda start, seed, steps: replace(
        cloning_recipe(start, seed, steps), images=3, threads=1))
    monkeypatch.setattr(cloning, 'validate', lambda *args, **kwargs: {})
    out = tmp_path / 'run'
    assert main(['train', '--data', str(arm.root), '--preset', 'small', '--steps', '2',
                 '--out', str(out)]) == 0
    assert 'left out: observation.images.wrist' in capsys.readouterr().out
    robot = load_robot(out / 'robot.yaml')
    policy = load_policy(str(out / 'checkpoint'), robot)
    facts = load_checkpoint(str(out / 'checkpoint')).manifest['data']
    assert facts['camera'] == 'observation.images.front' and facts['frames'] == 216
    picture = next(arm.pictures(arm.episodes[0], 'observation.images.front'))
    policy.reset('move left')
    chunk = policy.infer(Observation(0.0, picture, np.zeros(7), np.zeros(7), 'move left'))
    assert chunk.joint_targets.shape == (10, 7) and chunk.is_finite


def test_a_missing_camera_is_one_line(arm, capsys):
    assert main(['train', '--data', str(arm.root), '--camera', 'nose']) == 2
    assert 'observation.images.wrist' in capsys.readouterr().err
