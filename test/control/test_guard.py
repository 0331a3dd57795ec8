"""Every number that passes the guard is within the limits, and a clean wish passes as it is."""
from dataclasses import replace
import time

import numpy as np
import pytest

from vla_ros.control.guard import Guard, Wish
from vla_ros.control.settings import GuardSettings
from vla_ros.core.errors import InvalidValueError
from vla_ros.core.values import Trajectory
from vla_ros.sim.experts.chunks import arm_chunk, goto_chunk, HORIZON, STEP_S, Targets
from vla_ros.sim.robot_interface import RobotInterface

TIMES_S = np.array([0.1, 0.2, 0.3, 0.4])
PERIOD_S = 0.05


class Robot:
    """Joints that follow what passes, and a judge of it that shares no line with the guard."""

    def __init__(self, description):
        self.description, self.now_s = description, 20.0
        self.guard = Guard(description, GuardSettings)
        self.rest = description.of_commanded('neutral_position')
        self.sent = None
        self.twist = np.zeros(6)

    def at(self, now_s):
        """Return where what was sent last leads the joints at an instant, and how fast."""
        if self.sent is None:
            return self.rest, np.zeros_like(self.rest)
        since_s, start, points, times_s = self.sent
        times_s, points = np.concatenate([[0], times_s]), np.vstack([start, points])
        here, later = (np.array([np.interp(now_s + dt - since_s, times_s, c) for c in points.T])
                       for dt in (0.0, 1e-6))
        return here, (later - here) / 1e-6

    def ask(self, twist, points=None, times_s=TIMES_S, share=1.0, measured=None):
        """Wish for something one period later and return what passes, judged."""
        self.now_s += PERIOD_S
        start, speed = self.at(self.now_s)
        wish = Wish(np.asarray(twist, float), points, None if points is None else times_s,
                    start if measured is None else measured, share)
        passed = self.guard.pass_on(wish, self.now_s)
        self.judge_base(passed.twist)
        if points is not None:
            if measured is None:
                self.judge_joints(passed, start, speed)
            self.sent = self.now_s, start, passed.points, passed.times_s
        return passed

    def judge_base(self, twist):
        axes, limits = self.description.base_index, self.description
        assert np.isfinite(twist).all()
        assert (twist[axes] >= np.array(limits.base_velocity_min) - 1e-9).all()
        assert (twist[axes] <= np.array(limits.base_velocity_max) + 1e-9).all()
        assert not np.delete(twist, axes).any()
        step = np.array(limits.base_acceleration_max) * PERIOD_S
        assert (np.abs(twist[axes] - self.twist[axes]) <= step + 1e-9).all()
        self.twist = twist

    def judge_joints(self, passed, start, speed):
        limit = self.description.of_commanded
        points, times_s = passed.points, passed.times_s
        assert np.isfinite(points).all() and (np.diff(times_s, prepend=0) > 0).all()
        assert (points >= limit('position_min')).all() and (points <= limit('position_max')).all()
        steps_s = np.diff(times_s, prepend=0)[:, None]
        velocity = np.diff(points, axis=0, prepend=start[None]) / steps_s
        assert (np.abs(velocity) <= limit('velocity_max') * 1.001).all()
        if 'joint brake' in passed.clipped:
            return
        first = (velocity[0] - speed) / (PERIOD_S if self.sent else TIMES_S[0])
        assert (np.abs(first) <= limit('acceleration_max') * 1.01).all()
        middle_s = (steps_s[1:] + steps_s[:-1]) / 2
        acceleration = np.diff(velocity, axis=0) / middle_s
        assert (np.abs(acceleration) <= limit('acceleration_max') * 1.01).all()
        jerk = np.diff(np.vstack([acceleration]), axis=0) / middle_s[1:]
        assert (np.abs(jerk) <= limit('jerk_max') * 1.01).all()


@pytest.fixture
def robot(g1):
    return Robot(g1)


@pytest.mark.parametrize('field', ['twist', 'points', 'times_s', 'measured'])
@pytest.mark.parametrize('value', [np.nan, np.inf, -np.inf])
def test_what_is_no_number_never_passes_wherever_it_stands(robot, field, value):
    whole = Wish(np.zeros(6), np.tile(robot.rest, (4, 1)), TIMES_S, robot.rest)
    for index in range(getattr(whole, field).size):
        spoilt = getattr(whole, field).copy()
        spoilt.flat[index] = value
        with pytest.raises(InvalidValueError, match=f'{field}: not finite'):
            robot.guard.pass_on(replace(whole, **{field: spoilt}), 20.0)


