"""Touching, pushing and following: solids that stand high or move, judges, laws of the experts."""
from dataclasses import asdict, replace
import json

import numpy as np
import pytest

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.goals import Follow, GoTo, Push, Side, Touch
from vla_ros.language.grammar import parse
from vla_ros.sim.arm_kinematics import arms_of, PELVIS_HEIGHT_M
from vla_ros.sim.assets import are_installed
from vla_ros.sim.course import Course
from vla_ros.sim.experts.chunks import Targets
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.situation import Situation
from vla_ros.sim.experts.touching import HIGHEST_M, LOWEST_M
from vla_ros.sim.scene import Scene, scene_from_dict, Solid
from vla_ros.sim.solids import height_of
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.judge import Judge
from vla_ros.sim.tasks.suites import episode, Suite

SCENE = Scene((Solid('cube', 'red', (1, 0, 0), (1.0, 0.0), 0.12, stand_m=0.8),
               Solid('ball', 'blue', (0, 0, 1), (0.0, 2.0), 0.12, stand_m=0.8)))
PLACES = np.array([s.position for s in SCENE.solids])
CONTACT_SUITES = (Suite.TOUCH, Suite.PUSH, Suite.FOLLOW)
needs_g1 = pytest.mark.skipif(not are_installed(),
                              reason='the wheels of the walking G1 are not installed')


def _judged(goal, bodies, period_s=0.1):
    judge = Judge(goal, SCENE, np.zeros(3))
    return [judge.update(body, period_s * i) for i, body in enumerate(bodies)][-1]


def _standing(**facts):
    return Body(**{'pose': np.zeros(3), 'velocity': np.zeros(3), 'solids': PLACES, **facts})


@pytest.mark.parametrize('suite', CONTACT_SUITES)
def test_a_sentence_says_what_is_judged(suite):
    for index in range(20):
        task = episode(suite, 7, index)
        assert parse(task.instruction) == task.goal
        assert len(task.scene.find_all(task.goal.shape, task.goal.colour)) == 1


def test_what_is_to_be_touched_is_as_high_as_hands_reach():
    for index in range(30):
        for solid in episode(Suite.TOUCH, 0, index).scene.solids:
            assert LOWEST_M < height_of(solid) < HIGHEST_M


def test_only_what_is_to_be_followed_moves_and_it_keeps_away_from_the_others():
    for index in range(10):
        first, *others = episode(Suite.FOLLOW, 0, index).scene.solids
        assert first.course.at(0.0) == pytest.approx(first.position)
        assert all(s.course is None for s in others)
        way = np.array([first.course.at(w) for w in np.arange(0, first.course.length_m, 0.1)])
        assert np.abs(way).max() < 3.31
        for other in others:
            assert np.hypot(*(way - other.position).T).min() > 0.9


def test_a_course_is_closed_and_steady():
    course = Course(((0.0, 0.0), (2.0, 0.0), (2.0, 1.0)), 0.2)
    steps = np.array([course.at(0.01 * i) for i in range(round(100 * course.length_m))])
    assert np.hypot(*np.diff(steps, axis=0).T) == pytest.approx(0.01, rel=0.31)
    assert course.at(course.length_m) == pytest.approx(course.at(0.0), abs=1e-9)
    assert course.at(-0.1) == pytest.approx(course.at(course.length_m - 0.1))
    for points, speed in ((((0.0, 0.0),), 0.1), (((0.0, 0.0), (1.0, 0.0)), 0.5)):
        with pytest.raises(InvalidValueError, match='expected'):
            Course(points, speed)


@pytest.mark.parametrize('suite', CONTACT_SUITES)
def test_a_scene_of_every_suite_survives_json(suite):
    scene = episode(suite, 3, 1).scene
    assert scene_from_dict(json.loads(json.dumps(asdict(scene)))) == scene


