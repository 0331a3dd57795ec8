"""Which robot a LeRobot dataset is of: names from its meta, limits from what was recorded."""
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

import numpy as np
import yaml

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.robot import BASE_AXES, RobotDescription
from vla_ros.learning.lerobot.layout import Feature, Info
from vla_ros.learning.lerobot.reader import Dataset

STATE, VELOCITY, ACTION = 'observation.state', 'observation.velocity', 'action'
_SUFFIX = '.pos'
_PLAUSIBLE_RAD = 4 * np.pi
"""Joints that are said to turn further than this are not in radians."""
_HEADER = (
    '# Made from the LeRobot dataset {name!r}: names are those of its meta; limits are what was\n'
    '# recorded there and a margin, accelerations and jerks are guesses. Check them before\n'
    '# anything moves.\n')


class Units(Enum):
    """What joint positions of a dataset are in."""

    RADIANS = 'rad'
    DEGREES = 'deg'

    @property
    def scale(self) -> float:
        """Return what makes radians of them."""
        return 1.0 if self is Units.RADIANS else np.pi / 180


@dataclass(frozen=True)
class Columns:
    """Where the numbers of a robot stand in a dataset."""

    joints: np.ndarray
    """(J,) in `observation.state`."""
    actions: np.ndarray
    """(A,) in `action`: [base axes | commanded joints]."""


def columns_for(robot: RobotDescription, info: Info) -> Columns:
    """
    Return where the joints and actions of a robot stand, by their names.

    :raises ConfigurationError: if the dataset lacks one of them.
    """
    states, actions = names_of(info)
    wanted = (*robot.base_axes, *robot.commanded_joints)
    for key, asked, there in ((STATE, robot.joint_names, states), (ACTION, wanted, actions)):
        if missing := [name for name in asked if name not in there]:
            raise ConfigurationError(f'{key}: the dataset has no {missing}, which robot '
                                     f'{robot.name!r} has; it has {list(there)}')
    return Columns(np.array([states.index(n) for n in robot.joint_names], int),
                   np.array([actions.index(n) for n in wanted], int))


def names_of(info: Info) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return what the elements of state and action are called; without names joints are counted.

    :raises ConfigurationError: if there is no state or no action.
    """
    if missing := {STATE, ACTION} - info.features.keys():
        raise ConfigurationError(f'the dataset has no {sorted(missing)}; '
                                 f'it has {sorted(info.features)}')
    state, action = info.features[STATE], info.features[ACTION]
    states = _names(state) or tuple(f'joint_{i + 1}' for i in range(state.size))
    actions = _names(action) or (states if action.size == state.size else ())
    if not actions:
        raise ConfigurationError(f'{ACTION}: {action.size} numbers without names for '
                                 f'{state.size} of {STATE}: nobody knows which is which')
    return states, actions


def _names(feature: Feature) -> tuple[str, ...]:
    if feature.names is None or len(feature.names) != feature.size:
        return ()
    return tuple(name.removesuffix(_SUFFIX) for name in feature.names)


def robot_from(dataset: Dataset, units: Units = Units.RADIANS) -> RobotDescription:
    """
    Return a description of the robot of a dataset.

    :raises ConfigurationError: if positions can't be radians, or an action is of no joint.
    """
    states, actions = names_of(dataset.info)
    base = tuple(axis for axis in BASE_AXES if axis in actions)
    commanded = tuple(name for name in actions if name not in BASE_AXES)
    if unknown := [name for name in commanded if name not in states]:
        raise ConfigurationError(
            f'{ACTION}: {unknown} are neither joints of {STATE}, which are {list(states)}, nor '
            f'among {list(BASE_AXES)}')
    seen = _Seen(dataset)
    low, high = (seen.extremes(states, actions, pick) * units.scale for pick in (0, 1))
    if (most := float(np.abs([low, high]).max())) > _PLAUSIBLE_RAD:
        raise ConfigurationError(f'{STATE}: joints up to {most:.0f} are no radians; '
                                 'is it --units deg?')
    margin = 0.02 + 0.05 * (high - low)
    speed = np.maximum(0.5, 1.5 * seen.speed * units.scale)
    twist = seen.action[:, [actions.index(axis) for axis in base]].astype(float)
    return RobotDescription(
        dataset.info.robot_type or dataset.name, states, commanded,
        _rounded(low - margin), _rounded(high + margin), _rounded(speed), _rounded(4 * speed),
        _rounded(80 * speed), _rounded(np.clip(seen.start * units.scale, low, high)), base,
        _rounded(np.minimum(-0.05, twist[0])), _rounded(np.maximum(0.05, twist[1])),
        _rounded(np.maximum(0.5, 2 * np.abs(twist).max(0))))


class _Seen:
    """What was recorded of a dataset's joints and actions: lowest and highest, (2, ...)."""

    def __init__(self, dataset: Dataset):
        parts = [{key: rows.reshape(len(rows), -1) for key, rows in dataset.numbers(
            episode, (STATE, ACTION)).items()} for episode in dataset.episodes]
        self.state, self.action = (np.stack([
            np.min([p[key].min(0) for p in parts], 0), np.max([p[key].max(0) for p in parts], 0)])
            for key in (STATE, ACTION))
        self.start = np.median([p[STATE][0] for p in parts], axis=0)
        self.speed = dataset.info.fps * np.max(
            [np.abs(np.diff(p[STATE], axis=0)).max(0, initial=0.0) for p in parts], axis=0)

    def extremes(self, states: tuple[str, ...], actions: tuple[str, ...],
                 which: int) -> np.ndarray:
        """Return the lowest (0) or highest (1) position of each joint, was or was asked for."""
        found = self.state[which].astype(float).copy()
        pick = (min, max)[which]
        for at, name in enumerate(actions):
            if name in states:
                joint = states.index(name)
                found[joint] = pick(found[joint], self.action[which, at])
        return found


def _rounded(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(v), 4) for v in values)


def write_robot(robot: RobotDescription, path: Path, dataset_name: str) -> None:
    """Write a description as the YAML file that nodes and `vla` read."""
    told = {f.name: getattr(robot, f.name) for f in fields(robot)}
    told = {name: list(v) if isinstance(v, tuple) else v for name, v in told.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEADER.format(name=dataset_name) + yaml.safe_dump(
        {'/**': {'ros__parameters': {'description': told}}}, sort_keys=False,
        default_flow_style=None, width=95), encoding='utf-8')
