"""One node under measurement, the robot that it sees and commands, and who measures."""
from collections.abc import Callable
from contextlib import nullcontext
import os
from pathlib import Path
import time

from diagnostic_msgs.msg import DiagnosticArray
import rclpy
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from std_msgs.msg import String

from vla_ros.bench.diagnosed import counts_of
from vla_ros.bench.figures import Row, row_of, Window
from vla_ros.bench.load import processor_s
from vla_ros.bench.plan import Cell, Design
from vla_ros.bench.recorder import Log, read_log
from vla_ros.bench.wordings import wordings
from vla_ros.core.errors import VlaError
from vla_ros.ros.children import Children
from vla_ros.ros.domain import free_domain, private_environment
from vla_ros.ros.footprint import resident_mb
from vla_ros.ros.qos import SPOKEN, STATE
from vla_ros.ros.transport import avoid_shared_memory
from vla_ros.trials.starving import stolen_core

READY_S = 120.0
DECISIONS_HZ = 50.0
"""Most decisions a second of ours: commands between two follow the chunk."""
_STATUS_S = 3.0
_MODULES = {Design.DOCUMENT: 'vla_ros.bench.baselines', Design.QUEUE: 'vla_ros.bench.baselines',
            Design.OURS: 'vla_ros.bench.ours'}


class BenchError(VlaError, RuntimeError):
    """A node could not be measured: it did not get ready, or said nothing."""


class Driver(Node):
    """Gives voice commands and hears what nodes tell of themselves."""

    def __init__(self, **kwargs):
        super().__init__('driver', **kwargs)
        self.voice = self.create_publisher(String, 'voice_command', SPOKEN)
        self.mode, self.status, self.statuses = '', {}, 0
        for name in ('fusion_node', 'baseline'):
            self.create_subscription(String, f'{name}/mode', self._put_mode, STATE)
        self.create_subscription(DiagnosticArray, '/diagnostics', self._put_status, 10)

    def _put_mode(self, msg: String) -> None:
        self.mode = msg.data

    def _put_status(self, msg: DiagnosticArray) -> None:
        self.status = {v.key: v.value for status in msg.status for v in status.values}
        self.statuses += 1


