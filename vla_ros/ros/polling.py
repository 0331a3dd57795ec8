"""Subscriptions that are read when somebody wants to know: no callback for every message."""
import time
from typing import Any

from rclpy.callback_groups import CallbackGroup
from rclpy.node import Node
from rclpy.qos import QoSProfile
from rclpy.serialization import deserialize_message

from vla_ros.core.errors import InvalidValueError
from vla_ros.ros.reception import Reception, subscribe_unread


class LeftAlone(CallbackGroup):
    """A group whose members no executor waits for."""

    def can_execute(self, entity: Any) -> bool:
        """Return that it can't."""
        return False

    def beginning_execution(self, entity: Any) -> bool:
        """Return that it doesn't."""
        return False

    def ending_execution(self, entity: Any) -> None:
        """Do nothing."""


class Polled:
    """
    A subscription that keeps the newest message until it is asked.

    An executor wakes up for every message of a topic that is much faster than whoever needs it;
    this costs the same at any rate, and next to nothing until the message is read.
    """

    def __init__(self, node: Node, kind: type, topic: str, qos: QoSProfile):
        self._kind = kind
        self.reception = Reception(time.monotonic())
        self._subscription = subscribe_unread(node, kind, topic, qos, LeftAlone())

    def take(self) -> bytes | None:
        """Return the newest message that has not been taken yet, None if there is none."""
        with self._subscription.handle:
            taken = self._subscription.handle.take_message(self._kind, True)
        if taken is None:
            return None
        data, info = taken
        self.reception.count(len(data), info)
        return data

    def read(self, data: bytes) -> Any:
        """
        Return the message that was taken.

        :raises InvalidValueError: if the bytes are none of this kind.
        """
        try:
            return deserialize_message(data, self._kind)
        except Exception as error:  # of whatever type the middleware likes
            raise InvalidValueError(
                f'{len(data)} bytes are no {self._kind.__name__}: {error}') from error
