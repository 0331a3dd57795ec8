"""What arms do: laws that end where they should, and conditions that tell postures apart."""
from itertools import permutations

import mujoco
import numpy as np
import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Gesture, GoTo, InTurn, PointAt, Posture, Side
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.sim.assets import are_installed, g1_model_file
from vla_ros.sim.experts.arms import (
    arm_columns,
    arms_as,
    arms_of,
    at_rest,
    ELBOW,
    RAISED,
    SPREAD,
    WAVING,
)
from vla_ros.sim.experts.chunks import ARM_SPEED_RAD_S, STEP_S, Targets
from vla_ros.sim.experts.gestures import WAVE_RAD
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.situation import Situation
from vla_ros.sim.scene import Scene, Solid
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.of_goal import condition_of

BALL = Scene((Solid('ball', 'red', (1, 0, 0), (2.0, 0.8), 0.2),))
needs_g1 = pytest.mark.skipif(not are_installed(), reason='the G1 is not installed')


def _at(g1, x, y, is_visible=True, joints=None, rates=None):
    """Return the situation of one robot that is asked about a thing at (x, y)."""
    joints = np.array(g1.neutral_position) if joints is None else joints
    targets = Targets(np.array([[x, y]]), np.array([0.2]), np.array([is_visible]),
                      np.full((1, 1, 3), np.nan))
    rates = np.zeros(len(joints)) if rates is None else rates
    return Situation(targets, np.zeros((1, 3)), joints[None], rates[None])


def _followed(g1, goal, joints, ticks=60, x=2.0, y=0.8):
    """Return all joints (ticks, J) of a robot whose arms follow the expert at once."""
    way, rates = [joints.copy()], np.zeros(len(joints))
    for _ in range(ticks):
        answer = answer_of(g1, [goal], _at(g1, x, y, joints=way[-1], rates=rates))
        after = way[-1].copy()
        after[g1.commanded_index] = answer.arms[0, 0]
        rates = (after - way[-1]) / STEP_S
        way.append(after)
    return np.array(way)


def _random_joints(g1, rng):
    joints = np.array(g1.neutral_position)
    joints[g1.commanded_index] += rng.uniform(-0.8, 0.8, len(g1.commanded_joints))
    return joints


@pytest.mark.parametrize('posture, form', [(Posture.RAISE, RAISED), (Posture.SPREAD, SPREAD)])
def test_a_posture_is_taken_up_from_anywhere_at_a_limited_speed(g1, posture, form):
    for seed in range(3):
        joints = _random_joints(g1, np.random.default_rng(seed))
        way = arms_of(g1, _followed(g1, Gesture(posture, Side.BOTH), joints))
        assert way[-1] == pytest.approx(np.array([form, form]), abs=1e-6)
        assert np.abs(np.diff(way, axis=0)).max() <= ARM_SPEED_RAD_S * STEP_S + 1e-9


@pytest.mark.parametrize('side, other', [(Side.LEFT, 1), (Side.RIGHT, 0)])
def test_an_arm_that_is_not_named_keeps_its_posture(g1, side, other):
    raised = np.array(g1.neutral_position)
    raised[g1.commanded_index] = arms_as(g1, Posture.RAISE)
    lowered = arms_of(g1, _followed(g1, Gesture(Posture.LOWER, side), raised))[-1]
    assert lowered[other] == pytest.approx(RAISED, abs=1e-6)
    assert lowered[1 - other] == pytest.approx(at_rest(g1)[0], abs=1e-6)


def test_left_and_right_are_mirror_images(g1):
    joints = np.array(g1.neutral_position)
    for posture in Posture:
        left, right = (arms_of(g1, _followed(g1, Gesture(posture, side), joints, ticks=20))
                       for side in (Side.LEFT, Side.RIGHT))
        assert left[:, 0] == pytest.approx(right[:, 1])


def test_a_wave_goes_on_from_wherever_it_is_disturbed(g1):
    for seed in range(4):
        joints = _random_joints(g1, np.random.default_rng(seed))
        way = _followed(g1, Gesture(Posture.WAVE, Side.LEFT), joints, 120)
        elbow = arms_of(g1, way)[40:, 0, ELBOW]
        assert elbow.max() > WAVING[ELBOW] + 0.7 * WAVE_RAD
        assert elbow.min() < WAVING[ELBOW] - 0.7 * WAVE_RAD
        crossings = np.diff(np.sign(elbow - WAVING[ELBOW])) != 0
        assert 8 <= crossings.sum() <= 28                   # eight seconds, not two waves a second


