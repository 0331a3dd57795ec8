"""Episodes on disk: nothing is lost but what is counted, and every piece is whole."""
from dataclasses import replace
import resource
import shutil

from killed_writer import CHANNELS, lost_s, TOPICS
import numpy as np
import pytest
import yaml

from vla_ros.cli.main import main
from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.recorded import Episode, episode_from_json, Outcome
from vla_ros.recording.backlog import Backlog, Sample
from vla_ros.recording.bag import reader_of, Schemas, text_message, text_of
from vla_ros.recording.channels import Channel, parse_channels
from vla_ros.recording.recorder import FLUSH_S, Recorder, RecordingError
from vla_ros.recording.repair import interrupted, repair
from vla_ros.recording.settings import RecorderSettings
from vla_ros.recording.steering import Corrections, steers

SECOND_NS = 1_000_000_000
START_NS = 1_000 * SECOND_NS
VOICE, GATE, IMAGE = '/voice_command', '/command_gate/state', '/camera/image_raw'


@pytest.fixture
def recorder(tmp_path):
    return make_recorder(tmp_path)


def make_recorder(folder, **settings):
    channels = (*CHANNELS, Channel(GATE, 'std_msgs/msg/String', is_latched=True))
    return Recorder(channels, TOPICS, RecorderSettings(
        str(folder), **{'disk_reserve_mb': 0.0, **settings}))


def put_text(recorder, topic, text, after_s=0.0):
    recorder.backlog.put(Sample(topic, START_NS + round(after_s * SECOND_NS), text_message(text)))


def kept(path, topic=None):
    """Return (topic, stamp, bytes) of the messages of a bag."""
    with reader_of(path) as reader:
        return [(c.topic, stamp_ns, bytes(data)) for c, stamp_ns, data in reader.messages()
                if topic in (None, c.topic)]


def recorded(recorder, *samples):
    """Return an episode of these samples, each worked on by itself."""
    path = recorder.start('episode', START_NS)
    for index, sample in enumerate(samples):
        recorder.backlog.put(sample)
        recorder.work(index * FLUSH_S)
    recorder.stop(Outcome.SUCCESS)
    return path


