"""
The recorder node: what the fusion node sees, what was commanded and what moved, on disk.

It only listens, in a process of its own: nobody waits for it. Threads: the reader's fetches
messages as bytes, the writer's puts them on the disk, the executor's serves.
"""
from collections.abc import Callable
import threading
import time

from rclpy.node import Node
from rclpy.qos import QoSProfile
from std_msgs.msg import String
from std_srvs.srv import SetBool, Trigger

from vla_ros.core.recorded import Outcome
from vla_ros.nodes.recorder_report import RecorderReport
from vla_ros.nodes.wiring import Callbacks
from vla_ros.recording.backlog import Sample
from vla_ros.recording.channels import Channel, parse_channels
from vla_ros.recording.recorder import Recorder, RecordingError, Topics
from vla_ros.recording.repair import interrupted
from vla_ros.recording.settings import RecorderSettings
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.parameters import refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import SPOKEN, STATE
from vla_ros.ros.reports import Reports
from vla_ros.ros.taps import BagClock, OVERHEARD, Tap
from vla_ros.ros.traffic import Traffic

_WRITE_HZ = 20.0


class RecorderNode(Node):
    """Carries messages from ROS to a `Recorder`."""

    def __init__(self, **kwargs):
        super().__init__('recorder_node', **kwargs)
        self._settings = SettingsParameters(self, RecorderSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self.nice = settings.nice
        self._reports, self._said = Reports(self), ''
        self._traffic = Traffic(self, self._reports)
        self._bag_clock, self._read_lock = BagClock(), threading.Lock()
        channels = [Channel(self.resolve_topic_name(c.topic), c.type_name, c.is_latched)
                    for c in parse_channels(settings.topics)]
        self._recorder = Recorder(channels, Topics(
            tuple(map(self.resolve_topic_name, ('voice_command', 'instruction'))),
            *map(self.resolve_topic_name, ('command_gate/state', 'episode'))), settings)
        self._taps = [Tap(self, c.type_name, c.topic, _quality(c)) for c in channels]
        self._traffic.receptions.update({t.topic: t.reception for t in self._taps})
        self._connect()
        self._mention_interrupted(settings)
        self._pacers = [
            Pacer('reader', lambda: self._recorder.settings.read_rate, self._guarded_read),
            Pacer('writer', lambda: _WRITE_HZ, self._guarded_write)]
        for pacer in self._pacers:
            pacer.start()

    def _connect(self) -> None:
        topics = self._callbacks = Callbacks(self, self._reports, lambda reason: None)
        self._state = self.create_publisher(String, '~/state', STATE)
        topics.serve(Trigger, '~/start', lambda request: _answered(self._start))
        topics.serve(SetBool, '~/stop', lambda request: _answered(lambda: self._stop(
            Outcome.SUCCESS if request.data else Outcome.FAILURE)))
        topics.serve(Trigger, '~/discard', lambda request: _answered(self._discard))
        report = RecorderReport(self, self._recorder, self._reports, self._traffic)
        topics.every(1.0, 'diagnostics', report.publish)

    def _mention_interrupted(self, settings: RecorderSettings) -> None:
        if bags := interrupted(settings.folder):
            self.get_logger().warning(f'{len(bags)} episodes were interrupted: '
                                      f'"vla repair {settings.folder}" makes them whole')

    def _guarded_read(self, now_s: float) -> None:
        self._callbacks.guarded('reader', self._read)

    def _guarded_write(self, now_s: float) -> None:
        self._callbacks.guarded('writer', lambda: self._write(now_s))

    def _read(self) -> None:
        """Fetch what came, in the order it came."""
        with self._read_lock:
            came = [Sample(tap.topic, stamp_ns, data)
                    for tap in self._taps for stamp_ns, data in tap.flow(self._bag_clock)]
            for sample in sorted(came, key=lambda s: s.stamp_ns):
                self._recorder.backlog.put(sample)

    def _write(self, now_s: float) -> None:
        self._recorder.work(now_s)
        self._recorder.note_disk(time.monotonic() - now_s)
        self._tell()

    def _tell(self) -> None:
        """Publish the state when it changes."""
        if (state := self._recorder.state) != self._said:
            self._said = state
            self._state.publish(String(data=state))
            self.get_logger().info(state)

    def _start(self) -> str:
        self._read()                                    # what came before is not the episode's
        self._bag_clock = BagClock()                    # the system's clock may have been set
        name = time.strftime('%Y-%m-%d_%H-%M-%S')
        return str(self._recorder.start(name, self._bag_clock.now_ns()))

    def _stop(self, outcome: Outcome) -> str:
        self._read()                                    # what came until now is
        return str(self._recorder.stop(outcome))

    def _discard(self) -> str:
        return f'{self._recorder.discard()} removed'

    def _apply(self, settings: RecorderSettings) -> None:
        self._recorder.settings = settings

    def close(self) -> None:
        """Stop the threads; an episode that still runs is saved, its outcome unknown."""
        for pacer in self._pacers:
            pacer.stop()
        is_saved, said = _answered(lambda: self._stop(Outcome.UNKNOWN))
        if is_saved:
            self.get_logger().info(said)


def _quality(channel: Channel) -> QoSProfile:
    """Return how to listen: what is said must not be missed, what is measured may."""
    if channel.is_latched:
        return STATE
    return SPOKEN if channel.type_name.endswith('/String') else OVERHEARD


def _answered(ask: Callable[[], str]) -> tuple[bool, str]:
    """Return whether something was done, and what or why not."""
    try:
        return True, ask()
    except RecordingError as error:
        return False, str(error)


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(RecorderNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