@pytest.mark.parametrize('period_s', [0.1, 0.02])
@pytest.mark.parametrize('late_s', [0.0, 0.1])
def test_a_small_wave_grows_wide_however_late_arms_act(g1, late_s, period_s):
    joints = np.array(g1.neutral_position)
    joints[g1.commanded_index] = arms_as(g1, Posture.WAVE)
    column, speed, step_s = arm_columns(g1)[0][ELBOW], 0.0, 0.002
    at, late = g1.commanded_index[column], round(late_s / period_s)
    sent, way = [joints[at]] * (late + 1), [joints[at]] * 3
    for _ in range(round(12 / period_s)):
        rates = np.zeros(len(joints))
        rates[at] = (way[-1] - way[-3]) / (2 * period_s)    # as policies are told it
        joints[at] = place = way[-1]
        answer = answer_of(g1, [Gesture(Posture.WAVE, Side.LEFT)],
                           _at(g1, 2.0, 0.8, joints=joints, rates=rates))
        first, second = answer.arms[0, :2, column]
        sent.append(first + (second - first) * period_s / STEP_S)
        for _ in range(round(period_s / step_s)):           # a joint with mass, 0.1 s behind
            speed += step_s * (20.0**2 * (sent[-1 - late] - place) - 2 * 20.0 * speed)
            place += step_s * speed
        way.append(place)
    elbow = np.array(way[round(6 / period_s):])
    assert elbow.max() > WAVING[ELBOW] + 0.7 * WAVE_RAD
    assert elbow.min() < WAVING[ELBOW] - 0.7 * WAVE_RAD


def test_a_robot_with_other_arms_says_so():
    with pytest.raises(ConfigurationError, match='two arms of seven joints'):
        arm_columns(load_robot(robot_file('humanoid_24dof')))


def _model():
    model = mujoco.MjModel.from_xml_path(str(g1_model_file()))
    for index in range(model.ngeom):
        if model.geom(index).name.endswith('_collision'):
            model.geom_contype[index] = model.geom_conaffinity[index] = 1
    return model, mujoco.MjData(model)


def _posed(g1, model, data, joints):
    mujoco.mj_resetData(model, data)
    data.qpos[2] = 3.0                                      # well above the floor
    for name, value in zip(g1.joint_names, joints, strict=True):
        data.joint(name).qpos = value
    mujoco.mj_forward(model, data)
    return data


@needs_g1
def test_arms_do_not_touch_the_robot_on_their_way_from_one_posture_to_another(g1):
    model, data = _model()
    for before, after in permutations((Posture.LOWER, Posture.RAISE, Posture.SPREAD,
                                       Posture.WAVE), 2):
        joints = np.array(g1.neutral_position)
        joints[g1.commanded_index] = arms_as(g1, before)
        for row in _followed(g1, Gesture(after, Side.BOTH), joints, ticks=45)[::2]:
            _posed(g1, model, data, row)
            assert not data.ncon, (before, after, row)


@needs_g1
def test_the_nearer_arm_points_at_the_thing_or_the_one_that_is_named(g1):
    model, data = _model()
    for y, side, arm in ((0.8, None, 'left'), (-0.8, None, 'right'), (0.4, Side.RIGHT, 'right')):
        goal = PointAt('ball', 'red', side)
        joints = np.array(g1.neutral_position)
        row = _followed(g1, goal, joints, ticks=40, x=2.0, y=y)[-1]
        _posed(g1, model, data, row)
        shoulder = data.body(f'{arm}_shoulder_roll_link').xpos
        there = np.add(data.qpos[:3], (2.0, y, 0.2 - 0.76))
        one, other = data.site(f'{arm}_palm').xpos - shoulder, there - shoulder
        cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
        assert np.degrees(np.arccos(cosine)) < 1.0


