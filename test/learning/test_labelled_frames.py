"""What the simulator knows survives the way through a LeRobot dataset."""
from dataclasses import fields, replace

import numpy as np
import pytest

pytest.importorskip('pyarrow', reason='pyarrow is not installed')

from vla_ros.cli.main import main
from vla_ros.learning.batches import BatchMaker
from vla_ros.learning.dataset import Frames, write_meta, write_shard
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.materials import frames_in, meta_for
from vla_ros.models.scaling import ActionScale


@pytest.fixture
def there_and_back(g1, frames, tmp_path):
    few = np.concatenate([np.flatnonzero(frames.episode == e)[:15] for e in (0, 1)])
    some = Frames(**{f.name: getattr(frames, f.name)[few] for f in fields(Frames)})
    write_meta(tmp_path / 'collected', robot=g1.name)
    write_shard(tmp_path / 'collected', 'shard-00000', some)
    command = ['convert', str(tmp_path / 'collected'), '--out', str(tmp_path / 'dataset')]
    assert main(command) == 0 and main(command) == 0
    assert len(Dataset(tmp_path / 'dataset').episodes) == 2     # the second call added nothing
    return some, frames_in(g1, tmp_path / 'dataset'), tmp_path / 'dataset'


def test_everything_but_the_video_comes_back_as_it_was(g1, there_and_back):
    before, after, root = there_and_back
    for field in fields(Frames):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if field.name == 'image':
            assert np.abs(was.astype(int) - now).mean() < 3
        else:
            assert now.dtype == was.dtype and now == pytest.approx(was, nan_ok=True), field.name
    assert meta_for(g1, root)['robot'] == g1.name


def test_its_frames_are_labelled_for_any_instruction(g1, there_and_back, bank):
    """The same draw makes the same labels of the frames before and after."""
    before, after, _ = there_and_back
    batches = [BatchMaker(g1, replace(frames), bank, ActionScale.of(g1)).draw(
        4, 2, np.random.default_rng(0), augment=False) for frames in (before, after)]
    for name in ('actions', 'progress', 'target', 'slots', 'shown'):
        was, now = (getattr(batch.wanted, name) for batch in batches)
        assert now.numpy() == pytest.approx(was.numpy(), abs=1e-5), name
