"""A checkpoint is what its manifest says, or it is refused."""
from dataclasses import replace
import hashlib
import json

import numpy as np
import pytest
import torch

from vla_ros.core.errors import CheckpointError
from vla_ros.inference.policy import load_policy
from vla_ros.models.checkpoint import (
    Checkpoint,
    load_checkpoint,
    MANIFEST,
    save_checkpoint,
    WEIGHTS,
    write_manifest,
)
from vla_ros.models.presets import manifest_of, new_model, Preset, restored_model


@pytest.fixture(scope='module')
def made(tmp_path_factory, g1):
    folder = tmp_path_factory.mktemp('checkpoint')
    torch.manual_seed(0)
    model = new_model(Preset.BASE, g1)
    save_checkpoint(folder, model.state_dict(),
                    manifest_of('test', Preset.BASE, model, g1, trained=False))
    return folder


@pytest.fixture
def folder(made, tmp_path):
    for name in (MANIFEST, WEIGHTS):
        (tmp_path / name).write_bytes((made / name).read_bytes())
    return tmp_path


def test_weights_come_back_in_half_precision(folder, g1):
    torch.manual_seed(0)
    model = new_model(Preset.BASE, g1)
    loaded = load_checkpoint(str(folder)).weights
    for name, value in model.state_dict().items():
        assert torch.allclose(value.float(), loaded[name].float(), atol=2e-3, rtol=2e-3), name


def test_every_flipped_bit_is_noticed(folder):
    rng, data = np.random.default_rng(0), bytearray((folder / WEIGHTS).read_bytes())
    for at in rng.integers(len(data), size=12):
        data[at] ^= 1 << int(rng.integers(8))
        (folder / WEIGHTS).write_bytes(data)
        with pytest.raises(CheckpointError, match='damaged'):
            load_checkpoint(str(folder))


@pytest.mark.parametrize('share', [0.0, 0.3, 0.999])
def test_a_truncated_file_is_refused(folder, share):
    data = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(data[:int(share * len(data))])
    with pytest.raises(CheckpointError):
        load_checkpoint(str(folder))


@pytest.mark.parametrize('text', ['', '[]', '{', '{"format": 1}', '{"format": 99}'])
def test_a_wrong_manifest_is_refused(folder, text):
    (folder / MANIFEST).write_text(text)
    with pytest.raises(CheckpointError, match=MANIFEST):
        load_checkpoint(str(folder))


def test_matrices_in_eight_bits_are_half_as_large_and_nearly_what_they_were(made, tmp_path):
    whole = load_checkpoint(str(made))
    save_checkpoint(tmp_path, whole.weights, whole.manifest, in_bytes='fusion.')
    found = load_checkpoint(str(tmp_path)).weights
    assert found.keys() == whole.weights.keys()
    for name, tensor in whole.weights.items():
        if name.startswith('fusion.') and tensor.ndim == 2:
            most = tensor.abs().amax(dim=1, keepdim=True) / 127
            assert ((found[name] - tensor).abs() <= 0.51 * most + 1e-7).all()
        else:
            assert (found[name] == tensor).all() and found[name].dtype == tensor.dtype
    saved = (made / WEIGHTS).stat().st_size - (tmp_path / WEIGHTS).stat().st_size
    in_bytes = sum(t.numel() for n, t in whole.weights.items()
                   if n.startswith('fusion.') and t.ndim == 2)
    assert saved > 0.95 * in_bytes


def test_an_untrained_checkpoint_runs_only_where_that_is_allowed(folder, g1):
    with pytest.raises(CheckpointError, match='untrained'):
        load_policy(str(folder), g1)
    assert load_policy(str(folder), g1, allow_untrained=True).description.robot == g1


def test_a_checkpoint_for_another_robot_is_refused_by_what_differs(folder, g1):
    other = replace(g1, name='other', joint_names=('a', *g1.joint_names[1:]))
    with pytest.raises(CheckpointError, match='joint_names'):
        load_policy(str(folder), other, allow_untrained=True)


def test_sizes_that_do_not_fit_the_weights_are_refused(folder, g1):
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest['sizes']['width'] = 128
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(CheckpointError, match='test'):
        load_policy(str(folder), g1, allow_untrained=True)


def test_a_checkpoint_of_before_a_size_was_a_size_is_what_it_was(g1):
    shipped = load_checkpoint('base')
    sizes = {k: v for k, v in shipped.manifest['sizes'].items() if k != 'vision_channels'}
    old = Checkpoint({**shipped.manifest, 'sizes': sizes}, shipped.weights)
    assert restored_model(old).config == restored_model(shipped).config


def test_a_name_that_is_none_lists_what_is_shipped(g1):
    with pytest.raises(CheckpointError, match='expected one of'):
        load_policy('nonsense', g1)


def test_nothing_is_unpickled(tmp_path, g1):
    ran = tmp_path / 'ran'

    class Evil:

        def __reduce__(self):
            return (ran.write_text, ('x',))

    shipped = load_checkpoint('base').manifest
    torch.save({'a': Evil()}, tmp_path / WEIGHTS)
    digest = hashlib.sha256((tmp_path / WEIGHTS).read_bytes()).hexdigest()
    write_manifest(tmp_path, {**shipped, 'sha256': digest})     # all in order but the file
    with pytest.raises(CheckpointError, match=WEIGHTS):
        load_policy(str(tmp_path), g1)
    assert not ran.exists()
