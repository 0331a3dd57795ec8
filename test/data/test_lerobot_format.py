"""What is written is read again, whole or not at all; what lerobot wrote is read too."""
import json
import shutil

import numpy as np
from pyarrow import parquet
import pytest
from rollers import add_episode, CAMERA, FEATURES, FPS, frame, picture, writer

from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.learning.lerobot.feature_statistics import merged, PixelCounter, statistics_of
from vla_ros.learning.lerobot.layout import DATA_PATH, EVERY_FRAME, read_info, STATS_PATH
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.lerobot.writer import DatasetWriter


@pytest.fixture
def two(tmp_path):
    to = writer(tmp_path / 'rollers')
    add_episode(to, source='first')
    add_episode(to, 'roll back', 15, outcome='failure')
    return to.root


def test_what_is_written_is_read_again(two):
    dataset = Dataset(two)
    assert dataset.tasks == ('roll on', 'roll back')
    assert [(e.length, e.outcome, e.source) for e in dataset.episodes] == [
        (12, 'success', 'first'), (15, 'failure', '')]
    numbers = dataset.numbers(dataset.episodes[1], [*FEATURES, *EVERY_FRAME][:4] + [
        'timestamp', 'index', 'task_index'])
    for i in range(15):
        assert numbers['action'][i] == pytest.approx(frame(i)['action'], abs=1e-6)
        assert numbers['is_intervention'][i] == (5 <= i < 8)
    assert numbers['timestamp'] == pytest.approx(np.arange(15) / FPS)
    assert numbers['index'].tolist() == list(range(12, 27))
    assert set(numbers['task_index']) == {1}
    for i, image in enumerate(dataset.pictures(dataset.episodes[1], CAMERA)):
        assert np.abs(image.astype(int) - picture(i)).mean() < 6
    assert i == 14


def test_an_episode_that_nobody_saved_or_that_failed_on_the_way_leaves_nothing(two):
    to = writer(two)
    with to.episode('roll on') as take:
        take.add(frame(0))
    with pytest.raises(InvalidValueError), to.episode('roll on') as take:
        take.add(frame(0))
        take.save()
        take.add({**frame(1), 'action': np.zeros(3)})
    assert len(Dataset(two).episodes) == read_info(two).episodes == 2
    assert not (two / '.partial').exists()


@pytest.mark.parametrize('killed_before', ['data', 'meta/episodes', 'meta/info.json'])
def test_a_killed_writer_leaves_whole_episodes_and_the_next_goes_on(two, killed_before):
    """The third episode's files are there up to one; the dataset is as before, or as after."""
    before = shutil.copytree(two, two.with_name('before'))
    add_episode(writer(two))
    for name in ('meta/info.json', STATS_PATH):
        shutil.copy(before / name, two / name)
    if killed_before in ('data', 'meta/episodes'):
        (two / 'meta/episodes/chunk-000/file-002.parquet').unlink()
    if killed_before == 'data':
        (two / DATA_PATH.format(chunk_index=0, file_index=2)).unlink()
    to = writer(two)
    assert to.episodes == len(Dataset(two).episodes) == (
        3 if killed_before == 'meta/info.json' else 2)
    assert len(list(two.glob('**/file-002.*'))) in (0, 3)
    add_episode(to)
    assert read_info(two).frames == sum(e.length for e in Dataset(two).episodes)


def test_a_dataset_of_another_kind_is_not_gone_on_with(two):
    with pytest.raises(ConfigurationError, match='roller'):
        DatasetWriter(two, FEATURES, 20, 'roller')
    with pytest.raises(ConfigurationError, match='features|names'):
        DatasetWriter(two, {**FEATURES, 'more': FEATURES['action']}, FPS, 'roller')


def test_statistics_are_those_of_all_frames(two):
    told = json.loads((two / STATS_PATH).read_text())
    every = np.concatenate([Dataset(two).numbers(e, ['action'])['action']
                            for e in Dataset(two).episodes])
    for name, value in (('mean', every.mean(0)), ('std', every.std(0)), ('min', every.min(0)),
                        ('max', every.max(0))):
        assert told['action'][name] == pytest.approx(value, abs=1e-6), name
    assert told['action']['count'] == [27]
    assert np.shape(told[CAMERA]['mean']) == (3, 1, 1)


