"""What is written here loads in `lerobot` unchanged and plays back equal; it needs Python 3.12."""
import numpy as np
import pytest
from rollers import add_episode, CAMERA, FEATURES, writer

lerobot_dataset = pytest.importorskip(
    'lerobot.datasets.lerobot_dataset',
    reason='lerobot is not installed: it needs Python 3.12 and an environment of its own')

from vla_ros.learning.lerobot.layout import EVERY_FRAME
from vla_ros.learning.lerobot.reader import Dataset


@pytest.fixture
def both(tmp_path, monkeypatch):
    """Return a dataset of ours as lerobot reads it, and as we do."""
    monkeypatch.setenv('HF_HUB_OFFLINE', '1')
    to = writer(tmp_path / 'rollers')
    for task, frames in (('roll on', 12), ('roll back', 20), ('roll on', 9)):
        add_episode(to, task, frames)
    theirs = lerobot_dataset.LeRobotDataset('someone/rollers', root=to.root,
                                            video_backend='pyav')
    return theirs, Dataset(to.root)


def test_every_frame_is_equal_field_by_field(both):
    theirs, ours = both
    at = 0
    for episode in ours.episodes:
        keys = [k for k in (*FEATURES, *EVERY_FRAME) if k != CAMERA]
        numbers = ours.numbers(episode, keys)
        for i, image in enumerate(ours.pictures(episode, CAMERA)):
            frame = theirs[at]
            assert frame['task'] == episode.tasks[0]
            for key in keys:
                assert np.array_equal(frame[key].numpy(), numbers[key][i]), key
            seen = np.round(frame[CAMERA].numpy().transpose(1, 2, 0) * 255).astype(int)
            # The two may be built with different versions of FFmpeg, which round differently.
            assert np.abs(seen - image).max() <= 2
            at += 1
    assert at == len(theirs) == theirs.num_frames


def test_meta_and_statistics_are_equal(both):
    theirs, ours = both
    assert theirs.meta.robot_type == ours.info.robot_type and theirs.fps == ours.info.fps
    assert tuple(theirs.meta.tasks.index) == ours.tasks
    assert theirs.num_episodes == len(ours.episodes) and set(theirs.features) == {
        *FEATURES, *EVERY_FRAME}
    every = np.concatenate([ours.numbers(e, ['action'])['action'] for e in ours.episodes])
    assert theirs.meta.stats['action']['mean'] == pytest.approx(every.mean(0), abs=1e-6)
    assert theirs.meta.stats[CAMERA]['mean'].shape == (3, 1, 1)
    assert theirs.meta.filter_episodes(lambda e: e['outcome'] == 'success') == [0, 1, 2]


def test_lerobots_own_statistics_of_our_numbers_are_ours(both):
    from lerobot.datasets.compute_stats import compute_episode_stats
    theirs, ours = both
    episode = ours.episodes[1]
    numbers = ours.numbers(episode, ['observation.state', 'action', 'timestamp'])
    told = compute_episode_stats(numbers, theirs.meta.features)
    from vla_ros.learning.lerobot.feature_statistics import statistics_of
    for key, found in told.items():
        mine = statistics_of(numbers[key])
        assert mine.keys() == found.keys()
        for name in ('min', 'max', 'mean', 'std', 'count'):
            assert mine[name] == pytest.approx(found[name], abs=1e-4), (key, name)
            assert mine[name].shape == found[name].shape, (key, name)
        for name in found.keys() - {'min', 'max', 'mean', 'std', 'count'}:
            # lerobot counts into bins, we sort: a step between two frames apart at most.
            spread = found['max'] - found['min']
            assert (np.abs(mine[name] - found[name]) <= spread / 8 + 1e-6).all(), (key, name)


def test_chunks_of_actions_are_padded_where_ours_do_not_count(both):
    theirs, _ = both
    again = lerobot_dataset.LeRobotDataset(
        'someone/rollers', root=theirs.root, video_backend='pyav',
        delta_timestamps={'action': [k / 10 for k in range(10)]})
    assert again[5]['action_is_pad'].tolist() == [k > 6 for k in range(10)]
