"""A bag becomes what a live node would have seen."""
from harness import WalkingPolicy
from nav_msgs.msg import Odometry
import numpy as np
import pytest
from rclpy.serialization import serialize_message
from rosbags.rosbag2 import StoragePlugin, Writer
from rosbags.typesys import get_typestore, Stores
from sensor_msgs.msg import CompressedImage, Image, JointState
from std_msgs.msg import String

pytest.importorskip('pyarrow', reason='pyarrow is not installed')

from vla_ros.cli.main import main
from vla_ros.control.modes import Mode
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.recorded import Channel
from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.moments import moments
from vla_ros.nodes.fusion_node import FusionNode
from vla_ros.perception.preprocessing import prepare_image
from vla_ros.ros.bags import Bag
from vla_ros.ros.conversions import joints_to_msg, odometry_to_msg, trajectory_to_msg, twist_to_msg
from vla_ros.ros.images import image_to_compressed_msg, image_to_msg
from vla_ros.ros.qos import NEWEST

START_S = 1000.0
STORE = get_typestore(Stores.ROS2_JAZZY)


def type_of(msg) -> str:
    package, _, _ = type(msg).__module__.partition('.')
    return f'{package}/msg/{type(msg).__name__}'


def write_bag(path, sent, storage=StoragePlugin.MCAP):
    """Write (topic, seconds after the start, message) to a bag, as it goes over the wire."""
    with Writer(path, version=9, storage_plugin=storage) as writer:
        connections = {}
        for topic, at_s, msg in sorted(sent, key=lambda each: each[1]):
            if topic not in connections:
                connections[topic] = writer.add_connection(topic, type_of(msg), typestore=STORE)
            writer.write(connections[topic], int((START_S + at_s) * 1e9), serialize_message(msg))
    return path


def picture(number: int) -> np.ndarray:
    rng = np.random.default_rng(number)
    return rng.integers(0, 256, (48, 64, 3), np.uint8)


@pytest.fixture
def walk(g1):
    """Return the messages of three seconds in which a robot walks ever faster."""
    rest = np.array(g1.neutral_position)
    sent = [('/voice_command', 0.3, String(data='Go to the blue ball!'))]
    for i in range(60):
        at_s = i * 0.05
        sent += [('/joint_states', at_s, joints_to_msg(g1.joint_names, rest + 0.001 * i, rest)),
                 ('/camera/image_raw', at_s + 0.001, image_to_msg(picture(i))),
                 ('/odom', at_s + 0.002, odometry_to_msg(
                     np.array([0.01 * i, 0, 0]), np.array([0.2, 0, 0]))),
                 ('/cmd_vel', at_s + 0.003, twist_to_msg(np.array([0.01 * i, 0, 0, 0, 0, 0]))),
                 ('/joint_trajectory', at_s + 0.003, trajectory_to_msg(
                     g1.commanded_joints[:2], np.array([[0.0, 0.1], [1.0, 0.1]]),
                     np.array([0.01, 0.11])))]
    return sent


@pytest.mark.parametrize('storage', StoragePlugin)
def test_frames_are_the_newest_of_everything_and_joints_go_by_name(g1, walk, tmp_path, storage):
    bag = Bag(write_bag(tmp_path / 'bag', walk, storage), g1)
    found = list(moments(bag.messages(), g1, 10))
    assert {m.instruction for m in found} == {'Go to the blue ball!'}
    assert not bag.refused
    for m in found:
        newest = int((m.at_s - START_S - 0.001 + 1e-6) / 0.05)
        assert np.array_equal(m.image, picture(newest))
        assert m.positions[0] == pytest.approx(g1.neutral_position[0] + 0.001 * newest, abs=2e-3)
        assert m.action[3] <= 1.0 and m.action[4] == pytest.approx(0.1)
        untold = m.action[5:] - m.positions[g1.commanded_index][2:]
        assert untold == pytest.approx(np.zeros(len(untold)))        # sent nowhere: they stay
    steps = np.diff([m.at_s for m in found])
    assert steps == pytest.approx(np.full(len(steps), 0.1))
    assert found[0].at_s - START_S == pytest.approx(0.35, abs=0.06)     # not before it was told


def test_what_is_too_old_ends_an_episode_and_so_does_a_stop_word(g1, walk, tmp_path):
    walk = [each for each in walk if not (
        each[0] == '/camera/image_raw' and 1.0 < each[1] < 1.8)]
    walk.append(('/voice_command', 2.5, String(data='stop')))
    found = list(moments(Bag(write_bag(tmp_path / 'bag', walk), g1).messages(), g1, 10))
    assert sorted({m.episode for m in found}) == [0, 1]
    after = [m.at_s - START_S for m in found]
    assert not [t for t in after if 1.51 < t < 1.8] and max(after) <= 2.5


def test_a_message_that_a_node_refuses_is_left_out_and_counted(g1, walk, tmp_path):
    bad = image_to_msg(picture(0))
    bad.encoding = 'nonsense'
    walk += [('/camera/image_raw', 1.0005, bad)]
    bag = Bag(write_bag(tmp_path / 'bag', walk), g1)
    assert list(moments(bag.messages(), g1, 10))
    assert list(bag.refused.values()) == [1] and 'nonsense' in next(iter(bag.refused))


