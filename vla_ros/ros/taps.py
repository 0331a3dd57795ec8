"""Subscriptions that hand messages on as bytes, undecoded, each with the time it came."""
from collections.abc import Iterator
import importlib
import time

from rclpy.node import Node
from rclpy.qos import HistoryPolicy, QoSProfile, ReliabilityPolicy

from vla_ros.core.errors import ConfigurationError
from vla_ros.ros.polling import LeftAlone
from vla_ros.ros.reception import Reception, subscribe_unread

OVERHEARD = QoSProfile(history=HistoryPolicy.KEEP_LAST, depth=64,
                       reliability=ReliabilityPolicy.BEST_EFFORT)
"""For whoever listens in: publishers wait for no answer of his, and send nothing again."""
_LATE_NS = 1_000_000_000


def message_class(type_name: str) -> type:
    """
    Return the class of 'std_msgs/msg/String'.

    :raises ConfigurationError: if it is not installed.
    """
    package, _, name = type_name.split('/')
    try:
        return getattr(importlib.import_module(f'{package}.msg'), name)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f'{type_name}: no such message type here: {error}') from error


class BagClock:
    """Time of day that goes on evenly, whatever happens to the system's clock meanwhile [ns]."""

    def __init__(self):
        self._epoch_ns = time.time_ns() - time.monotonic_ns()

    def now_ns(self) -> int:
        """Return the time."""
        return self._epoch_ns + time.monotonic_ns()

    def came_ns(self, received_ns: int) -> int:
        """Return when a message came, by the system's time that the middleware gives; 0: now."""
        age_ns = time.time_ns() - received_ns
        return self.now_ns() - (age_ns if 0 <= age_ns < _LATE_NS else 0)


class Tap:
    """A subscription that is emptied now and then, by one thread at a time."""

    def __init__(self, node: Node, type_name: str, topic: str, qos: QoSProfile):
        """
        Subscribe.

        :raises ConfigurationError: if the type is not installed.
        """
        self._kind = message_class(type_name)
        self.topic = node.resolve_topic_name(topic)
        self.reception = Reception(time.monotonic())
        self._subscription = subscribe_unread(node, self._kind, topic, qos, LeftAlone())

    def flow(self, clock: BagClock) -> Iterator[tuple[int, bytes]]:
        """Yield what came since the last time: when [ns], and the bytes."""
        handle = self._subscription.handle
        with handle:
            while (taken := handle.take_message(self._kind, True)) is not None:
                data, info = taken
                self.reception.count(len(data), info)
                yield clock.came_ns(info.get('received_timestamp', 0)), data
