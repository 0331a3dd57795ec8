"""Who bows is bent by the waist, with arms as they were; everybody else stands up straight."""
import numpy as np
import pytest

from vla_ros.core.goals import (
    Bow,
    Direction,
    Gesture,
    GoTo,
    Move,
    PointAt,
    Posture,
    Push,
    Side,
    Stop,
    Together,
    Touch,
)
from vla_ros.language.grammar import parse
from vla_ros.learning.errands import PushedArms
from vla_ros.learning.goal_sets import training_goals
from vla_ros.sim.assets import are_installed
from vla_ros.sim.experts.arms import arms_as, arms_of, at_rest
from vla_ros.sim.experts.chunks import HORIZON, Targets
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.situation import Situation
from vla_ros.sim.experts.waist import bent, BOW_RAD, SINKS_RAD, waist_column
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.of_goal import condition_of
from vla_ros.sim.tasks.suites import episode, Suite

OTHERS = (Stop(), Move(Direction.FORWARD), GoTo('ball'), Gesture(Posture.RAISE, Side.BOTH),
          Gesture(Posture.WAVE, Side.LEFT), PointAt('ball'), Touch('ball'), Push('ball'),
          Together(Move(Direction.FORWARD), Gesture(Posture.SPREAD, Side.LEFT)))


def _joints(g1, posture=None, bent_rad=0.0):
    joints = np.array(g1.neutral_position)
    joints[g1.commanded_index] = arms_as(g1, posture)
    joints[g1.joint_names.index('waist_pitch_joint')] += bent_rad
    return joints


def _asked(g1, goal, joints):
    targets = Targets(np.array([[2.0, 0.4]]), np.array([0.1]), np.array([True]),
                      np.full((1, 1, 3), np.nan), np.array([0.9]))
    return answer_of(g1, [goal], Situation(
        targets, np.zeros((1, 3)), joints[None], np.zeros((1, len(joints)))))


def _followed(g1, goal, joints, ticks):
    way = [joints.copy()]
    for _ in range(ticks):
        after = way[-1].copy()
        after[g1.commanded_index] = _asked(g1, goal, after).arms[0, 0]
        way.append(after)
    return np.array(way)


@pytest.mark.parametrize('posture', [None, Posture.SPREAD])
def test_a_bow_ends_bent_with_the_arms_as_they_were(g1, posture):
    for start_rad in (-0.1, 0.0, 0.3, 0.44):
        joints = _joints(g1, posture, start_rad)
        way = _followed(g1, Bow(), joints, 20)
        assert bent(g1, way)[-1] == pytest.approx(BOW_RAD)
        assert arms_of(g1, way)[-1] == pytest.approx(arms_of(g1, joints[None])[0])
    answer = _asked(g1, Bow(), way[-1])
    assert answer.progress[0] == 1.0 and not answer.base.any()
    assert _asked(g1, Bow(), _joints(g1)).progress[0] < 0.2


def test_raised_arms_come_down_before_the_waist_bends(g1):
    way = _followed(g1, Bow(), _joints(g1, Posture.RAISE), 50)
    left = np.abs(arms_of(g1, way) - at_rest(g1)).max(axis=(1, 2))
    assert not bent(g1, way)[left > 1.5].any()
    assert left[-1] < 1e-6 and bent(g1, way)[-1] == pytest.approx(BOW_RAD)


@pytest.mark.parametrize('goal', OTHERS, ids=lambda goal: type(goal).__name__)
def test_every_other_law_brings_the_waist_up_from_where_it_is(g1, goal):
    column = waist_column(g1)
    chunk = _asked(g1, goal, _joints(g1, bent_rad=0.4)).arms[0, :, column]
    assert 0.1 < chunk[0] < 0.4 and (np.diff(chunk) <= 0).all()     # a way, not a jump
    assert chunk[-1] == pytest.approx(0.0)
    for sunk_rad in (-0.05, SINKS_RAD):                     # not its doing: it does not follow
        chunk = _asked(g1, goal, _joints(g1, bent_rad=sunk_rad)).arms[0, :, column]
        assert np.abs(chunk).max() < abs(sunk_rad) and chunk[1:] == pytest.approx(
            np.zeros(HORIZON - 1))


def _body(g1, bent_rad, turned_rad=0.0, place=(0, 0, 0)):
    """Return a robot whose arms hang, turned forward by so much, seen from the room."""
    arms = np.zeros((2, 3, 3))
    arms[:, 2] = -0.4 * np.sin(turned_rad), 0.0, -0.4 * np.cos(turned_rad)
    return Body(np.array(place, float), np.zeros(3), arms, bent_rad)


@pytest.mark.parametrize('after, verdict', [
    ({'bent_rad': 0.4, 'turned_rad': 0.4}, True),           # arms have bowed with the torso
    ({'bent_rad': 0.2}, False),
    ({'bent_rad': 0.4, 'turned_rad': -0.5}, False),         # arms have been moved
    ({'bent_rad': 0.4, 'turned_rad': 0.4, 'place': (1, 0, 0)}, False)])
def test_a_bow_is_judged_by_the_waist_and_by_what_was_to_stay(g1, after, verdict):
    judged = condition_of(Bow(), Scene(()), np.zeros(3))
    assert not judged.holds(_body(g1, 0.0), 0.0)
    assert judged.holds(_body(g1, **after), 1.0) is verdict
    assert not condition_of(Bow(), Scene(()), np.zeros(3)).holds(
        Body(np.zeros(3), np.zeros(3)), 0.0)                # nobody saw the arms


def test_bows_come_in_turn_and_are_asked_for_in_words(g1):
    bows = [episode(Suite.GESTURE, 3, index) for index in range(4, 40, 5)]
    assert all(task.goal == Bow() == parse(task.instruction) for task in bows)
    assert {task.arms for task in bows} == {None, Posture.SPREAD}
    assert Bow() in training_goals()


def test_who_is_led_astray_is_bent_at_times_but_never_under_raised_arms(g1):
    column, bends = waist_column(g1), {None: 0, Posture.RAISE: 0}
    for posture in bends:
        pushed, joints = PushedArms(g1, np.random.default_rng(0)), _joints(g1, posture)
        wished = np.tile(joints[g1.commanded_index], (HORIZON, 1))
        for _ in range(400):
            bends[posture] += pushed.lead(wished, joints)[-1, column] > 0.1
    assert bends[None] > 20 and not bends[Posture.RAISE]


@pytest.mark.skipif(not are_installed(), reason='the G1 is not installed')
def test_the_walking_g1_bows_and_comes_up_where_it_stands(g1):
    from vla_ros.sim.world import World
    world, way = World(g1, Scene(()), 0.02), []
    for goal in (Bow(), Stop()):
        for _ in range(20):
            chunk = _asked(g1, goal, world.joint_positions).arms[0]
            for share in np.arange(5) / 5:
                world.step(np.zeros(3), (1 - share) * chunk[0] + share * chunk[1])
            way.append(bent(g1, world.joint_positions[None])[0])
    assert BOW_RAD < way[19] < BOW_RAD + SINKS_RAD and way[19] == pytest.approx(way[16], abs=0.02)
    assert abs(way[-1]) < 0.03 and np.hypot(*world.base_pose[:2]) < 0.1
    assert not world.is_fallen
