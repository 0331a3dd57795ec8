"""
What of a chunk comes from the joints themselves: arms go on from where they are.

Without it, a network has to say where every joint is before it can say where it goes, and who
says it a little wrong stops on the way: the first rows of a chunk are hardly further than that.
B samples, D width, K rows of a chunk, A actions, J joints, F what is felt.
"""
from collections.abc import Mapping, Sequence
import math

import torch
from torch import nn
from torch.nn import functional

POSTURE = 'posture.'
"""What the names of its weights in a policy begin with."""
HOLD = f'{POSTURE}hold.weight'
"""Name of the weights that stand for a unit, a radian to a radian."""
_FELT = 256
_VELOCITY_TIMES = 5.0
"""A radian a second counts for half a radian: the model's view of joints has a tenth of it."""


class PostureHead(nn.Module):
    """
    Writes what joints do next by what they do now, by what was said and by what is seen.

    One part is linear. The other feels joints in many ways, each of them as strong as what was
    said and what is seen make it: how far a forearm has swung says nothing to who bows.
    """

    def __init__(self, joints: int, width: int, outputs: int):
        super().__init__()
        self.hold = nn.Linear(2 * joints, outputs, bias=False)
        self.feel = nn.Linear(2 * joints, _FELT)
        self.told = nn.Linear(width, _FELT)
        self.shown = nn.Linear(2 * width, _FELT, bias=False)
        self.move = nn.Linear(_FELT, outputs, bias=False)

    def forward(self, joints: torch.Tensor, heard: torch.Tensor,
                summary: torch.Tensor) -> torch.Tensor:
        """
        Return what to add to chunks, (B, K A).

        :param joints: (B, 2 J) as `core.body.joint_vector` makes them.
        :param heard: (B, D) the mean of the sentence's words.
        :param summary: (B, 2 D) what fusion makes of everything.
        """
        felt = functional.gelu(self.feel(joints)) * (self.told(heard) + self.shown(summary))
        return self.hold(joints) + self.move(felt)


def first_weights(robot: Mapping[str, Sequence[str]], scale: Sequence[float], horizon: int,
                  width: int) -> dict[str, torch.Tensor]:
    """
    Return the weights with which learning begins, by their names in a policy.

    Chunks begin at the joints and end at rest; what is felt of the commanded joints, and of them
    alone, moves nothing yet.

    :param robot: facts of a manifest: joint_names, commanded_joints, base_axes.
    :param scale: what one unit of each action stands for, (A,).
    :param width: D of the policy.
    """
    random = torch.Generator().manual_seed(0)
    names, outputs = list(robot['joint_names']), horizon * len(scale)
    hold = torch.zeros(horizon, len(scale), 2 * len(names))
    feel = torch.zeros(_FELT, 2 * len(names))
    share = 1 - torch.arange(horizon) / horizon
    for index, name in enumerate(robot['commanded_joints'], start=len(robot['base_axes'])):
        at = names.index(name)
        hold[:, index, at] = share / scale[index]
        feel[:, at] = torch.randn(_FELT, generator=random)
        feel[:, len(names) + at] = _VELOCITY_TIMES * torch.randn(_FELT, generator=random)
    return {HOLD: hold.flatten(0, 1), 'posture.feel.weight': feel,
            'posture.feel.bias': torch.randn(_FELT, generator=random),
            'posture.told.weight': torch.randn(_FELT, width, generator=random) / math.sqrt(width),
            'posture.told.bias': torch.zeros(_FELT),
            'posture.shown.weight': torch.zeros(_FELT, 2 * width),
            'posture.move.weight': torch.zeros(outputs, _FELT)}
