"""Closed-loop evaluation: a policy, a suite, a count of successes and its interval."""
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.core.workers import workers
from vla_ros.learning.other_words import told_in_unseen_words, told_otherwise
from vla_ros.learning.pilots import Live, Stepwise
from vla_ros.learning.policies import policy_maker, PolicyMaker
from vla_ros.sim.env import G1Env
from vla_ros.sim.randomisation import NOTHING, Randomisation
from vla_ros.sim.tasks.conditions.going import surface_distance
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
    """'expert', a checkpoint, or 'module:function': see `policy_maker`."""
    instruction: str | None = None
    """Said in every episode instead of the suite's sentences."""
    slip: float = 0.0
    """Part of its commanded velocity that the base loses."""
    has_feedback: bool = True
    """Whether the policy is told how the base really moved."""
    has_memory: bool = True
    """Whether the policy may remember what it saw; without, it decides by the view alone."""
    runtime: str = 'fp32'
    """How the model is computed: one of `inference.runtime.NAMES`."""
    reuse_distance: float = 0.0
    """How different images may be of which one's features serve for the other; see `Reuse`."""
    is_live: bool = False
    """Whether the robot is driven as the fusion node does it: see `Live`."""
    randomisation: Randomisation = NOTHING
    """What is drawn at random in every episode."""
    has_other_words: bool = False
    """Whether each episode's scene comes with another goal: see `told_otherwise`."""
    has_unseen_words: bool = False
    """Whether all is said in forms of words that training never had."""

    def task(self, index: int) -> Episode:
        """Return an episode of the plan."""
        task = episode(self.suite, self.seed, index, self.instruction)
        task = told_otherwise(task, self.seed) if self.has_other_words else task
        return told_in_unseen_words(task, self.seed) if self.has_unseen_words else task

    def environment(self) -> G1Env:
        """Return what the plan's episodes happen in."""
        return G1Env(self.robot, self.suite, slip=self.slip, randomisation=self.randomisation)

    def policy_maker(self) -> PolicyMaker:
        """Return what gives the plan's policy for an environment."""
        return policy_maker(self.policy, self.robot, has_memory=self.has_memory,
                            runtime=self.runtime, reuse_distance=self.reuse_distance)


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
    plan.policy_maker()                                 # a wrong name fails here, and at once
    with workers(jobs, _prepare, (plan,)) as pool:
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


_worker: tuple[Plan, G1Env, PolicyMaker] | None = None
"""What a process keeps from one episode to the next."""


def _prepare(plan: Plan) -> None:
    global _worker
    _worker = plan, plan.environment(), plan.policy_maker()


def _run_one(index: int) -> 'Outcome':
    plan, env, make_policy = _worker
    return run_episode(env, make_policy, plan.task(index), plan.has_feedback, plan.is_live)


def run_episode(env: G1Env, make_policy: PolicyMaker, task: Episode,
                has_feedback: bool = True, is_live: bool = False,
                watch: Callable[[G1Env], None] = lambda env: None) -> Outcome:
    """
    Run one episode to its end.

    :param is_live: whether it is driven as on a robot, see `Live`.
    :param watch: called with the environment after each tick.
    """
    env.begin(task)
    policy = make_policy(env)
    pilot = Live(env, policy) if is_live else Stepwise(env, policy, has_feedback)
    start = np.array([surface_distance(s, env.world.base_pose) for s in task.scene.solids])
    nearest, over = start, False
    while not over:
        pilot.tick()
        watch(env)
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
