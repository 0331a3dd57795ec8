"""The nodes under trial as processes, and a probe among them."""
from collections.abc import Callable
from dataclasses import dataclass
import itertools
import os
from pathlib import Path
import signal
import time
from typing import Any

import numpy as np
from rcl_interfaces.srv import SetParameters
import rclpy
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.parameter import Parameter
from std_msgs.msg import String
from std_srvs.srv import Trigger

from vla_ros.core.errors import VlaError
from vla_ros.ros.children import Children
from vla_ros.ros.domain import free_domain, private_environment
from vla_ros.ros.transport import avoid_shared_memory
from vla_ros.trials.probe import held_up_s, is_moving, Log, Probe, STILL

READY_S = 60.0
QUIET_S = 0.2
"""How long zeros must last to count as standing."""
NODES = ('sim_node', 'command_gate', 'fusion_node')


class TrialError(VlaError, RuntimeError):
    """A trial could not be made: the nodes did not do what has to come before the fault."""


@dataclass(frozen=True)
class StageOptions:
    """What is put on stage."""

    checkpoint: str = 'base'
    physics: bool = False
    """Whether the G1 walks; a base without legs takes less of the machine."""
    seed: int = 3
    logs: Path = Path('out/faults')


class Stage:
    """Simulator, gate and fusion node as processes; each can be broken and started again."""

    def __init__(self, options: StageOptions):
        self.options = options
        domain = free_domain()
        self._environment = private_environment(domain)
        os.environ.update(self._environment)
        avoid_shared_memory()                           # nor may a kill hold up who measures
        self.children = Children(options.logs, self._environment)
        self.context = Context()
        rclpy.init(context=self.context, domain_id=domain)
        self.probe = Probe(context=self.context)
        self._executor = SingleThreadedExecutor(context=self.context)
        self._executor.add_node(self.probe)
        self._clients: dict[str, Any] = {}
        self._turns = itertools.cycle(('left', 'right'))
        self.held_up = 0
        """How often the simulator was held up while its base was being timed."""

    def __enter__(self) -> 'Stage':
        for name in NODES:
            self.start(name)
        self.wait_until_ready()
        return self

    def __exit__(self, *error) -> None:
        self.children.stop()
        self._executor.shutdown()
        self.probe.destroy_node()
        self.context.try_shutdown()

    def start(self, name: str, **more: Any) -> None:
        """Start one of `NODES`, with more parameters."""
        modules = {'sim_node': 'vla_ros.nodes.sim_node',
                   'command_gate': 'vla_ros.nodes.command_gate',
                   'fusion_node': 'vla_ros.trials.faulty_fusion'}
        own = {'sim_node': {'kinematic': not self.options.physics, 'mesh_cell': 0.02,
                            'seed': self.options.seed},
               'command_gate': {'armed_at_start': True},
               'fusion_node': {'checkpoint': self.options.checkpoint}}
        words = ['--ros-args']
        for key, value in {**own[name], **more}.items():
            words += ['-p', f'{key}:={str(value).lower() if value in (True, False) else value}']
        if name == 'fusion_node':
            for topic in ('cmd_vel', 'joint_trajectory'):
                words += ['-r', f'{topic}:=policy/{topic}']
        self.children.start(name, modules[name], words)

    def wait_until_ready(self) -> None:
        """
        Wait until the fusion node is ready and the gate and the simulator are heard.

        :raises TrialError: if that takes too long.
        """
        self.probe.motion.clear()
        self.until(lambda: self.probe.mode.startswith(('READY', 'ACTIVE', 'HOLD: image'))
                   and self.probe.motion and self.probe.gate_state, READY_S, 'all nodes ready')

    def spin(self, timeout_s: float = 0.005) -> None:
        """Handle one message, or wait for one."""
        self._executor.spin_once(timeout_sec=timeout_s)

    def wait(self, seconds: float, every: Callable[[], None] = lambda: None) -> None:
        """Go on for a while; `every` is called often."""
        ends_s = time.monotonic() + seconds
        while time.monotonic() < ends_s:
            every()
            self.spin()

    def until(self, is_true: Callable[[], Any], limit_s: float, what: str,
              every: Callable[[], None] = lambda: None) -> float:
        """
        Return how long it took until something became true [s].

        :raises TrialError: if it did not.
        """
        start_s = time.monotonic()
        while not is_true():
            if time.monotonic() - start_s > limit_s:
                raise TrialError(f'{what}: not within {limit_s:g} s (fusion node: '
                                 f'{self.probe.mode!r}, gate: {self.probe.gate_state!r})')
            every()
            self.spin()
        return time.monotonic() - start_s

    def say(self, text: str) -> None:
        """Give a voice command."""
        self.probe.voice.publish(String(data=text))

    def fail(self, fault: str) -> None:
        """Make the fusion node's policy, or a callback of it, fail; '' mends it."""
        self.probe.fault.publish(String(data=fault))

    def move(self, seconds: float = 0.4) -> None:
        """Have the robot turn, and go on for a while with it."""
        last_s = -np.inf

        def tell() -> None:
            nonlocal last_s
            if time.monotonic() - last_s > 3.0:
                last_s = time.monotonic()
                self.say(f'turn {next(self._turns)} 180 degrees')

        self.until(lambda: self.probe.voice.get_subscription_count() > 0, 10.0, 'a listener')
        self.probe.commands.clear()
        self.probe.motion.clear()
        self.until(lambda: is_moving(self.probe.commands, 0.3) and is_moving(
            self.probe.motion, 0.2), 15.0, 'the robot moves', tell)
        self.wait(seconds)

    def zeros_since(self, log: Log, since_s: float, limit_s: float = 4.0,
                    threshold: float = 1e-9, every: Callable[[], None] = lambda: None) -> float:
        """
        Return how long after an instant the last run of zeros in a log began [s].

        :raises TrialError: if none did.
        """
        first_s: float | None = None

        def stands() -> bool:
            nonlocal first_s
            first_s = None
            for at_s, values in reversed(log):
                if at_s < since_s or np.abs(values).max() > threshold:
                    break
                first_s = at_s
            return first_s is not None and time.monotonic() - first_s > QUIET_S

        self.until(stands, limit_s, 'zeros', every)
        return first_s - since_s

    def stood_after(self, since_s: float, limit_s: float = 10.0) -> float:
        """
        Return how long after an instant the base went on [s].

        Who is killed with a lock of the shared memory in hand holds up the simulator: for seconds
        its base neither moves nor says anything. That time does not count where the commands tell
        the base to stand; when they began to counts then, and the base has to stand afterwards.

        :raises TrialError: if the base did not stand.
        """
        took_s = self.zeros_since(self.probe.motion, since_s, limit_s, STILL)
        held_s = held_up_s(self.probe.motion, since_s, since_s + took_s)
        if not held_s or is_moving(self.probe.commands, STILL):
            return took_s
        self.held_up += 1
        return max(took_s - held_s,
                   self.zeros_since(self.probe.commands, since_s, threshold=STILL))

    def call(self, kind: type, name: str, request: Any, limit_s: float = 5.0) -> Any:
        """Return a service's response."""
        if name not in self._clients:                   # finding a service takes a while: once
            self._clients[name] = self.probe.create_client(kind, name)
        client = self._clients[name]
        self.until(client.service_is_ready, limit_s, name)
        asked_s, futures = time.monotonic(), [client.call_async(request)]

        def again() -> None:                            # a dead server is listed for a while
            nonlocal asked_s
            if time.monotonic() - asked_s > 1.0:
                asked_s = time.monotonic()
                futures.append(client.call_async(request))

        self.until(lambda: any(f.done() for f in futures), limit_s, name, again)
        return next(f.result() for f in futures if f.done())

    def configure(self, node: str, **values: Any) -> list[Any]:
        """Set parameters by their service, and return the results."""
        request = SetParameters.Request(parameters=[
            Parameter(name, value=value).to_parameter_msg() for name, value in values.items()])
        return self.call(SetParameters, f'{node}/set_parameters', request).results

    def recover(self) -> None:
        """Mend everything and wait until the robot could be told something again."""
        self.fail('')
        self.configure('sim_node', camera_enabled=True, camera_frozen=False, joints_enabled=True,
                       dropped_joint='')
        self.say('stop')
        self.call(Trigger, 'fusion_node/reset', Trigger.Request())
        self.call(Trigger, 'command_gate/reset', Trigger.Request())
        self.until(lambda: self.probe.mode.startswith('READY'), 10.0, 'ready again')
        self.until(lambda: not is_moving(self.probe.commands)
                   and not is_moving(self.probe.motion, 0.02), 10.0, 'standing')

    def signal(self, name: str, number: signal.Signals) -> float:
        """Send a signal to a process and return the time [s]."""
        self.children.signal(name, number)
        return time.monotonic()

    def restart(self, name: str, **more: Any) -> None:
        """Start a node that has ended, or end it first."""
        self.children.end(name)
        if name == 'command_gate':
            self.probe.gate_state = ''
        if name == 'fusion_node':
            self.probe.mode = ''
        self.forget(name)
        self.start(name, **more)

    def forget(self, name: str) -> None:
        """Look for a node's services anew."""
        for service in [s for s in self._clients if s.startswith(f'{name}/')]:
            self.probe.destroy_client(self._clients.pop(service))
