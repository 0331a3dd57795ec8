"""
What is in a LeRobot dataset, and which of its episodes look broken.

No unit is assumed: what is unusual is unusual among the frames of the same dataset.
T frames of an episode, J numbers of state.
"""
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from vla_ros.core.errors import VlaError
from vla_ros.core.robot import BASE_AXES
from vla_ros.learning.demonstrations import BASE
from vla_ros.learning.lerobot.reader import Dataset, Episode
from vla_ros.learning.robot_of_data import ACTION, names_of, STATE

SHORTEST_S, FROZEN_S, IDLE_S = 1.0, 1.5, 2.0
PICTURES = 6
"""Pictures of an episode that are kept for people to look at."""
_SAME = 1.0
"""Mean difference of two pictures below which they count as one, of 255: videos are lossy."""
_MOVES = 0.01
"""Part of a joint's range within a second that counts as motion."""
_JUMP, _JUMP_SHARE = 10.0, 0.5
"""A jump: so many times the usual change, and so much of the range, within a frame."""
_LEAST = 0.01
"""Less than this of a joint's unit, in a frame or a second, is noise of one that is held."""
_TOLD_M_S, _TOLD_RAD_S = 0.1, 0.15
_FOLLOWED = 0.2
"""Part of a commanded motion that has to come about."""


@dataclass(frozen=True)
class Examined:
    """One episode."""

    episode: Episode
    length_s: float
    pictures: tuple[np.ndarray, ...]
    """A few of one camera, (H, W, 3) uint8 RGB."""
    faults: tuple[str, ...] = field(default=())
    """Why it looks broken; nothing: it does not."""


class Inspector:
    """Looks at the episodes of a dataset, by what is usual in it."""

    def __init__(self, dataset: Dataset, camera: str):
        self._dataset, self._camera, self._fps = dataset, camera, dataset.info.fps
        _, actions = names_of(dataset.info)
        self._axes = {axis: actions.index(axis) for axis in BASE_AXES if axis in actions}
        states = [self._numbers(episode)[STATE] for episode in dataset.episodes]
        every = np.concatenate(states)
        self._range = np.ptp(every[np.isfinite(every).all(1)], axis=0)
        steps = np.concatenate([np.abs(np.diff(s, axis=0)) for s in states])
        self._usual = np.nan_to_num(np.nanpercentile(steps, 90, axis=0)) if len(steps) else 0.0

    def __iter__(self) -> Iterator[Examined]:
        """Return the episodes, one after another, looked at."""
        for episode in self._dataset.episodes:
            yield self._examined(episode)

    def _examined(self, episode: Episode) -> Examined:
        numbers = self._numbers(episode)
        faults = [*self._of_length(episode), *self._of_numbers(numbers)]
        pictures: list[np.ndarray] = []
        try:
            still = self._look(episode, pictures)
        except VlaError as error:
            faults.append(f'video: {error}')
        else:
            faults += self._of_camera(still, numbers)
        return Examined(episode, episode.length / self._fps, tuple(pictures), tuple(faults))

    def _numbers(self, episode: Episode) -> dict[str, np.ndarray]:
        keys = [key for key in (STATE, ACTION, BASE) if key in self._dataset.info.features]
        found = self._dataset.numbers(episode, keys)
        return {key: rows.reshape(len(rows), -1).astype(float) for key, rows in found.items()}

    def _look(self, episode: Episode, pictures: list[np.ndarray]) -> np.ndarray:
        """Return which frames show what the one before showed, (T,); keep a few pictures."""
        kept = set(np.linspace(0, episode.length - 1, PICTURES).astype(int))
        still, before = [], None
        for index, image in enumerate(self._dataset.pictures(episode, self._camera)):
            if index in kept:
                pictures.append(image)
            small = cv2.resize(image, (32, 24), interpolation=cv2.INTER_AREA).astype(float)
            still.append(before is not None and np.abs(small - before).mean() < _SAME)
            before = small
        return np.array(still)

    def _of_length(self, episode: Episode) -> Iterator[str]:
        if (length_s := episode.length / self._fps) < SHORTEST_S:
            yield f'too short: {length_s:.1f} s'

    def _of_numbers(self, numbers: dict[str, np.ndarray]) -> Iterator[str]:
        for key, rows in numbers.items():
            if bad := int((~np.isfinite(rows)).any(1).sum()):
                yield f'{key}: not finite in {bad} frames'
        steps = np.abs(np.diff(numbers[STATE], axis=0))
        least = np.maximum(np.maximum(_JUMP * self._usual, _JUMP_SHARE * self._range), _LEAST)
        jumps = steps > least
        if jumps.any():
            frame, joint = np.argwhere(jumps)[0]
            name = names_of(self._dataset.info)[0][joint]
            yield f'jump: {name} by {steps[frame, joint]:.2f} at {(frame + 1) / self._fps:.1f} s'
        if (idle_s := self._idle_s(numbers)) > IDLE_S:
            yield f'commands without motion: {idle_s:.1f} s'

    def _of_camera(self, still: np.ndarray, numbers: dict[str, np.ndarray]) -> Iterator[str]:
        frozen_s = longest(still & self._moves(numbers)) / self._fps
        if frozen_s > FROZEN_S:
            yield f'frozen camera: {frozen_s:.1f} s'

    def _moves(self, numbers: dict[str, np.ndarray]) -> np.ndarray:
        """Return in which frames the robot moves, (T,)."""
        state = numbers[STATE]
        speed = np.abs(np.diff(state, axis=0, prepend=state[:1])) * self._fps
        moves = (speed > np.maximum(_MOVES * self._range, _LEAST)).any(1)
        if BASE in numbers:
            speed = np.abs(numbers[BASE][:, 3:])
            moves |= (speed > (_TOLD_M_S, _TOLD_M_S, _TOLD_RAD_S)).any(1)
        return moves

    def _idle_s(self, numbers: dict[str, np.ndarray]) -> float:
        """Return how long the base, at most, did not do what it was told [s]."""
        if BASE not in numbers or not self._axes:
            return 0.0
        longest_frames = 0
        for axis, column in self._axes.items():
            told, measured = numbers[ACTION][:, column], _measured(axis, numbers[BASE])
            least = _TOLD_RAD_S if axis.startswith('angular') else _TOLD_M_S
            stuck = (np.abs(told) > least) & (np.abs(measured) < _FOLLOWED * np.abs(told))
            longest_frames = max(longest_frames, longest(stuck))
        return longest_frames / self._fps