def test_anything_that_is_wished_leaves_within_every_limit(robot):
    rng = np.random.default_rng(0)
    caught = 0
    for round_ in range(3000):
        size = 10.0 ** rng.uniform(-1, 2)
        passed = robot.ask(rng.normal(0, size, 6), robot.rest + rng.normal(0, size, (4, 15)))
        caught += bool(passed.clipped)
        if round_ % 50 == 49:
            robot.guard.stop()
            robot.sent, robot.twist = None, np.zeros(6)
    assert caught > 2900
    assert {'base velocity', 'base acceleration', 'joint position', 'joint speed',
            'joint brake'} <= robot.guard.clips.keys()


def test_each_single_violation_is_caught(robot):
    for joint in range(15):
        for sign in (-1, 1):
            fresh = Robot(robot.description)
            points = np.tile(fresh.rest, (4, 1))
            room = robot.description.of_commanded(
                'position_max' if sign > 0 else 'position_min')[joint] - fresh.rest[joint]
            points[2, joint] += np.clip(room, -0.7, 0.7)    # a spike: speed, acceleration, jerk
            assert fresh.ask(np.zeros(6), points).clipped == ('joint speed',)
            points[:, joint] = sign * 9.0
            assert 'joint position' in Robot(robot.description).ask(np.zeros(6), points).clipped


def test_a_trajectory_that_is_too_fast_keeps_its_shape_and_takes_longer(robot):
    points = robot.rest + np.outer([0.3, 0.6, 0.9, 1.2], np.linspace(1.0, 0.1, 15))
    passed = robot.ask(np.zeros(6), points)
    assert passed.clipped == ('joint speed',)
    assert np.allclose(passed.points, np.clip(
        points, robot.description.of_commanded('position_min'),
        robot.description.of_commanded('position_max')))
    stretch = passed.times_s / TIMES_S
    assert np.allclose(stretch, stretch[0]) and stretch[0] > 1.0


def test_a_curve_that_is_too_fast_stays_the_same_curve(robot):
    for _ in range(100):
        passed = robot.ask([3.0, 0, 0, 0, 0, 1.0])
    assert passed.twist[[0, 5]] == pytest.approx([0.6, 0.2])


def test_an_axis_that_can_not_move_does_not_hold_the_others_back(g1):
    robot = Robot(replace(g1, base_velocity_min=(0.0, 0.0, -0.8), base_velocity_max=(
        0.6, 0.0, 0.8)))
    for _ in range(40):
        passed = robot.ask([0.4, 0.4, 0, 0, 0, 0])
    assert passed.twist == pytest.approx([0.4, 0, 0, 0, 0, 0])
    for _ in range(40):
        assert robot.ask([-0.4, 0, 0, 0, 0, 0]).twist[0] >= 0


def test_a_wish_for_zeros_is_a_stop_and_passes_at_once(robot):
    for _ in range(40):
        robot.ask([0.5, 0, 0, 0, 0, 0.3])
    robot.twist = np.zeros(6)                           # stopping is no acceleration
    assert not robot.ask(np.zeros(6)).twist.any()
    assert robot.ask([0.5, 0, 0, 0, 0, 0]).twist[0] <= 0.05 + 1e-9


def test_stopping_is_at_once_and_starting_again_is_from_rest(robot):
    for _ in range(40):
        robot.ask([0.5, 0, 0, 0, 0, 0])
    robot.guard.stop()
    robot.twist = np.zeros(6)
    assert robot.ask([0.5, 0, 0, 0, 0, 0]).twist[0] <= 0.05 + 1e-9


def test_a_share_of_the_speed_is_a_share(robot):
    for _ in range(60):
        passed = robot.ask([0.6, 0, 0, 0, 0, 0], share=0.5)
    assert passed.twist[0] == pytest.approx(0.3)


def test_arms_that_reach_out_make_the_base_slower(robot):
    out = robot.rest.copy()
    out[1] += 1.2
    for _ in range(60):
        passed = robot.ask([0.6, 0, 0, 0, 0, 0], measured=out)
    assert passed.twist[0] == pytest.approx(0.36)


def test_a_base_alone_needs_no_joints(g1):
    guard = Guard(g1, GuardSettings)
    for tick in range(60):
        passed = guard.pass_on(Wish(np.array([0.6, 0, 0, 0, 0, 0])), 5.0 + tick * PERIOD_S)
    assert passed.twist[0] == pytest.approx(0.6) and passed.points is None


def test_arms_that_do_not_follow_are_fetched_where_they_are(robot):
    points = np.tile(robot.rest, (4, 1))
    robot.ask(np.zeros(6), points)
    blocked = robot.rest - 0.6
    passed = robot.ask(np.zeros(6), points, measured=blocked)
    assert passed.times_s[0] > TIMES_S[0]                   # from there it is a long way
    assert passed.clipped == ('joint speed',)


def test_after_its_end_a_trajectory_is_a_stand(robot):
    robot.ask(np.zeros(6), np.tile(robot.rest + 0.02, (4, 1)))
    robot.now_s += 5.0
    assert robot.ask(np.zeros(6), np.tile(robot.rest + 0.02, (4, 1))).clipped == ()


