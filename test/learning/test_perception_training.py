"""Perception learns, goes on where it was stopped, and is scored by the book."""
import numpy as np
import pytest
import torch

pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.learning.perception_batches import PerceptionBatches
from vla_ros.learning.perception_data import as_arrays, KIND_NAMES, Purpose, views_of_room
from vla_ros.learning.perception_evaluation import average_precision, Scores
from vla_ros.learning.perception_trainer import PerceptionRecipe, PerceptionTrainer
from vla_ros.models.perception import PerceptionConfig, PerceptionModel
from vla_ros.perception.kinds import kinds_of, NONE, OUTPUTS
from vla_ros.perception.percept import Percept

RECIPE = PerceptionRecipe(crop_steps=2, crops=2, crop_side=64, steps=4, images=2,
                          warmup_steps=2, save_every=3, threads=1)
TINY = PerceptionConfig(width=4)


@pytest.fixture(scope='module')
def room(g1):
    return views_of_room(g1, Purpose.TESTING, 0, 0, 6)


def _trainer(room, folder, recipe=RECIPE):
    torch.manual_seed(0)
    return PerceptionTrainer(PerceptionModel(TINY), PerceptionBatches(as_arrays(room)), recipe,
                             folder)


def test_training_that_was_stopped_goes_on_as_if_it_had_not_been(room, tmp_path):
    whole = _trainer(room, tmp_path / 'whole').run(lambda step, parts: None)

    def stop(step, parts):
        if step == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _trainer(room, tmp_path / 'halves').run(stop)
    second = _trainer(room, tmp_path / 'halves')
    assert second.step == 3
    for a, b in zip(whole.parameters(), second.run(lambda s, p: None).parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-6)


def test_a_mirrored_batch_is_mirrored_throughout(room):
    batches = PerceptionBatches(as_arrays(room))
    for seed in range(4):
        batch = batches.draw(4, np.random.default_rng(seed))
        solid = batch.segmentation[:, 2::4, 2::4] >= 14
        shown = (batch.kinds != NONE) & (batch.kinds < 54)
        # Mirrored, the middle of a cell falls on the pixel beside it.
        assert (solid != shown).float().mean() < 0.02


def test_testing_and_training_never_share_a_view(g1, room):
    training = views_of_room(g1, Purpose.TRAINING, 0, 0, 6)
    assert not any((a.image == b.image).all() for a in room for b in training)


def test_perfect_answers_score_perfectly(room):
    scores = Scores(kinds_of(KIND_NAMES))
    for view in room:
        object_map = np.zeros((240, 320, OUTPUTS), np.float32)
        rows, columns = np.nonzero(view.kinds != NONE)
        object_map[rows, columns, view.kinds[rows, columns]] = 1
        counts = np.bincount(view.kinds[view.kinds != NONE], minlength=OUTPUTS)
        object_map[:, :, counts < 30] = 0
        depth = np.where(view.depth_m > 0, view.depth_m, 1).astype(np.float32)
        scores.add(view, Percept(view.segmentation, depth, object_map, view.intrinsics), [], 0.01)
    rows = {f.measure: f.value for f in scores.figures()}
    assert rows['mean IoU over classes present'] == 1
    assert rows['depth: delta_1 within 6 m'] == 1
    assert rows['object presence: mean average precision'] == 1
    assert rows['object centre up to 4 m: median error [m]'] == np.inf      # none was said


def test_average_precision_is_the_area_under_precision_over_recall():
    said = np.array([0.9, 0.8, 0.7, 0.6])
    assert average_precision(said, np.array([1, 1, 0, 0], bool)) == 1
    assert average_precision(said, np.array([0, 1, 0, 1], bool)) == pytest.approx(0.5)
