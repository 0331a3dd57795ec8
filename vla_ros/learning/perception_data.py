"""
Images with the truth about them, from random rooms: what perception learns from.

A dataset is a folder of shards; a shard is what one random room showed. N views, H and W as
the camera's, O kinds of objects. Training and testing draw from seeds that never meet.
"""
from collections.abc import Callable
from concurrent.futures import as_completed
from dataclasses import dataclass, fields
from enum import IntEnum
from pathlib import Path

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.core.workers import workers
from vla_ros.language.vocabulary import COLOURS
from vla_ros.learning.dataset import shard_names
from vla_ros.perception.kinds import names_of, NONE, OUTPUTS
from vla_ros.sim.ground_truth import GroundTruth, View
from vla_ros.sim.random_room import RandomRoom

KIND_NAMES = names_of(tuple(COLOURS))
"""What the outputs for objects are trained to mean, in their order."""
VIEWS_PER_ROOM = 40
NEAREST_M = 0.12
"""An arm nearer to the lens would have hit the head: such poses are drawn again [m]."""
CELL = 4
"""Pixels per side of a cell in the map of kinds."""


class Purpose(IntEnum):
    """What views are for; a part of the seed, so that the same view never serves both."""

    TRAINING = 0x7EA1
    TESTING = 0x7E57


@dataclass(frozen=True)
class Views:
    """Views as arrays."""

    image: np.ndarray
    """(N, H, W, 3) uint8 RGB."""
    segmentation: np.ndarray
    """(N, H, W) uint8."""
    depth_m: np.ndarray
    """(N, H, W) float16; 0: no surface."""
    kinds: np.ndarray
    """(N, H/4, W/4) uint8: the kind in the middle of each cell, or `NONE`."""
    pixels: np.ndarray
    """(N, OUTPUTS) int32: pixels that show each kind."""
    intrinsics: np.ndarray
    """(N, 4) float32 fx, fy, cx, cy [pixels]."""

    def __len__(self) -> int:
        """Return the number of views."""
        return len(self.image)


def views_of_room(robot: RobotDescription, purpose: Purpose, seed: int, room: int,
                  count: int = VIEWS_PER_ROOM) -> list[View]:
    """Return what one random room shows; the same numbers, the same views."""
    world = RandomRoom(robot, np.random.default_rng([purpose, seed, room]))
    truth, views = GroundTruth(world, KIND_NAMES), []
    try:
        while len(views) < count:
            world.shuffle()
            view = truth.look()
            if view.depth_m[view.depth_m > 0].min(initial=np.inf) > NEAREST_M:
                views.append(view)
    finally:
        truth.close()
    return views


def collect_views(robot: RobotDescription, folder: Path, views: int, seed: int, jobs: int,
                  report: Callable[[int, int], None]) -> None:
    """
    Collect the rooms that are missing in a folder; call again to go on after a stop.

    :param report: called with (rooms done, rooms in all).
    """
    rooms = -(-views // VIEWS_PER_ROOM)
    folder.mkdir(parents=True, exist_ok=True)
    have = set(shard_names(folder))
    missing = [i for i in range(rooms) if _shard(i) not in have]
    report(rooms - len(missing), rooms)
    with workers(jobs) as pool:
        futures = [pool.submit(collect_room, robot, folder, seed, i) for i in missing]
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            report(rooms - len(missing) + done, rooms)


def collect_room(robot: RobotDescription, folder: Path, seed: int, room: int) -> None:
    """Collect one room and write it; it appears whole or not at all."""
    views = as_arrays(views_of_room(robot, Purpose.TRAINING, seed, room))
    partial = folder / f'{_shard(room)}.partial.npz'
    np.savez(partial, **{f.name: getattr(views, f.name) for f in fields(Views)})
    partial.rename(folder / f'{_shard(room)}.npz')


def read_views(folder: Path, most: int) -> Views:
    """
    Return up to `most` views of a dataset in memory, (H, W) alike.

    :raises ConfigurationError: if there are none.
    """
    names = shard_names(folder)[:-(-most // VIEWS_PER_ROOM)]
    if not names:
        raise ConfigurationError(f'{folder}: no views; they are collected before training')
    with np.load(folder / f'{names[0]}.npz') as first:
        whole = {f.name: np.empty((len(names) * VIEWS_PER_ROOM, *first[f.name].shape[1:]),
                                  first[f.name].dtype) for f in fields(Views)}
    for index, name in enumerate(names):
        rows = slice(index * VIEWS_PER_ROOM, (index + 1) * VIEWS_PER_ROOM)
        with np.load(folder / f'{name}.npz') as shard:
            for field, array in whole.items():
                array[rows] = shard[field]
    return Views(**whole)


def as_arrays(views: list[View]) -> Views:
    """Return views as arrays."""
    return Views(
        np.stack([v.image for v in views]), np.stack([v.segmentation for v in views]),
        np.stack([v.depth_m.astype(np.float16) for v in views]),
        np.stack([v.kinds[CELL // 2::CELL, CELL // 2::CELL] for v in views]),
        np.stack([pixels_of(v) for v in views]),
        np.array([v.intrinsics.as_row() for v in views], np.float32))


def pixels_of(view: View) -> np.ndarray:
    """Return how many pixels show each kind, (OUTPUTS,) int32."""
    return np.bincount(view.kinds[view.kinds != NONE], minlength=OUTPUTS).astype(np.int32)


def _shard(room: int) -> str:
    return f'room-{room:05d}'
