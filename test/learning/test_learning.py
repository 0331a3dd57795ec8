"""Labels that agree with the experts, losses that fall, training that survives a kill."""
from dataclasses import fields

import numpy as np
import pytest
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import GoTo, Move, Stop
from vla_ros.language.vocabulary import HELD_OUT_PAIRS
from vla_ros.learning.batches import BatchMaker
from vla_ros.learning.dataset import Frames, read_frames, read_meta, write_meta, write_shard
from vla_ros.learning.draws import ABSENT, draw_goal
from vla_ros.learning.evaluate import parse_suite, wilson
from vla_ros.learning.goal_sets import training_goals, training_moves
from vla_ros.learning.imagined_bodies import recorded
from vla_ros.learning.labels import label
from vla_ros.learning.losses import losses
from vla_ros.learning.trainer import batch_losses, finetuning, Recipe, Trainer
from vla_ros.learning.training import _beginning, write
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.presets import new_model, Preset, restored_model
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import VlaConfig, VlaModel


def test_a_dataset_comes_back_from_disk(frames, tmp_path):
    write_meta(tmp_path, robot='unitree_g1')
    write_shard(tmp_path, 'shard-00000', frames)
    again = read_frames(tmp_path)
    assert read_meta(tmp_path)['robot'] == 'unitree_g1'
    for field in fields(Frames):
        assert np.array_equal(getattr(frames, field.name), getattr(again, field.name),
                              equal_nan=field.name == 'solid')


def test_a_missing_dataset_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationError, match='vla collect'):
        read_meta(tmp_path)
    write_meta(tmp_path, robot='unitree_g1')
    with pytest.raises(ConfigurationError, match='vla collect'):
        read_frames(tmp_path)


def test_no_held_out_pair_is_ever_trained(frames):
    rng = np.random.default_rng(0)
    named = {(g.colour, g.shape) for g in training_goals() if isinstance(g, GoTo)}
    assert not named & HELD_OUT_PAIRS
    for _ in range(2000):
        goal, _ = draw_goal(frames, int(rng.integers(len(frames))), training_moves(), rng)
        assert not isinstance(goal, GoTo) or (goal.colour, goal.shape) not in HELD_OUT_PAIRS


@pytest.fixture
def labelled(frames, g1):
    rng = np.random.default_rng(1)
    rows = rng.integers(len(frames), size=300)
    drawn = [draw_goal(frames, row, training_moves(), rng) for row in rows]
    goals, named = [g for g, _ in drawn], np.array([n for _, n in drawn])
    bodies = recorded(frames, rows)
    return rows, goals, named, label(g1, frames, rows, bodies, goals, named, rng)


def test_labels_are_finite_and_within_what_the_robot_can_do(labelled, g1):
    actions = labelled[3].actions
    assert np.isfinite(actions).all()
    base = actions[..., :3]
    assert (base >= np.array(g1.base_velocity_min) - 1e-9).all()
    assert (base <= np.array(g1.base_velocity_max) + 1e-9).all()


def test_a_visible_thing_is_in_the_cells_and_an_absent_one_is_not(labelled):
    _, goals, named, labels = labelled
    for i, goal in enumerate(goals):
        if isinstance(goal, GoTo) and named[i] == ABSENT:
            assert not labels.shown[i].any() and labels.target[i, 0] == 0
        if named[i] != ABSENT and labels.shown[i].any():
            assert labels.slots[i].all(axis=0).sum() >= labels.shown[i].sum() > 0


def test_what_is_ahead_is_walked_to_and_stopping_is_standing(labelled):
    _, goals, _, labels = labelled
    for i, goal in enumerate(goals):
        if isinstance(goal, Stop):
            assert not labels.actions[i, :, :3].any() and labels.progress[i] == 1.0
        if isinstance(goal, GoTo) and labels.target[i, 0]:
            bearing = np.arctan2(labels.target[i, 1], labels.target[i, 2])
            far = labels.target[i, 3] > 1.2
            if far and abs(bearing) < 0.1:
                assert labels.actions[i, 0, 0] > 0 or labels.actions[i, 0, 2] != 0
        if isinstance(goal, Move):
            assert 0 <= labels.progress[i] <= 1


