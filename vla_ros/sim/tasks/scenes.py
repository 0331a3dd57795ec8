"""Scenes that several suites draw: solids with core names, room to move in."""
from collections.abc import Mapping

import numpy as np

from vla_ros.language.vocabulary import CORE_COLOURS, CORE_SHAPES, HELD_OUT_PAIRS
from vla_ros.sim.scene import (
    random_kinds,
    random_look,
    random_scene,
    random_solid,
    ROOM_HALF_M,
    Scene,
)


def core_kinds(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Return kinds (colour, shape) that training knows, all of them different."""
    return random_kinds(rng, count, HELD_OUT_PAIRS, CORE_COLOURS, CORE_SHAPES)


def scene_to_move_in(rng: np.random.Generator) -> Scene:
    """Return a scene whose solids stand out of the way of any movement that is asked for."""
    while True:
        scene = random_scene(rng, core_kinds(rng, 3))
        start = np.array(scene.start[:2])
        if (np.abs(start).max() < 0.5 and _way_is_free(scene)):
            return scene


def _way_is_free(scene: Scene) -> bool:
    x, y, yaw = scene.start
    for solid in scene.solids:
        offset = np.array(solid.position) - (x, y)
        along = np.cos(yaw) * offset[0] + np.sin(yaw) * offset[1]
        across = np.cos(yaw) * offset[1] - np.sin(yaw) * offset[0]
        if min(abs(along), abs(across)) < 0.9:
            return False
    return True


def scene_seen(rng: np.random.Generator, kinds: list[tuple[str, str]],
               bearings: Mapping[int, float]) -> tuple[Scene, float]:
    """
    Return a scene with some solids at given bearings [rad], and the distance of the first [m].

    The others stand anywhere but before or behind those.
    """
    while True:
        scene = random_scene(rng, kinds)
        x, y, yaw = scene.start
        solids, spots = [], []
        for number, kind in enumerate(kinds):
            bearing = bearings.get(number, rng.uniform(-np.pi, np.pi))
            distance = rng.uniform(1.6, 3.2)
            spots.append((x + distance * np.cos(yaw + bearing),
                          y + distance * np.sin(yaw + bearing)))
            solids.append(random_solid(rng, kind, np.array(spots[-1])))
        angles = [np.arctan2(b - y, a - x) for a, b in spots]
        apart = min(abs((p - q + np.pi) % (2 * np.pi) - np.pi)
                    for i, p in enumerate(angles) for q in angles[:i])
        if apart > 0.5 and np.abs(spots).max() < ROOM_HALF_M - 1.2:
            distance = float(np.hypot(spots[0][0] - x, spots[0][1] - y))
            return Scene(tuple(solids), random_look(rng), scene.start), distance


def distance_m(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    """Return the distance of a point from a line between two points [m]."""
    along = end - start
    share = np.clip((point - start) @ along / (along @ along), 0, 1)
    return float(np.hypot(*(point - start - share * along)))
