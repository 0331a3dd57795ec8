"""What was sent is what came and what did not; images arrive whole, or somebody says why not."""
from array import array
import json
import os
from pathlib import Path
import subprocess
import sys
from types import SimpleNamespace

import pytest
from sensor_msgs.msg import Image
from std_msgs.msg import Bool, Empty, String

from vla_ros.ros.domain import free_domain, private_environment
from vla_ros.ros.polling import Polled
from vla_ros.ros.qos import COMMAND
from vla_ros.ros.reception import _NUMBERED, Reception, subscribe
from vla_ros.ros.reports import Reports
from vla_ros.ros.segment import DEFAULT_BYTES, TOO_BUSY
from vla_ros.ros.traffic import Traffic
from vla_ros.ros.transport import for_images, PROFILE_VARIABLES

HERE = Path(__file__).parent
IMAGES = 300


def _info(number, publisher=b'a'):
    return {'publication_sequence_number': number, 'publisher_gid': {'data': publisher}}


def _heard(*infos):
    reception = Reception(0.0)
    for info in infos:
        reception.count(8, info)
    return reception


def test_numbers_that_are_missing_were_sent():
    reception = _heard(_info(7), _info(8), _info(12))
    assert (reception.received, reception.sent, reception.lost) == (3, 6, 0)


def test_each_publisher_has_numbers_of_its_own():
    assert _heard(_info(1), _info(50, b'b'), _info(2), _info(51, b'b')).sent == 4


def test_what_is_lost_counts_once_though_numbers_and_events_tell_of_it():
    reception = _heard(_info(1), _info(5))
    reception.lose(SimpleNamespace(total_count=3))
    assert reception.sent == 5


def test_events_tell_of_a_topic_of_which_nothing_comes():
    reception = Reception(0.0)
    reception.lose(SimpleNamespace(total_count=30))
    assert reception.rates(2.0).sent_hz == reception.rates(2.0).lost_hz + 15.0 == 15.0


def test_what_was_lost_before_the_first_message_stays_counted():
    reception = Reception(0.0)
    reception.lose(SimpleNamespace(total_count=10))
    for number in (11, 12, 20):
        reception.count(8, _info(number))
    assert reception.sent == 10 + 3 + 7


def test_messages_without_numbers_are_counted():
    assert _heard({}, {}, {}).sent == 3


def test_restarting_publishers_do_not_pile_up():
    assert len(_heard(*(_info(1, bytes([n])) for n in range(200)))._numbers) <= 16


def test_rates_are_those_since_the_last_question():
    reception = _heard(_info(1), _info(2), _info(5))
    first, second = reception.rates(2.0), reception.rates(3.0)
    assert (first.received_hz, first.sent_hz, first.lost_hz) == (1.5, 2.5, 0.0)
    assert (second.received_hz, second.sent_hz) == (0.0, 0.0)


@pytest.mark.parametrize('msg, size', [
    (Image(data=array('B', 12 * [0])), 12), (Bool(data=True), 0), (Empty(), 0)])
def test_messages_of_any_kind_are_counted_and_passed_on(bench, msg, size):
    reception, heard = Reception(0.0), []
    subscribe(bench.node, type(msg), 'any', COMMAND, heard.append, reception)
    talker = bench.node.create_publisher(type(msg), 'any', COMMAND)
    bench.until(lambda: heard, every=lambda: talker.publish(msg))
    assert reception.received == len(heard) and reception.largest_bytes == size


@pytest.mark.skipif(not _NUMBERED, reason='Humble tells no numbers')
def test_a_polled_topic_knows_what_it_did_not_read(bench):
    polled = Polled(bench.node, String, 'talk', COMMAND)
    talker = bench.node.create_publisher(String, 'talk', COMMAND)
    heard = bench.listen(String, 'talk')
    bench.until(lambda: talker.get_subscription_count() == 2)
    for count in (1, 10):
        for _ in range(count):
            talker.publish(String(data='x'))
        bench.until(lambda count=count: len(heard) == count)
        assert polled.take() is not None
        heard.clear()
    reception = polled.reception
    assert (reception.received, reception.sent, reception.lost) == (2, 11, 0)


@pytest.mark.parametrize('came, is_named', [(0, True), (1, False)])
def test_a_segment_is_named_until_a_small_message_shows_that_it_is_none_of_its_fault(
        bench, monkeypatch, came, is_named):
    for name in (*PROFILE_VARIABLES, 'FASTDDS_BUILTIN_TRANSPORTS'):
        monkeypatch.delenv(name, raising=False)
    traffic = Traffic(bench.node, Reports(bench.node))
    reception = traffic.receptions['any'] = Reception(0.0)
    for number in range(came):
        reception.count(8, _info(number))
    reception.lose(SimpleNamespace(total_count=58))
    hint = traffic.figures(2.0)['hint any']
    assert TOO_BUSY in hint
    assert (f'{DEFAULT_BYTES:,} bytes' in hint and 'fastdds_shm.xml' in hint) == is_named


def _looked_at(environment, images, how='listen'):
    """Return what became of images from one process to another in an environment."""
    clean = {k: v for k, v in os.environ.items() if k not in (
        *PROFILE_VARIABLES, 'ROS_AUTOMATIC_DISCOVERY_RANGE', 'FASTDDS_BUILTIN_TRANSPORTS')}
    domain = str(free_domain())
    environment = {**clean, 'PYTHONPATH': f'{HERE.parents[1]}', 'ROS_DOMAIN_ID': domain,
                   **environment}
    run = [sys.executable, str(HERE / 'camera_and_eye.py')]
    eye = subprocess.Popen([*run, how], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        subprocess.run([*run, 'send', str(images)], env=environment, check=True, timeout=120)
        return json.loads(eye.communicate(timeout=30)[0])
    finally:
        eye.kill()


def _of_the_demo():
    return private_environment(free_domain())


@pytest.mark.slow
@pytest.mark.parametrize('environment', [_of_the_demo, for_images], ids=['make demo', 'launch'])
def test_large_images_arrive_whole(environment):
    told = _looked_at(environment(), IMAGES)
    figures = told['figures']
    print({k: v for k, v in figures.items() if 'image' in k})
    assert figures['lost camera/image_raw'] <= 0.01 * IMAGES
    assert figures['received camera/image_raw'] > 0.9 * IMAGES      # some are replaced, if busy
    assert 'camera/image_raw transport' not in told['wrong']


@pytest.mark.slow
def test_a_segment_that_is_too_small_is_noticed_and_named():
    told = _looked_at({'ROS_AUTOMATIC_DISCOVERY_RANGE': 'LOCALHOST'}, 60)
    figures, hint = told['figures'], told['figures']['hint camera/image_raw']
    print({k: v for k, v in figures.items() if 'image' in k})
    assert figures['lost camera/image_raw'] > 0.1 * 60
    assert f'{DEFAULT_BYTES:,} bytes' in hint and 'fastdds_shm.xml' in hint
    assert told['wrong']['camera/image_raw transport'].startswith('messages are lost')
    assert any(f'{name}=' in hint for name in PROFILE_VARIABLES)


@pytest.mark.slow
def test_who_polls_is_told_of_an_image_that_is_too_large_for_the_segment():
    told = _looked_at({'ROS_AUTOMATIC_DISCOVERY_RANGE': 'LOCALHOST'}, 60, 'poll')
    if told['figures']['received camera/image_raw'] == 0:
        pytest.skip('not one image of sixty came, whose size could be told')
    assert f'{DEFAULT_BYTES:,} bytes' in told['figures']['hint camera/image_raw']
