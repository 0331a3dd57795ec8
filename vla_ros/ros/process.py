"""
The life of a node's process: start, spin, and an end at which the robot is told to stand.

rclpy's own signal handlers shut the context down before anybody could publish a last zero; here
a signal sets a flag and nothing else.
"""
from collections.abc import Callable
import os
import signal
import socket
import sys
import threading
import time

import rclpy
from rclpy.executors import ExternalShutdownException
from rclpy.node import Node
from rclpy.signals import SignalHandlerOptions

from vla_ros.core.errors import VlaError
from vla_ros.ros.executors import executor_for
from vla_ros.ros.priority import ask_for_priority

_SPIN_S = 0.1
_HUNG_S = 4.0
"""`ros2 launch` sends SIGTERM after five seconds."""
_SWITCH_S = 0.0005
"""How long a thread may keep Python's lock while another waits: commands can't wait 5 ms."""


def run_node(make_node: Callable[[], Node], args: list[str] | None = None) -> int:
    """
    Run a node until SIGINT or SIGTERM and return the exit code.

    A node with a method `close` has it called first, while messages can still be sent; one with
    `nice` says which priority the process asks for.
    """
    ends: list[int] = []
    sys.setswitchinterval(_SWITCH_S)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: ends.append(received))
    _end_even_if_hung()
    rclpy.init(args=args, signal_handler_options=SignalHandlerOptions.NO)
    node = executor = None
    try:
        node = make_node()
        if (nice := getattr(node, 'nice', None)) is not None and not ask_for_priority(nice):
            node.get_logger().info(f'priority {nice} is not permitted: kept as it is')
        executor = executor_for(node, os.environ)
        executor.add_node(node)
        while not ends and rclpy.ok():
            executor.spin_once(timeout_sec=_SPIN_S)
    except VlaError as error:
        print(f'error: {error}', file=sys.stderr)
        return 2
    except ExternalShutdownException:
        return 0
    finally:
        if executor is not None:                # nothing is delivered while the node ends
            executor.remove_node(node)
        if node is not None:
            getattr(node, 'close', lambda: None)()
            node.destroy_node()
        rclpy.try_shutdown()
    return 0


def _end_even_if_hung() -> None:
    """End the process some time after a signal, though its main thread may hang in a library."""
    heard, said = socket.socketpair()
    said.setblocking(False)
    signal.set_wakeup_fd(said.fileno(), warn_on_full_buffer=False)

    def watch() -> None:
        heard.recv(1)
        time.sleep(_HUNG_S)
        print(f'error: did not end within {_HUNG_S:g} s of a signal: ended by force',
              file=sys.stderr, flush=True)
        os._exit(1)

    watch.ends = said                                   # or it would be closed with its last user
    threading.Thread(target=watch, name='watch', daemon=True).start()
