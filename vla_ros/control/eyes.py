"""
The newest thing that was seen: images are encoded in one thread and decided on in another.

The newest frame wins and nothing queues: a frame that comes while another is being encoded is
looked at next, those between are not.
"""
from collections.abc import Callable
from dataclasses import dataclass
import time
from typing import Any

import numpy as np

from vla_ros.control.freshness import LatestInput
from vla_ros.control.latency import StageTimes
from vla_ros.core.errors import StaleInputError
from vla_ros.core.policy import FrameWise, Policy, TwoRate
from vla_ros.core.values import ActionChunk, Observation


@dataclass(frozen=True)
class Seen:
    """One camera frame and what the policy's eyes make of it."""

    frame: Any
    """The message as it came; the same object is the same frame."""
    image: np.ndarray
    """(H, W, 3) uint8 RGB."""
    features: Any
    """What the policy decides on."""
    stamp_s: float
    """Steady time of the frame [s]."""


class Eyes:
    """Encodes the newest frame. `look` belongs to the vision's thread, the rest may be read."""

    def __init__(self, policy: TwoRate, frames: LatestInput[Any],
                 joints: LatestInput[tuple[np.ndarray, np.ndarray]], times: StageTimes,
                 decode: Callable[[Any], np.ndarray]):
        """
        Prepare to look.

        :param frames: where the executor's thread puts what comes.
        :param joints: positions and velocities, (J,) each.
        :param decode: turns a frame into an image (H, W, 3) uint8 RGB.
        """
        self._policy, self._frames, self._joints = policy, frames, joints
        self._times, self._decode = times, decode
        self.newest: Seen | None = None
        self.encoded = 0
        """Frames that were encoded."""

    def look(self, now_s: float) -> bool:
        """
        Encode the newest frame and return whether it is one that was not encoded before.

        :raises StaleInputError: if there is none, it is too old, or so are the joints.
        :raises ImageError: if it can't be decoded.
        """
        frame, stamp_s = self._frames.get(now_s)
        if self.newest is not None and frame is self.newest.frame:
            return False
        start_s = time.monotonic()
        image = self._decode(frame)
        decoded_s = time.monotonic()
        features = self._encode(image, stamp_s, now_s)
        self._times.add('prepare', decoded_s - start_s)
        self._times.add('vision', time.monotonic() - decoded_s)
        self.newest = Seen(frame, image, features, stamp_s)
        self.encoded += 1
        return True

    def _encode(self, image: np.ndarray, stamp_s: float, now_s: float) -> Any:
        if not isinstance(self._policy, FrameWise):
            return self._policy.encode_image(image)
        (positions, _), _ = self._joints.get(now_s)
        return self._policy.encode_frame(image, stamp_s, now_s, positions)

    def fresh(self, now_s: float, max_age_s: float) -> Seen:
        """
        Return what was seen last.

        :raises StaleInputError: if nothing was, or too long ago.
        """
        seen = self.newest
        age_s = float('inf') if seen is None else now_s - seen.stamp_s
        if age_s > max_age_s:
            raise StaleInputError('what was seen', age_s, max_age_s)
        return seen


class OneRate:
    """A policy that looks and decides in one go, for those who ask for the two apart."""

    def __init__(self, policy: Policy):
        self._policy, self.description = policy, policy.description

    def reset(self, instruction: str) -> None:
        """Pass on."""
        self._policy.reset(instruction)

    def infer(self, observation: Observation) -> ActionChunk:
        """Pass on."""
        return self._policy.infer(observation)

    def encode_image(self, image: np.ndarray) -> None:
        """Return nothing: the policy looks when it decides."""

    def decide(self, observation: Observation, seen: None) -> ActionChunk:
        """Look and decide."""
        return self._policy.infer(observation)


def two_rate(policy: Policy) -> TwoRate:
    """Return a policy whose eyes can be asked apart from its decisions."""
    return policy if isinstance(policy, TwoRate) else OneRate(policy)