def test_statistics_of_parts_make_those_of_the_whole():
    values = np.random.default_rng(0).normal(size=(50, 3))
    whole, parts = statistics_of(values), merged([
        statistics_of(values[:20]), statistics_of(values[20:])])
    for name in ('mean', 'std', 'min', 'max', 'count'):
        assert parts[name] == pytest.approx(whole[name]), name


def test_pixels_are_counted_as_numbers_would_be():
    images = np.random.default_rng(0).integers(0, 256, (4, 8, 6, 3), np.uint8)
    counter = PixelCounter()
    for image in images:
        counter.add(image)
    told, values = counter.statistics(), images.reshape(-1, 3) / 255
    assert told['mean'].ravel() == pytest.approx(values.mean(0))
    assert told['std'].ravel() == pytest.approx(values.std(0))
    assert told['q90'].ravel() == pytest.approx(
        np.quantile(values, 0.9, axis=0, method='inverted_cdf'))


def test_a_dataset_that_lerobot_wrote_is_read(arm):
    assert arm.info.cameras == ('observation.images.front', 'observation.images.wrist')
    assert arm.tasks == ('move right', 'move left')
    assert {e.data_file for e in arm.episodes} == {(0, 0)}      # all of them in one file
    for episode in arm.episodes:
        action = arm.numbers(episode, ['action'])['action']
        side = 1 if episode.tasks[0] == 'move left' else -1
        assert action.shape == (36, 7) and action[-1, 0] == pytest.approx(0.8 * side, abs=0.01)
        last = list(arm.pictures(episode, 'observation.images.front'))[-1]
        assert last.shape == (48, 64, 3)
        reds = last[..., 0].astype(int) - last[..., 1]
        assert abs(reds.mean(0).argmax() - (32 + side * 0.4 * 0.8 * 64)) < 6


def test_every_column_of_lerobot_is_written_and_of_its_type(two, arm):
    """Names and types of tables are those of a dataset that lerobot wrote."""
    for name in ('data', 'meta/episodes'):
        ours, theirs = (parquet.read_schema(next((root / name).glob('*/*.parquet')))
                        for root in (two, arm.root))
        for key in theirs.names:
            if key.startswith(('observation.images', 'videos/', 'stats/')):
                key = key.replace('front', 'camera').replace('wrist', 'camera')
            assert key in ours.names, key
            if not key.endswith(('observation.state', 'action')) and '/count' not in key:
                assert ours.field(key).type == theirs.field(
                    key.replace('camera', 'front')).type, key
    ours, theirs = (json.loads((root / 'meta/info.json').read_text())
                    for root in (two, arm.root))
    assert ours.keys() >= theirs.keys()
    for key in ('codebase_version', 'data_path', 'video_path', 'chunks_size'):
        assert ours[key] == theirs[key]
    for key in EVERY_FRAME:
        assert ours['features'][key] == theirs['features'][key]
    ours, theirs = (parquet.read_schema(root / 'meta/tasks.parquet') for root in (two, arm.root))
    assert set(ours.names) == set(theirs.names)
    assert ours.pandas_metadata['index_columns'] == theirs.pandas_metadata['index_columns']


def test_other_versions_and_no_dataset_are_refused(two, tmp_path):
    with pytest.raises(ConfigurationError, match='no LeRobot dataset'):
        Dataset(tmp_path)
    path = two / 'meta/info.json'
    path.write_text(path.read_text().replace('"v3.0"', '"v2.1"'))
    with pytest.raises(ConfigurationError, match=r'v2\.1'):
        Dataset(two)


def test_a_video_that_ends_early_is_said(two):
    shutil.copy(two / 'videos' / CAMERA / 'chunk-000/file-000.mp4',
                two / 'videos' / CAMERA / 'chunk-000/file-001.mp4')
    dataset = Dataset(two)
    with pytest.raises(InvalidValueError, match=r'no frame at 1\.2'):
        list(dataset.pictures(dataset.episodes[1], CAMERA))
