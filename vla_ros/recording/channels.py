"""What is recorded: topics, and the types of their messages."""
from collections.abc import Sequence
from dataclasses import dataclass
import re

from vla_ros.core.errors import ConfigurationError

_TYPE = re.compile(r'[a-z]\w*/msg/[A-Z]\w*')
_LATCHED = 'latched'


@dataclass(frozen=True)
class Channel:
    """A topic that is recorded."""

    topic: str
    type_name: str
    """As 'std_msgs/msg/String'."""
    is_latched: bool = False
    """Whether the last message stays true, so that an episode begins with it."""


def parse_channels(lines: Sequence[str]) -> tuple[Channel, ...]:
    """
    Return the channels of lines such as 'odom nav_msgs/msg/Odometry'.

    :raises ConfigurationError: if a line has another form, or a topic is there twice.
    """
    channels = tuple(_channel(line) for line in lines)
    topics = [channel.topic for channel in channels]
    if twice := sorted({t for t in topics if topics.count(t) > 1}):
        raise ConfigurationError(f'topics: {twice} named more than once')
    return channels


def _channel(line: str) -> Channel:
    topic, type_name, *more = [*line.split(), '', ''][:max(2, len(line.split()))]
    if not _TYPE.fullmatch(type_name) or more not in ([], [_LATCHED]):
        raise ConfigurationError(
            f"topics: {line!r}, expected 'name package/msg/Type' or 'name package/msg/Type "
            f"{_LATCHED}'")
    return Channel(topic, type_name, bool(more))