class Stand:
    """Starts a node, tells it what to do, and measures it from outside and by its own log."""

    def __init__(self, logs: Path):
        domain = free_domain()
        environment = private_environment(domain)
        os.environ.update(environment)
        avoid_shared_memory()
        self._logs, self._children = logs, Children(logs, environment)
        self._context = Context()
        rclpy.init(context=self._context, domain_id=domain)
        self.driver = Driver(context=self._context)
        self._executor = SingleThreadedExecutor(context=self._context)
        self._executor.add_node(self.driver)
        self._wordings = wordings()

    def __enter__(self) -> 'Stand':
        return self

    def __exit__(self, *error) -> None:
        self._children.stop()
        self._executor.shutdown()
        self.driver.destroy_node()
        self._context.try_shutdown()

    def measure(self, cell: Cell, seconds: float, settle_s: float) -> tuple[list[Row], float]:
        """
        Return the figures of a cell, idle and with a core stolen, and the time to READY [s].

        :raises BenchError: if the node does not get ready.
        """
        ready_s = self.start(cell)
        windows, told = [], []
        for is_stolen in (False, True):
            with stolen_core() if is_stolen else nullcontext():
                before = self._next_status(cell)
                windows.append(self._watch(is_stolen, seconds, settle_s))
                told.append(counts_of(before, self._next_status(cell)))
        log, shown = self.finish()
        return [row_of(cell, window, log, _in(window, shown)) | counts
                for window, counts in zip(windows, told, strict=True)], ready_s

    def start(self, cell: Cell, module: str | None = None) -> float:
        """
        Start a cell's node and return how long it took to READY [s].

        :param module: another module to start, which notes nothing.
        :raises BenchError: if it does not get there.
        """
        robot = {'robot': cell.weights.robot}
        self._start('senses', 'vla_ros.bench.senses', robot)
        self.driver.mode = ''
        started_s = time.monotonic()
        self._start('subject', module or _MODULES[cell.design], {
            **robot, 'checkpoint': cell.weights.checkpoint, **_parameters(cell)},
            is_logged=module is None)
        self.until(lambda: self.driver.mode.startswith('READY'), READY_S, 'ready')
        ready_s = time.monotonic() - started_s
        self.until(lambda: self.driver.voice.get_subscription_count() > 0, 10.0, 'a listener')
        return ready_s

    def _start(self, name: str, module: str, parameters: dict[str, object],
               is_logged: bool = True) -> None:
        log = self._log_of(name)
        log.unlink(missing_ok=True)
        self._children.start(name, module, [
            *(('--log', str(log)) if is_logged else ()), '--ros-args',
            *(word for key, value in parameters.items() for word in ('-p', f'{key}:={value}'))])

    def finish(self) -> tuple[Log, Log]:
        """
        End the node and the robot, and return what each noted.

        :raises ChildError: if one has ended by itself.
        :raises BenchError: if one had to be killed.
        """
        self.end()
        for name in ('subject', 'senses'):
            if not self._log_of(name).is_file():
                raise BenchError(f'{name} was killed, for it did not end when it was told to; '
                                 f'its output is in {self._logs}')
        return read_log(self._log_of('subject')), read_log(self._log_of('senses'))

    def end(self) -> None:
        """
        End the node and the robot.

        :raises ChildError: if one has ended by itself.
        """
        self._children.check()
        self._children.stop()

    def _log_of(self, name: str) -> Path:
        return self._logs / f'{name}.json'

    def say(self) -> tuple[str, float]:
        """Give a voice command that was not given lately; return it and when that was [s]."""
        sentence = next(self._wordings)
        told_s = time.monotonic()
        self.driver.voice.publish(String(data=sentence))
        return sentence, told_s

    def wait(self, seconds: float) -> None:
        """Listen for a while."""
        ends_s = time.monotonic() + seconds
        while (left_s := ends_s - time.monotonic()) > 0:
            self._executor.spin_once(timeout_sec=left_s)

    def acts_on(self, sentence: str, limit_s: float) -> bool:
        """Listen until the fusion node acts on a sentence, and return whether it did in time."""
        def acts() -> bool:
            return self.driver.mode.startswith('ACTIVE') and sentence in self.driver.mode

        ends_s = time.monotonic() + limit_s
        while not acts() and time.monotonic() < ends_s:
            self._executor.spin_once(timeout_sec=0.02)
        return acts()

    def until(self, is_true: Callable[[], bool], limit_s: float, what: str) -> None:
        """
        Listen until something is true.

        :raises BenchError: if it takes too long.
        :raises ChildError: if a process ended meanwhile.
        """
        ends_s = time.monotonic() + limit_s
        while not is_true():
            self._children.check()
            if time.monotonic() > ends_s:
                raise BenchError(f'{what}: not within {limit_s:g} s; the node says '
                                 f'{self.driver.mode!r}, its log is in {self._logs}')
            self._executor.spin_once(timeout_sec=0.02)

    def resident_mb(self) -> float:
        """Return the resident memory of the node under measurement [MB]."""
        return resident_mb(self._children.process_id('subject'))

    def _watch(self, is_stolen: bool, seconds: float, settle_s: float) -> Window:
        process = self._children.process_id('subject')
        _, told_s = self.say()
        self.wait(settle_s)
        from_s, used_s = time.monotonic(), processor_s(process)
        self.wait(seconds)
        to_s = time.monotonic()
        cpu_percent = 100 * (processor_s(process) - used_s) / (to_s - from_s)
        return Window(is_stolen, told_s, from_s, to_s, cpu_percent, self.resident_mb())

    def _next_status(self, cell: Cell) -> dict[str, str]:
        """Return what the node tells next of itself; nothing where it never does."""
        if cell.design is not Design.OURS:
            return {}
        heard = self.driver.statuses
        self.until(lambda: self.driver.statuses > heard, _STATUS_S, 'diagnostics')
        return self.driver.status


def _parameters(cell: Cell) -> dict[str, object]:
    if cell.design is not Design.OURS:
        return {'design': cell.design.value, 'rate': cell.rate_hz}
    return {'command_rate': cell.rate_hz, 'policy_rate': min(cell.rate_hz, DECISIONS_HZ),
            'allow_untrained': str(not cell.weights.is_trained).lower()}


def _in(window: Window, shown: Log) -> list[float]:
    """Return the stamps of the images that the camera sent in a window [s]."""
    wall_from_steady_s = time.time() - time.monotonic()
    return [s for s in shown.frames_s
            if window.from_s <= s - wall_from_steady_s < window.to_s]
