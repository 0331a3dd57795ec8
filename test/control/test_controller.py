"""The controller acts when it may, and stands when it must."""
import numpy as np
import pytest

from vla_ros.control.controller import BAD_CHUNKS_MAX
from vla_ros.control.eyes import Seen
from vla_ros.control.modes import Mode
from vla_ros.core.errors import InvalidValueError, StaleInputError
from vla_ros.core.values import CommandSource


def _rest(command, bench):
    return np.allclose(command.joint_positions, bench.robot.of_commanded('neutral_position'))


def test_nothing_moves_before_the_warm_up(g1, bench):
    from vla_ros.control.controller import Controller
    bench.controller = Controller(g1)
    bench.controller.instruct('go forward', bench.now_s)
    for _ in range(100):
        assert bench.tick().is_still
    assert bench.controller.mode is Mode.INIT


def test_nothing_moves_without_a_command(bench):
    for _ in range(50):
        assert bench.tick().is_still


def test_it_acts_when_everything_is_there(bench):
    command = bench.start()
    assert command.source is CommandSource.POLICY
    assert command.twist == pytest.approx(bench.wish)
    assert bench.controller.mode is Mode.ACTIVE
    assert (np.diff(command.joint_times_s) > 0).all() and command.joint_times_s[0] > 0


@pytest.mark.parametrize('what, limit_s', [('image', 0.5), ('joints', 0.25), ('policy', 0.5)])
def test_a_lost_input_stops_it_in_time_and_it_goes_on_by_itself(bench, what, limit_s):
    bench.start()
    bench.cut.add(what)
    start_s, command = bench.now_s, bench.tick()
    while not command.is_still:
        command = bench.tick()
    assert bench.now_s - start_s <= limit_s + 0.05 + 1e-6
    assert bench.controller.mode is Mode.HOLD
    bench.cut.clear()
    assert bench.tick(3).is_still
    assert not bench.tick(8).is_still


def test_after_a_pause_of_its_process_it_stands_first_whatever_came_in_meanwhile(bench):
    bench.start()
    bench.now_s += 0.4
    assert bench.tick(3).is_still and bench.controller.mode is Mode.HOLD
    bench.controller.instruct('stop', bench.now_s)      # heard late: it waited like the rest
    assert all(bench.tick().is_still for _ in range(20))


@pytest.mark.parametrize('text', ['stop', 'HALT!', 'please freeze', 'stop' + ' x' * 1000])
def test_a_stop_word_stops_at_the_next_tick_and_stays(bench, text):
    bench.start()
    bench.controller.instruct(text, bench.now_s)
    for _ in range(40):
        command = bench.tick()
        assert command.is_still and command.source is CommandSource.STOP
    bench.controller.instruct('go on to the ball', bench.now_s)
    assert not bench.tick(4).is_still


@pytest.mark.parametrize('text', ['', '\x00', 'a' * 1_000_000])
def test_a_command_that_is_refused_moves_nothing(bench, text):
    bench.start()
    with pytest.raises(InvalidValueError):
        bench.controller.instruct(text, bench.now_s)
    for _ in range(10):
        assert bench.tick().is_still


def test_a_new_command_replaces_the_old_one_without_a_pause(bench):
    bench.start()
    old = bench.controller.instruction.number
    bench.controller.instruct('go to the blue ball', bench.now_s)
    assert not bench.tick(infer=False).is_still
    bench.wish = np.array([0.0, 0, 0, 0, 0, -0.5])
    assert bench.tick(10).twist[5] < -0.3
    bench.controller.accept(bench.chunk(np.array([0.6, 0, 0, 0, 0, 0.8])), old)
    assert bench.tick(infer=False).twist[0] < 0.1


@pytest.mark.parametrize('value', [np.nan, np.inf, -np.inf])
def test_what_is_no_number_stops_the_same_tick_and_then_for_good(bench, value):
    bench.start()
    bench.wish = np.array([value, 0, 0, 0, 0, 0])
    assert bench.tick().is_still
    bench.tick(BAD_CHUNKS_MAX)
    assert bench.controller.mode is Mode.FAULT
    bench.wish = np.array([0.4, 0, 0, 0, 0, 0])
    assert bench.tick(50).is_still
    bench.controller.reset(bench.now_s)
    bench.start()


def test_a_chunk_for_another_robot_is_no_answer(bench):
    bench.start()
    chunk = bench.chunk(joints=np.zeros(3))
    for _ in range(BAD_CHUNKS_MAX):
        bench.controller.accept(chunk, bench.controller.instruction.number)
    assert bench.tick().is_still and bench.controller.mode is Mode.FAULT


def test_a_policy_that_hangs_is_a_fault_after_five_seconds(bench):
    bench.start()
    bench.cut.add('policy')
    bench.tick(120)
    assert bench.controller.mode is Mode.FAULT


def test_a_command_ends_when_it_is_too_old(bench):
    bench.start()
    bench.tick(int(60 / 0.05))
    assert bench.tick().is_still and bench.controller.mode is Mode.READY


