"""The recorder node over real topics."""
import json

from geometry_msgs.msg import Twist
import numpy as np
import pytest
from rcl_interfaces.srv import SetParametersAtomically
from rclpy.parameter import Parameter
from rclpy.serialization import deserialize_message
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import String
from std_srvs.srv import SetBool, Trigger

from vla_ros.core.errors import ConfigurationError
from vla_ros.nodes.recorder_node import RecorderNode
from vla_ros.recording.bag import reader_of
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.qos import NEWEST, SPOKEN, STATE

PICTURE = np.arange(24 * 32 * 3, dtype=np.uint8).reshape(24, 32, 3)


class Studio:
    """A robot's topics, and a recorder that listens to them."""

    def __init__(self, bench, folder, **parameters):
        self.bench, self.folder = bench, folder
        self.node = bench.make(RecorderNode, folder=str(folder),
                               **{'disk_reserve_mb': 0.0, **parameters})
        make = bench.node.create_publisher
        self.image = make(Image, 'camera/image_raw', NEWEST)
        self.joints = make(JointState, 'joint_states', NEWEST)
        self.voice = make(String, 'voice_command', SPOKEN)
        self.twist = make(Twist, 'cmd_vel', 1)
        self.gate = make(String, 'command_gate/state', STATE)
        self.states = bench.listen(String, 'recorder_node/state', STATE)
        publishers = (self.image, self.joints, self.voice, self.twist, self.gate)
        bench.until(lambda: all(p.get_subscription_count() for p in publishers))

    def start(self):
        return self.bench.call(Trigger, 'recorder_node/start', Trigger.Request())

    def stop(self, is_success=True):
        return self.bench.call(SetBool, 'recorder_node/stop', SetBool.Request(data=is_success))

    def state(self):
        """Return what the node says it does; '' before it was heard."""
        return self.states[-1][1].data if self.states else ''

    def until_seen(self, topic, count):
        """Wait until the node has read so many messages of a topic."""
        tap = next(t for t in self.node._taps if t.topic == f'/{topic}')
        self.bench.until(lambda: tap.reception.received >= count)


def messages(path):
    """Return (topic, bytes) of each message of a bag."""
    with reader_of(path) as reader:
        return [(c.topic, bytes(data)) for c, _, data in reader.messages()]


def episode(path):
    """Return the last message, which has to be the episode."""
    topic, data = messages(path)[-1]
    assert topic == '/episode'
    return json.loads(data[8:-1])


@pytest.fixture
def studio(bench, tmp_path):
    return Studio(bench, tmp_path / 'episodes')


def test_what_was_sent_is_in_the_bag_in_its_order(studio):
    path = studio.start().message
    joints = JointState(name=['a', 'b'], position=[0.25, -1.0])
    walk = Twist()
    walk.linear.x = 0.3
    sent = [('voice_command', studio.voice, String(data='go to the red cube')),
            ('camera/image_raw', studio.image, image_to_msg(PICTURE)),
            ('joint_states', studio.joints, joints), ('cmd_vel', studio.twist, walk)]
    for topic, publisher, msg in sent:
        publisher.publish(msg)
        studio.until_seen(topic, 1)
    answer = studio.stop()
    assert answer.success and path in answer.message and 'red cube' in answer.message
    heard = [(topic, data) for topic, data in messages(path) if topic != '/episode']
    assert [topic for topic, _ in heard] == [f'/{topic}' for topic, _, _ in sent]
    assert all(deserialize_message(data, type(msg)) == msg
               for (_, data), (_, _, msg) in zip(heard, sent, strict=True))
    assert episode(path) == {'instruction': 'go to the red cube', 'outcome': 'success',
                             'corrections': [], 'dropped': 0}


def test_an_episode_is_begun_once_and_ended_once(studio):
    assert not studio.stop().success
    path = studio.start().message
    again = studio.start()
    assert not again.success and path in again.message
    assert studio.stop(is_success=False).success
    assert episode(path)['outcome'] == 'failure'
    other = studio.start().message
    assert other != path
    studio.bench.call(Trigger, 'recorder_node/discard', Trigger.Request())
    assert not studio.stop().success
    assert [p.name for p in studio.folder.iterdir()] == [path.rpartition('/')[2]]


def test_what_a_person_steers_is_marked(studio):
    path = studio.start().message
    marks = []
    for count, state in enumerate(('live: policy', 'live: teleop', 'live: policy', 'stopped',
                                   'live: teleop'), start=1):
        studio.gate.publish(String(data=state))
        studio.until_seen('command_gate/state', count)
        marks.append(state)
    studio.stop()
    corrections = episode(path)['corrections']
    assert len(corrections) == marks.count('live: teleop')
    instants = [at_s for span in corrections for at_s in span]
    assert instants == sorted(instants), 'they overlap'


def test_an_episode_begins_with_what_was_true_before(studio):
    studio.gate.publish(String(data='live: teleop'))
    studio.voice.publish(String(data='salute'))
    studio.until_seen('command_gate/state', 1)
    studio.until_seen('voice_command', 1)
    path = studio.start().message
    studio.stop()
    assert episode(path)['instruction'] == 'salute'
    assert episode(path)['corrections'][0][0] == 0.0
    assert '/command_gate/state' in [topic for topic, _ in messages(path)]


def test_an_instruction_that_is_set_counts_more_than_what_was_said(studio):
    request = SetParametersAtomically.Request(parameters=[
        Parameter('instruction', value='salute').to_parameter_msg()])
    studio.bench.call(SetParametersAtomically, 'recorder_node/set_parameters_atomically', request)
    path = studio.start().message
    studio.stop()
    assert episode(path)['instruction'] == 'salute'


def test_a_disk_that_runs_low_ends_the_episode_and_begins_none(studio):
    path = studio.start().message
    request = SetParametersAtomically.Request(parameters=[
        Parameter('disk_reserve_mb', value=1e9).to_parameter_msg()])
    studio.bench.call(SetParametersAtomically, 'recorder_node/set_parameters_atomically', request)
    studio.bench.until(lambda: 'MB are free' in studio.state())
    assert episode(path)['outcome'] == 'unknown'
    answer = studio.start()
    assert not answer.success and 'disk_reserve_mb' in answer.message


def test_a_node_that_ends_saves_what_runs(studio):
    path = studio.start().message
    studio.node.close()
    assert episode(path)['outcome'] == 'unknown'


@pytest.mark.parametrize('topics, said', [
    (['odom'], 'expected'), (['odom nav_msgs/msg/Nothing'], 'message type'),
    (['odom nav_msgs/msg/Odometry', 'odom nav_msgs/msg/Odometry'], 'more than once')])
def test_a_wrong_list_of_topics_is_refused_with_a_reason(bench, topics, said):
    with pytest.raises(ConfigurationError, match=said):
        bench.make(RecorderNode, topics=topics)