def longest(flags: np.ndarray) -> int:
    """Return the length of the longest run of true in (T,)."""
    edges = np.flatnonzero(~np.concatenate([[False], flags, [False]]))
    return max((b - a - 1 for a, b in pairwise(edges)), default=0)


def _measured(axis: str, base: np.ndarray) -> np.ndarray:
    """Return the measured velocity of an axis; of one that isn't measured, what it may be."""
    column = {'linear.x': 3, 'linear.y': 4, 'angular.z': 5}.get(axis)
    return np.full(len(base), np.inf) if column is None else base[:, column]


def contact_sheet(examined: list[Examined], most: int = 12, height: int = 96) -> np.ndarray:
    """
    Return one picture of a dataset: a row for an episode, broken ones first and in red.

    :returns: (H, W, 3) uint8 RGB.
    """
    broken = [e for e in examined if e.faults]
    whole = [e for e in examined if not e.faults]
    room = max(0, most - len(broken))
    spread = np.linspace(0, len(whole) - 1, min(room, len(whole))).astype(int)
    rows = [_row(e, height) for e in (*broken[:most], *(whole[i] for i in spread))]
    width = max((row.shape[1] for row in rows), default=1)
    return np.concatenate([np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0)))
                           for row in rows] or [np.zeros((1, 1, 3), np.uint8)])


def _row(examined: Examined, height: int) -> np.ndarray:
    pictures = examined.pictures or (np.zeros((3, 4, 3), np.uint8),)
    small = [cv2.resize(p, (round(height * p.shape[1] / p.shape[0]), height),
                        interpolation=cv2.INTER_AREA) for p in pictures]
    strip = np.concatenate(small, axis=1)
    label = np.zeros((18, max(strip.shape[1], 640), 3), np.uint8)
    episode = examined.episode
    text = (f'{episode.index}  {episode.tasks[0]}  {examined.length_s:.1f} s  {episode.outcome}  '
            f'{"; ".join(examined.faults)}')
    colour = (255, 90, 90) if examined.faults else (220, 220, 220)
    cv2.putText(label, text, (4, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.42, colour, 1, cv2.LINE_AA)
    strip = np.pad(strip, ((0, 0), (0, label.shape[1] - strip.shape[1]), (0, 0)))
    return np.concatenate([label, strip])
