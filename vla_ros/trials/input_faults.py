"""Faults of what the robot senses: cameras, joint states, stamps, clocks."""
import itertools
import time

from builtin_interfaces.msg import Time
import cv2
import numpy as np
from sensor_msgs.msg import CompressedImage, Image, JointState

from vla_ros.control.freshness import FrozenPicture
from vla_ros.core.errors import ImageError, VlaError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.ros.conversions import joints_from_msg, seconds_of
from vla_ros.ros.footprint import resident_mb
from vla_ros.ros.images import (
    BYTES_PER_PIXEL,
    check_image,
    image_from_compressed_msg,
    image_to_msg,
)
from vla_ros.trials.rows import Measured, PERIOD_S, Row, SLACK_S, timed
from vla_ros.trials.stage import Stage

FRAME_S = 1 / 15


def _cut(**fault) -> callable:
    """Return a trial: move, set a fault of the simulator, time the zeros."""
    def trial(stage: Stage) -> float:
        stage.move()
        at_s = time.monotonic()
        stage.configure('sim_node', **fault)
        return stage.zeros_since(stage.probe.commands, at_s)
    return trial


def _joint_lost(stage: Stage, trials: int) -> Measured:
    run = timed(_cut(joints_enabled=False))
    one = timed(_cut(dropped_joint='left_elbow_joint'))
    first, second = run(stage, -(-trials // 2)), one(stage, trials // 2)
    return Measured(first.seconds + second.seconds, trials=trials,
                    note='half of the trials: all joints stop; half: one joint drops out')


def _frozen(stage: Stage) -> float:
    stage.move(1.2)                                     # longer than a frozen picture may last
    at_s = time.monotonic()
    stage.configure('sim_node', camera_frozen=True)
    return stage.zeros_since(stage.probe.wishes, at_s)


def _frozen_row(stage: Stage, trials: int) -> Measured:
    measured = timed(_frozen)(stage, trials)
    rng, picture, trips = np.random.default_rng(0), FrozenPicture(), 0
    scene = rng.integers(0, 255, (60, 80, 3), np.uint8)
    for frame in range(10 * 60 * 15):
        now_s = frame / 15
        picture.see((scene ^ (rng.random(scene.shape) < 0.01)).tobytes(), now_s)
        trips += picture.is_frozen(now_s, 0.0, 1.0)
    measured.expect(trips == 0, f'{trips} false alarms on a noisy static scene')
    measured.note = 'ten minutes of a noisy static scene: no alarm'
    return measured


def _shifted(stage: Stage, shift_s: float | None) -> Time:
    now = stage.probe.get_clock().now().nanoseconds
    if shift_s is None:
        return Time()
    whole = now + int(shift_s * 1e9)
    return Time(sec=whole // 10 ** 9, nanosec=whole % 10 ** 9)


def _stamps(stage: Stage, trials: int) -> Measured:
    measured, rng = Measured(trials=trials), np.random.default_rng(0)
    cases = {'now': (0.0, True), 'zero': (None, True), 'future': (30.0, True),
             'old': (-5.0, False)}
    stage.configure('sim_node', camera_enabled=False)
    for name, (shift_s, acts) in itertools.islice(itertools.cycle(cases.items()),
                                                  max(trials, len(cases))):
        def picture(shift_s=shift_s) -> None:
            msg = image_to_msg(rng.integers(0, 255, (24, 32, 3), np.uint8))
            msg.header.stamp = _shifted(stage, shift_s)
            stage.probe.images.publish(msg)

        stage.say('turn left 180 degrees')
        stage.wait(1.3, picture)
        measured.expect(stage.probe.mode.startswith('ACTIVE') == acts,
                        f'{name}: {stage.probe.mode}')
        if name == 'future':
            stage.until(lambda: 'from the future' in stage.probe.said('fusion_node'), 2.5,
                        'a warning of stamps from the future', picture)
        stage.say('stop')
        stage.wait(0.6)
    stage.recover()
    return measured


def _image_lies(stage: Stage, trials: int) -> Measured:
    """Try a hundred thousand random headers in this process, and some over the wire."""
    rng, refused, begin = np.random.default_rng(0), 0, Measured(trials=100_000)
    encodings = [*BYTES_PER_PIXEL, '8UC3', '32FC1', 'nv12', '', 'x' * 300]
    rss = resident_mb()
    for _ in range(100_000):
        sizes = rng.integers(0, 2 ** 32, 3) >> rng.integers(0, 31, 3)
        height, width, step = (int(v) for v in sizes)
        msg = Image(height=height, width=width, step=step,
                    encoding=encodings[rng.integers(len(encodings))])
        try:
            check_image(msg)
        except ImageError:
            refused += 1
    begin.expect(refused == 100_000, f'{100_000 - refused} lies were believed')
    begin.expect(resident_mb() - rss < 20, f'{resident_mb() - rss:.0f} MB more memory')
    lies = [{'step': 1}, {'height': 0}, {'width': 60_000, 'height': 60_000}, {'height': 7}]
    _refuses(stage, begin, lambda i: _spoilt(**lies[i % len(lies)]))
    begin.note = '100,000 random headers, memory flat; lies over the wire: zeros, node alive'
    return begin


def _spoilt(**changes) -> Image:
    msg = image_to_msg(np.zeros((24, 32, 3), np.uint8))
    for name, value in changes.items():
        setattr(msg, name, value)
    return msg


def _refuses(stage: Stage, measured: Measured, message) -> None:
    """Feed bad images instead of good ones: the robot must stand, and go on afterwards."""
    stage.move()
    stage.configure('sim_node', camera_enabled=False)
    count = itertools.count()

    def feed() -> None:
        stage.probe.images.publish(message(next(count)))

    stage.zeros_since(stage.probe.commands, time.monotonic(), every=feed)
    stage.wait(1.2, feed)
    measured.expect('camera/image_raw' in stage.probe.said('fusion_node'), 'no word of it')
    stage.recover()
    stage.move()
    stage.recover()


def _encodings(stage: Stage, trials: int) -> Measured:
    rng, measured = np.random.default_rng(0), Measured(trials=10_000)
    letters = np.array(list('abcdefghrgbnvyu0123456789_UCSF'))
    for _ in range(10_000):
        name = ''.join(rng.choice(letters, rng.integers(0, 12)))
        try:
            check_image(Image(height=2, width=2, step=64, encoding=name, data=bytes(128)))
            measured.expect(name in BYTES_PER_PIXEL, f'{name!r} was taken')
        except ImageError as error:
            measured.expect(name not in BYTES_PER_PIXEL and 'rgb8' in str(error), str(error))
    _refuses(stage, measured, lambda i: _spoilt(encoding='smellovision'))
    measured.note = f'{len(BYTES_PER_PIXEL)} known by name, 10,000 random names refused'
    return measured


def _jpegs(stage: Stage | None, trials: int) -> Measured:
    rng, measured = np.random.default_rng(0), Measured()
    whole = cv2.imencode('.jpg', rng.integers(0, 255, (48, 64, 3), np.uint8))[1].tobytes()
    huge = bytearray(whole)
    at = huge.index(b'\xff\xc0')
    huge[at + 5:at + 9] = b'\xff\xff\xff\xff'
    for data in (*(whole[:n] for n in range(len(whole))), bytes(huge), b'GIF89a' + bytes(50)):
        measured.trials += 1
        try:
            image_from_compressed_msg(CompressedImage(data=data))
        except ImageError:
            continue
        except Exception as error:  # anything but our own refusal is the failure looked for
            measured.wrong.append(f'{len(data)} bytes: {type(error).__name__}: {error}')
    measured.note = 'cut at every byte; 65535x65535 by its header; not a JPEG'
    return measured


def _joint_orders(stage: Stage | None, trials: int) -> Measured:
    names = load_robot(robot_file('unitree_g1')).joint_names[:7]
    values, measured = np.linspace(-1, 1, 7), Measured()
    for order in itertools.permutations(range(7)):
        measured.trials += 1
        msg = JointState(name=[*(names[i] for i in order), 'tail'],
                         position=[*(float(values[i]) for i in order), 9.0])
        measured.expect(np.array_equal(joints_from_msg(msg, names)[0], values), f'{order}')
    bad = [JointState(name=names[:-1], position=values[:-1].tolist()),
           JointState(name=names, position=[float('nan'), *values[1:].tolist()]),
           JointState(name=[names[0], *names[:-1]], position=values.tolist()),
           JointState(name=names, position=values[:-1].tolist()),
           JointState(name=names, position=values.tolist(), velocity=[float('inf')] * 7)]
    for msg in bad:
        try:
            joints_from_msg(msg, names)
            measured.wrong.append(f'taken: {msg}')
        except VlaError:
            measured.trials += 1
    measured.note = 'all 5,040 orders of 7 joints; extras; duplicates, NaN, lengths refused'
    return measured


def _clocks(stage: Stage, trials: int) -> Measured:
    """Let the simulator keep the clock: paused, clock and inputs freeze together."""
    measured = Measured(trials=trials)
    for name in ('sim_node', 'fusion_node', 'command_gate'):
        own = {'publish_clock': True} if name == 'sim_node' else {'use_sim_time': True}
        stage.restart(name, **own)
    stage.wait_until_ready()
    for _ in range(trials):
        stage.move()
        at_s = stage.signal('sim_node', 19)             # SIGSTOP
        measured.seconds.append(stage.zeros_since(stage.probe.commands, at_s))
        stage.signal('sim_node', 18)                    # SIGCONT
        stage.recover()
    stage.move()
    stage.restart('sim_node', publish_clock=True)       # its clock begins at zero again
    stage.until(lambda: seconds_of(stage.probe.get_clock().now().to_msg()) > 0, 1.0, 'a clock')
    stage.probe.motion.clear()
    stage.until(lambda: stage.probe.motion, 20.0, 'the simulator again')
    stage.recover()
    stage.move()                                        # after a jump back it works again
    measured.note = 'paused with frozen inputs; then the clock starts again at zero and it obeys'
    for name in ('sim_node', 'fusion_node', 'command_gate'):
        stage.restart(name)
    stage.wait_until_ready()
    return measured


ROWS = [
    Row('F1', 'camera stops', 'HOLD, zeros', 0.5 + PERIOD_S + SLACK_S,
        timed(_cut(camera_enabled=False))),
    Row('F2', 'frozen frames while moving', 'warning, HOLD, zeros',
        1.0 + FRAME_S + PERIOD_S + SLACK_S, _frozen_row),
    Row('F3', 'old, future, zero stamps', 'older of receipt and header counts; future warns',
        None, _stamps),
    Row('F4', 'image size lies', 'refused before anything is allocated', None, _image_lies),
    Row('F5', 'unknown encoding', 'refused by name, never guessed', None, _encodings),
    Row('F6', 'corrupt or huge JPEG', 'refused', None, _jpegs, needs_stage=False),
    Row('F7', 'joints stop, or one drops out', 'HOLD, zeros', 0.25 + PERIOD_S + SLACK_S,
        _joint_lost),
    Row('F8', 'joint order, extras, duplicates, NaN', 'by name, or refused', None, _joint_orders,
        needs_stage=False),
    Row('F13', 'clock pauses, jumps back', 'zeros; obeys again after the jump',
        0.25 + PERIOD_S + SLACK_S, _clocks),
]