def test_a_camera_that_freezes_in_motion_stops_it_until_it_shows_something_new(bench):
    bench.picture = None
    bench.start()
    bench.picture = b'the same'
    start_s, command = bench.now_s, bench.tick()
    while not command.is_still:
        command = bench.tick()
    assert bench.now_s - start_s == pytest.approx(1.0, abs=0.11)
    assert bench.controller.mode is Mode.HOLD and 'same picture' in command.reason
    assert bench.tick(40).is_still
    bench.picture = None
    assert not bench.tick(10).is_still


def test_a_reset_gives_a_camera_that_froze_another_chance(bench):
    bench.start()
    bench.picture = b'the same'
    bench.tick(30)
    assert bench.controller.mode is Mode.HOLD
    bench.controller.reset(bench.now_s)
    assert bench.tick(10).is_still and bench.controller.mode is Mode.READY


def test_a_camera_that_shows_the_same_while_nothing_moves_is_no_fault(bench):
    bench.picture = b'the same'
    bench.tick(100)
    assert bench.controller.mode is Mode.READY


def test_a_flood_of_commands_is_refused_and_a_stop_in_it_is_not(bench):
    bench.start()
    for _ in range(10):
        bench.controller.instruct('go on', bench.now_s)
    with pytest.raises(InvalidValueError, match='more than 10 commands in a second'):
        bench.controller.instruct('go on', bench.now_s)
    assert bench.controller.instruct('stop', bench.now_s) == 'stop'
    assert bench.tick().source is CommandSource.STOP
    bench.now_s += 1.0
    assert bench.controller.instruct('go on', bench.now_s) == 'go on'


def test_inputs_of_before_a_jump_of_the_clock_are_forgotten(bench):
    bench.start()
    bench.controller.forget_inputs()
    bench.cut = {'image', 'joints'}
    command = bench.tick()
    assert command.is_still and 'nothing received' in command.reason


def test_without_measured_joints_a_stand_leaves_the_joints_alone(g1):
    from vla_ros.control.controller import Controller
    command = Controller(g1).tick(5.0)
    assert command.is_still and command.joint_names == ()


def test_every_command_is_within_the_limits(bench, g1):
    rng = np.random.default_rng(0)
    bench.start()
    low, high = np.zeros(6), np.zeros(6)
    low[g1.base_index], high[g1.base_index] = g1.base_velocity_min, g1.base_velocity_max
    step = np.zeros(6)
    step[g1.base_index] = np.array(g1.base_acceleration_max) * 0.05
    last = None
    for _ in range(500):
        bench.wish = rng.normal(0, 3, 6)
        command = bench.tick()
        assert (command.twist >= low - 1e-9).all() and (command.twist <= high + 1e-9).all()
        if last is not None:
            assert (np.abs(command.twist - last) <= step + 1e-9).all()
        last = command.twist
    assert sum(bench.controller.guard.clips.values()) > 400


def test_arms_hold_where_they_were_measured_and_never_zero(bench, g1):
    bench.start()
    bench.rest = bench.rest + 0.1
    bench.tick()
    bench.controller.instruct('stop', bench.now_s)
    held = bench.tick().joint_positions
    assert np.allclose(held, bench.rest[g1.commanded_index])
    bench.rest = bench.rest - 0.05
    assert np.allclose(bench.tick().joint_positions, held)


def test_a_policy_that_slept_with_its_process_did_not_hang(bench):
    bench.start()
    bench.now_s += 30.0
    assert bench.tick(10, infer=False).is_still
    assert bench.controller.mode is Mode.HOLD
    bench.tick(120, infer=False)
    assert bench.controller.mode is Mode.FAULT


@pytest.mark.parametrize('what', ['image', 'joints'])
def test_a_policy_that_had_nothing_to_decide_on_did_not_hang(bench, what):
    bench.start()
    bench.cut |= {what, 'policy'}
    assert bench.tick(160).is_still and bench.controller.mode is Mode.HOLD
    bench.cut = {'policy'}
    bench.tick(10)
    assert bench.controller.mode is Mode.HOLD           # the answer takes its time
    bench.cut = set()
    bench.tick(20)
    assert bench.controller.mode is Mode.ACTIVE


def test_the_policy_gets_no_observation_without_fresh_joints(bench):
    seen = Seen('frame', np.zeros((2, 2, 3), np.uint8), None, bench.now_s)
    with pytest.raises(StaleInputError, match='joint states: nothing received yet'):
        bench.controller.observation(bench.now_s, seen)
    bench.tick()
    observation = bench.controller.observation(bench.now_s, seen)
    assert observation.base_pose is None
    assert (observation.stamp_s, observation.newest_s) == (seen.stamp_s, bench.now_s)
    with pytest.raises(StaleInputError, match='joint states: 0.80 s old, at most 0.25'):
        bench.controller.observation(bench.now_s + 0.8, seen)
