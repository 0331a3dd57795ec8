"""What every node of ours does with its topics: listen, convert, guard."""
from collections.abc import Callable
import math
import time
from typing import Any

from geometry_msgs.msg import Twist, TwistStamped
import numpy as np
from rclpy.clock import Clock, ClockType, JumpThreshold
from rclpy.duration import Duration
from rclpy.node import Node
from rclpy.qos import QoSProfile
from rclpy.timer import Timer

from vla_ros.control.freshness import LATE_S
from vla_ros.core.errors import VlaError
from vla_ros.ros.conversions import seconds_of, twist_from_msg, twist_to_msg
from vla_ros.ros.polling import Polled
from vla_ros.ros.qos import COMMAND
from vla_ros.ros.reception import Reception, subscribe
from vla_ros.ros.reports import Reports
from vla_ros.ros.traffic import Traffic


class Callbacks:
    """Subscriptions, services and timers in which an error is reported and ends nothing."""

    def __init__(self, node: Node, reports: Reports, on_fault: Callable[[str], None]):
        self._node, self._reports, self._on_fault = node, reports, on_fault
        self._traffic = Traffic(node, reports)

    @property
    def received(self) -> dict[str, int]:
        """Return how many messages of each topic were read."""
        return {topic: r.received for topic, r in self._traffic.receptions.items()}

    def traffic(self) -> dict[str, object]:
        """Return what /diagnostics tells of each topic: call it once a second."""
        return self._traffic.figures(time.monotonic())

    def listen(self, kind: type, topic: str, qos: QoSProfile,
               take: Callable[[Any], None]) -> None:
        """Subscribe; `take` gets each message and refuses it with a `VlaError`."""
        reception = self._traffic.receptions[topic] = Reception(time.monotonic())
        subscribe(self._node, kind, topic, qos,
                  lambda msg: self.guarded(topic, lambda: take(msg)), reception)

    def poll(self, kind: type, topic: str, qos: QoSProfile, take: Callable[[Any, float], None],
             is_wanted: Callable[[], bool] = lambda: True) -> Callable[[], None]:
        """
        Subscribe, and return a function that looks for a new message when it is called.

        :param take: gets the newest message and the steady time [s] it was found.
        :param is_wanted: a message waits, unread, until this is true or a newer one comes.
        """
        polled = Polled(self._node, kind, topic, qos)
        self._traffic.receptions[topic] = polled.reception
        waiting: tuple[bytes, float] | None = None

        def look() -> None:
            nonlocal waiting
            if (data := polled.take()) is not None:
                waiting = data, time.monotonic()
            if waiting is not None and is_wanted():
                (data, found_s), waiting = waiting, None
                self.guarded(topic, lambda: take(polled.read(data), found_s))

        return look

    def serve(self, kind: type, name: str, answer: Callable[[Any], tuple[bool, str]]) -> None:
        """Offer a service whose response has `success` and `message`."""
        def respond(request: Any, response: Any) -> Any:
            response.success, response.message = False, 'failed: see the log'
            if (answered := self.guarded(name, lambda: answer(request))) is not None:
                response.success, response.message = answered
            return response

        self._node.create_service(kind, name, respond)

    def every(self, period_s: float, what: str, call: Callable[[], None]) -> Timer:
        """Call again and again, by the steady clock: whatever the ROS clock does."""
        return self._node.create_timer(period_s, lambda: self.guarded(what, call),
                                       clock=Clock(clock_type=ClockType.STEADY_TIME))

    def on_backward_jump(self, call: Callable[[], None]) -> None:
        """Call when the ROS clock has jumped back, or changed between system and simulation."""
        self._jump = self._node.get_clock().create_jump_callback(
            JumpThreshold(min_forward=None, min_backward=Duration(nanoseconds=-1)),
            post_callback=lambda jump: self.guarded('clock', call))

    def guarded(self, what: str, call: Callable[[], Any]) -> Any:
        """Return what a call returns; a fault is reported once, and a bug stops the robot."""
        try:
            answer = call()
        except VlaError as error:
            self._reports.wrong(what, str(error))
        except Exception as error:  # a bug must stop the robot, not the node
            self._reports.wrong(what, f'{type(error).__name__}: {error}')
            self._on_fault(f'{what}: {type(error).__name__}: {error}')
        else:
            self._reports.right(what)
            return answer
        return None


class TwistTopic:
    """cmd_vel in either of its two types."""

    def __init__(self, node: Node, is_stamped: bool, frame: str):
        self._node, self._is_stamped, self._frame = node, is_stamped, frame
        self.kind = TwistStamped if is_stamped else Twist

    def publisher(self, topic: str) -> Callable[..., None]:
        """
        Return a function that publishes a twist (6,) on the topic.

        What was decided too long ago, at the steady time `decided_s` [s], leaves as zeros.
        """
        publisher = self._node.create_publisher(self.kind, topic, COMMAND)

        def publish(twist: np.ndarray, decided_s: float = math.inf) -> None:
            msg = self._message(twist)
            if is_late(decided_s):                      # as late as possible, for it is rare
                msg = self._message(np.zeros(6))
            publisher.publish(msg)

        return publish

    def read(self, msg: Any) -> np.ndarray:
        """Return the twist (6,) of a message."""
        return twist_from_msg(msg.twist if self._is_stamped else msg)

    def _message(self, twist: np.ndarray) -> Any:
        if not self._is_stamped:
            return twist_to_msg(twist)
        msg = TwistStamped(twist=twist_to_msg(twist))
        msg.header.stamp = self._node.get_clock().now().to_msg()
        msg.header.frame_id = self._frame
        return msg


def is_late(decided_s: float) -> bool:
    """Return whether the process was paused since something was decided at a steady time [s]."""
    return time.monotonic() - decided_s > LATE_S


def header_age_s(node: Node, stamp: Any) -> float | None:
    """Return how old a message is by its own stamp [s]; None if it has none."""
    stamp_s = seconds_of(stamp)
    return seconds_of(node.get_clock().now().to_msg()) - stamp_s if stamp_s > 0 else None
