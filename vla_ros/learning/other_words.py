"""The same scene with other words: for another goal, or for the same one."""
from dataclasses import fields, replace

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Bow, Gesture, Goal, GoTo, Move, PointAt, Stop, Visit
from vla_ros.language.phrases import say, Split
from vla_ros.sim.scene import Scene, Solid
from vla_ros.sim.tasks.suites import Episode, episode, Suite

_OF_A_SOLID = (GoTo, Visit, PointAt)
"""Goals that can be had with any solid of a scene."""
_OF_THE_BODY = (Move, Stop, Gesture, Bow)
"""Goals that can be had in any scene."""
_TRIES = 20


def can_be_told_otherwise(task: Episode) -> bool:
    """Return whether another goal can be had in the scene of an episode."""
    return (isinstance(task.goal, (*_OF_A_SOLID, *_OF_THE_BODY))
            and task.suite is not Suite.ABSENT)


def told_otherwise(task: Episode, seed: int) -> Episode:
    """
    Return an episode in the same scene with another goal of the same kind.

    Who was told of a solid is told of another one that is there; else the goal is the next of the
    suite that differs.

    :raises ConfigurationError: if nothing else can be said in that scene.
    """
    if not can_be_told_otherwise(task):
        raise ConfigurationError(f'suite {task.suite.value!r}: {task.goal} is judged in a scene '
                                 'made for it, which has no other goal')
    rng = np.random.default_rng([0x07E12, seed, task.index])
    goal = (_of_another_solid(task.goal, task.scene, rng) if isinstance(task.goal, _OF_A_SOLID)
            else _another_of_suite(task, seed))
    return replace(task, goal=goal, instruction=say(goal, rng))


def told_in_unseen_words(task: Episode, seed: int) -> Episode:
    """Return an episode with the same goal, in forms of words that training never had."""
    rng = np.random.default_rng([0x0E5EE, seed, task.index])
    return replace(task, instruction=say(task.goal, rng, Split.UNSEEN))


def _of_another_solid(goal: Goal, scene: Scene, rng: np.random.Generator) -> Goal:
    others = [s for s in scene.solids if s.colour and not _fits(goal, s)
              and len(scene.find_all(s.shape, s.colour)) == 1]
    if not others:
        raise ConfigurationError(f'{goal}: no other solid of the scene has a name of its own')
    solid = others[rng.integers(len(others))]
    # The new name is enough: what told the first one from others is not said of the second.
    plain = {f.name: f.default for f in fields(goal) if f.name in ('relation', 'is_first')}
    return replace(goal, shape=solid.shape, colour=solid.colour, **plain)


def _fits(goal: Goal, solid: Solid) -> bool:
    """Return whether a goal's name may mean a solid."""
    return solid.shape == goal.shape and goal.colour in (None, solid.colour)


def _another_of_suite(task: Episode, seed: int) -> Goal:
    for index in range(task.index + 1, task.index + _TRIES):
        goal = episode(task.suite, seed, index).goal
        if goal != task.goal and isinstance(goal, _OF_THE_BODY):
            return goal
    raise ConfigurationError(f'suite {task.suite.value!r}: {_TRIES} episodes with one goal')