def test_no_bag_and_no_camera_are_said(g1, walk, tmp_path):
    with pytest.raises(ConfigurationError, match='no whole bag'):
        Bag(tmp_path, g1)
    blind = [each for each in walk if each[0] != '/camera/image_raw']
    with pytest.raises(ConfigurationError, match='camera/image_raw'):
        Bag(write_bag(tmp_path / 'bag', blind), g1)


def test_a_recorded_episode_converts_with_its_outcome_and_corrections_and_only_once(
        g1, walk, tmp_path, capsys):
    walk = [each for each in walk if each[0] != '/voice_command']
    walk.append(('/recorder_node/episode', 3.2, String(data=(
        '{"instruction": "walk to the red cube", "outcome": "success", '
        '"corrections": [[1.0, 1.5]]}'))))
    write_bag(tmp_path / 'bags' / 'one', walk)
    command = ['convert', str(tmp_path / 'bags'), '--out', str(tmp_path / 'data')]
    assert main(command) == 0 and main(command) == 0
    assert 'there already' in capsys.readouterr().out
    dataset = Dataset(tmp_path / 'data')
    episode, = dataset.episodes
    assert (episode.tasks, episode.outcome) == (('walk to the red cube',), 'success')
    numbers = dataset.numbers(episode, ['is_intervention', 'action', 'observation.base'])
    assert numbers['is_intervention'].sum() == pytest.approx(5, abs=1)
    assert numbers['action'].shape[1] == g1.action_size
    assert (np.diff(numbers['action'][:, 0]) > 0).all()


def test_a_gap_makes_two_episodes_and_only_the_last_succeeded(g1, walk, tmp_path):
    walk = [each for each in walk if not (
        each[0] == '/voice_command' or (
            each[0] == '/camera/image_raw' and 1.2 < each[1] < 1.75))]
    walk.append(('/episode', 3.2, String(
        data='{"instruction": "walk to the red cube", "outcome": "success"}')))
    bag = write_bag(tmp_path / 'bag', walk)
    assert main(['convert', str(bag), '--out', str(tmp_path / 'data')]) == 0
    episodes = Dataset(tmp_path / 'data').episodes
    assert [e.outcome for e in episodes] == ['unknown', 'success']
    assert [e.source for e in episodes] == ['bag#0', 'bag#1']


def test_a_compressed_and_a_namespaced_camera_are_found(g1, walk, tmp_path):
    other = {'/camera/image_raw': '/left/camera/image_raw/compressed'}
    sent = [(other.get(t, f'/left{t}'), at_s,
             image_to_compressed_msg(picture(0)) if t == '/camera/image_raw' else m)
            for t, at_s, m in walk]
    bag = Bag(write_bag(tmp_path / 'bag', sent), g1, '/left')
    assert bag.channels[Channel.IMAGE].endswith('compressed')
    assert next(moments(bag.messages(), g1, 10)).image.shape == (48, 64, 3)


@pytest.mark.parametrize('kind', [Image, CompressedImage])
def test_a_bag_and_the_live_node_give_equal_frames(bench, g1, tmp_path, kind):
    """The same messages go to a fusion node and into a bag; what both make of them is equal."""
    policies, sent = [], []

    def policy(robot, settings):
        policies.append(WalkingPolicy(robot))
        return policies[-1]

    is_raw = kind is Image
    topic = 'camera/image_raw' if is_raw else 'camera/image_raw/compressed'
    node = bench.make(lambda **kwargs: FusionNode(policy, **kwargs),
                      image_transport='raw' if is_raw else 'compressed')
    publishers = {name: bench.node.create_publisher(type_, name, NEWEST) for name, type_ in (
        (topic, kind), ('joint_states', JointState), ('odom', Odometry))}
    voice = bench.node.create_publisher(String, 'voice_command', 10)
    bench.until(lambda: voice.get_subscription_count() == 1
                and node.controller.mode is not Mode.INIT)

    def feed():
        number = len(sent) // 3
        image = (image_to_msg if is_raw else image_to_compressed_msg)(picture(number))
        body = np.array(g1.neutral_position) + 0.0001 * number
        for name, msg in ((topic, image),
                          ('joint_states', joints_to_msg(g1.joint_names, body, body)),
                          ('odom', odometry_to_msg(np.array([0.01 * number, 0, 0.3]),
                                                   np.array([0.1, 0, 0.2])))):
            publishers[name].publish(msg)
            sent.append((f'/{name}', 0.1 * number + 0.01 * (len(sent) % 3), msg))

    voice.publish(String(data='go to the blue ball'))
    bench.until(lambda: len(policies[0].seen) > 30, every=feed)
    told = [live for live in policies[0].seen if live.instruction and live.image.any()]
    feed()                                              # the bag ends after what was seen live
    sent.append(('/voice_command', 0.0, String(data='go to the blue ball')))
    in_bag = {}
    for m in moments(Bag(write_bag(tmp_path / 'bag', sent), g1).messages(), g1, 100):
        in_bag[hash(m.image.tobytes())] = m
    poses = {tuple(m.odometry[0]) for m in in_bag.values()}
    bodies = {(m.positions.tobytes(), m.velocities.tobytes()) for m in in_bag.values()}
    assert len(told) > 10
    for live in told:
        same = in_bag[hash(live.image.tobytes())]
        assert np.array_equal(prepare_image(live.image), prepare_image(same.image))
        assert live.instruction == same.instruction
        assert (live.joint_positions.tobytes(), live.joint_velocities.tobytes()) in bodies
        assert live.base_pose is None or tuple(live.base_pose) in poses
