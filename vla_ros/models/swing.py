"""
Joints that swing from side to side, as wide as they should, from wherever they are.

A network that writes every row of a chunk learns of a wave little more than what is linear in
place and speed, and who obeys that swings wider for ever, or less and less, as late as commands
act. So place and speed of a joint are taken for a point on a circle, and the joint is sent to
where that point will be on the circle that it should be on: a rhythmic movement primitive
(Ijspeert et al., 2013). B samples, D width, K rows of a chunk, A actions, J joints.
"""
from collections.abc import Mapping, Sequence
import math

import torch
from torch import nn

from vla_ros.models.straight import here_matrix

SWING = 'swing.'
"""What the names of its weights in a policy begin with."""
_CLOSED = -4.0
"""Logit of how much ways are swings, before anything is learned: hardly."""
_HZ, _REACH_RAD, _LEAD_S, _STEP_S = 0.7, 0.5, 0.15, 0.1
"""Swings, before anything is learned."""
_LEAST = 1e-3
"""Square of a radius, in units of actions, below which a joint is in no phase of a swing."""


class SwingWay(nn.Module):
    """Lets joints swing, as far as that is what was said; else they do what they did."""

    def __init__(self, joints: int, width: int, actions: int, horizon: int):
        super().__init__()
        self.register_buffer('here', torch.zeros(actions, 2 * joints))
        self.register_buffer('speed', torch.zeros(actions, 2 * joints))
        self.gate = nn.Linear(3 * width, actions)
        self.middle = nn.Parameter(torch.zeros(actions))
        self.reach = nn.Parameter(torch.zeros(actions))
        self.phase = nn.Parameter(torch.zeros(horizon))

    def forward(self, chunk: torch.Tensor, joints: torch.Tensor, heard: torch.Tensor,
                summary: torch.Tensor) -> torch.Tensor:
        """
        Return chunks (B, K, A) whose joints swing; the base does what it did.

        :param chunk: (B, K, A), scaled; the others as for `StraightWay`.
        """
        is_joint = (self.here.abs().sum(dim=1) > 0).to(chunk.dtype)
        place = nn.functional.linear(joints, self.here) - self.middle
        speed = nn.functional.linear(joints, self.speed)
        radius = (place.square() + speed.square() + _LEAST).sqrt()
        cosine, sine = self.phase.cos()[:, None], self.phase.sin()[:, None]
        ahead = (cosine * (place / radius)[:, None] + sine * (speed / radius)[:, None])
        swung = self.middle + self.reach * ahead
        swings = self.logits(heard, summary).sigmoid()[:, None] * is_joint
        return chunk + swings * (swung - chunk)

    def logits(self, heard: torch.Tensor, summary: torch.Tensor) -> torch.Tensor:
        """Return (B, A) how surely joints are to swing, before the sigmoid."""
        return self.gate(torch.cat([heard, summary], dim=-1))


def swing_weights(robot: Mapping[str, Sequence[str]], scale: Sequence[float], horizon: int,
                  width: int) -> dict[str, torch.Tensor]:
    """Return the weights with which learning begins; as for `posture.first_weights`."""
    here, joints = here_matrix(robot, scale), len(robot['joint_names'])
    turn_hz = 2 * math.pi * _HZ
    speed = torch.cat([here[:, joints:], 10.0 / turn_hz * here[:, :joints]], dim=1)
    is_joint = here.abs().sum(dim=1) > 0
    return {f'{SWING}here': here, f'{SWING}speed': speed,
            f'{SWING}gate.weight': torch.zeros(len(scale), 3 * width),
            f'{SWING}gate.bias': torch.full((len(scale),), _CLOSED),
            f'{SWING}middle': torch.zeros(len(scale)),
            f'{SWING}reach': is_joint * _REACH_RAD / torch.tensor(scale, dtype=torch.float32),
            f'{SWING}phase': turn_hz * (_LEAD_S + _STEP_S * torch.arange(horizon))}