def test_the_named_hand_alone_has_to_touch_the_named_thing_alone():
    right, wrist = ('right_hand_collision', 0), ('right_wrist_collision', 0)
    for goal, touches, met, verdict in (
            (Touch('cube', 'red'), {right}, (), True),
            (Touch('cube', 'red', Side.RIGHT), {right, wrist}, (), True),
            (Touch('cube', 'red', Side.RIGHT), {wrist}, (), False),
            (Touch('cube', 'red', Side.LEFT), {right}, (), False),
            (Touch('cube', 'red'), {right, ('left_hand_collision', 0)}, (), False),
            (Touch('cube', 'red'), {right, ('left_shin_collision', 0)}, (), False),
            (Touch('cube', 'red'), {right, ('right_hand_collision', 1)}, (), False),
            (Touch('cube', 'red'), {right}, ('stand_0',), False),
            (Touch('cube', 'red'), set(), (), False)):
        body = _standing(touches=frozenset(touches), met=frozenset(met))
        assert _judged(goal, [body] * 12) is verdict, (goal, touches, met)


def test_what_is_pushed_moves_and_the_others_do_not():
    for first, second, verdict in ((0.35, 0.05, True), (0.25, 0.0, False), (0.35, 0.15, False),
                                   (0.0, 0.35, False)):
        moved = np.add(PLACES, [(first, 0.0), (0.0, second)])
        assert _judged(Push('cube', 'red'), [_standing(solids=moved)] * 12) is verdict


def test_following_is_staying_near_while_it_goes_on():
    away = PLACES + np.linspace(0, 2.0, 101)[:, None, None] * [[1.0, 0.0], [0.0, 0.0]]
    behind = [_standing(pose=np.array([x - 0.6, 0.0, 0.0]), solids=s)
              for s in away for x in (s[0, 0],)]
    assert _judged(Follow('cube', 'red'), behind)
    assert not _judged(Follow('cube', 'red'), behind[:70])                  # not long enough
    assert not _judged(Follow('cube', 'red'), [_standing(solids=s) for s in away])      # stayed
    assert not _judged(Follow('cube', 'red'), [                             # nothing moved
        _standing(pose=np.array([0.4, 0.0, 0.0]))] * 120)
    turned = [replace(body, pose=np.add(body.pose, (0, 0, np.pi))) if i == 50 else body
              for i, body in enumerate(behind)]
    assert not _judged(Follow('cube', 'red'), turned)                       # looked away


def _situation(g1, position, joints=None, **facts):
    none = np.full((1, 1, 3), np.nan)
    targets = Targets(np.array([position]), np.array([0.12]), np.array([True]), none,
                      np.array([0.92]))
    joints = np.array([g1.neutral_position] if joints is None else [joints])
    return Situation(targets, np.zeros((1, 3)), joints, np.zeros_like(joints), **facts)


def test_who_pushes_goes_on_until_it_is_known_to_be_far_enough(g1):
    goals = [Push('cube', 'red')]
    against = answer_of(g1, goals, _situation(g1, (0.3, 0.0)))
    assert (against.base[0, :, 0] > 0.2).all() and against.progress[0] < 1
    done = answer_of(g1, goals, _situation(g1, (0.3, 0.0), displaced_m=np.array([0.45])))
    assert not done.base.any() and done.progress[0] == 1


@needs_g1
@pytest.mark.parametrize('shape, below', [('cube', 0.012), ('ball', 0.012), ('cone', 0.036)])
@pytest.mark.parametrize('sags_m', [0.0, 0.1])
def test_a_hand_is_led_to_the_middles_height_at_once_and_on_by_a_bit(g1, shape, below, sags_m):
    arm, target = arms_of(g1)[Side.RIGHT], np.array([0.40, -0.05])
    rest = np.array([g1.neutral_position])
    hand = np.array([[0.21, -0.03, 0.92 - below - PELVIS_HEIGHT_M - sags_m]])
    joints = rest.copy()
    joints[:, g1.commanded_index[arm.commanded]] = arm.reach(hand, rest)
    answer = answer_of(g1, [Touch(shape, 'red', Side.RIGHT)], _situation(g1, target, joints[0]))
    joints[:, g1.commanded_index] = answer.arms[:, -1]
    led = arm.hand(joints)[0]
    assert led[2] + PELVIS_HEIGHT_M == pytest.approx(0.92 - below, abs=0.01)
    assert 0.005 < np.hypot(*(led - hand[0])[:2]) < 0.04
    assert not answer.base.any()


