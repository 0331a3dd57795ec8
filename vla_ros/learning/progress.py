"""Whether the policy's account of its progress is true."""
from collections.abc import Iterator

import numpy as np

from vla_ros.core.geometry import points_in, wrap_angle
from vla_ros.core.goals import GoTo, Move
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.policy import load_policy
from vla_ros.learning.pilots import observed, tick_actions
from vla_ros.sim.env import G1Env
from vla_ros.sim.experts.chunks import Targets, wish_of
from vla_ros.sim.experts.going import goto_progress
from vla_ros.sim.experts.moving import move_progress
from vla_ros.sim.sight import Sight
from vla_ros.sim.tasks.suites import episode, Suite

EPISODES, BINS = 30, 10


def calibration_error(said: np.ndarray, true: np.ndarray, bins: int = BINS) -> float:
    """
    Return the expected calibration error (Naeini et al., 2015), for an account from 0 to 1.

    :param said: (N,) and true (N,), both from 0 to 1.
    """
    index = np.minimum((said * bins).astype(int), bins - 1)
    return float(sum(abs(said[index == i].sum() - true[index == i].sum())
                     for i in range(bins)) / len(said))


def progress_pairs(robot: RobotDescription, policy: str,
                   seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what a policy said of its progress at every tick, (N,), and what was true, (N,)."""
    loaded, pairs = load_policy(policy, robot), []
    for index in range(EPISODES):
        suite = Suite.MOVE if index % 2 else Suite.GOTO
        env = G1Env(robot, suite)
        env.begin(episode(suite, seed, index))
        loaded.reset(env.task.instruction)
        pairs += _pairs_of(env, loaded)
        env.close()
    said, true = np.array(pairs).T
    return said, true


def _pairs_of(env: G1Env, policy) -> Iterator[tuple[float, float]]:
    truth, chunk, over = _Truth(env), None, False
    while not over:
        chunk, previous = policy.infer(observed(env.observe(), env.elapsed_s)), chunk
        if (true := truth.progress()) is not None:
            yield chunk.progress, true
        actions = tick_actions(env.robot, previous or chunk, chunk, env.elapsed_s)
        _, _, terminated, truncated, _ = env.step(actions)
        over = terminated or truncated


class _Truth:
    """How far the goal of an episode really is done, by the rule that labels demonstrations."""

    def __init__(self, env: G1Env):
        self._env, self._sight = env, Sight(env.world)
        self._start = self._last = env.world.base_pose
        self._turned, self._was_seen = 0.0, False

    def progress(self) -> float | None:
        """Return it, 0 to 1; None where there is no rule."""
        pose = self._env.world.base_pose
        self._turned += float(wrap_angle(pose[2] - self._last[2]))
        self._last = pose
        match self._env.task.goal:
            case GoTo() as goto:
                return self._of_goto(goto, pose)
            case Move() as move:
                done = np.array([*points_in(self._start, pose[:2]), self._turned])
                return float(move_progress(wish_of(move)[None], done[None])[0])
            case _:
                return None

    def _of_goto(self, goto: GoTo, pose: np.ndarray) -> float:
        scene = self._env.task.scene
        solid = scene.find(goto.shape, goto.colour)
        self._was_seen |= bool(self._sight.visible()[scene.solids.index(solid)])
        return float(goto_progress(Targets(
            points_in(pose, np.array(solid.position))[None], np.array([solid.size_m]),
            np.array([self._was_seen]), np.zeros((1, 0, 3))))[0])
