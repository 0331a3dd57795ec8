"""The gate forwards one live source, and otherwise makes the robot stand."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.control.gate import Gate, GateState, HOLD_S
from vla_ros.control.settings import GateSettings
from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.values import Trajectory

FORWARD = np.array([0.3, 0, 0, 0, 0, 0])


class Bench:
    """Drives a gate at 50 Hz."""

    def __init__(self, robot, settings=GateSettings(armed_at_start=True)):
        self.gate, self.now_s = Gate(robot, settings), 50.0
        self.rest = robot.of_commanded('neutral_position')

    def run(self, seconds, sources, has_joints=True):
        """Feed twists by source for a while and return all outputs."""
        outputs = []
        for _ in range(round(seconds * 50)):
            self.now_s += 0.02
            if has_joints:
                self.gate.put_joints(self.rest, self.now_s)
            for name, twist in sources.items():
                self.gate.put_twist(name, np.asarray(twist, float), self.now_s)
            outputs.append(self.gate.tick(self.now_s))
        return outputs


@pytest.fixture
def bench(g1):
    return Bench(g1)


def test_a_live_source_is_forwarded(bench):
    last = bench.run(2.0, {'policy': FORWARD})[-1]
    assert last.twist == pytest.approx(FORWARD)
    assert (last.state, last.source) == (GateState.LIVE, 'policy')


def test_it_is_disarmed_at_the_start_unless_told_otherwise(g1):
    bench = Bench(g1, GateSettings())
    assert all(o.twist is None or not o.twist.any()
               for o in bench.run(1.0, {'policy': FORWARD}))
    assert bench.gate.arm(True, bench.now_s) == (True, 'armed')
    assert bench.run(1.0, {'policy': FORWARD})[-1].twist[0] > 0.1


def test_it_does_not_arm_without_a_live_source(g1):
    done, reason = Bench(g1, GateSettings()).gate.arm(True, 50.0)
    assert not done and 'no live input' in reason


def test_silence_gives_zeros_in_time_for_a_while_and_then_nothing(bench):
    bench.run(2.0, {'policy': FORWARD})
    outputs = bench.run(2.0, {})
    moving = sum(o.twist is not None and o.twist.any() for o in outputs) * 0.02
    zeros = sum(o.twist is not None and not o.twist.any() for o in outputs) * 0.02
    assert moving <= 0.3 + 0.03
    assert zeros == pytest.approx(1.0, abs=0.05)
    assert outputs[-1].twist is None


def test_the_highest_priority_wins_and_gives_way_when_it_falls_silent(bench):
    back = -FORWARD
    assert bench.run(2.0, {'policy': FORWARD, 'teleop': back})[-1].source == 'teleop'
    assert bench.run(1.0, {'policy': FORWARD})[-1].source == 'policy'


def test_a_stop_is_latched_until_reset_and_arming(g1):
    bench = Bench(g1, GateSettings())
    bench.run(0.1, {'policy': FORWARD})
    bench.gate.arm(True, bench.now_s)
    bench.run(1.5, {'policy': FORWARD})
    bench.gate.stop()
    assert not any(o.twist.any() for o in bench.run(3.0, {'policy': FORWARD}))
    assert not bench.gate.arm(True, bench.now_s)[0]
    bench.gate.reset()
    assert not any(o.twist is not None and o.twist.any()
                   for o in bench.run(1.0, {'policy': FORWARD}))
    assert bench.gate.arm(True, bench.now_s)[0]


@pytest.mark.parametrize('value', [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused_and_counts_as_silence(bench, value):
    bench.run(2.0, {'policy': FORWARD})
    for _ in range(50):
        bench.now_s += 0.02
        with pytest.raises(InvalidValueError, match='not finite'):
            bench.gate.put_twist('policy', np.array([value, 0, 0, 0, 0, 0]), bench.now_s)
        output = bench.gate.tick(bench.now_s)
    assert not output.twist.any()
    assert bench.gate.refused == 50


def test_any_source_is_kept_within_the_limits(bench, g1):
    rng, last = np.random.default_rng(0), None
    low, high = np.array(g1.base_velocity_min), np.array(g1.base_velocity_max)
    for _ in range(1000):
        twist = bench.run(0.02, {'policy': rng.normal(0, 5, 6)})[0].twist[g1.base_index]
        assert (twist >= low - 1e-9).all() and (twist <= high + 1e-9).all()
        if last is not None:
            step = np.array(g1.base_acceleration_max) * 0.02
            assert (np.abs(twist - last) <= step + 1e-9).all()
        last = twist


def test_it_starts_softly(bench, g1):
    fast = np.array([0.6, 0, 0, 0, 0, 0])
    first = bench.run(0.98, {'policy': fast})
    assert max(o.twist[0] for o in first) <= 0.5 * 0.6 + 1e-9
    assert bench.run(1.0, {'policy': fast})[-1].twist[0] == pytest.approx(0.6)


def _trajectory(g1, **change):
    names = g1.commanded_joints[:2]
    return replace(Trajectory(names, np.zeros((2, 2)), np.array([0.1, 0.2])), **change)


@pytest.mark.parametrize('change, said', [
    ({'joint_names': ('a', 'b')}, 'unknown joints'),
    ({'positions': np.zeros((2, 3))}, 'of shape'),
    ({'positions': np.full((2, 2), np.nan)}, 'not finite'),
    ({'times_s': np.array([0.2, 0.1])}, "don't rise"),
    ({'times_s': np.array([0.0, 0.1])}, "don't rise"),
    ({'positions': np.zeros((0, 2)), 'times_s': np.zeros(0)}, '0 points')])
def test_a_bad_trajectory_is_refused_with_its_reason(bench, g1, change, said):
    with pytest.raises(InvalidValueError, match=said):
        bench.gate.put_trajectory('policy', _trajectory(g1, **change), bench.now_s)
    assert bench.gate.refused == 1


def test_a_trajectory_in_any_order_asks_for_the_same(g1):
    rng, sent = np.random.default_rng(0), []
    rest = g1.of_commanded('neutral_position')
    for order in (np.arange(len(rest)), rng.permutation(len(rest))):
        bench = Bench(g1)
        bench.run(0.5, {'policy': FORWARD})
        names = tuple(g1.commanded_joints[i] for i in order)
        bench.gate.put_trajectory('policy', Trajectory(
            names, (rest + 0.05)[order][None], np.array([0.5])), bench.now_s)
        sent.append(bench.run(0.02, {'policy': FORWARD})[0].trajectory)
    assert sent[0].joint_names == sent[1].joint_names == g1.commanded_joints
    assert sent[0].positions == pytest.approx(sent[1].positions)
    assert sent[0].positions[0] == pytest.approx(rest + 0.05)


def test_arms_are_held_where_they_were_measured(bench, g1):
    bench.run(2.0, {'policy': FORWARD})
    held = [o for o in bench.run(1.0, {}) if o.state is GateState.SILENT and o.trajectory]
    assert held and np.allclose(held[0].trajectory.positions, g1.of_commanded(
        'neutral_position'))


def test_without_the_heartbeat_that_was_asked_for_it_stands(g1):
    bench = Bench(g1, GateSettings(armed_at_start=True, heartbeat_timeout=0.5))
    assert bench.run(1.0, {'policy': FORWARD})[-1].state is GateState.NO_HEARTBEAT
    for _ in range(20):
        bench.gate.beat(bench.now_s)
        last = bench.run(0.1, {'policy': FORWARD})[-1]
    assert last.state is GateState.LIVE and last.twist[0] > 0.2
    moving = sum(o.twist.any() for o in bench.run(1.0, {'policy': FORWARD})) * 0.02
    assert moving <= 0.5 + 0.021


def test_joints_that_nobody_measures_any_more_are_not_sent_anywhere(bench, g1):
    bench.run(1.0, {'policy': FORWARD})
    bench.run(0.6, {'policy': FORWARD}, has_joints=False)
    bench.gate.put_trajectory('policy', _trajectory(g1), bench.now_s)
    output = bench.gate.tick(bench.now_s)
    assert output.state is GateState.LIVE and output.trajectory is None


def test_the_joints_matter_when_they_are_to_be_sent_somewhere_or_held(bench, g1):
    bench.run(1.0, {'policy': FORWARD})
    assert not bench.gate.wants_joints(bench.now_s)
    bench.gate.put_trajectory('policy', _trajectory(g1), bench.now_s)
    assert bench.gate.wants_joints(bench.now_s)
    bench.run(0.02, {'policy': FORWARD})
    assert not bench.gate.wants_joints(bench.now_s)
    assert bench.gate.wants_joints(bench.now_s + 0.4)   # silence: where do they stand?
    bench.run(0.4, {})
    assert not bench.gate.wants_joints(bench.now_s)     # held by now


def test_a_gate_that_never_saw_the_joints_stops_the_base_all_the_same(g1):
    gate = Gate(g1, GateSettings(armed_at_start=True))
    gate.put_twist('policy', FORWARD, 10.0)
    gate.tick(10.0)
    gate.stop()
    output = gate.tick(10.02)
    assert not output.twist.any() and output.trajectory is None


def test_what_waited_while_the_gate_was_paused_counts_as_old(bench, g1):
    bench.run(1.0, {'policy': FORWARD})
    bench.now_s += 0.4
    for woken in bench.run(0.14, {'policy': FORWARD}):  # these may be as old as the pause
        assert woken.state is GateState.SILENT and not woken.twist.any()
    assert bench.run(0.06, {'policy': FORWARD})[-1].state is GateState.LIVE


def test_a_heartbeat_from_before_a_pause_counts_as_old(g1):
    bench = Bench(g1, GateSettings(armed_at_start=True, heartbeat_timeout=2.0))
    bench.gate.beat(bench.now_s)
    bench.run(1.0, {'policy': FORWARD})
    bench.now_s += 0.4
    assert bench.run(0.1, {'policy': FORWARD})[-1].state is GateState.NO_HEARTBEAT


def test_a_gate_that_was_held_up_for_longer_than_its_zeros_last_still_sends_them(bench):
    bench.run(1.0, {'policy': FORWARD})
    bench.now_s += 5.0
    zeros = [o for o in bench.run(2.0, {}) if o.twist is not None]
    assert len(zeros) == pytest.approx(50, abs=2) and not any(o.twist.any() for o in zeros)


def test_disarming_is_at_once(bench):
    bench.run(2.0, {'policy': FORWARD})
    assert bench.gate.arm(False, bench.now_s) == (True, 'disarmed')
    assert not bench.run(0.02, {'policy': FORWARD})[0].twist.any()


def test_inputs_without_a_priority_are_a_mistake(g1):
    with pytest.raises(ConfigurationError, match='differ in length'):
        Gate(g1, GateSettings(inputs=('a', 'b'), priorities=(1,)))


def test_a_trajectory_that_names_a_joint_twice_is_refused(bench, g1):
    name = g1.commanded_joints[0]
    with pytest.raises(InvalidValueError, match='named twice'):
        bench.gate.put_trajectory('policy', _trajectory(g1, joint_names=(name, name)), 1.0)


def test_a_gate_that_is_stopped_before_it_heard_anything_says_zero(g1):
    gate = Gate(g1)
    gate.stop()
    output = gate.tick(10.0)
    assert not output.twist.any() and output.state is GateState.STOPPED


def test_a_gate_that_arms_itself_does_so_again_after_a_reset(bench):
    bench.run(1.0, {'policy': FORWARD})
    bench.gate.stop()
    bench.run(0.1, {'policy': FORWARD})
    bench.gate.reset()
    assert bench.run(0.5, {'policy': FORWARD})[-1].state is GateState.LIVE


def test_who_disarmed_a_gate_is_not_overruled_by_a_reset(bench):
    bench.run(1.0, {'policy': FORWARD})
    bench.gate.arm(False, bench.now_s)
    bench.gate.reset()
    assert bench.run(0.5, {'policy': FORWARD})[-1].state is GateState.DISARMED


def test_arms_that_were_on_their_way_are_held_where_they_are(bench, g1):
    bench.run(1.0, {'policy': FORWARD})
    bench.gate.put_trajectory('policy', Trajectory(
        g1.commanded_joints, (bench.rest + 0.8)[None], np.array([0.6])), bench.now_s)
    bench.run(0.1, {'policy': FORWARD})
    bench.rest = bench.rest + 0.4
    held = next(o for o in bench.run(0.6, {}) if o.state is GateState.SILENT).trajectory
    assert held.times_s == pytest.approx([HOLD_S])
    assert held.positions[-1] == pytest.approx(bench.rest)


def test_arms_are_not_sent_where_they_were_long_ago(bench):
    bench.run(1.0, {'policy': FORWARD})
    bench.run(0.6, {'policy': FORWARD}, has_joints=False)
    standing = [o for o in bench.run(0.8, {}, has_joints=False) if o.state is GateState.SILENT]
    assert standing and all(o.trajectory is None and not o.twist.any() for o in standing)
    assert bench.gate.wants_joints(bench.now_s)
    assert bench.run(0.02, {})[0].trajectory is not None        # measured again: held there


def test_no_trajectory_of_before_is_caught_up_on(bench, g1):
    bench.run(1.0, {'policy': FORWARD})
    bench.run(0.5, {})
    bench.gate.put_trajectory('policy', _trajectory(g1), bench.now_s)
    bench.run(0.04, {})
    assert all(o.trajectory is None or o.state is not GateState.LIVE
               for o in bench.run(0.2, {'policy': FORWARD}))
    bench.gate.arm(False, bench.now_s)
    bench.gate.put_trajectory('policy', _trajectory(g1), bench.now_s)
    bench.gate.arm(True, bench.now_s)
    assert bench.run(0.02, {'policy': FORWARD})[0].trajectory is None


def test_a_source_that_says_zero_is_obeyed_at_once(bench):
    bench.run(2.0, {'policy': FORWARD})
    assert not bench.run(0.02, {'policy': np.zeros(6)})[0].twist.any()
