"""Real nodes in a private ROS domain, spun until something is true."""
from collections.abc import Callable
import os
import time

import numpy as np
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.parameter import Parameter

from vla_ros.core.policy import PolicyDescription
from vla_ros.core.values import ActionChunk
from vla_ros.ros.domain import free_domain

_DOMAINS = range(120, 230)


class Bench:
    """A context, an executor and a node that talks to the ones under test."""

    def __init__(self):
        self.domain = free_domain(_DOMAINS)
        self.context = Context()
        self.context.init(domain_id=self.domain)
        self.executor = SingleThreadedExecutor(context=self.context)
        self.node = Node('tester', context=self.context)
        self._nodes = []
        self.add(self.node)

    def add(self, node: Node) -> Node:
        """Spin a node with the others, and end it with them."""
        self.executor.add_node(node)
        self._nodes.append(node)
        return node

    def make(self, kind, **parameters):
        """Return a spinning node of a kind with these parameters."""
        overrides = [Parameter(name, value=value) for name, value in parameters.items()]
        return self.add(kind(context=self.context, parameter_overrides=overrides))

    def listen(self, kind, topic: str, qos=10) -> list:
        """Return a list that fills with (steady time, message)."""
        heard = []
        self.node.create_subscription(
            kind, topic, lambda msg: heard.append((time.monotonic(), msg)), qos)
        return heard

    def until(self, is_true: Callable[[], bool], limit_s: float = 8.0, every=None) -> float:
        """Spin until something is true and return the time that took; `every`, 100 Hz at most."""
        start_s, called_s = time.monotonic(), -1.0
        while not is_true():
            assert time.monotonic() - start_s < limit_s, f'not within {limit_s} s'
            if every is not None and time.monotonic() - called_s >= 0.01:
                called_s = time.monotonic()
                every()
            self.executor.spin_once(timeout_sec=0.01)
        return time.monotonic() - start_s

    def call(self, kind, name: str, request):
        """Call a service and return its response."""
        client = self.node.create_client(kind, name)
        self.until(client.service_is_ready)
        future = client.call_async(request)
        self.until(future.done)
        return future.result()

    def close(self) -> None:
        """End everything, zeros last."""
        for node in reversed(self._nodes):
            getattr(node, 'close', lambda: None)()
            node.destroy_node()
        self.executor.shutdown()
        self.context.try_shutdown()

    @property
    def environment(self) -> dict[str, str]:
        """Return what a child process needs to be in the same domain."""
        return {**os.environ, 'ROS_DOMAIN_ID': str(self.domain)}


class WalkingPolicy:
    """A policy that always wishes to walk on; what it saw is kept."""

    def __init__(self, robot, twist=(0.3, 0, 0, 0, 0, 0)):
        self.description = PolicyDescription('walking', robot, 10, 0.1)
        self._robot, self.twist, self.seen, self.resets = robot, np.array(twist, float), [], []
        self.fails: Exception | None = None

    def reset(self, instruction):
        self.resets.append(instruction)

    def infer(self, observation):
        if self.fails:
            raise self.fails
        self.seen.append(observation)
        rest = observation.joint_positions[self._robot.commanded_index]
        return ActionChunk(observation.stamp_s, 0.1, np.tile(self.twist, (10, 1)),
                           np.tile(rest, (10, 1)), 0.5)
