"""
The values that cross layers: what was observed, what a policy answers, what leaves.

Every one is frozen and checked once, when it is made. Dimensions: H, W image; J joints of the
robot; C commanded joints; K steps of a chunk.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from vla_ros.core.errors import InvalidValueError


@dataclass(frozen=True)
class Observation:
    """What the robot knows at one instant."""

    stamp_s: float
    """Time of the image [s], on the steady clock of whoever observes."""
    image: np.ndarray
    """(H, W, 3) uint8, RGB, upright."""
    joint_positions: np.ndarray
    """(J,) [rad], in the order of `RobotDescription.joint_names`."""
    joint_velocities: np.ndarray
    """(J,) [rad/s], in the same order."""
    instruction: str
    """What a person said."""
    base_pose: np.ndarray | None = None
    """(3,) x [m], y [m], yaw [rad] in the odometry frame, where odometry is known."""
    base_velocity: np.ndarray | None = None
    """(3,) vx, vy [m/s], wz [rad/s] in the base frame, where it is measured."""
    body_stamp_s: float | None = None
    """Time of joints and base [s], where they are newer than the image; None: they are not."""

    @property
    def newest_s(self) -> float:
        """Return the time of the newest part [s]."""
        return self.stamp_s if self.body_stamp_s is None else self.body_stamp_s

    def __post_init__(self):
        if self.image.ndim != 3 or self.image.shape[2] != 3 or self.image.dtype != np.uint8:
            raise InvalidValueError(
                f'image: expected (H, W, 3) uint8, got {self.image.shape} {self.image.dtype}')
        _expect('joint_velocities', self.joint_velocities, self.joint_positions.shape)
        _expect('joint_positions', self.joint_positions, (len(self.joint_positions),))
        for name in ('base_pose', 'base_velocity'):
            if getattr(self, name) is not None:
                _expect(name, getattr(self, name), (3,))


@dataclass(frozen=True)
class ActionChunk:
    """
    What a policy wants for the next moments.

    Row k holds at the instant `origin_s + k * step_s`; between two rows the intention runs
    smoothly and stays between them. It is a wish: limits are applied later, by whoever sends it.
    """

    origin_s: float
    """Time of row 0 [s]: the time of the observation it answers."""
    step_s: float
    """Time between rows [s]."""
    base_twist: np.ndarray
    """(K, 6) linear x y z [m/s], angular x y z [rad/s], in the base frame."""
    joint_targets: np.ndarray
    """(K, C) [rad], in the order of `RobotDescription.commanded_joints`."""
    progress: float = 0.0
    """How far the instruction is done, 0 to 1."""

    def __post_init__(self):
        steps = len(self.base_twist)
        if steps < 1 or self.step_s <= 0:
            raise InvalidValueError(
                f'chunk: needs at least one row and a positive step, got {steps} rows, '
                f'{self.step_s} s')
        _expect('base_twist', self.base_twist, (steps, 6))
        _expect('joint_targets', self.joint_targets, (steps, self.joint_targets.shape[-1]))

    @property
    def duration_s(self) -> float:
        """Return the time from the first row to the last [s]."""
        return (len(self.base_twist) - 1) * self.step_s

    @property
    def is_finite(self) -> bool:
        """Return whether every number of it is a number."""
        return bool(np.isfinite(self.base_twist).all() and np.isfinite(self.joint_targets).all()
                    and np.isfinite(self.progress))


@dataclass(frozen=True)
class Attention:
    """Where in the image a policy sees what it was told of, and in which words."""

    cells: np.ndarray
    """(rows, columns) 0 to 1, over the whole image: how surely a cell shows it."""
    words: str
    """The words that were attended most, in the order of the sentence."""

    def __post_init__(self):
        if self.cells.ndim != 2 or not self.cells.size:
            raise InvalidValueError(f'cells: expected (rows, columns), got {self.cells.shape}')


class CommandSource(Enum):
    """Why a command is what it is."""

    POLICY = 'policy'
    """The policy's wish, within the limits."""
    HOLD = 'hold'
    """Zero velocity and measured joints, because something is missing, late or broken."""
    STOP = 'stop'
    """Zero velocity and measured joints, because somebody said so."""


@dataclass(frozen=True)
class Command:
    """What leaves for the robot now; every number in it is finite and within the limits."""

    twist: np.ndarray
    """(6,) linear x y z [m/s], angular x y z [rad/s], in the base frame."""
    joint_names: Sequence[str]
    """The C joints that are commanded; empty: joints are left alone."""
    joint_positions: np.ndarray
    """(P, C) [rad], the points of a short trajectory."""
    joint_times_s: np.ndarray
    """(P,) [s] from now, strictly rising, above zero."""
    source: CommandSource = CommandSource.HOLD
    """Why."""
    reason: str = ''
    """Why, in words, for people."""
    clipped: bool = False
    """Whether a limit changed what the policy wished."""

    def __post_init__(self):
        _expect('twist', self.twist, (6,))
        _expect('joint_times_s', self.joint_times_s, (len(self.joint_positions),))
        _expect('joint_positions', self.joint_positions,
                (len(self.joint_times_s), len(self.joint_names)))

    @property
    def is_still(self) -> bool:
        """Return whether the base is told to stand."""
        return not np.any(self.twist)


@dataclass(frozen=True)
class Trajectory:
    """A joint trajectory by names, in any order."""

    joint_names: tuple[str, ...]
    positions: np.ndarray
    """(P, n) [rad]."""
    times_s: np.ndarray
    """(P,) [s] from now, strictly rising."""

    @property
    def is_rising(self) -> bool:
        """Return whether the times rise from zero; not if one of them is no number."""
        return bool((np.diff(self.times_s, prepend=0.0) > 0).all())


def _expect(name: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    if np.shape(array) != shape:
        raise InvalidValueError(f'{name}: expected shape {shape}, got {np.shape(array)}')