def test_what_is_not_in_view_is_looked_for_with_the_arms_at_rest(g1):
    answer = answer_of(g1, [PointAt('ball')], _at(g1, 2.0, 0.8, is_visible=False))
    assert (answer.base[0, :, 2] > 0).all() and answer.progress[0] == 0
    assert arms_of(g1, _followed(g1, PointAt('ball'), np.array(g1.neutral_position),
                                 x=-2.0))[-1] == pytest.approx(at_rest(g1))
    behind = answer_of(g1, [PointAt('ball')], _at(g1, -1.0, -1.0))
    assert (behind.base[0, 0] == (0, 0, behind.base[0, 0, 2])).all()
    assert behind.base[0, 0, 2] < 0                         # the shorter way round


def test_what_comes_second_waits_for_the_first(g1):
    goal = InTurn(GoTo('ball', 'red'), Gesture(Posture.RAISE, Side.BOTH))
    far, near = (answer_of(g1, [goal], _at(g1, x, 0.0)) for x in (2.0, 0.62))
    rest = g1.of_commanded('neutral_position')
    assert far.arms[0, -1] == pytest.approx(rest) and far.base[0, 0, 0] > 0
    assert np.abs(near.arms[0, -1] - rest).max() > 0.5 and not near.base.any()
    assert far.progress[0] < 0.5 <= near.progress[0] < 1


def _body(left, right=(0.1, 0, -0.3)):
    """Return a robot at the origin whose hands are there, seen from its shoulders."""
    arms = np.zeros((2, 3, 3))
    arms[0, :], arms[1, :] = (0, 0.15, 1.05), (0, -0.15, 1.05)
    arms[0, 2] += left
    arms[1, 2] += right
    return Body(np.zeros(3), np.zeros(3), arms)


def test_a_condition_knows_which_arm_it_is_and_what_it_does():
    up, out, down = (0, 0, 0.4), (0, 0.4, 0), (0.1, 0, -0.3)
    for posture, way in ((Posture.RAISE, up), (Posture.SPREAD, out)):
        left = condition_of(Gesture(posture, Side.LEFT), BALL, np.zeros(3))
        assert not left.holds(_body(down), 0.0)
        assert left.holds(_body(way), 1.0)
        right = condition_of(Gesture(posture, Side.RIGHT), BALL, np.zeros(3))
        right.holds(_body(down), 0.0)
        assert not right.holds(_body(way), 1.0)             # the wrong arm
    both = condition_of(Gesture(Posture.RAISE, Side.LEFT), BALL, np.zeros(3))
    both.holds(_body(down), 0.0)
    assert not both.holds(_body(up, up), 1.0)               # the other one was not asked for


def test_waving_is_going_from_side_to_side_with_the_hand_up():
    for height, verdict in ((0.3, True), (-0.3, False)):
        judged = condition_of(Gesture(Posture.WAVE, Side.LEFT), BALL, np.zeros(3))
        swings = [judged.holds(_body((0, 0.1 + 0.1 * np.sin(0.7 * i), height)), 0.1 * i)
                  for i in range(60)]
        assert swings[-1] is verdict and not swings[3]
    still = condition_of(Gesture(Posture.WAVE, Side.LEFT), BALL, np.zeros(3))
    assert not any(still.holds(_body((0, 0.1, 0.3)), 0.1 * i) for i in range(60))


def test_pointing_past_a_thing_is_not_pointing_at_it():
    there = np.array([2.0, 0.8, 0.2]) - (0, 0.15, 1.05)
    exact = 0.4 * there / np.linalg.norm(there)
    judged = condition_of(PointAt('ball', 'red'), BALL, np.zeros(3))
    assert judged.holds(_body(exact), 0.0)
    assert not judged.holds(_body(np.add(exact, (0, 0.15, 0))), 0.0)
    assert not judged.holds(Body(np.zeros(3), np.zeros(3)), 0.0)    # nobody saw the arms
    other = np.array([2.0, 0.8, 0.2]) - (0, -0.15, 1.05)
    with_right = _body((0.1, 0, -0.3), 0.4 * other / np.linalg.norm(other))
    assert not judged.holds(with_right, 0.0)                # the farther arm
    named = condition_of(PointAt('ball', 'red', Side.RIGHT), BALL, np.zeros(3))
    assert named.holds(with_right, 0.0)
