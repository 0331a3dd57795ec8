"""
What of a chunk is as the joints are now: arms go on from where they are.

Without it, a network has to say where every joint is before it can say where it goes, and who
says it a little wrong stops on the way: the first rows of a chunk are hardly further than that.
K rows of a chunk, A actions, J joints.
"""
from collections.abc import Mapping, Sequence

import torch

WEIGHT = 'posture.weight'


def holding(robot: Mapping[str, Sequence[str]], scale: Sequence[float],
            horizon: int) -> torch.Tensor:
    """
    Return weights (K A, 2 J) of a chunk that begins at the joints and ends at rest.

    They are where learning begins.

    :param robot: facts of a manifest: joint_names, commanded_joints, base_axes.
    :param scale: what one unit of each action stands for, (A,).
    """
    joints, axes = list(robot['joint_names']), len(robot['base_axes'])
    weights = torch.zeros(horizon, len(scale), 2 * len(joints))
    share = 1 - torch.arange(horizon) / horizon
    for index, name in enumerate(robot['commanded_joints'], start=axes):
        weights[:, index, joints.index(name)] = share / scale[index]
    return weights.flatten(0, 1)
