"""Arms and waists that nobody recorded are plausible, and leave everything else as it was."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.core.goals import Bow, Gesture, GoTo, InTurn, Posture, Side, Together, Touch
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.learning.imagined_bodies import (
    Bodies,
    imagined,
    led_on,
    reaching,
    recorded,
    waving,
)
from vla_ros.sim.arm_kinematics import arms_of as hands_of
from vla_ros.sim.experts.arms import arms_of, ELBOW, WAVING
from vla_ros.sim.experts.chunks import Targets
from vla_ros.sim.experts.gestures import gesture, WAVE_HZ, WAVE_RAD
from vla_ros.sim.experts.situation import Situation
from vla_ros.sim.experts.waist import bent, BOW_RAD, WAIST

WAVE = Gesture(Posture.WAVE, Side.RIGHT)
COUNT = 2000


def _at_rest(robot):
    positions = np.tile(np.array(robot.neutral_position, np.float32), (COUNT, 1))
    previous = np.ones((COUNT, robot.action_size), np.float32)
    return Bodies(positions, np.zeros_like(positions), previous)


def _changed(robot, goal):
    before = _at_rest(robot)
    after = imagined(robot, before, [goal] * COUNT, np.random.default_rng(0))
    rows = (after.positions != before.positions).any(axis=1)
    return rows, before, after


@pytest.mark.parametrize(('goal', 'share'), [(WAVE, 0.6), (Bow(), 0.6),
                                             (GoTo('ball', 'red'), 0.15)])
def test_some_bodies_are_imagined_most_where_they_matter(g1, goal, share):
    rows, _, _ = _changed(g1, goal)
    assert rows.mean() == pytest.approx(share, abs=0.04)


def test_only_commanded_joints_change_and_within_their_limits(g1):
    rows, before, after = _changed(g1, WAVE)
    others = np.delete(np.arange(len(g1.joint_names)), g1.commanded_index)
    assert np.array_equal(after.positions[:, others], before.positions[:, others])
    assert np.array_equal(after.velocities[:, others], before.velocities[:, others])
    axes = len(g1.base_axes)
    assert np.array_equal(after.previous[:, :axes], before.previous[:, :axes])
    for told in (after.positions[:, g1.commanded_index], after.previous[rows, axes:]):
        assert np.all(told >= np.float32(g1.of_commanded('position_min')))
        assert np.all(told <= np.float32(g1.of_commanded('position_max')))


def test_waves_are_met_at_every_phase_and_waists_at_every_bend(g1):
    rows, _, after = _changed(g1, WAVE)
    arm = arms_of(g1, after.positions[rows])[:, 1]
    rate = arms_of(g1, after.velocities[rows])[:, 1, ELBOW]
    is_up = np.abs(arm[:, 1:3] - WAVING[1:3]).max(axis=1) < 0.25
    place = (arm[is_up, ELBOW] - WAVING[ELBOW]) / WAVE_RAD
    for low in (-1.0, -0.5, 0.0, 0.5):
        there = (place > low) & (place < low + 0.5)
        assert np.sum(there & (rate[is_up] > 0.1)) > 5 < np.sum(there & (rate[is_up] < -0.1))
    counts, _ = np.histogram(bent(g1, after.positions[rows]), np.linspace(0, BOW_RAD, 8))
    assert counts.min() > 10


def test_waves_that_are_too_small_are_met_too(g1):
    rows, _, after = _changed(g1, WAVE)
    arm = arms_of(g1, after.positions[rows])[:, 1]
    is_up = np.abs(arm[:, 1:3] - WAVING[1:3]).max(axis=1) < 0.25
    place = (arm[is_up, ELBOW] - WAVING[ELBOW]) / WAVE_RAD
    rate = arms_of(g1, after.velocities[rows])[is_up, 1, ELBOW] / (2 * np.pi * WAVE_HZ * WAVE_RAD)
    assert np.mean(np.hypot(place, rate) < 0.4) > 0.15


def test_it_is_known_which_arms_are_to_wave():
    there, both = GoTo('ball', 'red'), Gesture(Posture.WAVE, Side.BOTH)
    goals = [WAVE, Together(there, both), InTurn(there, Gesture(Posture.WAVE, Side.LEFT)), there,
             Gesture(Posture.RAISE, Side.BOTH), InTurn(there, Gesture(Posture.SPREAD, Side.LEFT))]
    assert waving(goals).tolist() == [[False, True], [True, True], [True, False],
                                      *[[False, False]] * 3]


def test_the_expert_keeps_up_a_wave_that_was_imagined(g1):
    rows, _, after = _changed(g1, WAVE)
    arms, rates = (arms_of(g1, part[rows]) for part in (after.positions, after.velocities))
    swings = (np.abs(arms[:, 1, 1:3] - WAVING[1:3]).max(axis=1) < 0.25) & (
        np.abs(arms[:, 1, ELBOW] - WAVING[ELBOW]) < 0.5 * WAVE_RAD) & (
        np.abs(rates[:, 1, ELBOW]) > 0.5)
    nothing = np.zeros((len(arms), 3))
    answer = gesture(g1, [WAVE] * len(arms), Situation(
        None, nothing, after.positions[rows], after.velocities[rows], nothing))
    elbow = answer.arms[:, :3, g1.commanded_joints.index('right_elbow_joint')]
    goes = np.sign(elbow[:, 1] - elbow[:, 0])
    assert swings.sum() > 50
    assert np.mean((goes == np.sign(rates[:, 1, ELBOW]))[swings]) > 0.85


def test_bodies_without_such_arms_or_waist_are_taken_as_they_are(g1, frames):
    other = load_robot(robot_file('humanoid_24dof'))
    before = _at_rest(other)
    assert imagined(other, before, [WAVE] * COUNT, np.random.default_rng(0)) is before
    stiff = replace(g1, commanded_joints=tuple(
        name for name in g1.commanded_joints if name != WAIST))
    _, before, after = _changed(stiff, Bow())
    assert np.array_equal(bent(stiff, after.positions), bent(stiff, before.positions))
    own = recorded(frames, np.array([3, 1]))
    assert np.array_equal(own.positions, frames.joint_positions[[3, 1]])
    assert own.previous.shape == (2, g1.action_size)


def test_who_is_led_on_is_nearer_to_where_the_expert_leads_but_not_just_there(g1):
    before = _at_rest(g1)
    rest = g1.of_commanded('neutral_position')
    goal = np.clip(rest + 0.5, g1.of_commanded('position_min'), g1.of_commanded('position_max'))
    way = np.linspace(rest, goal, 11)[1:]
    raised = [Gesture(Posture.RAISE, Side.BOTH)] * COUNT
    after = led_on(g1, before, raised, np.tile(way, (COUNT, 1, 1)), np.random.default_rng(0))
    rows = (after.positions != before.positions).any(axis=1)
    assert rows.mean() == pytest.approx(0.4, abs=0.04)
    moved = after.positions[rows][:, g1.commanded_index]
    share = (moved - rest)[:, 1] / (goal - rest)[1]
    assert np.median(share) == pytest.approx(0.6, abs=0.05) and np.ptp(share) > 0.7
    beside = (moved - (rest + share[:, None] * (goal - rest)))[:, 2]
    assert 0.08 < np.std(beside) < 0.3, 'where an arm is must not say where its goal is'
    speeds = after.velocities[rows][:, g1.commanded_index]
    assert speeds == pytest.approx(np.tile((way[1] - way[0]) / 0.1, (len(moved), 1)), abs=1e-4)


def test_who_waves_is_not_led_on_to_where_no_late_arm_gets(g1):
    before = _at_rest(g1)
    way = np.ones((COUNT, 10, len(g1.commanded_joints)))
    assert led_on(g1, before, [WAVE] * COUNT, way,
                  np.random.default_rng(0)).positions == pytest.approx(before.positions)


def test_a_batch_in_which_nobody_is_imagined_stays_as_it_is(g1):
    one = Bodies(*(part[:1] for part in (_at_rest(g1).positions, _at_rest(g1).velocities,
                                         _at_rest(g1).previous)))
    for seed in range(20):
        after = imagined(g1, one, [GoTo('ball', 'red')], np.random.default_rng(seed))
        assert np.isfinite(after.positions).all()
        assert np.isfinite(led_on(
            g1, one, [GoTo('ball', 'red')], np.zeros((1, 3, len(g1.commanded_joints))),
            np.random.default_rng(seed)).positions).all()


def _things(ahead_m):
    position = np.tile([ahead_m, -0.1], (COUNT, 1))
    return Targets(position, np.full(COUNT, 0.12), np.ones(COUNT, bool),
                   np.full((COUNT, 1, 3), np.nan), np.full(COUNT, 0.92))


def test_before_a_thing_hands_rest_anywhere_between_where_they_wait_and_it(g1):
    before = _at_rest(g1)
    goals = [Touch('ball', 'red', Side.RIGHT)] * COUNT
    after = reaching(g1, before, goals, _things(0.45), np.random.default_rng(0))
    rows = (after.positions != before.positions).any(axis=1)
    assert rows.mean() == pytest.approx(0.6, abs=0.04)
    reached_m = hands_of(g1)[Side.RIGHT].hand(after.positions[rows])[:, 0]
    assert np.quantile(reached_m, 0.1) < 0.23 and np.quantile(reached_m, 0.9) > 0.32
    assert not (arms_of(g1, after.positions) - arms_of(g1, before.positions))[:, 0].any()


@pytest.mark.parametrize('goal, ahead_m', [(Touch('ball', 'red'), 2.0), (GoTo('ball'), 0.45)])
def test_who_is_far_or_touches_nothing_holds_no_hand_out(g1, goal, ahead_m):
    before = _at_rest(g1)
    after = reaching(g1, before, [goal] * COUNT, _things(ahead_m), np.random.default_rng(0))
    assert after is before
