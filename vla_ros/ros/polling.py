"""Subscriptions that are read when somebody wants to know: no callback for every message."""
from typing import Any

from rclpy.callback_groups import CallbackGroup
from rclpy.node import Node
from rclpy.qos import QoSProfile


class _LeftAlone(CallbackGroup):
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
    this costs the same at any rate.
    """

    def __init__(self, node: Node, kind: type, topic: str, qos: QoSProfile):
        self._subscription = node.create_subscription(
            kind, topic, lambda msg: None, qos, callback_group=_LeftAlone())

    def take(self) -> Any | None:
        """Return the newest message that has not been taken yet, None if there is none."""
        subscription = self._subscription
        with subscription.handle:
            taken = subscription.handle.take_message(subscription.msg_type, subscription.raw)
        return None if taken is None else taken[0]
