"""
Joints that go straight to where they should be, at one pace, and stay there.

A network that writes every row of a chunk hardly ever learns that near a goal the first row is
the goal: it divides the way by the rows, near as far, and whoever obeys the first of them never
quite arrives. So the last row says where joints go, and how they get there is known.
B samples, D width, K rows of a chunk, A actions, J joints.
"""
from collections.abc import Mapping, Sequence

import torch
from torch import nn

STRAIGHT = 'straight.'
"""What the names of its weights in a policy begin with."""
HERE, GATE = f'{STRAIGHT}here', f'{STRAIGHT}gate'
_PACE_RAD = 0.1
"""How far the fastest joint gets from row to row, before anything else is learned."""
_CLOSED = -4.0
"""Logit of how straight ways are, before anything is learned: hardly."""


class StraightWay(nn.Module):
    """
    Leads joints straight to where the last row of a chunk has them, as far as that is the way.

    A wave is none, and keeps its rows: what was said and what is seen tell one from the other.
    """

    def __init__(self, joints: int, width: int, actions: int, horizon: int):
        super().__init__()
        self.register_buffer('here', torch.zeros(actions, 2 * joints))
        self.gate = nn.Linear(3 * width, actions)
        self.pace = nn.Parameter(torch.ones(horizon))

    def forward(self, chunk: torch.Tensor, joints: torch.Tensor, heard: torch.Tensor,
                summary: torch.Tensor) -> torch.Tensor:
        """
        Return chunks (B, K, A) whose joints go straight; the base does what it did.

        :param chunk: (B, K, A), scaled.
        :param joints: (B, 2 J) as `core.body.joint_vector` makes them.
        :param heard: (B, D) what is heard of the sentence.
        :param summary: (B, 2 D) what fusion makes of everything.
        """
        is_joint = (self.here.abs().sum(dim=1) > 0).to(chunk.dtype)
        here = nn.functional.linear(joints, self.here)[:, None]
        left = (chunk[:, -1:] - here) * is_joint
        furthest = left.abs().amax(dim=-1, keepdim=True).clamp(min=1e-6)
        share = (self.pace[:, None] / furthest).clamp(max=1.0)
        is_straight = self.gate(torch.cat([heard, summary], dim=-1)).sigmoid()[:, None] * is_joint
        return chunk + is_straight * (here + share * left - chunk)


def straight_weights(robot: Mapping[str, Sequence[str]], scale: Sequence[float], horizon: int,
                     width: int) -> dict[str, torch.Tensor]:
    """Return the weights with which learning begins; as for `posture.first_weights`."""
    axes, here = len(robot['base_axes']), here_matrix(robot, scale)
    unit = sum(scale[axes:]) / max(1, len(scale) - axes) or 1.0
    return {HERE: here, f'{GATE}.weight': torch.zeros(len(scale), 3 * width),
            f'{GATE}.bias': torch.full((len(scale),), _CLOSED),
            f'{STRAIGHT}pace': _PACE_RAD / unit * (1 + torch.arange(horizon))}


def here_matrix(robot: Mapping[str, Sequence[str]], scale: Sequence[float]) -> torch.Tensor:
    """Return (A, 2 J) what actions would keep joints, by `joint_vector`, where they are."""
    names = list(robot['joint_names'])
    here = torch.zeros(len(scale), 2 * len(names))
    for index, name in enumerate(robot['commanded_joints'], start=len(robot['base_axes'])):
        here[index, names.index(name)] = 1 / scale[index]
    return here
