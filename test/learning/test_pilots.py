"""Whoever is driven live moves as the fusion node and the robot's own controllers move it."""
import numpy as np
import pytest

from vla_ros.learning.evaluate import run_episode
from vla_ros.learning.pilots import Live
from vla_ros.learning.policies import policy_maker
from vla_ros.sim.env import G1Env
from vla_ros.sim.tasks.suites import episode, Suite


@pytest.fixture
def waving(g1):
    """Return an environment whose episode asks for a wave with the right hand, and the expert."""
    env = G1Env(g1, Suite.GESTURE)
    env.begin(episode(Suite.GESTURE, 0, 0, 'wave with your right hand'))
    yield env, policy_maker('expert', g1)(env)
    env.close()


def test_the_expert_waves_live(g1, waving):
    env, _ = waving
    outcome = run_episode(env, policy_maker('expert', g1), env.task, is_live=True)
    assert outcome.is_success and outcome.seconds < 8


def test_joints_follow_a_trajectory_point_by_point(g1, waving):
    """What is 0.1 s ahead is not what they are sent to now."""
    env, policy = waving
    pilot, sent, ahead = Live(env, policy), [], []
    advance, tick = env.advance, pilot.controller.tick
    env.advance = lambda action: (sent.append(action[len(g1.base_axes):]), advance(action))[1]

    def noted(now_s):
        command = tick(now_s)
        ahead.append(command.joint_positions[0])
        return command
    pilot.controller.tick = noted
    for _ in range(10):
        pilot.tick()
    sent, ahead = np.array(sent), np.array(ahead)
    arm = g1.commanded_joints.index('right_shoulder_roll_joint')
    rising = np.flatnonzero(np.abs(np.diff(ahead[:, arm])) > 0.01)
    assert len(rising) > 10
    assert (np.abs(sent[1:] - sent[:-1]).max() < 0.1)
    assert (np.abs(sent - ahead)[rising, arm] > 0.02).mean() > 0.8
