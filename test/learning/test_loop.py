"""Training goes on after a kill bit for bit, and several processes train as one does."""
import importlib.util
import os
from pathlib import Path
import signal
import subprocess
import sys

import pytest
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.inference.precision import has_fast_bfloat16
from vla_ros.learning import processes
from vla_ros.learning.losses import attribute_loss
from vla_ros.learning.machine import cores
from vla_ros.learning.step_table import read_steps, StepTable

SCRIPT = Path(__file__).with_name('tiny_training.py')
_spec = importlib.util.spec_from_file_location('tiny_training', SCRIPT)
tiny_training = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tiny_training)


def _run(*command):
    environment = {**os.environ, 'PYTHONPATH': str(SCRIPT.parents[2]), 'OMP_NUM_THREADS': '1'}
    return subprocess.run([sys.executable, *map(str, command)], env=environment, timeout=280,
                          capture_output=True, text=True)


@pytest.fixture(scope='module')
def whole(tmp_path_factory):
    """Return the folder of a training that nothing stopped."""
    folder = tmp_path_factory.mktemp('whole')
    tiny_training.train(folder)
    return folder


def _same(one, other):
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(v, other[k]) for k, v in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _state(folder):
    return torch.load(folder / 'state.pt', weights_only=True)


def test_training_that_was_killed_goes_on_as_if_it_had_not_been(whole, tmp_path):
    killed = _run(SCRIPT, tmp_path, tiny_training.SAVED_AT + 2)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert _state(tmp_path)['step'] == tiny_training.SAVED_AT
    assert len(read_steps(tmp_path / 'losses.csv')['base']) == 3       # two of them too many
    tiny_training.train(tmp_path)
    assert _same(_state(tmp_path), _state(whole))                      # the optimiser's too
    assert ((tmp_path / 'losses.csv').read_bytes() == (whole / 'losses.csv').read_bytes())


@pytest.mark.slow
def test_two_processes_train_as_one_does_with_both_their_parts(whole, tmp_path):
    done = _run('-m', 'torch.distributed.run', '--standalone', '--nproc-per-node', '2',
                SCRIPT, tmp_path)
    assert done.returncode == 0, done.stderr
    least = 2e-2 if has_fast_bfloat16() else 1e-4
    alone, both = (read_steps(folder / 'losses.csv') for folder in (whole, tmp_path))
    assert alone.keys() == both.keys()
    for name, points in alone.items():
        assert dict(both[name]) == pytest.approx(dict(points), rel=least, abs=least), name
    for name, value in _state(whole)['averaged'].items():
        other = _state(tmp_path)['averaged'][name]
        assert torch.allclose(value.float(), other.float(), rtol=0, atol=10 * least), name


def test_a_batch_that_cannot_be_shared_is_refused(monkeypatch):
    monkeypatch.setattr(processes, 'count', lambda: 3)
    with pytest.raises(ConfigurationError, match='64 images in a batch: expected a multiple of'):
        processes.check_parts(64)


def test_the_loss_of_attributes_is_the_weighted_mean_that_torch_computes():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4, 30, 7, generator=generator)
    kinds = torch.randint(-1, 7, (4, 1, 30), generator=generator)
    weight = torch.tensor([0.2, *[2.0] * 6])
    expected = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), kinds.flatten(), weight, ignore_index=-1)
    assert attribute_loss([logits], kinds) == pytest.approx(float(expected))


def test_a_table_forgets_what_came_after_the_state_and_takes_new_columns(tmp_path):
    file = tmp_path / 'new' / 'losses.csv'
    table = StepTable(file)
    for step in range(1, 6):
        table.add(step, {'a': step})
    with file.open('a') as cut_off:
        cut_off.write('6,0.1')
    table = StepTable(file)
    table.add(4, {'b': 0.5})
    assert read_steps(file) == {'a': [(1, 1.0), (2, 2.0), (3, 3.0)], 'b': [(4, 0.5)]}
    assert read_steps(tmp_path / 'none.csv') == {}


def test_processes_of_a_machine_share_its_cores(monkeypatch):
    alone = cores()
    monkeypatch.setenv('LOCAL_WORLD_SIZE', str(alone))
    assert cores() == 1 <= alone


def test_what_is_freed_is_not_faulted_in_again():
    code = ('import ctypes, resource, sys\n'
            'from vla_ros.learning.machine import keep_freed_memory\n'
            'if not keep_freed_memory(): sys.exit(3)\n'
            'for round in range(20):\n'
            '    if round == 10: before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n'
            '    ctypes.memset(ctypes.create_string_buffer(48 * 2 ** 20), 1, 48 * 2 ** 20)\n'
            'print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)')
    kept = _run('-c', code)
    if kept.returncode == 3:
        pytest.skip('another malloc than glibc')
    pages_of_one = 48 * 2 ** 20 // 4096
    assert int(kept.stdout) < pages_of_one, kept.stderr
