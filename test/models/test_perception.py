"""Perception's model: samples apart, sizes as promised, checkpoints verified."""
import json

import numpy as np
import pytest
import torch

from vla_ros.core.errors import CheckpointError, InvalidValueError
from vla_ros.core.intrinsics import pinhole
from vla_ros.inference.perception import Perceiver
from vla_ros.language.vocabulary import COLOURS
from vla_ros.models.checkpoint import MANIFEST, WEIGHTS
from vla_ros.models.perception import Perceived, PerceptionConfig, PerceptionModel
from vla_ros.models.perception_checkpoint import load_perception, save_perception
from vla_ros.perception.kinds import names_of
from vla_ros.perception.segments import Segment

SMALL = PerceptionConfig(width=6, height=48, image_width=64)
SEGMENT_NAMES = [s.name.lower() for s in Segment]


@pytest.fixture
def model():
    torch.manual_seed(0)
    return PerceptionModel(SMALL).eval()


def _inputs(count, seed=0):
    rng = np.random.default_rng(seed)
    images = torch.from_numpy(rng.integers(0, 256, (count, 48, 64, 3), np.uint8))
    return images, torch.tensor([pinhole(64, 48, 1.4).as_row()]).repeat(count, 1)


def test_the_heads_have_the_promised_shapes(model):
    seen = model(*_inputs(2))
    assert seen.objects.shape == (2, 100)
    assert seen.segmentation.shape == (2, 20, 48, 64)
    assert seen.depth_m.shape == (2, 48, 64) and (seen.depth_m > 0).all()
    assert seen.object_map.shape == (2, 100, 12, 16)


def test_one_sample_never_changes_another(model):
    images, cameras = _inputs(3)
    other = images.clone()
    other[1:] = 255 - other[1:]
    first, second = model(images, cameras), model(other, cameras)
    for name in ('object_map', 'segmentation', 'log_depth'):
        assert torch.equal(getattr(first, name)[0], getattr(second, name)[0])
        assert not torch.equal(getattr(first, name)[1], getattr(second, name)[1])


def test_the_lens_matters(model):
    images, cameras = _inputs(1)
    assert not torch.allclose(model(images, cameras).depth_m, model(images, 1.5 * cameras).depth_m)


def test_a_quarter_of_the_pixels_is_a_quarter_of_the_same_pixels():
    half = Perceived(torch.zeros(1, 2, 3, 3), torch.randn(2, 3, 6, 8), torch.randn(2, 6, 8))
    whole = half.doubled()
    for row in (0, 1):
        for column in (0, 1):
            part = half.doubled_at(row, column)
            assert torch.allclose(part.segmentation, whole.segmentation[..., row::2, column::2],
                                  atol=1e-6)
            assert torch.allclose(part.log_depth, whole.log_depth[..., row::2, column::2],
                                  atol=1e-6)


@pytest.fixture
def folder(model, tmp_path):
    save_perception(tmp_path, model, 'test', list(names_of(tuple(COLOURS))), SEGMENT_NAMES,
                    trained=False)
    return tmp_path


def test_a_checkpoint_comes_back(folder, model):
    loaded, manifest = load_perception(str(folder))
    assert manifest['name'] == 'test' and loaded.config == SMALL
    images, cameras = _inputs(1)
    assert torch.allclose(loaded(images, cameras).log_depth, model(images, cameras).log_depth,
                          atol=0.02)


@pytest.mark.parametrize('where', [0, 0.5, 1])
def test_a_flipped_bit_is_noticed(folder, where):
    path = folder / WEIGHTS
    data = bytearray(path.read_bytes())
    data[round(where * (len(data) - 1))] ^= 1
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match='damaged'):
        load_perception(str(folder))


@pytest.mark.parametrize('change', [{'task': 'policy'}, {'kinds': None}, {'name': 'another'}])
def test_a_changed_manifest_is_refused(folder, change):
    path = folder / MANIFEST
    manifest = json.loads(path.read_text()) | change
    path.write_text(json.dumps({k: v for k, v in manifest.items() if v is not None}))
    with pytest.raises(CheckpointError):
        load_perception(str(folder))


def test_a_policy_is_no_perception():
    with pytest.raises(CheckpointError, match='no checkpoint of perception'):
        load_perception('base')


def test_outputs_of_another_meaning_are_refused(model, tmp_path):
    save_perception(tmp_path, model, 'test', ['cube'], SEGMENT_NAMES[::-1], trained=False)
    with pytest.raises(CheckpointError, match='this version knows'):
        Perceiver(str(tmp_path))


def test_images_of_any_size_are_looked_at_and_others_refused(folder):
    perceiver = Perceiver(str(folder))
    image = np.random.default_rng(0).integers(0, 256, (33, 57, 3), np.uint8)
    percept = perceiver.perceive(image, pinhole(57, 33, 1.2))
    assert percept.segmentation.shape == percept.depth_m.shape == (48, 64)
    with pytest.raises(InvalidValueError):
        perceiver.perceive(image[:, :, 0], pinhole(57, 33, 1.2))


def test_what_is_shipped_sees():
    pytest.importorskip('mujoco', reason='mujoco is not installed')
    from vla_ros.core.package_files import robot_file
    from vla_ros.core.robot import load_robot
    from vla_ros.learning.perception_evaluation import evaluate_perception
    figures = {f.measure: f.value for f in evaluate_perception(
        load_robot(robot_file('unitree_g1')), seed=11, scenes=30)}
    assert figures['mean IoU over classes present'] > 0.55, figures
    assert figures['depth: delta_1 within 6 m'] > 0.88, figures
    assert figures['object centre up to 4 m: median error [m]'] < 0.25, figures
    assert figures['object presence: mean average precision'] > 0.8, figures
