"""
Which executor spins a node: the single-threaded one, or the events executor if it is asked for.

The events executor wakes only for what happened, which halves the cost of a node with many
messages; so does polling the frequent ones. It is experimental, though: with rclpy 7.1 and 9.1 it
fails on callbacks that ask for a message's number (9.1 also on guards), and takes every message
of a polled subscription before whoever polls can. So it is tried before it is used, the way our
nodes would use it, and nodes that poll are never given to it.
"""
from collections.abc import Callable, Mapping
from enum import Enum
import time

from rclpy.clock import Clock, ClockType
from rclpy.context import Context
from rclpy.executors import Executor, SingleThreadedExecutor
from rclpy.node import Node
from std_msgs.msg import Empty

from vla_ros.core.errors import ConfigurationError
from vla_ros.ros.polling import LeftAlone
from vla_ros.ros.qos import COMMAND
from vla_ros.ros.reception import Reception, subscribe

VARIABLE = 'VLA_EXECUTOR'
_TRIAL_S = 0.3
_TICK_S = 0.005
_IDLE_S = 0.03
_TOPIC = '~/trial'

try:
    from rclpy.experimental import EventsExecutor
except ImportError:                                     # Humble, and early ones of Jazzy
    EventsExecutor = None


class Choice(Enum):
    """What the environment variable asks for."""

    SINGLE = 'single'
    EVENTS = 'events'


def executor_for(node: Node, environment: Mapping[str, str]) -> Executor:
    """
    Return an executor for a node, which is not added to it yet.

    :raises ConfigurationError: if the environment asks for an executor that nobody knows.
    """
    if _choice(environment) is Choice.EVENTS:
        if not (why_not := _why_no_events(node)):
            return EventsExecutor(context=node.context)
        node.get_logger().warning(f'{VARIABLE}=events, but {why_not}: spun by a single thread')
    return SingleThreadedExecutor(context=node.context)


def _choice(environment: Mapping[str, str]) -> Choice:
    said = environment.get(VARIABLE) or Choice.SINGLE.value
    try:
        return Choice(said)
    except ValueError:
        raise ConfigurationError(f'{VARIABLE}={said!r}: expected one of '
                                 f'{[c.value for c in Choice]}') from None


def _why_no_events(node: Node) -> str:
    """Return why the events executor can't spin a node; empty if it can."""
    if EventsExecutor is None:
        return 'this rclpy has no events executor'
    if any(isinstance(s.callback_group, LeftAlone) for s in node.subscriptions):
        return f'{node.get_name()} polls, and the events executor would take its messages'
    if not delivers(EventsExecutor, node.context):
        return 'the events executor does not deliver on this machine'
    return ''


def delivers(make_executor: Callable[..., Executor], context: Context) -> bool:
    """
    Return whether an executor delivers messages and steady timers, and sleeps when idle.

    It is tried on a node of its own in the context, for 0.3 s at most.
    """
    node = Node('_executor_trial', context=context, use_global_arguments=False,
                enable_rosout=False, start_parameter_services=False)
    try:
        executor = make_executor(context=context)
        return _Trial(node).passes(executor)
    except Exception:  # whatever it raises, it is not the one to rely on
        return False
    finally:
        node.destroy_node()


class _Trial:
    """A timer that sends messages until one comes."""

    def __init__(self, node: Node):
        self._node, self._heard = node, []
        self._publisher = node.create_publisher(Empty, _TOPIC, COMMAND)
        subscribe(node, Empty, _TOPIC, COMMAND, self._heard.append, Reception(time.monotonic()))
        self._timer = node.create_timer(_TICK_S, lambda: self._publisher.publish(Empty()),
                                        clock=Clock(clock_type=ClockType.STEADY_TIME))

    def passes(self, executor: Executor) -> bool:
        executor.add_node(self._node)
        ends_s = time.monotonic() + _TRIAL_S
        while not self._heard and time.monotonic() < ends_s:
            executor.spin_once(timeout_sec=_TICK_S)
        self._timer.cancel()
        is_well = bool(self._heard) and _sleeps(executor)
        executor.remove_node(self._node)
        return is_well


def _sleeps(executor: Executor) -> bool:
    """Return whether a spin with nothing to do lasts: a busy loop would take a core."""
    for _ in range(20):                                 # what was under way first
        before_s = time.monotonic()
        executor.spin_once(timeout_sec=_IDLE_S)
        if time.monotonic() - before_s > 0.8 * _IDLE_S:
            return True
    return False
