"""Closed-loop evaluation: a policy, a suite, a count of successes and its interval."""
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
import multiprocessing

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.cache import CachedVision, Reuse
from vla_ros.inference.policy import load_policy
from vla_ros.learning.pilots import Live, Stepwise
from vla_ros.sim.env import G1Env
from vla_ros.sim.experts.policy import Expert
from vla_ros.sim.tasks.judge import surface_distance
from vla_ros.sim.tasks.suites import Episode, episode, Suite

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


@dataclass(frozen=True)
class Plan:
    """What to evaluate; small enough to be handed to other processes."""

    robot: RobotDescription
    suite: Suite
    seed: int
    policy: str
    """'expert', or a checkpoint."""
    instruction: str | None = None
    """Said in every episode instead of the suite's sentences."""
    slip: float = 0.0
    """Part of its commanded velocity that the base loses."""
    has_feedback: bool = True
    """Whether the policy is told how the base really moved."""
    has_memory: bool = True
    """Whether the policy may remember anything from one decision to the next."""
    runtime: str = 'fp32'
    """How the model is computed: one of `inference.runtime.NAMES`."""
    reuse_distance: float = 0.0
    """How different images may be of which one's features serve for the other; see `Reuse`."""
    is_live: bool = False
    """Whether the robot is driven as the fusion node does it: see `Live`."""


PolicyMaker = Callable[[G1Env], Policy]


def parse_suite(name: str) -> Suite:
    """
    Return the suite of a name.

    :raises ConfigurationError: if there is none; the message lists them.
    """
    try:
        return Suite(name)
    except ValueError as error:
        raise ConfigurationError(
            f'suite {name!r}: expected one of {[s.value for s in Suite]}, or long') from error


def evaluate(plan: Plan, episodes: int, jobs: int = 1) -> Iterator['Outcome']:
    """Run the episodes of a plan in several processes; outcomes come in order."""
    if plan.policy != 'expert':
        _learned(plan)                                  # a wrong name fails here, and at once
    context = multiprocessing.get_context('spawn')
    with ProcessPoolExecutor(jobs, context, _prepare, (plan,)) as pool:
        yield from pool.map(_run_one, range(episodes))


def report_of(suite: Suite, outcomes: list['Outcome']) -> dict:
    """Return the figures of a suite: over all, per instruction, and for pairs of episodes."""
    said = {o.instruction for o in outcomes}
    report = {'suite': suite.value, **summary(outcomes), 'per_instruction': {
        text: summary(o for o in outcomes if o.instruction == text) for text in sorted(said)}}
    if suite is Suite.SWAPPED:
        pairs = list(zip(outcomes[::2], outcomes[1::2]))
        both = sum(a.is_success and b.is_success for a, b in pairs)
        report['both'] = {'episodes': len(pairs), 'successes': both,
                          'rate': both / max(1, len(pairs)),
                          'wilson_95': wilson(both, len(pairs)),
                          'falls': sum(o.is_fallen for o in outcomes), 'mean_time_s': None}
    return report


class _Worker:
    """What a process keeps from one episode to the next."""

    def __init__(self, plan: Plan):
        self.plan, self.env = plan, G1Env(plan.robot, plan.suite, slip=plan.slip)
        self._learned = None if plan.policy == 'expert' else _learned(plan)

    def policy(self, env: G1Env) -> Policy:
        """Return the plan's policy for an environment."""
        return self._learned or Expert(env.world)


def _learned(plan: Plan) -> Policy:
    """Return the policy of a plan's checkpoint, as it is to be computed."""
    policy = load_policy(plan.policy, plan.robot, has_memory=plan.has_memory,
                         runtime=plan.runtime)
    reuse = Reuse(plan.reuse_distance)
    return CachedVision(policy, reuse) if reuse.distance else policy


_worker: _Worker | None = None


def _prepare(plan: Plan) -> None:
    global _worker
    _worker = _Worker(plan)


def _run_one(index: int) -> 'Outcome':
    plan = _worker.plan
    task = episode(plan.suite, plan.seed, index, plan.instruction)
    return run_episode(_worker.env, _worker.policy, task, plan.has_feedback,
                       plan.is_live)


def run_episode(env: G1Env, make_policy: PolicyMaker, task: Episode,
                has_feedback: bool = True, is_live: bool = False) -> Outcome:
    """Run one episode to its end; `is_live`: as on a robot, see `Live`."""
    env.begin(task)
    policy = make_policy(env)
    pilot = Live(env, policy) if is_live else Stepwise(env, policy, has_feedback)
    start = np.array([surface_distance(s, env.world.base_pose) for s in task.scene.solids])
    nearest, over = start, False
    while not over:
        pilot.tick()
        terminated, truncated, info = env.judged()
        gaps = [surface_distance(s, env.world.base_pose) for s in task.scene.solids]
        nearest = np.minimum(nearest, gaps)
        over = terminated or truncated
    approached = float((start - nearest).max())
    success = (approached <= ABSENT_APPROACH_M and not info['is_fallen']
               if task.suite is Suite.ABSENT else info['is_success'])
    return Outcome(task.suite.value, task.index, task.instruction, bool(success),
                   info['is_fallen'], info['elapsed_s'], info['walked_m'], approached)


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
