"""
The suites: seeded episodes that measure what a policy understands.

Episodes are drawn from the seed and their own number alone, so that any of them can be run
again by itself.
"""
from collections.abc import Callable
import zlib

import numpy as np

from vla_ros.sim.tasks import (
    absent_suite,
    combined_suite,
    follow_suite,
    gesture_suite,
    goto_suite,
    memory_suite,
    move_suite,
    names_suite,
    pairs_suite,
    phrasings_suite,
    point_suite,
    push_suite,
    relation_suite,
    swapped_suite,
    touch_suite,
)
from vla_ros.sim.tasks.asked import asked
from vla_ros.sim.tasks.episode import Episode, Suite

_MAKERS: dict[Suite, Callable[[int, np.random.Generator], Episode]] = {
    Suite.GOTO: goto_suite.make, Suite.MOVE: move_suite.make,
    Suite.PHRASINGS: phrasings_suite.make, Suite.PAIRS: pairs_suite.make,
    Suite.NAMES: names_suite.make,
    Suite.SWAPPED: swapped_suite.make, Suite.ABSENT: absent_suite.make,
    Suite.MEMORY: memory_suite.make, Suite.GESTURE: gesture_suite.make,
    Suite.POINT: point_suite.make, Suite.RELATION: relation_suite.make,
    Suite.COMBINED: combined_suite.make, Suite.TOUCH: touch_suite.make,
    Suite.PUSH: push_suite.make, Suite.FOLLOW: follow_suite.make}


def episode(suite: Suite, seed: int, index: int, instruction: str | None = None) -> Episode:
    """
    Return an episode of a suite; `instruction` replaces its sentence and its goal.

    :raises ConfigurationError: if the instruction can't be judged in this suite.
    """
    rng = _generator(suite, seed, index)
    if instruction is not None:
        return asked(suite, index, instruction, rng)
    return _MAKERS[suite](index, rng)


def _generator(suite: Suite, seed: int, index: int) -> np.random.Generator:
    own = index // 2 if suite is Suite.SWAPPED else index
    return np.random.default_rng([zlib.crc32(b'evaluation ' + suite.value.encode()), seed, own])
