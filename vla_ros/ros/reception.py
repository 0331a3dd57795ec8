"""
How many messages of a topic were sent, and how many of them came.

Each publisher's messages are numbered. Those that are missing between two that were read were lost
on the way, or a newer one took their place before anybody read them. Where nothing comes at all,
the middleware still notices that something was sent, and says so in an event.
"""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rclpy.callback_groups import CallbackGroup
from rclpy.node import Node
from rclpy.qos import QoSProfile
from rclpy.subscription import Subscription

try:
    from rclpy.event_handler import SubscriptionEventCallbacks, UnsupportedEventTypeError
except ImportError:                                     # Humble
    from rclpy.qos_event import SubscriptionEventCallbacks, UnsupportedEventTypeError

_NUMBERED = hasattr(Subscription, 'CallbackType')
"""Whether a callback can ask for a message's number: not on Humble."""
_PUBLISHERS_MAX = 16


@dataclass(frozen=True)
class Rates:
    """What became of a topic's messages, a second."""

    received_hz: float
    sent_hz: float
    lost_hz: float
    """Of those that did not come: lost on the way, not replaced by a newer one."""


class Reception:
    """
    Counts the messages of one topic.

    Threads: whoever reads the messages calls `count`, the executor's calls `lose`, and whoever
    wants to know asks.
    """

    def __init__(self, now_s: float):
        self.received = 0
        """Messages that were read."""
        self.lost = 0
        """Messages that the middleware missed; 0 where it doesn't say, as for polled topics."""
        self.largest_bytes = 0
        """Size of the largest message that was read."""
        self._skipped = self._lost_before = self._missing_before = 0
        self._numbers: dict[bytes, int] = {}
        self._last = now_s, 0, 0, 0

    @property
    def sent(self) -> int:
        """Return how many messages were sent, as far as one can tell here."""
        return self.received + self._missing

    @property
    def _missing(self) -> int:
        # Both count what was lost: numbers as soon as the next message comes, events always.
        return self._missing_before + max(self._skipped, self.lost - self._lost_before)

    def count(self, size_bytes: int, info: Mapping[str, Any]) -> None:
        """Note that a message was read; `info` is what rclpy gives with it."""
        self.received += 1
        self.largest_bytes = max(self.largest_bytes, size_bytes)
        if (number := info.get('publication_sequence_number')) is None:
            return
        publisher = info.get('publisher_gid', {}).get('data', b'')
        if publisher not in self._numbers:
            self._begin()
        self._skipped += max(0, number - self._numbers.get(publisher, number - 1) - 1)
        self._numbers[publisher] = number

    def _begin(self) -> None:
        """Keep what is known, for a publisher comes whose messages were not numbered yet."""
        self._missing_before, self._lost_before, self._skipped = self._missing, self.lost, 0
        if len(self._numbers) >= _PUBLISHERS_MAX:
            del self._numbers[next(iter(self._numbers))]

    def lose(self, event: Any) -> None:
        """Note an event of messages that were lost."""
        self.lost = event.total_count

    def rates(self, now_s: float) -> Rates:
        """Return the rates since the last call, or since the start."""
        last_s, *last = self._last
        counts = self.received, self.sent, self.lost
        self._last = now_s, *counts
        passed_s = max(now_s - last_s, 1e-3)
        return Rates(*((now - before) / passed_s for now, before in zip(counts, last)))


def subscribe(node: Node, kind: type, topic: str, qos: QoSProfile, take: Callable[[Any], None],
              reception: Reception) -> Subscription:
    """Subscribe; `take` gets each message, and `reception` counts them."""
    def hear(msg: Any, info: Mapping[str, Any]) -> None:
        reception.count(_size_of(msg), info)
        take(msg)

    return _with_losses(node, reception, msg_type=kind, topic=topic, qos_profile=qos,
                        callback=hear if _NUMBERED else lambda msg: hear(msg, {}))


def _size_of(msg: Any) -> int:
    """Return the size of what a message carries [bytes], 0 if that is a number or fields."""
    data = getattr(msg, 'data', None)
    return len(data) if hasattr(data, '__len__') else 0


def subscribe_unread(node: Node, kind: type, topic: str, qos: QoSProfile,
                     group: CallbackGroup) -> Subscription:
    """
    Subscribe for whoever takes the bytes himself; `group` keeps the executor from doing it.

    Such a topic has no event of lost messages. Who waits for one is woken by each message that
    nobody has read yet, again and again; and who asks for it without being told that it is there
    can lock himself and the middleware's own thread out for good (Fast DDS: rmw_fastrtps holds
    its event's lock and wants the reader's, the thread that receives does it the other way round).
    """
    return node.create_subscription(kind, topic, lambda msg: None, qos, callback_group=group,
                                    raw=True)


def _with_losses(node: Node, reception: Reception, **wanted: Any) -> Subscription:
    """Subscribe with an event of lost messages, where the middleware has one."""
    losses = SubscriptionEventCallbacks(message_lost=reception.lose)
    try:
        return node.create_subscription(**wanted, event_callbacks=losses)
    except UnsupportedEventTypeError:
        return node.create_subscription(**wanted)
