"""
A robot in numbers: joints, limits, base axes, frames, camera.

It is read from ONE YAML file that is a ROS parameter file at the same time, so that nodes,
training and simulator can't disagree.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml

from vla_ros.core.errors import RobotDescriptionError

BASE_AXES = ('linear.x', 'linear.y', 'linear.z', 'angular.x', 'angular.y', 'angular.z')
"""Components of a Twist, in the order of `ActionChunk.base_twist`."""


def _described(description: str, **kwargs):
    return field(metadata={'description': description}, **kwargs)


@dataclass(frozen=True)
class RobotDescription:
    """
    What learning, control and nodes must agree on about one robot.

    Field names are the parameter names under `description.`; lists per joint follow
    `joint_names`, lists per axis follow `base_axes`.

    :raises RobotDescriptionError: if lengths differ, a name is unknown or doubled, a number is
        not finite, or a limit is empty.
    """

    name: str = _described('Name of the robot; a checkpoint must have been trained for it.')
    joint_names: tuple[str, ...] = _described('Every joint of the robot that is observed.')
    commanded_joints: tuple[str, ...] = _described('The joints that are sent trajectories.')
    position_min: tuple[float, ...] = _described('Lowest joint positions [rad].')
    position_max: tuple[float, ...] = _described('Highest joint positions [rad].')
    velocity_max: tuple[float, ...] = _described('Highest joint speeds [rad/s].')
    acceleration_max: tuple[float, ...] = _described('Highest joint accelerations [rad/s^2].')
    jerk_max: tuple[float, ...] = _described('Highest joint jerks [rad/s^3].')
    neutral_position: tuple[float, ...] = _described('Joint positions at rest [rad].')
    base_axes: tuple[str, ...] = _described('Components of cmd_vel that the base can follow.')
    base_velocity_min: tuple[float, ...] = _described('Lowest base velocities [m/s, rad/s].')
    base_velocity_max: tuple[float, ...] = _described('Highest base velocities [m/s, rad/s].')
    base_acceleration_max: tuple[float, ...] = _described(
        'Highest base accelerations [m/s^2, rad/s^2].')
    base_frame: str = _described('Frame of the base (REP 105, 120).', default='base_link')
    odom_frame: str = _described('Frame of the odometry (REP 105).', default='odom')
    camera_frame: str = _described('Optical frame of the camera (REP 103).',
                                   default='camera_optical_frame')
    camera_parent: str = _described('Body that the camera is fixed to.', default='torso_link')
    camera_position: tuple[float, ...] = _described(
        'Position of the camera in its parent [m].', default=(0.0, 0.0, 0.0))
    camera_pitch: float = _described('How far the camera looks down [rad].', default=0.0)
    camera_vertical_fov: float = _described('Vertical field of view [rad].', default=1.0)

    def __post_init__(self):
        self._check_joints()
        self._check_base()
        if len(self.camera_position) != 3:
            raise RobotDescriptionError(
                f'camera_position: expected 3 numbers, got {len(self.camera_position)}')

    def _check_joints(self) -> None:
        _expect_unique('joint_names', self.joint_names)
        _expect_unique('commanded_joints', self.commanded_joints)
        _expect_known('commanded_joints', self.commanded_joints, self.joint_names)
        for name in ('position_min', 'position_max', 'velocity_max', 'acceleration_max',
                     'jerk_max', 'neutral_position'):
            _expect_numbers(name, getattr(self, name), len(self.joint_names), 'joint_names')
        _expect_order('position_min', self.position_min, 'neutral_position',
                      self.neutral_position, self.joint_names)
        _expect_order('neutral_position', self.neutral_position, 'position_max',
                      self.position_max, self.joint_names)
        _expect_positive('velocity_max', self.velocity_max, self.joint_names)
        _expect_positive('acceleration_max', self.acceleration_max, self.joint_names)
        _expect_positive('jerk_max', self.jerk_max, self.joint_names)

    def _check_base(self) -> None:
        _expect_unique('base_axes', self.base_axes)
        _expect_known('base_axes', self.base_axes, BASE_AXES)
        for name in ('base_velocity_min', 'base_velocity_max', 'base_acceleration_max'):
            _expect_numbers(name, getattr(self, name), len(self.base_axes), 'base_axes')
        zeros = (0.0,) * len(self.base_axes)
        _expect_order('base_velocity_min', self.base_velocity_min, 'zero', zeros, self.base_axes)
        _expect_order('zero', zeros, 'base_velocity_max', self.base_velocity_max, self.base_axes)
        _expect_positive('base_acceleration_max', self.base_acceleration_max, self.base_axes)

    @property
    def action_size(self) -> int:
        """Return the length of the action vector [base axes | commanded joints]."""
        return len(self.base_axes) + len(self.commanded_joints)

    @cached_property
    def commanded_index(self) -> np.ndarray:
        """Return where the commanded joints stand among all joints, shape (C,)."""
        return np.array([self.joint_names.index(j) for j in self.commanded_joints], dtype=int)

    @cached_property
    def base_index(self) -> np.ndarray:
        """Return where the base axes stand in a twist, shape (A,)."""
        return np.array([BASE_AXES.index(a) for a in self.base_axes], dtype=int)

    def of_commanded(self, name: str) -> np.ndarray:
        """Return a list per joint, such as 'position_min', for the commanded joints, (C,)."""
        return np.asarray(getattr(self, name), float)[self.commanded_index]


def load_robot(path: str | Path) -> RobotDescription:
    """
    Read a description from its YAML file.

    :raises RobotDescriptionError: if the file can't be read, is no description, or its content
        is wrong; the message names the file.
    """
    try:
        document = yaml.safe_load(Path(path).read_text(encoding='utf-8'))
        return robot_from_mapping(document['/**']['ros__parameters']['description'])
    except OSError as error:
        raise RobotDescriptionError(f'{path}: {error.strerror}') from error
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise RobotDescriptionError(
            f'{path}: no robot description: expected /**: ros__parameters: description: '
            f'({type(error).__name__}: {error})') from error
    except RobotDescriptionError as error:
        raise RobotDescriptionError(f'{path}: {error}') from error


def robot_from_mapping(values: Mapping[str, object]) -> RobotDescription:
    """
    Return the description with these fields; numbers may be written as integers.

    :raises RobotDescriptionError: if a field is unknown, missing or of the wrong type.
    """
    known = {f.name: f for f in fields(RobotDescription)}
    if unknown := values.keys() - known.keys():
        raise RobotDescriptionError(
            f'unknown fields: {sorted(unknown)}; known: {sorted(known)}')
    try:
        return RobotDescription(
            **{name: _typed(known[name].type, value) for name, value in values.items()})
    except TypeError as error:
        raise RobotDescriptionError(f'incomplete description: {error}') from error
    except ValueError as error:
        raise RobotDescriptionError(str(error)) from error


def _typed(kind, value):
    if kind is str:
        return str(value)
    if kind is float:
        return float(value)
    element = str if kind == tuple[str, ...] else float
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise RobotDescriptionError(f'expected a list, got {value!r}')
    return tuple(element(v) for v in value)


def _expect_unique(name: str, values: Sequence[str]) -> None:
    if doubled := {v for v in values if values.count(v) > 1}:
        raise RobotDescriptionError(f'{name}: named twice: {sorted(doubled)}')


def _expect_known(name: str, values: Sequence[str], known: Sequence[str]) -> None:
    if unknown := set(values) - set(known):
        raise RobotDescriptionError(f'{name}: unknown {sorted(unknown)}; known: {list(known)}')


def _expect_numbers(name: str, values: Sequence[float], count: int, per: str) -> None:
    if len(values) != count:
        raise RobotDescriptionError(
            f'{name}: {len(values)} numbers for the {count} entries of {per}')
    if not np.isfinite(values).all():
        raise RobotDescriptionError(f'{name}: not finite: {list(values)}')


def _expect_order(low_name, low, high_name, high, names) -> None:
    wrong = [n for n, a, b in zip(names, low, high, strict=True) if a > b]
    if wrong:
        raise RobotDescriptionError(f'{low_name} above {high_name} for {wrong}')


def _expect_positive(name: str, values: Sequence[float], names: Sequence[str]) -> None:
    if wrong := [n for n, v in zip(names, values, strict=True) if v <= 0]:
        raise RobotDescriptionError(f'{name}: not above zero for {wrong}')
