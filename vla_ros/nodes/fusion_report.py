"""What the fusion node tells of itself on /diagnostics and ~/progress, once a second."""
from collections.abc import Callable, Mapping
import time

from rclpy.node import Node
from std_msgs.msg import Float32

from vla_ros.control.controller import Controller
from vla_ros.control.latency import Rates
from vla_ros.control.modes import Mode
from vla_ros.control.outcome import Finding
from vla_ros.nodes.policy_threads import PolicyThreads
from vla_ros.nodes.wiring import Callbacks
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.footprint import Footprint
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.qos import COMMAND
from vla_ros.ros.reports import Reports

_LEVELS = {Mode.FAULT: 'error', Mode.HOLD: 'warn', Mode.INIT: 'warn'}


class FusionReport:
    """Gathers figures and faults, and publishes them when it is called."""

    def __init__(self, node: Node, controller: Controller, threads: PolicyThreads,
                 command: Pacer, callbacks: Callbacks, reports: Reports,
                 diagnostics: Diagnostics, account: Callable[[], Mapping[str, object]]):
        """
        Prepare to tell.

        :param account: what the policy tells of itself.
        """
        self._node, self._controller, self._threads = node, controller, threads
        self._command, self._callbacks, self._reports = command, callbacks, reports
        self._diagnostics, self._account = diagnostics, account
        self._progress = node.create_publisher(Float32, '~/progress', COMMAND)
        now_s = time.monotonic()
        self._rates, self._footprint = Rates(now_s), Footprint(now_s)

    def publish(self, said: str) -> None:
        """Tell everything; `said` is the mode in words."""
        controller = self._controller
        self._progress.publish(Float32(data=float(controller.progress)))
        self._notice_others()
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        fine = not wrong and (controller.mode is not Mode.ACTIVE
                              or controller.finding in (Finding.DOING, Finding.DONE))
        level = _LEVELS.get(controller.mode, 'ok' if fine else 'warn')
        if 'wrong: cmd_vel publishers' in wrong:
            level = 'error'
        self._diagnostics.publish(level, said, {**self._state(), **self._work(), **wrong})

    def _notice_others(self) -> None:
        """Report who else commands the robot, or commands this node."""
        for topic, what in (('cmd_vel', 'another publisher commands the robot'),
                            ('voice_command', 'several publishers give commands')):
            if len(self._node.get_publishers_info_by_topic(topic)) > 1:
                self._reports.wrong(f'{topic} publishers', what)
            else:
                self._reports.right(f'{topic} publishers')
        for known in (self._controller.image, self._controller.joints):
            if known.take_future_stamps():
                self._reports.wrong(f'{known.name} stamp', 'from the future; its receipt counts')
            else:
                self._reports.right(f'{known.name} stamp')

    def _state(self) -> dict[str, object]:
        """Return how the command and its inputs stand."""
        controller, now_s = self._controller, time.monotonic()
        clips = dict(controller.guard.clips)            # another thread goes on counting
        return {
            'mode': controller.mode.value, 'command': controller.instruction.text,
            'finding': controller.finding.value, 'base share': controller.base_share,
            'progress': controller.progress, 'image age [s]': controller.image.age_s(now_s),
            'joints age [s]': controller.joints.age_s(now_s),
            'odometry age [s]': controller.odometry.age_s(now_s),
            'clipped commands': sum(clips.values()),
            **{f'clipped by {limit}': count for limit, count in clips.items()},
            'bad chunks': controller.bad_chunks, **controller.seams.take()}

    def _work(self) -> dict[str, object]:
        """Return what was done, how often, and how long it took."""
        now_s, threads = time.monotonic(), self._threads
        return {
            **self._controller.times.figures(),
            **self._rates.since(now_s, {
                'command': self._command.calls, 'decision': threads.decided,
                'vision': threads.encoded}),
            'missed command slots': self._command.missed,
            'missed policy slots': threads.policy_pacer.missed,
            'vision encodes': threads.encoded, 'frames used': threads.frames_used,
            **self._account(), **self._footprint.figures(now_s),
            **self._callbacks.traffic(),
            **{f'refused {k}': v for k, v in self._reports.counts().items()}}
