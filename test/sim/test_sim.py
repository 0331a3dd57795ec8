"""The simulator: scenes by seed, judges by their laws, robots that time out."""
from dataclasses import asdict
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.goals import Direction, GoTo, Move, Stop, Visit
from vla_ros.core.values import Trajectory
from vla_ros.language.vocabulary import HELD_OUT_PAIRS
from vla_ros.sim.assets import are_installed
from vla_ros.sim.experts.chunks import goto_chunk, move_chunk, Targets
from vla_ros.sim.experts.motion import approach
from vla_ros.sim.robot_interface import RobotInterface
from vla_ros.sim.scene import Scene, scene_from_dict, Solid
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.going import bearing
from vla_ros.sim.tasks.judge import Judge
from vla_ros.sim.tasks.suites import episode, Suite
from vla_ros.sim.worlds import make_world, scene_of

SCENE = Scene((Solid('cube', 'red', (1, 0, 0), (2.0, 0.0), 0.2),
               Solid('ball', 'blue', (0, 0, 1), (0.0, 2.0), 0.2)))
STILL = np.zeros(3)


@pytest.mark.parametrize('suite', Suite)
def test_a_seed_and_a_number_are_an_episode(suite):
    assert episode(suite, 3, 5) == episode(suite, 3, 5)
    assert episode(suite, 3, 5).scene != episode(suite, 4, 5).scene


def test_training_pairs_and_held_out_pairs_never_meet():
    for index in range(60):
        kinds = {(s.colour, s.shape) for s in episode(Suite.GOTO, 0, index).scene.solids}
        assert not kinds & HELD_OUT_PAIRS
        goal = episode(Suite.PAIRS, 0, index).goal
        assert (goal.colour, goal.shape) in HELD_OUT_PAIRS


def test_swapped_episodes_share_a_scene_and_not_a_goal():
    for index in range(0, 40, 2):
        first, second = (episode(Suite.SWAPPED, 0, index + i) for i in (0, 1))
        assert first.scene == second.scene and first.goal != second.goal


def test_what_is_absent_is_not_there():
    for index in range(40):
        task = episode(Suite.ABSENT, 0, index)
        assert not task.scene.has(task.goal.shape, task.goal.colour)


def test_what_needs_memory_is_not_decided_by_the_view():
    away, twin, back = (episode(Suite.MEMORY, 0, i) for i in range(3))
    for task in (away, twin):
        first = task.scene.solids[0]
        assert abs(bearing(first, task.scene.start)) < 0.5
        turned = task.shove.duration_s * task.shove.turn_rad_s
        after = np.add(task.scene.start, (0, 0, turned))
        assert abs(bearing(first, after)) > 1.2                 # it is out of view then
    assert len(twin.scene.find_all(twin.goal.shape, twin.goal.colour)) == 2 and twin.goal.is_first
    assert abs(bearing(twin.scene.solids[1], after)) < 0.1      # and the other is in view
    assert isinstance(back.goal, Visit) and back.shove is None


def test_there_and_back_is_both():
    there, back = (1.3, 0, 0), (0.2, 0, 3.0)
    assert _judged(Visit('cube', 'red'), [(0, 0, 0), there, back])
    assert not _judged(Visit('cube', 'red'), [(0, 0, 0), there])
    assert not _judged(Visit('cube', 'red'), [(0, 0, 0), (0.5, 0, 0), back])


def test_of_two_alike_the_one_seen_first_counts():
    twins = Scene((*SCENE.solids, Solid('cube', 'red', (1, 0, 0), (0.0, 2.0), 0.2)))
    for pose, verdict in (((1.3, 0, 0), True), ((0, 1.3, np.pi / 2), False)):
        judge = Judge(GoTo('cube', 'red', is_first=True), twins, np.zeros(3))
        assert any(judge.update(Body(np.array(pose), STILL), 0.1 * i)
                   for i in range(20)) is verdict


