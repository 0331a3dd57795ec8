"""
Which columns of recorded actions are which: by the names that a dataset gives its joints.

A robot that has more commanded joints now than when a dataset was recorded reads it as if it had
kept the new ones at rest.
"""
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.dataset import Frames, read_meta, shard_names

NAMES = 'commanded_joints'
"""Key of `meta.json`."""


def action_names(robot: RobotDescription, meta: dict, columns: int,
                 source: Path) -> tuple[str, ...]:
    """
    Return what the columns of recorded actions are called.

    :raises ConfigurationError: if nobody can know.
    """
    known = meta.get(NAMES)
    if known is None and columns == robot.action_size:
        return (*robot.base_axes, *robot.commanded_joints)
    if known is None:
        raise ConfigurationError(
            f'{source}: actions of {columns} numbers, those of robot {robot.name!r} have '
            f'{robot.action_size}, and meta.json does not say of which joints; add "{NAMES}" to '
            f'it, with the names of the last {columns - len(robot.base_axes)} in their order')
    names = (*robot.base_axes, *known)
    if len(names) != columns:
        raise ConfigurationError(
            f'{source}: actions of {columns} numbers; {list(robot.base_axes)} and "{NAMES}" of '
            f'meta.json name {len(names)}')
    return names


def actions_for(robot: RobotDescription, names: Sequence[str], actions: np.ndarray,
                source: Path) -> np.ndarray:
    """
    Return recorded actions (N, columns) as those of a robot (N, A), float32.

    :param names: of the columns; joints of the robot that are not among them were at rest.
    :raises ConfigurationError: if one of them is not the robot's, or a base axis is missing.
    """
    wanted = (*robot.base_axes, *robot.commanded_joints)
    if unknown := [name for name in names if name not in wanted]:
        raise ConfigurationError(f'{source}: actions of {unknown}, which robot {robot.name!r} is '
                                 f'not commanded by; it is by {list(wanted)}')
    if missing := [axis for axis in robot.base_axes if axis not in names]:
        raise ConfigurationError(f'{source}: no actions of {missing}, along which robot '
                                 f'{robot.name!r} moves')
    rest = np.concatenate([np.zeros(len(robot.base_axes)),
                           robot.of_commanded('neutral_position')])
    filled = np.tile(rest.astype(np.float32), (len(actions), 1))
    filled[:, [wanted.index(name) for name in names]] = actions
    return filled


def of_robot(robot: RobotDescription, frames: Frames, folder: Path) -> Frames:
    """
    Return frames from a folder of `vla collect` with the actions that a robot has now.

    :raises ConfigurationError: if they are not the robot's, or nobody knows whose they are.
    """
    names = action_names(robot, read_meta(folder), frames.previous_action.shape[1], folder)
    return replace(frames, previous_action=actions_for(
        robot, names, frames.previous_action, folder))


def check_goes_on(robot: RobotDescription, folder: Path, scenes: str = 'mixed') -> None:
    """
    Refuse to add shards to those of other commanded joints, or of other scenes.

    :raises ConfigurationError: if there are such; the message says what they have.
    """
    if not shard_names(folder):
        return
    meta = read_meta(folder)
    if (before := meta.get('scenes', 'mixed')) != scenes:
        raise ConfigurationError(f'{folder}: holds shards of scenes {before!r}, asked for '
                                 f'{scenes!r}; collect into another folder')
    known = meta.get(NAMES)
    if known != list(robot.commanded_joints):
        raise ConfigurationError(
            f'{folder}: holds shards whose commanded joints are {known or "not named"}; those of '
            f'robot {robot.name!r} are {list(robot.commanded_joints)}; collect into another '
            f'folder, or name them as "{NAMES}" of meta.json if they are the same')