def test_scaling_there_and_back_is_where_it_was(g1):
    scale = ActionScale.of(g1)
    actions = np.random.default_rng(0).normal(size=(5, 10, g1.action_size))
    assert scale.stretch(scale.shrink(actions)) == pytest.approx(actions)


def _small(g1):
    torch.manual_seed(0)
    return VlaModel(VlaConfig(29, g1.action_size, width=32, heads=4, fusion_layers=1,
                              feedforward=32))


def _trainer(g1, frames, bank, folder, steps):
    recipe = Recipe(vision_steps=3, steps=steps - 3, images=4, instructions=2, warmup_steps=2,
                    save_every=3, learning_rate=2e-3, threads=1)
    return Trainer(g1, _small(g1), BatchMaker(g1, frames, bank, ActionScale.of(g1)), recipe,
                   folder)


@pytest.mark.slow
def test_losses_fall(g1, frames, bank, tmp_path):
    totals = []
    _trainer(g1, frames, bank, tmp_path, 43).run(lambda step, parts: totals.append(
        sum(parts.values())))
    assert np.mean(totals[-8:]) < 0.7 * np.mean(totals[3:7])


def test_a_perfect_answer_costs_little(g1, frames, bank):
    maker = BatchMaker(g1, frames, bank, ActionScale.of(g1))
    batch = maker.draw(4, 2, np.random.default_rng(0))
    parts = batch_losses(_small(g1), batch, 3)
    assert all(torch.isfinite(v) for v in parts.values())
    with torch.no_grad():
        decision = _small(g1).eval()(batch.image, batch.words,
                                     batch.keep, batch.body)
        object.__setattr__(decision, 'actions', batch.wanted.actions)
        assert losses(decision, batch.wanted, 3)['base'] == 0


def test_an_interval_holds_its_rate_and_narrows():
    for done, count in ((0, 10), (5, 10), (10, 10), (96, 100)):
        low, high = wilson(done, count)
        assert 0 <= low <= done / count <= high <= 1
    assert np.diff(wilson(500, 1000)) < np.diff(wilson(5, 10))


def test_an_unknown_suite_lists_the_known_ones():
    with pytest.raises(ConfigurationError, match=r'goto.*absent'):
        parse_suite('dance')


def test_a_preset_for_the_g1_has_the_size_of_its_actions(g1):
    assert new_model(Preset.BASE, g1).config.actions == 18


def test_the_small_preset_is_trained_by_the_same_recipe_and_comes_back(
        g1, frames, bank, tmp_path):
    torch.manual_seed(0)
    model = new_model(Preset.SMALL, g1)
    recipe = Recipe(vision_steps=1, steps=1, images=2, instructions=1, threads=1)
    trained = Trainer(g1, model, BatchMaker(g1, frames, bank, ActionScale.of(g1)), recipe,
                      tmp_path / 'run').run(lambda *args: None)
    folder = write(tmp_path, 'small', Preset.SMALL, trained, g1, trained=True)
    checkpoint = load_checkpoint(str(folder))
    assert checkpoint.manifest['preset'] == 'small'
    assert restored_model(checkpoint).config == model.config


def test_weights_of_another_preset_are_refused(g1):
    with pytest.raises(ConfigurationError, match="of preset 'base', asked for 'small'"):
        _beginning(Preset.SMALL, g1, 'base')


def test_finetuning_begins_with_the_weights_of_a_checkpoint(g1, frames, tmp_path):
    folder = write(tmp_path / 'first', 'first', Preset.BASE, new_model(Preset.BASE, g1), g1,
                   trained=True, recipe=[{'steps': 5}], memory_data={'seed': 3})
    model, known = _beginning(Preset.BASE, g1, str(folder))
    assert known == {'recipe': [{'steps': 5}], 'memory_data': {'seed': 3}}
    kept = load_checkpoint(str(folder)).weights
    assert all(torch.equal(v, kept[k]) for k, v in model.state_dict().items())
    assert all(p.requires_grad for p in model.parameters())
    assert finetuning('first').vision_steps == 0
