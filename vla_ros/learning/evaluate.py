"""Closed-loop evaluation: a policy, a suite, a count of successes and its interval."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.sim.env import G1Env, TICK_S
from vla_ros.sim.tasks.judge import surface_distance
from vla_ros.sim.tasks.suites import Episode, Suite
from vla_ros.sim.walker import PERIOD_S

INFERENCE_DELAY_S = 0.06
"""A chunk takes effect this long after its image, as it does on a robot."""
ABSENT_APPROACH_M = 0.5
"""How much nearer to any solid a robot may come when told to go to an absent one."""


@dataclass(frozen=True)
class Outcome:
    """How one episode ended."""

    suite: str
    index: int
    instruction: str
    is_success: bool
    is_fallen: bool
    seconds: float
    walked_m: float
    approached_m: float
    """How much nearer than at the start it ever came to any solid [m]."""


PolicyMaker = Callable[[G1Env], Policy]


def run_episode(env: G1Env, make_policy: PolicyMaker, task: Episode) -> Outcome:
    """Run one episode to its end."""
    observation, info = env.reset(options={'episode': task})
    policy = make_policy(env)
    policy.reset(task.instruction)
    start = np.array([surface_distance(s, env.world.base_pose) for s in task.scene.solids])
    nearest, chunk, over = start, None, False
    while not over:
        chunk, previous = policy.infer(_observed(observation, env.elapsed_s)), chunk
        actions = tick_actions(env.robot, previous or chunk, chunk, env.elapsed_s)
        observation, _, terminated, truncated, info = env.step(actions)
        gaps = [surface_distance(s, env.world.base_pose) for s in task.scene.solids]
        nearest = np.minimum(nearest, gaps)
        over = terminated or truncated
    approached = float((start - nearest).max())
    success = (approached <= ABSENT_APPROACH_M and not info['is_fallen']
               if task.suite is Suite.ABSENT else info['is_success'])
    return Outcome(task.suite.value, task.index, task.instruction, bool(success),
                   info['is_fallen'], info['elapsed_s'], info['walked_m'], approached)


def tick_actions(robot: RobotDescription, previous: ActionChunk, newest: ActionChunk,
                 now_s: float) -> np.ndarray:
    """Return the actions (n, A) of one tick: the old chunk until the new one is computed."""
    rows = []
    for index in range(round(TICK_S / PERIOD_S)):
        at_s = now_s + index * PERIOD_S
        chunk = newest if index * PERIOD_S >= INFERENCE_DELAY_S else previous
        rows.append(_row_at(robot, chunk, at_s))
    return np.array(rows)


def wilson(successes: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a rate (Wilson, 1927)."""
    if count == 0:
        return 0.0, 1.0
    rate = successes / count
    middle = (rate + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(
        rate * (1 - rate) / count + z * z / (4 * count * count))
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))


def summary(outcomes: Iterable[Outcome]) -> dict:
    """Return episodes, successes, rate, interval, falls and mean time of some outcomes."""
    outcomes = list(outcomes)
    successes = sum(o.is_success for o in outcomes)
    done = [o.seconds for o in outcomes if o.is_success]
    return {'episodes': len(outcomes), 'successes': successes,
            'rate': successes / max(1, len(outcomes)),
            'wilson_95': wilson(successes, len(outcomes)),
            'falls': sum(o.is_fallen for o in outcomes),
            'mean_time_s': float(np.mean(done)) if done else None}


def _row_at(robot: RobotDescription, chunk: ActionChunk, at_s: float) -> np.ndarray:
    """Return the action (A,) that a chunk wishes at an instant; its ends are held."""
    position = np.clip((at_s - chunk.origin_s) / chunk.step_s, 0, len(chunk.base_twist) - 1)
    low = int(position)
    high, share = min(low + 1, len(chunk.base_twist) - 1), position - low
    rows = np.hstack([chunk.base_twist[:, robot.base_index], chunk.joint_targets])
    return (1 - share) * rows[low] + share * rows[high]


def _observed(values: dict, now_s: float) -> Observation:
    return Observation(now_s, values['image'], values['joint_positions'],
                       values['joint_velocities'], values['instruction'],
                       values['base_pose'], values['base_velocity'])
