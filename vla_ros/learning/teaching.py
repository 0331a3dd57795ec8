"""
Something new from recordings alone, on top of a policy that learned in the simulator.

Who trains on ten recordings forgets the rest. So rooms of the simulator are met again meanwhile,
which are collected once, and only how chunks are written learns: what is seen, sought and
remembered stays as it is.
"""
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from vla_ros.core.robot import RobotDescription
from vla_ros.learning.collect import collect, describe
from vla_ros.learning.materials import Reading
from vla_ros.learning.recordings import source_of
from vla_ros.learning.robot_of_data import columns_for
from vla_ros.learning.trainer import finetuning, Recipe
from vla_ros.learning.training_scenes import Scenes

_ROOMS = ((Scenes.MIXED, 64, 51), (Scenes.TOUCH, 32, 52))
"""What is rehearsed: kinds of scenes, episodes of 25 seconds, seeds."""
_STEPS, _LEARNING_RATE, _REHEARSED_SHARE = 300, 5e-4, 0.7


def is_from_simulator(manifest: dict) -> bool:
    """Return whether a checkpoint learned from demonstrations of the simulator, among others."""
    data = manifest.get('data', [])
    return any('errands' in each for each in (data if isinstance(data, list) else [data]))


def check_recordings(robot: RobotDescription, data: Iterable[Path], reading: Reading) -> None:
    """
    Refuse recordings that a robot can't be taught by.

    :raises ConfigurationError: if one has no such camera, or lacks joints or actions.
    """
    for each in data:
        columns_for(robot, source_of(robot, each, reading).dataset.info)


def rooms_again(robot: RobotDescription, folder: Path, jobs: int,
                report: Callable[[int, int], None]) -> tuple[Path, ...]:
    """
    Return datasets of the simulator to rehearse; what of them is missing is collected.

    :param report: called with (shards done, shards in all) of the dataset that is collected.
    :raises ConfigurationError: if the folder holds datasets of another kind.
    """
    for scenes, episodes, seed in _ROOMS:
        describe(robot, folder / scenes.value, episodes, seed, scenes=scenes)
        collect(robot, folder / scenes.value, episodes, seed, jobs, report, scenes=scenes)
    return tuple(folder / scenes.value for scenes, _, _ in _ROOMS)


def teaching(start: str, seed: int = 0, steps: int | None = None) -> Recipe:
    """Return the recipe that adds something to a trained checkpoint and keeps the rest."""
    return replace(finetuning(start, seed, steps or _STEPS), learning_rate=_LEARNING_RATE,
                   only_writes=True, rehearsal=_REHEARSED_SHARE)
