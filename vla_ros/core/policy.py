"""The one interface between whoever decides and whoever acts."""
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Attention, Observation


@dataclass(frozen=True)
class PolicyDescription:
    """What a policy was made for."""

    name: str
    """For people: a checkpoint's name, 'expert', ..."""
    robot: RobotDescription
    """The robot whose joints and axes its chunks name."""
    horizon: int
    """Rows of a chunk."""
    step_s: float
    """Time between rows [s]."""


class Policy(Protocol):
    """
    Turns observations into action chunks.

    A learned model, a remote server and a scripted expert are all this; wrappers compose.
    One thread calls a policy at a time.
    """

    description: PolicyDescription

    def reset(self, instruction: str) -> None:
        """Forget what was, for a new instruction starts now."""
        ...

    def infer(self, observation: Observation) -> ActionChunk:
        """Return what to do from the observation's time on."""
        ...


@runtime_checkable
class Attentive(Protocol):
    """A policy that can show where it looked."""

    def attention(self) -> Attention | None:
        """Return what the last answer of `infer` attended; None before there is one."""
        ...