def test_an_instruction_of_ones_own_is_judged_or_refused():
    assert episode(Suite.GOTO, 0, 1, 'go to the blue ball').scene.has('ball', 'blue')
    with pytest.raises(ConfigurationError, match="can't be judged"):
        episode(Suite.GOTO, 0, 1, 'make me a coffee')


def test_a_scene_survives_json():
    scene = scene_of(('red cube', 'blue ball'), 7)
    assert scene_from_dict(json.loads(json.dumps(asdict(scene)))) == scene
    with pytest.raises(ConfigurationError, match='mauve'):
        scene_of(('mauve cube',), 7)


def _judged(goal, way, seconds=2.0, velocity=STILL):
    """Return the verdict after standing at the end of a way for a while."""
    judge, now_s = Judge(goal, SCENE, np.array(way[0], float)), 0.0
    for pose in way:
        judge.update(Body(np.array(pose, float), np.full(3, 0.5)), now_s)
        now_s += 0.1
    verdicts = [judge.update(Body(np.array(way[-1], float), velocity), now_s + 0.1 * i)
                for i in range(round(seconds * 10))]
    return verdicts[-1]


def test_standing_before_the_thing_counts_and_near_another_does_not():
    assert _judged(GoTo('cube', 'red'), [(0, 0, 0), (1.3, 0, 0)])
    assert not _judged(GoTo('cube', 'red'), [(0, 0, 0), (0, 1.4, 1.57)])
    assert not _judged(GoTo('cube', 'red'), [(0, 0, 0), (1.3, 0, np.pi)])
    assert not _judged(GoTo('cube', 'red'), [(0, 0, 0), (1.3, 0, 0)],
                       velocity=np.array([0.3, 0, 0]))


def test_a_turn_is_counted_through_the_half_turn():
    way = [(0, 0, yaw) for yaw in np.linspace(0, 3.5, 20)]
    assert not _judged(Move(Direction.TURN_LEFT, np.pi / 2), way)
    assert _judged(Move(Direction.TURN_LEFT, 3.5), way)
    assert not _judged(Move(Direction.TURN_RIGHT, 2 * np.pi - 3.5), way)


def test_a_movement_has_a_direction_and_an_amount():
    assert _judged(Move(Direction.BACK, 1.0), [(0, 0, 0), (-0.9, 0, 0)])
    assert not _judged(Move(Direction.FORWARD, 1.0), [(0, 0, 0), (-0.9, 0, 0)])
    assert not _judged(Move(Direction.BACK, 2.0), [(0, 0, 0), (-0.9, 0, 0)])
    assert _judged(Stop(), [(0, 0, 0)], seconds=4.0)
    assert not _judged(Stop(), [(0, 0, 0)], seconds=2.0)


def test_an_expert_at_its_goal_stands():
    none = np.full((1, 1, 3), np.nan)
    at_goal = Targets(np.array([[0.62, 0.0]]), np.array([0.2]), np.array([True]), none)
    assert not goto_chunk(at_goal, np.zeros(1)).any()
    assert not move_chunk(np.array([[1.0, 0, 0]]), np.array([[0.99, 0, 0]])).any()


def test_an_expert_turns_towards_what_it_sees_and_around_for_what_it_does_not():
    none = np.full((2, 1, 3), np.nan)
    sides = Targets(np.array([[1.0, 1.5], [1.0, -1.5]]), np.full(2, 0.2), np.array([True] * 2),
                    none)
    turns = goto_chunk(sides, np.zeros(2))[:, 0, 2]
    assert turns[0] > 0 > turns[1]
    unseen = Targets(sides.position, sides.radius_m, np.array([False] * 2), none)
    assert (goto_chunk(unseen, np.zeros(2))[:, 0, 2] > 0).all()
    assert not goto_chunk(unseen, np.full(2, 7.0)).any()


