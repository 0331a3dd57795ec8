"""The suite `long`: the whole robot on long commands in the apartment, judged by the simulator."""
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.core.workers import workers
from vla_ros.inference.perception import Perceiver
from vla_ros.inference.policy import load_policy
from vla_ros.inference.understander import Understander
from vla_ros.learning.evaluate import summary
from vla_ros.learning.long_pilot import LongPilot, Minds
from vla_ros.planning.decompose import Decomposer
from vla_ros.sim.long_env import LongEnv
from vla_ros.sim.shortest_way import shortest_way
from vla_ros.sim.tasks.long_suite import long_episode, LongEpisode

SUITE = 'long'
PATH_RATIO_MAX = 1.15
"""What a way that is walked by the map may be longer than the shortest."""


@dataclass(frozen=True)
class LongPlan:
    """What to evaluate; small enough to be handed to other processes."""

    robot: RobotDescription
    seed: int
    policy: str = 'base'
    """A checkpoint."""
    runtime: str = 'fp32'
    """How the model is computed: one of `inference.runtime.NAMES`."""
    pictures: Path | None = None
    """Folder for a picture of each run; None: there are none."""


@dataclass(frozen=True)
class LongOutcome:
    """How one episode ended."""

    index: int
    instruction: str
    """The command."""
    checks: int
    """How many subtasks it has."""
    done: int
    """How many of them were done, in order."""
    is_success: bool
    is_fallen: bool
    seconds: float
    walked_m: float
    path_ratio: float | None
    """Walked over shortest length of what was walked by the map; None: nothing was."""
    contacts: int
    """How often it touched walls, doors or furniture."""
    touched: tuple[str, ...]
    """Which of them."""
    reason: str
    """Why it failed, a full sentence; empty if it did not."""


def evaluate_long(plan: LongPlan, episodes: int, jobs: int = 1,
                  first: int = 0) -> Iterator[LongOutcome]:
    """Run the episodes of a plan in several processes; outcomes come in order."""
    load_policy(plan.policy, plan.robot, runtime=plan.runtime)     # a wrong name fails here
    with workers(jobs, _prepare, (plan,)) as pool:
        yield from pool.map(_run_one, range(first, first + episodes))


def long_report(outcomes: Sequence[LongOutcome]) -> dict:
    """Return the figures of the suite: over all, by the number of subtasks, ways and contacts."""
    ratios = [o.path_ratio for o in outcomes if o.path_ratio is not None]
    touching = [o for o in outcomes if o.contacts]
    return {
        'suite': SUITE, **summary(outcomes),
        'per_subtasks': {f'{n} subtasks': summary(o for o in outcomes if o.checks == n)
                         for n in sorted({o.checks for o in outcomes})},
        'path_ratio': {
            'median': float(np.median(ratios)) if ratios else None,
            'greatest': max(ratios, default=None),
            'within': sum(r <= PATH_RATIO_MAX for r in ratios), 'of': len(ratios)},
        'contacts': {'episodes': len(touching),
                     'touched': dict(Counter(t for o in touching for t in o.touched))},
        'failures': [{'index': o.index, 'command': o.instruction, 'reason': o.reason}
                     for o in outcomes if not o.is_success]}


def run_long_episode(robot: RobotDescription, minds: Minds, episode: LongEpisode,
                     pictures: Path | None = None) -> LongOutcome:
    """Run one episode to its end, and draw it if there is a folder for pictures."""
    env = LongEnv(robot, episode, shortest_way(episode.scene))
    pilot, over = LongPilot(env, minds), False
    pilot.begin()
    while not (over or pilot.is_over):
        pilot.tick()
        over = env.judged()
    outcome = _outcome(env, pilot)
    if pictures is not None:
        picture = env.picture(pilot.routes, outcome.reason)
        cv2.imwrite(str(pictures / f'long_{episode.index:03d}.png'), picture[:, :, ::-1])
    env.close()
    return outcome


def _outcome(env: LongEnv, pilot: LongPilot) -> LongOutcome:
    verdict = env.verdict(pilot.account)
    return LongOutcome(
        env.episode.index, env.episode.task.command, verdict.checks,
        sum(leg.is_done for leg in verdict.legs), verdict.is_success, verdict.is_fallen,
        env.elapsed_s, sum(leg.walked_m for leg in verdict.legs), verdict.path_ratio,
        verdict.contacts, tuple(sorted(env.world.scenery.met)), verdict.reason)


_minds: Minds | None = None
_plan: LongPlan | None = None


def load_minds(plan: LongPlan) -> Minds:
    """Return what serves all episodes of a plan."""
    return Minds(load_policy(plan.policy, plan.robot, runtime=plan.runtime),
                 Perceiver('perception'), Decomposer(Understander()))


def _prepare(plan: LongPlan) -> None:
    global _minds, _plan
    _minds, _plan = load_minds(plan), plan


def _run_one(index: int) -> LongOutcome:
    return run_long_episode(_plan.robot, _minds, long_episode(_plan.seed, index), _plan.pictures)
