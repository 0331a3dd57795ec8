"""A seam is measured by what no chunk wished."""
import numpy as np
import pytest

from vla_ros.control.curves import Curve
from vla_ros.control.seams import SeamMonitor
from vla_ros.core.values import ActionChunk

PERIOD_S = 0.02


def _curve(joints, base=0.0):
    """Return what wishes `joints` (K,) [rad] for two joints, and a base velocity for x."""
    joints = np.broadcast_to(np.asarray(joints, float)[:, None], (len(joints), 2))
    twist = np.zeros((len(joints), 6))
    twist[:, 0] = base
    return Curve(ActionChunk(5.0, 0.1, twist, joints))


def _output(joint=0.0, base=0.0, turn=0.0):
    return np.array([base, 0, 0, 0, 0, turn, 0.0, joint])


def _watched(outputs, curve, times_s=None):
    """Return what is told of outputs, the last of which is where the curve joined."""
    monitor = SeamMonitor()
    times_s = 5.0 + PERIOD_S * np.arange(len(outputs)) if times_s is None else times_s
    for k, (now_s, output) in enumerate(zip(times_s, outputs)):
        monitor.see(now_s, output, curve, is_switch=k == len(outputs) - 1)
    return monitor.take()


def test_a_jump_is_a_jump_a_step_of_speed_and_a_jerk():
    told = _watched([_output()] * 3 + [_output(0.1, 0.2, 0.3)], _curve([0.0] * 5))
    assert told['seam jump [rad]'] == pytest.approx(0.1)
    assert told['seam velocity step [rad/s]'] == pytest.approx(0.1 / PERIOD_S)
    assert told['seam jerk [rad/s^3]'] == pytest.approx(0.1 / PERIOD_S ** 3)
    assert told['seam base jump [m/s]'] == pytest.approx(0.2)
    assert told['seam base acceleration step [m/s^2]'] == pytest.approx(0.2 / PERIOD_S)
    assert told['seam base jerk [m/s^3]'] == pytest.approx(0.2 / PERIOD_S ** 2)
    assert told['seam turn jump [rad/s]'] == pytest.approx(0.3)


def test_the_chunks_own_motion_is_no_seam():
    curve = _curve(np.linspace(0.0, 0.5, 6), base=np.linspace(0.0, 0.4, 6))
    times_s = np.array([5.01, 5.02, 5.05, 5.11])
    told = _watched(curve.at(times_s), curve, times_s)
    assert told.pop('seams') == 1
    assert max(told.values()) < 1e-6


def test_a_motion_that_ends_without_a_jump_is_a_step_of_speed():
    before = [_output(1.0 * PERIOD_S * k) for k in range(3)]
    told = _watched([*before, before[-1]], _curve([before[-1][-1]] * 5))
    assert told['seam velocity step [rad/s]'] == pytest.approx(1.0)
    assert told['seam jump [rad]'] == pytest.approx(0.0)


def test_a_chunk_that_begins_in_the_middle_came_straight_to_its_first_row():
    curve = _curve(np.linspace(0.0, 0.5, 6))
    times_s = np.array([4.94, 4.96, 4.98, 5.0])
    told = _watched([_output(t - 5.0) for t in times_s], curve, times_s)
    assert told['seam velocity step [rad/s]'] == pytest.approx(0.0, abs=1e-9)


def test_irregular_ticks_measure_the_same_speed():
    times_s = np.array([5.0, 5.01, 5.05, 5.06])
    told = _watched([_output(2.0 * (t - 5.05) ** 2) for t in times_s], _curve([0.0] * 5), times_s)
    assert told['seam jerk [rad/s^3]'] == pytest.approx(0.0, abs=1e-6)


def test_only_where_a_chunk_joins_is_a_seam_and_the_worst_is_told_once():
    monitor, curve = SeamMonitor(), _curve([0.0] * 5)
    for k, (joint, is_switch) in enumerate([(0, False), (0.2, False), (0.2, True), (0.1, True)]):
        monitor.see(5.0 + k * PERIOD_S, _output(joint), curve, is_switch)
    told = monitor.take()
    assert told['seams'] == 2
    assert told['seam jump [rad]'] == pytest.approx(0.1)
    assert not any(monitor.take().values())


def test_a_new_beginning_is_no_seam():
    monitor, curve = SeamMonitor(), _curve([0.0] * 5)
    monitor.see(5.0, _output(1.0), curve, True)
    monitor.begin_anew()
    monitor.see(5.02, _output(0.0), curve, True)
    assert not any(monitor.take().values())


def test_an_output_of_the_same_instant_is_not_measured():
    monitor, curve = SeamMonitor(), _curve([0.0] * 5)
    for _ in range(3):
        monitor.see(5.0, _output(), curve, True)
    assert monitor.take()['seams'] == 0