def test_who_follows_does_as_who_goes_there_and_is_never_done(g1):
    for place in ((2.0, 0.5), (0.54, 0.0), (0.3, 0.0)):
        situation = _situation(g1, place)
        follow = answer_of(g1, [Follow('cube', 'red')], situation)
        assert (follow.base == answer_of(g1, [GoTo('cube', 'red')], situation).base).all()
        assert follow.progress[0] < 1


@needs_g1
def test_a_hand_reaches_points_ahead_and_the_other_hand_their_mirror_images(g1):
    points = np.array([(x, y, z) for x in (0.22, 0.3) for y in (0.0, 0.15) for z in (0.1, 0.2)])
    joints = np.tile(g1.neutral_position, (len(points), 1))
    angles = {}
    for side, arm in arms_of(g1).items():
        wanted = points * ((1, 1, 1) if side is Side.LEFT else (1, -1, 1))
        angles[side] = arm.reach(wanted, joints)
        reached = joints.copy()
        reached[:, g1.commanded_index[arm.commanded]] = angles[side]
        assert np.linalg.norm(arm.hand(reached) - wanted, axis=1).max() < 0.01
    mirror = np.array([1, -1, -1, 1, -1, 1, -1])
    assert angles[Side.LEFT] == pytest.approx(angles[Side.RIGHT] * mirror, abs=0.02)


@needs_g1
def test_a_hand_is_held_out_only_before_the_thing_and_the_other_one_rests(g1):
    rest = g1.of_commanded('neutral_position')
    for place, moves in (((0.6, 0.0), True), ((2.0, 0.0), False), ((0.0, 0.6), False)):
        answer = answer_of(g1, [Touch('cube', 'red', Side.RIGHT)], _situation(g1, place))
        change = np.abs(answer.arms[0, -1] - rest)
        assert bool(change[7:].max() > 0.3) is moves and change[:7].max() < 1e-9
    assert not answer_of(g1, [Touch('cube', 'red')], _situation(g1, (0.41, 0.0))).base.any()


@needs_g1
def test_what_has_weight_is_moved_by_legs_and_what_is_fixed_is_not(g1):
    from vla_ros.sim.world import World
    cubes = [Solid('cube', 'red', (1, 0, 0), (0.7, 0.0), 0.18, mass_kg=m) for m in (0.8, 0.0)]
    rest = g1.of_commanded('neutral_position')
    for cube, moves in zip(cubes, (True, False), strict=True):
        world = World(g1, Scene((cube,)), mesh_cell_m=0.02)
        for _ in range(120):
            world.step(np.array([0.35, 0, 0]), rest)
        moved_m = np.hypot(*np.subtract(world.scene.solids[0].position, cube.position))
        assert bool(moved_m > 0.1) is moves and not world.is_fallen
        assert {solid for _, solid in world.scenery.touches} == {0}


@needs_g1
@pytest.mark.parametrize('suite', CONTACT_SUITES)
def test_an_expert_does_it(g1, suite):
    from vla_ros.learning.evaluate import run_episode
    from vla_ros.sim.env import G1Env
    from vla_ros.sim.experts.policy import Expert
    env = G1Env(g1, suite, width=32, height=24)
    outcome = run_episode(env, lambda env: Expert(env.world), episode(suite, 1, 2))
    env.close()
    assert outcome.is_success and not outcome.is_fallen


def test_a_thing_that_moves_turns_back_before_the_robot(g1):
    from vla_ros.sim.kinematic import KinematicWorld
    mover = Solid('ball', 'red', (1, 0, 0), (1.5, 0.0), 0.15,
                  course=Course(((1.5, 0.0), (-1.5, 0.0)), 0.3))
    world, rest = KinematicWorld(g1, Scene((mover,))), g1.of_commanded('neutral_position')
    places = []
    for _ in range(400):
        world.step(np.zeros(3), rest)
        places.append(world.scene.solids[0].position[0])
    assert 0.4 < min(places) < 0.5 and max(places[200:]) > 1.0
