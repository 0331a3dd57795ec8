"""Whatever can be evaluated: the expert, a checkpoint, or a policy made by somebody's function."""
from collections.abc import Callable
import importlib
import os
import sys

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.cache import CachedVision, Reuse
from vla_ros.inference.policy import load_policy
from vla_ros.sim.env import G1Env
from vla_ros.sim.experts.policy import Expert

EXPERT = 'expert'
PolicyMaker = Callable[[G1Env], Policy]


def policy_maker(name: str, robot: RobotDescription, *, has_memory: bool = True,
                 runtime: str = 'fp32', reuse_distance: float = 0.0) -> PolicyMaker:
    """
    Return what gives the policy of a name for an environment.

    :param name: 'expert', a checkpoint, or 'module:function', where the function is given the
        robot's description and returns a `Policy`; a client of a remote server is one.
    :raises VlaError: if there is no such policy, or it is another robot's.
    """
    if name == EXPERT:
        return lambda env: Expert(env.world)
    if ':' in name:
        policy = _made_elsewhere(name, robot)
    else:
        policy = load_policy(name, robot, has_memory=has_memory, runtime=runtime)
        reuse = Reuse(reuse_distance)
        policy = CachedVision(policy, reuse) if reuse.distance else policy
    return lambda env: policy


def _made_elsewhere(name: str, robot: RobotDescription) -> Policy:
    module, _, function = name.partition(':')
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())                # where the person who names it stands
    try:
        policy = getattr(importlib.import_module(module), function)(robot)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f'policy {name!r}: {error}; expected module:function, and a function that is given '
            'the robot and returns a policy') from error
    if missing := [m for m in ('reset', 'infer', 'description') if not hasattr(policy, m)]:
        raise ConfigurationError(f'policy {name!r}: what it returns has no {missing}')
    if policy.description.robot != robot:
        raise ConfigurationError(f'policy {name!r} is for {policy.description.robot.name!r}, '
                                 f'the robot is {robot.name!r}')
    return policy