def test_joints_at_speed_that_are_to_turn_back_at_once_brake(robot):
    away = np.array([0.1, 0.2, 0.3, 0.4])[:, None]
    for _ in range(12):
        robot.ask(np.zeros(6), robot.at(robot.now_s + PERIOD_S)[0] + 2.0 * away * np.ones(15))
    start, speed = robot.at(robot.now_s + PERIOD_S)
    passed = robot.ask(np.zeros(6), start - 2.0 * away)
    assert passed.clipped[-1] == 'joint brake'
    assert ((passed.points[0] - start) * speed > 0).any()   # what moves is not stopped dead
    steps = np.abs(np.diff(passed.points, axis=0)).max(axis=1)
    assert (np.diff(steps) < 0).all() or steps[-1] == 0.0


def _followed(g1, wished, seconds, period_s=0.02):
    """Return where a joint was to be and where it was sent, (T, 2), by a guard that began late."""
    guard, rest = Guard(g1, GuardSettings), g1.of_commanded('neutral_position')
    robot, way = RobotInterface(g1, 1.0), []
    for now_s in np.arange(0.0, seconds, period_s):
        points = np.tile(rest, (4, 1))
        points[:, 3] += wished(now_s + TIMES_S)
        passed = guard.pass_on(
            Wish(np.zeros(6), points, TIMES_S, robot.targets_at(now_s)), now_s)
        robot.put_trajectory(Trajectory(g1.commanded_joints, passed.points, passed.times_s), now_s)
        way.append((wished(now_s), robot.targets_at(now_s)[3] - rest[3]))
    return np.array(way)


def test_who_goes_on_is_caught_up_with_as_fast_as_the_joint_may(g1):
    way = _followed(g1, lambda now_s: 2.5 * now_s - 1.2, 0.9)
    behind = np.abs(way[:, 0] - way[:, 1])
    assert behind.max() < 1.3 and behind[-1] < 0.05 < behind[10]


@pytest.mark.parametrize(('reach_rad', 'hz'), [(0.6, 0.6), (0.7, 0.5), (0.4, 0.8)])
def test_a_swing_within_the_limits_that_begins_with_a_jump_is_soon_followed(g1, reach_rad, hz):
    way = _followed(g1, lambda now_s: reach_rad * np.cos(2 * np.pi * hz * now_s) - 0.5, 6.0)
    behind = np.abs(way[:, 0] - way[:, 1])
    assert behind[0] > 0.05 and np.percentile(behind[100:], 95) < 0.08


def _expert_chunks(g1, count):
    """Yield chunks as an expert's control loop gives them, ten a second."""
    rng, rest = np.random.default_rng(1), g1.of_commanded('neutral_position')
    target, none = np.array([[3.0, 0.4]]), np.full((1, 1, 3), np.nan)
    for _ in range(count):
        base = goto_chunk(Targets(target, np.array([0.2]), np.array([True]), none), np.zeros(1))
        arms = arm_chunk(rest[None] + rng.normal(0, 0.01, (1, 15)), rest)
        yield base[0], arms[0]
        x, _, turn = base[0, 0] * 0.1
        cos, sin = np.cos(turn), np.sin(turn)
        px, py = target[0, 0] - x, target[0, 1]
        target = np.array([[cos * px + sin * py, cos * py - sin * px]])


def test_clean_chunks_of_an_expert_are_hardly_ever_touched(g1):
    guard, now_s, touched, count = Guard(g1, GuardSettings), 20.0, 0, 0
    rest = g1.of_commanded('neutral_position')
    for base, arms in _expert_chunks(g1, 300):
        for half in range(2):
            now_s += PERIOD_S
            at = half * 0.5 + np.concatenate([[0], TIMES_S / STEP_S])
            rows = np.arange(HORIZON)
            twist = np.zeros(6)
            twist[[0, 1, 5]] = [np.interp(at[0], rows, c) for c in base.T]
            points = np.stack([np.interp(at[1:], rows, c) for c in arms.T], axis=1)
            passed = guard.pass_on(Wish(twist, points, TIMES_S, rest), now_s)
            count += 1
            touched += bool([c for c in passed.clipped if c != 'base acceleration'])
    assert touched / count < 0.01


def test_fifty_steps_of_29_joints_take_less_than_a_millisecond(g1):
    whole = replace(g1, commanded_joints=g1.joint_names)
    guard, rest = Guard(whole, GuardSettings), np.array(g1.neutral_position)
    times_s = np.linspace(0.02, 1.0, 50)
    wish = Wish(np.zeros(6), np.tile(rest, (50, 1)), times_s, rest)
    took_s = []
    for tick in range(200):
        start_s = time.perf_counter()
        guard.pass_on(wish, 20.0 + 0.05 * tick)
        took_s.append(time.perf_counter() - start_s)
    print(f'median {1e3 * np.median(took_s):.3f} ms')
    assert np.median(took_s) < 1e-3