def random_samples(count, rng):
    return [Sample(IMAGE, START_NS + i * SECOND_NS // 20, rng.bytes(int(rng.integers(1, 30_000))))
            for i in range(count)]


@pytest.mark.parametrize('compression', ['none', 'zstd'])
def test_what_is_put_is_read_back_equal(tmp_path, compression):
    samples = random_samples(40, np.random.default_rng(0))
    path = recorded(make_recorder(tmp_path, compression=compression), *samples)
    assert kept(path, IMAGE) == samples


def test_the_episode_is_the_last_message_and_in_the_metadata(recorder):
    path = recorded(recorder, Sample(VOICE, START_NS, text_message('salute')))
    topic, _, data = kept(path)[-1]
    told = yaml.safe_load((path / 'metadata.yaml').read_text())['rosbag2_bagfile_information']
    assert topic == TOPICS.episode
    assert episode_from_json(text_of(data)) == Episode('salute', Outcome.SUCCESS)
    assert told['custom_data']['episode'] == text_of(data)


def test_stamps_never_go_back(recorder):
    stamps = [0, 3, 1, 2, 5]
    path = recorded(recorder, *(Sample(IMAGE, START_NS + s, b'x') for s in stamps))
    assert [s - START_NS for _, s, _ in kept(path, IMAGE)] == [0, 3, 3, 3, 5]


def test_the_queue_never_holds_more_than_it_may_and_counts_the_rest():
    backlog, rng, put = Backlog(10_000), np.random.default_rng(0), 0
    for size in rng.integers(0, 3_000, 200):
        backlog.put(Sample(IMAGE, 0, bytes(int(size))))
        put += 1
        assert backlog.waiting_bytes <= 10_000
    taken = backlog.take_all()
    assert sum(len(s.data) for s in taken) <= 10_000
    assert len(taken) + backlog.dropped()[IMAGE] == put
    assert backlog.waiting_bytes == 0 and not backlog.take_all()


def test_what_was_dropped_is_told_in_the_episode(tmp_path):
    recorder = make_recorder(tmp_path, queue_mb=1.0)
    recorder.start('episode', START_NS)
    for _ in range(5):
        recorder.backlog.put(Sample(IMAGE, START_NS, bytes(400_000)))
    assert recorder.stop(Outcome.SUCCESS).episode.dropped == 3
    recorder.start('next', START_NS)
    assert recorder.stop(Outcome.SUCCESS).episode.dropped == 0


def test_a_file_cut_anywhere_keeps_what_was_whole_before_the_cut(recorder, tmp_path):
    rng = np.random.default_rng(1)
    samples = random_samples(30, rng)
    whole = recorded(recorder, *samples)
    size, least = (whole / 'episode.mcap').stat().st_size, 0
    for cut in sorted(rng.integers(2_000, size, 25)):
        bag = tmp_path / 'cut' / 'episode'
        shutil.copytree(whole, bag)
        (bag / 'metadata.yaml').unlink()
        with (bag / 'episode.mcap').open('r+b') as file:
            file.truncate(int(cut))
        repair(bag)
        images = kept(bag, IMAGE)
        assert images == samples[:len(images)] and len(images) >= least
        assert kept(bag)[-1][0] == TOPICS.episode
        least = len(images)
        shutil.rmtree(bag)
    assert least > 20


def test_a_file_that_was_ended_but_for_its_metadata_loses_nothing(recorder):
    samples = random_samples(10, np.random.default_rng(2))
    path = recorded(recorder, *samples)
    (path / 'metadata.yaml').unlink()
    assert interrupted(path.parent) == interrupted(path) == [path]
    repair(path)
    assert kept(path, IMAGE) == samples and not interrupted(path.parent)


def test_a_bag_that_is_being_written_is_left_alone(recorder):
    path = recorder.start('episode', START_NS)
    with pytest.raises(InvalidValueError, match='is being recorded'):
        repair(path)
    put_text(recorder, VOICE, 'salute')
    recorder.stop(Outcome.SUCCESS)
    assert len(kept(path, VOICE)) == 1


def test_a_file_with_nothing_whole_is_refused(tmp_path):
    bag = tmp_path / 'empty'
    bag.mkdir()
    (bag / 'empty.mcap').write_bytes(b'\x89MCA')
    with pytest.raises(InvalidValueError, match='no MCAP file'):
        repair(bag)


def test_the_command_repairs_what_is_interrupted_and_nothing_else(recorder, capsys):
    whole = recorded(recorder, *random_samples(5, np.random.default_rng(3)))
    cut = recorded(recorder, *random_samples(5, np.random.default_rng(4)))
    (cut / 'metadata.yaml').unlink()
    before = kept(whole)
    assert main(['repair', str(whole.parent)]) == 0
    assert '1 of 1 interrupted bags repaired' in capsys.readouterr().out
    assert len(kept(cut, IMAGE)) == 5 and kept(whole) == before
    recorder.start('running', START_NS)
    assert main(['repair', str(whole.parent)]) == 1
    assert 'is being recorded' in capsys.readouterr().out


def test_a_killed_writer_loses_less_than_a_second(tmp_path):
    assert lost_s(tmp_path, after_messages=250) < 1.0


def test_an_interrupted_episode_knows_what_was_said_and_who_steered(recorder, tmp_path):
    path = recorder.start('episode', START_NS)
    put_text(recorder, VOICE, 'salute', 0.2)
    put_text(recorder, GATE, 'live: teleop', 1.0)
    put_text(recorder, IMAGE, '', 3.0)
    recorder.work(1.0)
    copy = tmp_path / 'copy' / path.name
    shutil.copytree(path, copy)                         # as a kill would leave it
    repair(copy)
    assert episode_from_json(text_of(kept(copy)[-1][2])) == Episode(
        'salute', Outcome.UNKNOWN, ((1.0, 3.0),))


@pytest.mark.parametrize('before, during, instruction', [
    ((), (), ''), (('salute',), (), 'salute'), (('salute',), ('bow',), 'bow'),
    (('salute', 'stop'), (), ''), ((), ('bow', 'stop', 'salute'), 'bow'),
    (('salute',), ('Stop!',), 'salute')])
def test_the_instruction_is_the_first_in_an_episode_or_the_last_before(
        recorder, before, during, instruction):
    for text in before:
        put_text(recorder, VOICE, text)
    recorder.start('episode', START_NS)
    for text in during:
        put_text(recorder, VOICE, text)
    assert recorder.stop(Outcome.SUCCESS).episode.instruction == instruction


def test_spans_of_steering_are_those_in_which_a_person_steered():
    rng = np.random.default_rng(3)
    states = rng.random(200) < 0.4
    corrections = Corrections(START_NS, bool(states[0]))
    for index, is_steered in enumerate(states):
        corrections.note(bool(is_steered), START_NS + index * SECOND_NS)
    spans = corrections.spans(START_NS + len(states) * SECOND_NS)
    within = [any(a <= i + 0.5 < b for a, b in spans) for i in range(len(states))]
    assert within == states.tolist()


@pytest.mark.parametrize('state, is_person', [
    ('live: teleop', True), ('live: policy', False), ('stopped', False), ('live: teleoperator',
                                                                          False), ('', False)])
def test_only_a_live_input_of_a_person_steers(state, is_person):
    assert steers(state, ('teleop',)) is is_person


def test_a_disk_that_runs_low_ends_the_episode_whole(recorder):
    path = recorder.start('episode', START_NS)
    put_text(recorder, VOICE, 'salute')
    recorder.work(0.0)
    recorder.settings = replace(recorder.settings, disk_reserve_mb=1e9)
    recorder.work(FLUSH_S)
    assert 'disk_reserve_mb' in recorder.state
    assert episode_from_json(text_of(kept(path)[-1][2])).outcome is Outcome.UNKNOWN
    with pytest.raises(RecordingError, match='disk_reserve_mb'):
        recorder.start('next', START_NS)
    assert not interrupted(path.parent) and len(list(path.parent.iterdir())) == 1


def test_a_full_disk_ends_the_episode_and_not_the_recorder(recorder):
    path = recorder.start('episode', START_NS)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, limit[1]))
    try:
        for index in range(8):
            recorder.backlog.put(Sample(IMAGE, START_NS + index, bytes(1_000_000)))
            recorder.work(index * FLUSH_S)
        assert 'broken off' in recorder.state
        with pytest.raises(RecordingError, match='nothing is being recorded'):
            recorder.stop(Outcome.SUCCESS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    repair(path)
    assert len(kept(path, IMAGE)) >= 1
    recorder.start('next', START_NS)
    assert recorder.state == 'recording next'


def test_a_folder_that_cannot_be_written_is_refused_with_a_reason(tmp_path):
    (tmp_path / 'file').write_text('')
    with pytest.raises(RecordingError, match='nothing can be written'):
        make_recorder(tmp_path / 'file').start('episode', START_NS)


def test_no_episode_takes_the_place_of_another(recorder):
    paths = []
    for _ in range(3):
        paths.append(recorder.start('episode', START_NS))
        recorder.stop(Outcome.SUCCESS)
    assert len({*paths}) == 3 and all(p.is_dir() for p in paths)
    recorder.start('episode', START_NS)
    assert not recorder.discard().exists()


def test_an_episode_survives_its_json():
    episode = Episode('grüße', Outcome.FAILURE, ((0.5, 1.25), (3.0, 4.0)), 7)
    assert episode_from_json(episode.to_json()) == episode


@pytest.mark.parametrize('text', ['', '[]', '{"outcome": "fine"}', '{"corrections": [[1]]}'])
def test_what_is_no_episode_is_refused(text):
    with pytest.raises(InvalidValueError, match='not an episode'):
        episode_from_json(text)


@pytest.mark.parametrize('line', ['', 'odom', 'odom Odometry', 'odom nav_msgs/msg/Odometry x',
                                  'odom nav_msgs/srv/Get'])
def test_a_line_that_is_no_channel_is_refused(line):
    with pytest.raises(ConfigurationError, match='expected'):
        parse_channels([line])


def test_a_type_that_nobody_knows_is_refused():
    with pytest.raises(ConfigurationError, match='not among'):
        Schemas(['my_msgs/msg/Own'])
