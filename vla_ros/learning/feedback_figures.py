"""How soon it is noticed that a command is not carried out, and what feedback is good for."""
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vla_ros.control.outcome import Finding, Moment, OutcomeMonitor
from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import InvalidValueError
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.policy import load_policy
from vla_ros.learning.evaluate import evaluate, Plan
from vla_ros.learning.figures import Figure
from vla_ros.learning.pilots import observed, tick_actions
from vla_ros.learning.progress import calibration_error, progress_pairs
from vla_ros.sim.env import G1Env, TICK_S
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.tasks.suites import episode, Suite
from vla_ros.sim.world import World

NOTICED_WITHIN_S = 2.0
HALF, SLIP = 0.5, 0.4
"""Parts of the commanded velocity that a base loses: to be noticed, to be lived with."""
WALKS, ARMS, EPISODES = 12, 6, 50
_TRIES_PER_WALK = 4
"""Episodes that may end, each, before there is anything to notice."""
_ALARMS = (Finding.SLIPPING, Finding.STUCK)
_ONSET_S = 3.0
_WALKING_M_S = 0.35
_ARM_RAD_S = 1.0
_GIVEN_UP_S = 6.0


def feedback_figures(robot: RobotDescription, seed: int, policy: str = 'base',
                     jobs: int = 2) -> list[Figure]:
    """Return how well feedback works, on episodes of a seed."""
    walks = list(slips(robot, load_policy(policy, robot), seed))
    with_feedback, without = (_successes(Plan(robot, Suite.MOVE, seed, policy, slip=SLIP,
                                              has_feedback=has), jobs) for has in (True, False))
    return [
        Figure('feedback', 'base that loses half its speed: noticed after [s], median',
               float(np.median([w.noticed_s for w in walks])), NOTICED_WITHIN_S, False),
        Figure('feedback', 'the same, longest of all walks [s]',
               max(w.noticed_s for w in walks), NOTICED_WITHIN_S, False),
        Figure('feedback', 'share of the time before that with a false alarm',
               float(np.mean([w.false_share for w in walks])), 0.05, False),
        Figure('feedback', 'blocked arm joint: noticed after [s], longest of all',
               max(blocked_arms(robot, seed)), NOTICED_WITHIN_S, False),
        Figure('feedback', 'success under a 40 % slip: gained by feedback [points]',
               100 * (with_feedback - without), 5.0),
        Figure('feedback', 'progress: expected calibration error',
               calibration_error(*progress_pairs(robot, policy, seed)), 0.1, False)]


@dataclass(frozen=True)
class Walk:
    """A walk whose base began to slip."""

    noticed_s: float
    """After how long that was found [s]; infinite: not at all."""
    false_share: float
    """Share of the time before in which it was found too."""


def slips(robot: RobotDescription, policy: Policy, seed: int) -> Iterator[Walk]:
    """Return what is noticed of a base that does half of what it is told, from some moment on."""
    env, done = G1Env(robot, Suite.GOTO), 0
    for index in range(_TRIES_PER_WALK * WALKS):
        env.begin(episode(Suite.GOTO, seed, index))
        env.slip = 0.0
        policy.reset(env.task.instruction)
        if (walk := _walk(env, policy)) is not None:
            done += 1
            yield walk
        if done == WALKS:
            break
    env.close()
    if done < WALKS:
        raise InvalidValueError(f'{done} of {WALKS} walks: {policy.description.name!r} does not '
                                'walk far enough for a slip to be noticed')


def _walk(env: G1Env, policy: Policy) -> Walk | None:
    """Return how a walk went; None: it ended before there was anything to notice."""
    robot, monitor = env.robot, OutcomeMonitor(env.robot, FusionSettings)
    chunk, told, onset_s, before = None, None, None, []
    while env.elapsed_s < env.task.limit_s:
        values = env.observe()
        chunk, previous = policy.infer(observed(values, env.elapsed_s)), chunk
        if told is not None:
            arms = robot.commanded_index
            finding, _ = monitor.update(Moment(
                env.elapsed_s, *told, values['base_pose'], values['joint_positions'][arms],
                values['joint_velocities'][arms], chunk.progress))
            if finding is Finding.DONE:
                return None
            if onset_s is None:
                before.append(finding in _ALARMS)
            elif finding in _ALARMS or env.elapsed_s - onset_s > _GIVEN_UP_S:
                noticed = env.elapsed_s - onset_s if finding in _ALARMS else np.inf
                return Walk(noticed, float(np.mean(before)))
        actions = tick_actions(robot, previous or chunk, chunk, env.elapsed_s)
        twist = np.zeros(6)
        twist[robot.base_index] = actions[-1, :len(robot.base_axes)]
        told = twist, actions[-1, len(robot.base_axes):]
        if onset_s is None and env.elapsed_s > _ONSET_S and twist[0] > _WALKING_M_S:
            env.slip, onset_s = HALF, env.elapsed_s
        env.step(actions)
    return None


def blocked_arms(robot: RobotDescription, seed: int) -> list[float]:
    """Return after how long it is noticed that an arm joint does not follow, for some of them."""
    rng = np.random.default_rng([0xA4B, seed])
    world = World(robot, episode(Suite.MOVE, seed, 0).scene, 0.02)
    joints = rng.choice(len(robot.commanded_joints), ARMS, replace=False)
    return [_blocked_arm(world, int(joint)) for joint in joints]


def _blocked_arm(world: World, joint: int) -> float:
    """Send one joint from rest to the farther end of its range and hold it where it is."""
    robot, rest = world.robot, world.robot.of_commanded('neutral_position')
    low, high = (robot.of_commanded(n)[joint] for n in ('position_min', 'position_max'))
    way = (high if high - rest[joint] > rest[joint] - low else low) - rest[joint]
    monitor = OutcomeMonitor(robot, FusionSettings)
    arms, targets, start_s = robot.commanded_index, rest.copy(), world.time_s
    while (elapsed_s := world.time_s - start_s) < _GIVEN_UP_S:
        targets[joint] = rest[joint] + np.sign(way) * min(abs(way), _ARM_RAD_S * elapsed_s)
        for _ in range(round(TICK_S / PERIOD_S)):
            world.step(np.zeros(3), rest)                   # blocked: it is held at rest
        finding, word = monitor.update(Moment(
            world.time_s, np.zeros(6), targets, world.base_pose, world.joint_positions[arms],
            world.joint_velocities[arms], 0.0))
        if finding is Finding.BLOCKED and word == robot.commanded_joints[joint]:
            return elapsed_s
    return np.inf


def _successes(plan: Plan, jobs: int) -> float:
    return float(np.mean([o.is_success for o in evaluate(plan, EPISODES, jobs)]))
