"""The one interface between whoever decides and whoever acts."""
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

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
class TwoRate(Policy, Protocol):
    """
    A policy that can look at one rate and decide at another.

    `infer(observation)` is `decide(observation, encode_image(observation.image))`. One thread
    may encode while another decides; each is called by one thread at a time.
    """

    def encode_image(self, image: np.ndarray) -> Any:
        """Return what an image (H, W, 3) uint8 RGB shows, for `decide`, whatever is said."""
        ...

    def decide(self, observation: Observation, seen: Any) -> ActionChunk:
        """
        Return what to do from the image's time on.

        :param seen: from `encode_image`, of the observation's image.
        """
        ...


@runtime_checkable
class Renewing(TwoRate, Protocol):
    """A policy that can write its last answer anew for what the joints do by now, at once."""

    def renewed(self, positions: np.ndarray) -> ActionChunk | None:
        """
        Return the last answer of `decide` as it is with joints elsewhere; any thread may ask.

        :param positions: (J,) [rad].
        :return: None without an answer, or where joints count in none of it directly.
        """
        ...


@runtime_checkable
class FrameWise(TwoRate, Protocol):
    """A policy that knows frames apart, and may take one for another that is like it."""

    def encode_frame(self, image: np.ndarray, frame: Hashable, now_s: float,
                     joints: np.ndarray) -> Any:
        """
        Return what a frame shows, for `decide`.

        :param image: (H, W, 3) uint8 RGB.
        :param frame: its number or time: what is equal is the same frame.
        :param now_s: time [s].
        :param joints: (J,) positions [rad].
        """
        ...


@runtime_checkable
class Batched(Policy, Protocol):
    """A policy that serves several robots of one kind at once."""

    def reset_one(self, robot: int, instruction: str) -> None:
        """Forget what robot number `robot` did, for a new instruction starts now."""
        ...

    def infer_batch(self, observations: Sequence[Observation]) -> list[ActionChunk]:
        """Return a chunk for each robot, as `infer` would; robot number i comes i-th."""
        ...


@runtime_checkable
class Attentive(Protocol):
    """A policy that can show where it looked."""

    def attention(self) -> Attention | None:
        """Return what the last answer of `infer` attended; None before there is one."""
        ...


@runtime_checkable
class Accountable(Protocol):
    """A policy that tells what it did, and how often."""

    def figures(self) -> Mapping[str, float | int | str]:
        """Return figures for /diagnostics by name: 'text encodes', ..."""
        ...
