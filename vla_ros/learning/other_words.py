"""The same scene, other words: does a policy do what it is told, or what the scene suggests?"""
from dataclasses import fields, replace

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import Goal
from vla_ros.language.phrases import say
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.suites import Episode, episode

_TRIES = 20


def told_otherwise(task: Episode, seed: int) -> Episode:
    """
    Return an episode in the same scene with another goal of the same kind.

    Who was told of a solid is told of another one that is there; else the goal is the next of the
    suite that differs.

    :raises ConfigurationError: if nothing else can be said in that scene.
    """
    rng = np.random.default_rng([0x07E12, seed, task.index])
    goal = (_of_another_solid(task.goal, task.scene, rng) if _names_solid(task.goal)
            else _another_of_suite(task, seed))
    return replace(task, goal=goal, instruction=say(goal, rng))


def _names_solid(goal: Goal) -> bool:
    return {'shape', 'colour'} <= {f.name for f in fields(goal)}


def _of_another_solid(goal: Goal, scene: Scene, rng: np.random.Generator) -> Goal:
    others = [s for s in scene.solids if s.colour and (s.shape, s.colour) != (
        goal.shape, goal.colour or s.colour) and len(scene.find_all(s.shape, s.colour)) == 1]
    if not others:
        raise ConfigurationError(f'{goal}: no other solid in the scene has a name of its own')
    solid = others[rng.integers(len(others))]
    return replace(goal, shape=solid.shape, colour=solid.colour)


def _another_of_suite(task: Episode, seed: int) -> Goal:
    for index in range(task.index + 1, task.index + _TRIES):
        other = episode(task.suite, seed, index)
        if other.goal != task.goal and not _names_solid(other.goal):
            return other.goal
    raise ConfigurationError(f'{task.suite.value}: {_TRIES} episodes, all with one goal')
