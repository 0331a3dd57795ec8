"""What the memory is good for: tasks that what is in view alone does not decide."""
from dataclasses import replace

import numpy as np
import torch

from vla_ros.core.robot import RobotDescription
from vla_ros.inference.policy import load_policy
from vla_ros.learning.evaluate import evaluate, Plan
from vla_ros.learning.figures import Figure
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.presets import restored_model
from vla_ros.models.temporal import Moments
from vla_ros.sim.tasks.suites import Suite

EPISODES = 100
_TICKS = 60


def memory_figures(robot: RobotDescription, seed: int, policy: str = 'base',
                   jobs: int = 2) -> list[Figure]:
    """Return how much better a policy is for its memory, on episodes of a seed."""
    plan = Plan(robot, Suite.MEMORY, seed, policy)
    load_policy(policy, robot)
    rate, without = (float(np.mean([o.is_success for o in evaluate(p, EPISODES, jobs)]))
                     for p in (plan, replace(plan, has_memory=False)))
    return [Figure('temporal', 'success where memory is needed [%]', 100 * rate, 80.0),
            Figure('temporal', 'more than without the memory, by the view alone [points]',
                   100 * (rate - without), 20.0),
            Figure('temporal', 'whole sequence against tick by tick: greatest difference',
                   streaming_difference(policy, seed), 1e-5, False)]


@torch.inference_mode()
def streaming_difference(policy: str, seed: int) -> float:
    """Return how much a sequence and single ticks differ, as part of the greatest output."""
    memory = restored_model(load_checkpoint(policy)).memory
    generator = torch.Generator().manual_seed(seed)

    def noise(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)
    moments = Moments(noise(2, _TICKS, 3, memory.config.token_width), noise(2, _TICKS, 4),
                      noise(2, _TICKS), noise(2, _TICKS, 3))
    at_once, _ = memory(moments)
    state, ticks = None, []
    for tick in range(_TICKS):
        remembered, state = memory(moments.at(tick), state)
        ticks.append(remembered.outputs)
    difference = (torch.cat(ticks, dim=1) - at_once.outputs).abs().max()
    return float(difference / at_once.outputs.abs().max())
