"""
Recordings (rosbag2, in MCAP or SQLite) through the conversions of the nodes.

Messages are read by rclpy, as in a node. One that a node would refuse is left out, and counted.
"""
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geometry_msgs.msg import Twist, TwistStamped
from nav_msgs.msg import Odometry
from rclpy.serialization import deserialize_message
from sensor_msgs.msg import CompressedImage, Image, JointState
from std_msgs.msg import String
from trajectory_msgs.msg import JointTrajectory

from vla_ros.core.errors import ConfigurationError, MissingDependencyError, VlaError
from vla_ros.core.recorded import Channel, Recorded, recorded_episode, RecordedEpisode
from vla_ros.core.robot import RobotDescription
from vla_ros.ros.conversions import (
    joints_from_msg,
    odometry_from_msg,
    trajectory_from_msg,
    twist_from_msg,
)
from vla_ros.ros.images import image_from_compressed_msg, image_from_msg

try:
    from rosbags.rosbag2 import Reader, ReaderError
except ImportError as error:
    raise MissingDependencyError("bags need rosbags: pip install 'rosbags>=0.11'") from error

_COMPRESSED = '/compressed'


class Bag:
    """A recording that is read."""

    def __init__(self, path: Path, robot: RobotDescription, namespace: str = '',
                 topics: Mapping[Channel, str] | None = None):
        """
        Look at a bag.

        :param namespace: of the topics, such as '/robot'.
        :param topics: those that are called otherwise.
        :raises ConfigurationError: if it is no bag, or an interrupted one, or a topic is not
            in it.
        """
        self._path, self._robot, self.refused = path, robot, Counter()
        with self._opened() as reader:
            there = {c.topic: c.msgtype for c in reader.connections}
            self.start_s, self.length_s = reader.start_time / 1e9, reader.duration / 1e9
        self._channels = _channels(there, namespace, dict(topics or {}), path)
        if strange := {t: there[t] for t in self._channels if there[t] not in _KINDS}:
            raise ConfigurationError(f'{path}: {strange}; expected one of {list(_KINDS)}')

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self._path.resolve().name

    @property
    def channels(self) -> dict[Channel, str]:
        """Return the topic of each channel that is in it."""
        return {channel: topic for topic, channel in self._channels.items()}

    def about(self) -> RecordedEpisode | None:
        """Return what its recorder said of it, the last time; None: nothing."""
        said = list(self._read({t for t, c in self._channels.items() if c is Channel.EPISODE}))
        return said[-1].value if said else None

    def messages(self) -> Iterator[Recorded]:
        """Return everything but that, in the order it came."""
        yield from self._read({t for t, c in self._channels.items() if c is not Channel.EPISODE})

    def _read(self, topics: set[str]) -> Iterator[Recorded]:
        with self._opened() as reader:
            wanted = [c for c in reader.connections if c.topic in topics]
            if not wanted:
                return
            for connection, stamp_ns, data in reader.messages(wanted):
                channel = self._channels[connection.topic]
                kind, convert = _KINDS[connection.msgtype]
                try:
                    value = convert(deserialize_message(bytes(data), kind), self._robot)
                    value = recorded_episode(value) if channel is Channel.EPISODE else value
                except VlaError as error:
                    self.refused[f'{connection.topic}: {error}'] += 1
                    continue
                yield Recorded(channel, stamp_ns / 1e9, value)

    @contextmanager
    def _opened(self) -> Iterator[Reader]:
        try:
            with Reader(self._path) as reader:
                yield reader
        except (ReaderError, OSError) as error:
            raise ConfigurationError(f'{self._path}: no whole bag: {error}') from error


def _channels(there: Mapping[str, str], namespace: str, topics: dict[Channel, str],
              path: Path) -> dict[str, Channel]:
    """Return which topic is which channel."""
    if missing := sorted(set(topics.values()) - there.keys()):
        raise ConfigurationError(f'{path}: no topic {missing}; it has {sorted(there)}')
    found = {topic: channel for channel, topic in topics.items()}
    for channel in Channel:
        usual = f'{namespace.rstrip("/")}/{channel.value}'
        names = [usual, usual + _COMPRESSED] if channel is Channel.IMAGE else [usual]
        if channel is Channel.EPISODE:
            names += [t for t in there if t.endswith(f'/{channel.value}')]
        if channel not in topics and (own := [n for n in names if n in there]):
            found[own[0]] = channel
    if missing := {Channel.IMAGE, Channel.JOINTS} - set(found.values()):
        raise ConfigurationError(f'{path}: no topic {sorted(c.value for c in missing)} in '
                                 f'namespace {namespace!r}; it has {sorted(there)}')
    return found


_KINDS: dict[str, tuple[type, Callable[[Any, RobotDescription], Any]]] = {
    'sensor_msgs/msg/Image': (Image, lambda msg, robot: image_from_msg(msg)),
    'sensor_msgs/msg/CompressedImage': (
        CompressedImage, lambda msg, robot: image_from_compressed_msg(msg)),
    'sensor_msgs/msg/JointState': (
        JointState, lambda msg, robot: joints_from_msg(msg, robot.joint_names)),
    'nav_msgs/msg/Odometry': (Odometry, lambda msg, robot: odometry_from_msg(msg)),
    'std_msgs/msg/String': (String, lambda msg, robot: msg.data),
    'geometry_msgs/msg/Twist': (Twist, lambda msg, robot: twist_from_msg(msg)),
    'geometry_msgs/msg/TwistStamped': (
        TwistStamped, lambda msg, robot: twist_from_msg(msg.twist)),
    'trajectory_msgs/msg/JointTrajectory': (
        JointTrajectory, lambda msg, robot: trajectory_from_msg(msg))}
"""How a message of each type becomes a value."""
