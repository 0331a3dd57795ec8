"""Scenes that demonstrations are collected in: of everything, or all made for one kind of task."""
from collections.abc import Callable
from enum import Enum

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS
from vla_ros.learning.dataset import SOLIDS_MAX
from vla_ros.sim.scene import random_kinds, random_scene, Scene, Solid
from vla_ros.sim.tasks.follow_suite import moving
from vla_ros.sim.tasks.push_suite import movable
from vla_ros.sim.tasks.scenes import scene_seen
from vla_ros.sim.tasks.touch_suite import on_stands


class Scenes(str, Enum):
    """What scenes are made for; a string, so that it can be written as JSON."""

    MIXED = 'mixed'
    """Some of each of the others, and many with solids that only stand on the floor."""
    TOUCH = 'touch'
    """All solids are on stands."""
    PUSH = 'push'
    """All solids can be moved."""
    FOLLOW = 'follow'
    """The first solid moves."""
    ALIKE = 'alike'
    """The robot begins before several solids of one shape."""


Change = Callable[[Scene, np.random.Generator], Scene]
_CHANGES: dict[Scenes, Change] = {
    Scenes.TOUCH: on_stands, Scenes.PUSH: movable, Scenes.FOLLOW: moving}
_SHARES = {Scenes.TOUCH: 0.14, Scenes.PUSH: 0.14, Scenes.FOLLOW: 0.08}
"""How many of mixed scenes are made for these."""
_NAMELESS_SHARE, _ALIKE_SHARE, _BETWEEN_SHARE = 0.2, 0.4, 0.6
_APART_RAD, _ASIDE_RAD, _JITTER_RAD = 0.62, 0.15, 0.05
"""Between neighbours of which several are alike, of all of them together, and of each."""


def parse_scenes(name: str) -> Scenes:
    """
    Return the kind of scenes of a name.

    :raises ConfigurationError: if there is none; the message lists them.
    """
    try:
        return Scenes(name)
    except ValueError as error:
        raise ConfigurationError(
            f'scenes {name!r}: expected one of {[s.value for s in Scenes]}') from error


def random_training_scene(rng: np.random.Generator, scenes: Scenes = Scenes.MIXED) -> Scene:
    """
    Return a scene without any held-out pair; some solids have a colour without a name.

    Often several solids have the same shape, so that which one is meant has to be said.
    """
    if scenes is Scenes.ALIKE:
        return _with_nameless(_before_some(_kinds_alike(rng), rng), rng)
    kinds = random_kinds(rng, rng.integers(3, SOLIDS_MAX + 1), HELD_OUT_PAIRS)
    if rng.random() < _ALIKE_SHARE:
        kinds = _alike(kinds, rng)
    scene = _with_nameless(random_scene(rng, kinds), rng)
    change = _CHANGES.get(scenes) or _any_change(rng)
    return change(scene, rng) if change else scene


def _any_change(rng: np.random.Generator) -> Change | None:
    """Return what mixed scenes are made for; None: for nothing."""
    draw = rng.random()
    for scenes, share in _SHARES.items():
        if draw < share:
            return _CHANGES[scenes]
        draw -= share
    return None


def _alike(kinds: list[tuple[str, str]], rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return different kinds (colour, shape) of which the first two or three have one shape."""
    count, shape = rng.integers(2, 4), kinds[0][1]
    alike = [(colour, shape) for colour, _ in kinds[:count]]
    return list(dict.fromkeys([*(k for k in alike if k not in HELD_OUT_PAIRS), *kinds[count:]]))


def _kinds_alike(rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return three kinds or more, of which the first two have one shape."""
    while True:
        kinds = _alike(random_kinds(rng, rng.integers(3, SOLIDS_MAX + 1), HELD_OUT_PAIRS), rng)
        if len(kinds) > 2 and kinds[0][1] == kinds[1][1]:
            return kinds


def _before_some(kinds: list[tuple[str, str]], rng: np.random.Generator) -> Scene:
    """
    Return a scene in which the robot sees the first three solids.

    If only two are alike, the third is mostly between them: one is left of it, one is right.
    """
    aside = rng.uniform(-_ASIDE_RAD, _ASIDE_RAD)
    places = rng.permutation([-_APART_RAD, 0.0, _APART_RAD])
    if kinds[2][1] != kinds[0][1] and rng.random() < _BETWEEN_SHARE:
        places = np.append(rng.permutation([-_APART_RAD, _APART_RAD]), 0.0)
    return scene_seen(rng, kinds, {
        number: aside + place + rng.uniform(-_JITTER_RAD, _JITTER_RAD)
        for number, place in enumerate(places[:len(kinds)])})[0]


def _with_nameless(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene in which some solids have a colour without a name."""
    solids = tuple(_nameless(s, rng) if rng.random() < _NAMELESS_SHARE else s
                   for s in scene.solids)
    return Scene(solids, scene.look, scene.start)


def _nameless(solid: Solid, rng: np.random.Generator) -> Solid:
    """Return the solid in a random colour, far from any that its shape must not have."""
    withheld = [COLOURS[c] for c, shape in HELD_OUT_PAIRS if shape == solid.shape]
    while True:
        rgb = rng.uniform(0.05, 0.95, 3)
        if all(np.linalg.norm(rgb - other) > 0.4 for other in withheld):
            return Solid(solid.shape, None, tuple(rgb), solid.position, solid.size_m)
