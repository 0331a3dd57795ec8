"""
From a recording to frames at a fixed rate: what a fusion node would know at each instant.

As there, the newest message of each topic counts, and what is too old does not count: then the
episode ends, and another begins when everything is there again.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import math

import numpy as np

from vla_ros.control.settings import FusionSettings
from vla_ros.core.recorded import Channel, Recorded
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import Trajectory
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import normalise

TWIST_MAX_AGE_S = 0.5
"""A base that was told nothing for so long stands."""


@dataclass(frozen=True)
class Moment:
    """What is known, and what is commanded, at one instant."""

    episode: int
    """Counted from 0 within the recording."""
    instruction: str
    at_s: float
    image: np.ndarray
    """(H, W, 3) uint8 RGB."""
    positions: np.ndarray
    """(J,) [rad]."""
    velocities: np.ndarray
    """(J,) [rad/s]."""
    odometry: tuple[np.ndarray, np.ndarray] | None
    """Pose (3,) and velocity (3,) of the base."""
    action: np.ndarray
    """(A,) [base axes | commanded joints] in m/s, rad/s, rad."""


def moments(recorded: Iterable[Recorded], robot: RobotDescription, fps: int,
            instruction: str = '', has_odometry: bool = False,
            settings: FusionSettings = FusionSettings()) -> Iterator[Moment]:
    """
    Return the frames of a recording.

    :param recorded: in the order it came.
    :param instruction: of all of it; empty: what was said, when it was said, and a stop word
        ends it.
    :param has_odometry: whether every frame must have odometry, as fresh as joints.
    :param settings: how old images and joints may be.
    """
    ages = {Channel.IMAGE: settings.image_max_age, Channel.JOINTS: settings.joints_max_age}
    if has_odometry:
        ages[Channel.ODOMETRY] = settings.joints_max_age
    clock = _Clock(robot, fps, normalise(instruction) if instruction else '', ages)
    for each in recorded:
        yield from clock.until(each.stamp_s)
        clock.take(each)
    yield from clock.until(math.nextafter(clock.last_s, math.inf))


class _Clock:
    """Keeps the newest of everything, and ticks."""

    def __init__(self, robot: RobotDescription, fps: int, instruction: str,
                 max_age_s: dict[Channel, float]):
        self._robot, self._fps, self._fixed = robot, fps, instruction
        self._instruction, self._has_planner = instruction, False
        self._max_age_s = max_age_s
        """What must be there, and how old it may be [s]."""
        self._newest: dict[Channel, Recorded] = {}
        self._episode, self._start_s, self._ticks = -1, None, 0
        self.last_s = -math.inf

    def take(self, each: Recorded) -> None:
        """Take a message."""
        self.last_s = each.stamp_s
        if each.channel in (Channel.VOICE, Channel.INSTRUCTION):
            if not self._fixed:
                self._hear(each)
            return
        self._newest[each.channel] = each
        if self._start_s is None and self._instruction and self._is_fresh(each.stamp_s):
            self._start_s, self._ticks = each.stamp_s, 0
            self._episode += 1

    def until(self, now_s: float) -> Iterator[Moment]:
        """Return the frames that are due before `now_s`."""
        while self._start_s is not None:
            at_s = self._start_s + self._ticks / self._fps
            if at_s >= now_s:
                return
            if not self._is_fresh(at_s):
                self._start_s = None
                return
            self._ticks += 1
            yield self._moment(at_s)

    def _hear(self, each: Recorded) -> None:
        stops = is_stop(each.value)
        self._has_planner |= each.channel is Channel.INSTRUCTION
        if each.channel is Channel.VOICE and self._has_planner and not stops:
            return
        try:
            self._instruction = '' if stops else normalise(each.value)
        except ValueError:                              # a node does not follow it either
            self._instruction = ''
        self._start_s = None

    def _is_fresh(self, now_s: float) -> bool:
        return all(channel in self._newest
                   and now_s - self._newest[channel].stamp_s <= max_age_s
                   for channel, max_age_s in self._max_age_s.items())

    def _moment(self, at_s: float) -> Moment:
        positions, velocities = self._newest[Channel.JOINTS].value
        odometry = self._newest.get(Channel.ODOMETRY)
        return Moment(self._episode, self._instruction, at_s,
                      self._newest[Channel.IMAGE].value, positions, velocities,
                      None if odometry is None else odometry.value,
                      np.concatenate([self._twist(at_s), self._targets(at_s, positions)]))

    def _twist(self, at_s: float) -> np.ndarray:
        told = self._newest.get(Channel.TWIST)
        if told is None or at_s - told.stamp_s > TWIST_MAX_AGE_S:
            return np.zeros(len(self._robot.base_axes))
        return told.value[self._robot.base_index]

    def _targets(self, at_s: float, positions: np.ndarray) -> np.ndarray:
        """Return where the joints are sent, (C,); one that is sent nowhere is where it is."""
        targets = positions[self._robot.commanded_index].copy()
        if (told := self._newest.get(Channel.TRAJECTORY)) is None:
            return targets
        trajectory: Trajectory = told.value
        for column, name in enumerate(trajectory.joint_names):
            if name in self._robot.commanded_joints and len(trajectory.times_s):
                targets[self._robot.commanded_joints.index(name)] = np.interp(
                    at_s - told.stamp_s, trajectory.times_s, trajectory.positions[:, column])
        return targets
