"""Faults of the recorder: a disk that is full, a kernel that takes its memory back."""
from collections.abc import Callable
from pathlib import Path
import resource
import signal
import tempfile
import time

from geometry_msgs.msg import Twist
import numpy as np
from std_srvs.srv import Trigger

from vla_ros.core.recorded import episode_from_json
from vla_ros.recording.bag import reader_of, text_of
from vla_ros.recording.repair import interrupted, repair
from vla_ros.ros.conversions import twist_to_msg
from vla_ros.trials.probe import is_moving
from vla_ros.trials.rows import Measured, Row
from vla_ros.trials.stage import Stage

NODE = 'recorder_node'
GAP_S = 0.25
"""Longest time between two commands that still counts as going on: five periods."""
_NOTICED_S = 2.0
_NO_SPACE_MB = 1e9


def _disk_low(stage: Stage, bag: Path) -> None:
    """Ask for more space than any disk has: as if others had filled it."""
    stage.configure(NODE, disk_reserve_mb=_NO_SPACE_MB)


def _disk_full(stage: Stage, bag: Path) -> None:
    """Let no file of the process grow any further: a write fails as on a disk that is full."""
    process_id = stage.children.process_id(NODE)
    resource.prlimit(process_id, resource.RLIMIT_FSIZE,
                     ((bag / f'{bag.name}.mcap').stat().st_size, resource.RLIM_INFINITY))


def _killed(stage: Stage, bag: Path) -> None:
    """Kill it, as the kernel does with whoever takes too much memory."""
    stage.signal(NODE, signal.SIGKILL)


def _recording(stage: Stage, trials: int) -> Measured:
    measured, faults = Measured(trials=trials), (_disk_low, _disk_full, _killed)
    gaps_s, drive = [], _driver(stage)
    with tempfile.TemporaryDirectory() as folder:
        for index in range(trials):
            fault = faults[index % len(faults)]
            _start(stage, Path(folder))
            stage.until(lambda: is_moving(stage.probe.commands), 5.0, 'moving', drive)
            answer = stage.call(Trigger, f'{NODE}/start', Trigger.Request())
            measured.expect(answer.success, answer.message)
            stage.wait(2.0, drive)
            measured.seconds.append(_seconds_until_noticed(stage, fault, Path(answer.message),
                                                           drive))
            stage.wait(0.8, drive)
            gaps_s.append(_longest_gap_s(stage))
            measured.expect(gaps_s[-1] <= GAP_S, f'{fault.__name__}: no command for '
                                                 f'{gaps_s[-1]:.2f} s')
            if fault is not _killed:
                _expect_refusal(stage, measured, fault.__name__)
            stage.children.end(NODE)
            _expect_whole(measured, Path(answer.message), fault.__name__)
            stage.recover()
    measured.note = ('a disk that runs low, one that is full, and SIGKILL in turn; longest time '
                     f'between two commands {max(gaps_s):.3f} s; every bag is read afterwards')
    return measured


def _start(stage: Stage, folder: Path) -> None:
    """Start a recorder; the last one may still be listed."""
    stage.probe.statuses.pop(NODE, None)
    stage.forget(NODE)
    stage.children.start(NODE, 'vla_ros.nodes.recorder_node', [
        '--ros-args', '-p', f'folder:={folder}', '-p', 'disk_reserve_mb:=1.0'])
    blind = 'received /camera/image_raw: 0 '
    stage.until(lambda: stage.probe.level(NODE) == 0 and blind not in stage.probe.said(NODE),
                20.0, 'the recorder sees')


def _driver(stage: Stage) -> Callable[[], None]:
    """Return what steers as a person does, at 50 Hz however often it is called."""
    teleop, last_s = stage.probe.create_publisher(Twist, 'teleop/cmd_vel', 10), -np.inf

    def drive() -> None:
        nonlocal last_s
        if time.monotonic() - last_s > 0.02:
            last_s = time.monotonic()
            teleop.publish(twist_to_msg(np.array([0.2, 0, 0, 0, 0, 0.2])))

    return drive


def _seconds_until_noticed(stage: Stage, fault: Callable[[Stage, Path], None],
                           bag: Path, drive: Callable[[], None]) -> float:
    """Return how long it took until the recorder said that it records no more, or was gone."""
    stage.probe.commands.clear()
    at_s = time.monotonic()
    fault(stage, bag)
    stage.until(lambda: stage.probe.level(NODE) == 2 or not stage.children.is_running(NODE),
                5.0, 'the recorder notices', drive)
    return time.monotonic() - at_s


def _longest_gap_s(stage: Stage) -> float:
    """Return the longest time between two commands since the fault [s]."""
    return float(np.diff([at_s for at_s, _ in stage.probe.commands]).max(initial=0.0))


def _expect_refusal(stage: Stage, measured: Measured, fault: str) -> None:
    measured.expect(stage.children.is_running(NODE), f'{fault}: the recorder died')
    if fault == _disk_low.__name__:
        answer = stage.call(Trigger, f'{NODE}/start', Trigger.Request())
        measured.expect(not answer.success and 'disk_reserve_mb' in answer.message,
                        f'{fault}: another episode began')


def _expect_whole(measured: Measured, bag: Path, fault: str) -> None:
    for broken in interrupted(bag):
        repair(broken)
    with reader_of(bag) as reader:
        images = sum(c.msgcount for c in reader.connections if c.topic == '/camera/image_raw')
        *_, (_, _, last) = reader.messages()
    measured.expect(images >= 3, f'{fault}: {images} images kept')
    measured.expect(bool(episode_from_json(text_of(last)).corrections),
                    f'{fault}: nobody seems to have steered')


ROWS = [
    Row('F21', 'out of memory, disk full while recording',
        'recorder stops and says so; commands go on; the bag is readable', _NOTICED_S, _recording),
]
