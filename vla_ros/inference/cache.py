"""
What was encoded before is not encoded again, and only what may be.

Two frames are the same if whoever gave them says so by a number, never because they look alike:
means and coarse hashes of different scenes are equal often enough to send a robot astray. Frames
that look alike may be taken for each other on request, within bounds: the greatest change of any
part of the image, age, motion of the joints, and never across commands.
"""
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
import threading
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.policy import PolicyDescription, TwoRate
from vla_ros.core.values import ActionChunk, Attention, Observation
from vla_ros.perception.preprocessing import prepare_image

_BLOCK = 8
"""Pixels of a block's side, of the prepared image: one vision token."""
Made = TypeVar('Made')


class Lru(Generic[Made]):
    """Keeps what was made last, by exact keys. One thread at a time."""

    def __init__(self, size: int):
        """Keep so many at most."""
        self._size = size
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under a key, or make it; the one asked longest ago goes."""
        if key in self._kept:
            self.hits += 1
        else:
            self.misses += 1
            self._kept[key] = make()
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


@dataclass(frozen=True)
class Reuse:
    """How different a frame may be whose features serve for another."""

    distance: float = 0.0
    """Greatest `block_distance`, 0 to 255; zero: no frame serves for another."""
    max_age_s: float = 0.5
    """Greatest age of features [s]."""
    joint_motion_rad: float = 0.05
    """Greatest motion of any joint since features were computed [rad]."""

    def __post_init__(self):
        for name, value in vars(self).items():
            if not 0 <= value < np.inf:
                raise InvalidValueError(f'{name}: {value!r}, expected a number from 0')


def block_distance(one: np.ndarray, two: np.ndarray) -> float:
    """
    Return the greatest mean absolute difference of any block of two images, 0 to 255.

    Blocks are of 8 by 8 pixels and one colour, and differences have no sign: neither a small
    thing in a large image nor a pattern turned to its negative averages out.

    :param one: (H, W, 3) uint8; two is as large.
    """
    away, pixels = np.abs(one.astype(np.int32) - two), 1
    for axis in (0, 1):
        starts = np.arange(0, one.shape[axis], _BLOCK)
        away = np.add.reduceat(away, starts, axis)
        lengths = np.diff(starts, append=one.shape[axis])
        pixels = pixels * np.expand_dims(lengths, [i for i in range(3) if i != axis])
    return float((away / pixels).max())


class _Kept(NamedTuple):
    """The newest frame that was encoded."""

    frame: Hashable
    image: np.ndarray
    """As `prepare_image` returns it."""
    joints: np.ndarray
    encoded_s: float
    seen: Any


class CachedVision:
    """
    A policy of two rates that encodes each frame once.

    The thread that encodes owns what is kept. A new command, from whatever thread, drops it.
    One frame of one robot is kept, so that this is no `Batched` policy: robots served together
    would displace each other's frames, and `infer_batch` of the policy itself encodes all of
    them at once.
    """

    def __init__(self, policy: TwoRate, reuse: Reuse | None = None):
        """
        Wrap a policy.

        :param reuse: how different a frame may be; None: the same frame only.
        """
        self._policy, self._reuse = policy, reuse or Reuse()
        self._lock = threading.Lock()
        self._kept: _Kept | None = None
        self._commands = 0
        self._counts = dict.fromkeys(('encodes', 'same frames', 'like frames'), 0)
        self._age_s = self._age_max_s = 0.0

    @property
    def description(self) -> PolicyDescription:
        """Return what the policy was made for."""
        return self._policy.description

    def reset(self, instruction: str) -> None:
        """Forget everything, features too."""
        with self._lock:
            self._commands += 1
            self._kept = None
        self._policy.reset(instruction)

    def infer(self, observation: Observation) -> ActionChunk:
        """Return what the policy answers; the image's time says which frame it is."""
        return self.decide(observation, self.encode_frame(
            observation.image, observation.stamp_s, observation.newest_s,
            observation.joint_positions))

    def encode_image(self, image: np.ndarray) -> Any:
        """Return what an image (H, W, 3) uint8 RGB shows; it is no known frame."""
        self._counts['encodes'] += 1
        return self._policy.encode_image(image)

    def encode_frame(self, image: np.ndarray, frame: Hashable, now_s: float,
                     joints: np.ndarray) -> Any:
        """
        Return what a frame shows.

        :param image: (H, W, 3) uint8 RGB.
        :param frame: its number or time: what is equal is the same frame.
        :param now_s: time [s].
        :param joints: (J,) positions [rad].
        """
        with self._lock:
            kept, commands = self._kept, self._commands
        if kept and kept.frame == frame:
            return self._used(kept, now_s, 'same frames')
        prepared = prepare_image(image) if self._reuse.distance else image
        if kept and self._serves(kept, prepared, now_s, joints):
            return self._used(kept, now_s, 'like frames')
        seen = self.encode_image(image)
        self._age_s = 0.0
        with self._lock:
            if commands == self._commands:
                self._kept = _Kept(frame, prepared, joints, now_s, seen)
        return seen

    def decide(self, observation: Observation, seen: Any) -> ActionChunk:
        """Return what the policy decides."""
        return self._policy.decide(observation, seen)

    def renewed(self, positions: np.ndarray) -> ActionChunk | None:
        """Return the last answer for where the joints are by now; None if the policy can't."""
        renewed = getattr(self._policy, 'renewed', None)
        return renewed and renewed(positions)

    def attention(self) -> Attention | None:
        """Return what the policy attended; None if it can't tell."""
        attention = getattr(self._policy, 'attention', None)
        return attention and attention()

    def figures(self) -> dict[str, float]:
        """Return counts and ages for people: how often was what encoded, and how old it was."""
        own = {f'vision {name}': count for name, count in self._counts.items()}
        return {**own, 'vision features age [s]': self._age_s,
                'vision features age, greatest [s]': self._age_max_s,
                **getattr(self._policy, 'figures', dict)()}

    def _serves(self, kept: _Kept, prepared: np.ndarray, now_s: float,
                joints: np.ndarray) -> bool:
        """Return whether what is kept may stand for another frame."""
        reuse = self._reuse
        return bool(reuse.distance and 0 <= now_s - kept.encoded_s <= reuse.max_age_s
                    and np.abs(joints - kept.joints).max() <= reuse.joint_motion_rad
                    and block_distance(prepared, kept.image) <= reuse.distance)

    def _used(self, kept: _Kept, now_s: float, how: str) -> Any:
        self._counts[how] += 1
        self._age_s = now_s - kept.encoded_s
        self._age_max_s = max(self._age_max_s, self._age_s)
        return kept.seen