def test_a_silent_cmd_vel_stops_the_base(g1):
    robot = RobotInterface(g1, 0.5)
    robot.put_twist(np.array([0.4, 0, 0, 0, 0, 0.1]), 10.0)
    assert robot.twist_at(10.4) == pytest.approx([0.4, 0, 0.1])
    assert not robot.twist_at(10.6).any()
    with pytest.raises(InvalidValueError):
        robot.put_twist(np.full(6, np.nan), 10.7)


def test_joints_follow_points_in_between_and_by_name(g1):
    ways, rng = [], np.random.default_rng(0)
    rest = g1.of_commanded('neutral_position')
    for order in (np.arange(len(rest)), rng.permutation(len(rest))):
        robot = RobotInterface(g1, 0.5)
        robot.put_trajectory(Trajectory(tuple(g1.commanded_joints[i] for i in order),
                                        np.array([rest + 0.2, rest + 0.4])[:, order],
                                        np.array([0.2, 0.4])), 10.0)
        ways.append([robot.targets_at(10.0 + t) for t in (0.0, 0.1, 0.3, 0.4, 2.0)])
    assert np.allclose(ways[0], ways[1])
    assert np.allclose([w[0] - rest[0] for w in ways[0]], [0, 0.1, 0.3, 0.4, 0.4])
    with pytest.raises(InvalidValueError, match='tail'):
        robot.put_trajectory(Trajectory(('tail',), np.zeros((1, 1)), np.array([0.1])), 10.0)


@pytest.mark.parametrize('kinematic', [True, False])
def test_a_world_follows_a_twist_and_does_not_fall(g1, kinematic):
    if not kinematic and not are_installed():
        pytest.skip('the wheels of the walking G1 are not installed')
    world = make_world(g1, Scene(SCENE.solids[1:]), kinematic, mesh_cell_m=0.02)
    rest = g1.of_commanded('neutral_position')
    for _ in range(100):
        world.step(np.array([0.4, 0, 0]), rest)
    assert world.base_pose[0] == pytest.approx(0.8, abs=0.3)
    assert not world.is_fallen
    for _ in range(75):
        world.step(np.zeros(3), rest + 0.1)
    assert np.abs(world.base_velocity).max() < 0.15
    assert world.joint_positions[g1.commanded_index] == pytest.approx(rest + 0.1, abs=0.04)
    assert world.time_s == pytest.approx(3.5)


def test_the_environment_is_a_gymnasium_environment(g1):
    if not are_installed():
        pytest.skip('the wheels of the walking G1 are not installed')
    from vla_ros.sim.env import G1Env
    env = G1Env(g1, width=64, height=48)
    observation, _ = env.reset(seed=4)
    assert observation['image'].shape == (48, 64, 3) and observation['image'].std() > 5
    first = observation['base_pose']
    action = np.concatenate([[0.3, 0, 0], g1.of_commanded('neutral_position')])
    assert env.action_space.contains(action)
    for _ in range(10):
        observation, reward, terminated, truncated, _ = env.step(action)
    assert np.hypot(*(observation['base_pose'] - first)[:2]) > 0.1
    assert not (terminated or truncated or reward)
    again, _ = env.reset(seed=4)
    assert np.allclose(again['base_pose'], first)
    env.close()


@pytest.mark.parametrize('first', ['vla_ros.nodes.sim_node', 'vla_ros.sim.world',
                                   'vla_ros.sim.env'])
def test_it_renders_without_a_screen_whichever_module_comes_first(first):
    clean = {k: v for k, v in os.environ.items() if k not in ('MUJOCO_GL', 'DISPLAY')}
    code = f'import {first}, mujoco, sys; print(mujoco.GLContext.__module__)'
    made = subprocess.run([sys.executable, '-c', code], env=clean, capture_output=True, text=True)
    assert made.stdout.strip() == 'mujoco.egl', made.stderr


def test_a_thing_that_stands_alone_is_walked_up_to_straight():
    alone, far = np.zeros((1, 0, 3)), np.full((1, 1, 3), np.nan)
    ways = [approach(np.array([[2.0, 0.5]]), np.array([0.5]), others) for others in (alone, far)]
    np.testing.assert_allclose(*ways)
