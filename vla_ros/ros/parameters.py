"""
ROS parameters declared from settings: one default, one range, one sentence for each.

Values are checked as a batch before anything changes, and a check never raises: an exception in
that callback would kill the node, and anybody reaches it with `ros2 param set`.
"""
from collections.abc import Callable
from dataclasses import Field, fields
import difflib
from pathlib import Path
import sys
from typing import Any

from rcl_interfaces.msg import (
    FloatingPointRange,
    IntegerRange,
    ParameterDescriptor,
    SetParametersResult,
)
from rclpy.node import Node
from rclpy.parameter import Parameter
import yaml

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot, robot_from_mapping, RobotDescription
from vla_ros.core.settings import about, checked, from_values

NODE_NAMES = ('fusion_node', 'command_gate', 'language_node', 'perception_node', 'planner_node',
              'recorder_node', 'sim_node')
DESCRIPTION = 'description'
_OF_RCLPY = ('use_sim_time', 'start_type_description_service', 'qos_overrides.')


class SettingsParameters:
    """The parameters of one node that come from a settings dataclass."""

    def __init__(self, node: Node, kind: type, apply: Callable[[Any], None] | None = None):
        """
        Declare everything; `apply` gets the new settings after each accepted change.

        :raises ConfigurationError: if a start-up value is not allowed.
        """
        _check_params_files()
        self._node, self._kind = node, kind
        self._apply = apply or (lambda settings: None)
        self._fields = {f.name: f for f in fields(kind)}
        for name, declared in self._fields.items():
            _declare(node, name, declared)
        self.settings = from_values(kind, {
            name: self._start_value(name) for name in self._fields})
        if hasattr(node, 'add_pre_set_parameters_callback'):
            node.add_pre_set_parameters_callback(self._typed)
        node.add_on_set_parameters_callback(self._check)
        self._has_post = hasattr(node, 'add_post_set_parameters_callback')
        if self._has_post:
            node.add_post_set_parameters_callback(self._take)

    def _start_value(self, name: str) -> Any:
        value = self._node.get_parameter(name).value
        return tuple(value) if isinstance(value, (list, tuple)) or hasattr(
            value, 'tolist') else value

    def _typed(self, parameters: list[Parameter]) -> list[Parameter]:
        """Return the parameters, integers turned into doubles where a double is meant."""
        return [Parameter(p.name, value=float(p.value))
                if type(p.value) is int and isinstance(
                    getattr(self._fields.get(p.name), 'default', None), float) else p
                for p in parameters]

    def _check(self, parameters: list[Parameter]) -> SetParametersResult:
        try:
            for parameter in parameters:
                if parameter.name in self._fields:
                    checked(parameter.name, _plain(parameter.value),
                            self._fields[parameter.name])
        except (ConfigurationError, TypeError, ValueError, AttributeError) as error:
            return SetParametersResult(successful=False, reason=str(error))
        if not self._has_post:                          # Humble has no call after the change
            self._take(parameters)
        return SetParametersResult(successful=True)

    def _take(self, parameters: list[Parameter]) -> None:
        changed = {p.name: _plain(p.value) for p in parameters if p.name in self._fields}
        if changed:
            now = {name: getattr(self.settings, name) for name in self._fields}
            self.settings = from_values(self._kind, {**now, **changed})
            self._apply(self.settings)


def declare_robot(node: Node) -> RobotDescription:
    """
    Declare `robot` and the read-only `description.*`, and return the description.

    :raises ConfigurationError: if `robot` names none.
    :raises RobotDescriptionError: if the description, with whatever was overridden, is wrong.
    """
    node.declare_parameter('robot', 'unitree_g1', ParameterDescriptor(
        description='Robot: name of a shipped description, or the path of a YAML file.',
        read_only=True))
    shipped = load_robot(robot_file(node.get_parameter('robot').value))
    values = {}
    for declared in fields(RobotDescription):
        name = f'{DESCRIPTION}.{declared.name}'
        default = getattr(shipped, declared.name)
        descriptor = ParameterDescriptor(
            description=declared.metadata['description'], read_only=True, dynamic_typing=True)
        value = node.declare_parameter(
            name, list(default) if isinstance(default, tuple) else default, descriptor).value
        # An empty list in a YAML arrives without a type, and so without a value.
        values[declared.name] = () if value is None else _plain(value)
    return robot_from_mapping(values)


def refuse_unknown(node: Node) -> None:
    """
    Refuse start-up values for parameters that the node does not have; call it last.

    :raises ConfigurationError: naming them, and what is nearest.
    """
    given = node._parameter_overrides       # rclpy has no public way to ask what was given
    unknown = [name for name in given if not node.has_parameter(name)
               and not name.startswith(_OF_RCLPY)]
    if unknown:
        known = sorted(node._parameters)
        hints = {n: difflib.get_close_matches(n, known, 1) for n in unknown}
        said = ', '.join(f'{n} (did you mean {h[0]}?)' if h else n for n, h in hints.items())
        raise ConfigurationError(f'{node.get_name()} has no parameter {said}; it has: '
                                 f'{", ".join(known)}')


def _declare(node: Node, name: str, declared: Field) -> None:
    known, default = about(declared), declared.default
    descriptor = ParameterDescriptor(
        description=known.description, read_only=known.is_fixed,
        additional_constraints=f'one of {list(known.choices)}' if known.choices else '',
        # A double may be written as an integer: the check turns it into what is wanted.
        dynamic_typing=True)
    if known.low is not None and isinstance(default, float):
        descriptor.floating_point_range = [
            FloatingPointRange(from_value=float(known.low), to_value=float(known.high))]
    elif known.low is not None:
        descriptor.integer_range = [
            IntegerRange(from_value=int(known.low), to_value=int(known.high))]
    try:
        node.declare_parameter(
            name, list(default) if isinstance(default, tuple) else default, descriptor)
    except Exception as error:  # rclpy has several for a value that is not allowed
        raise ConfigurationError(f'{node.get_name()}: {name}: {error}') from error


def _plain(value: Any) -> Any:
    """Return a value as plain Python: rclpy hands lists out as arrays."""
    return list(value) if hasattr(value, 'tolist') or isinstance(value, tuple) else value


def _check_params_files() -> None:
    """
    Refuse parameter files with a section that nearly names one of our nodes.

    :raises ConfigurationError: a misspelt section would be ignored without a word.
    """
    paths = [Path(after) for before, after in zip(sys.argv, sys.argv[1:])
             if before == '--params-file']
    for path in (p for p in paths if p.is_file()):
        for section in yaml.safe_load(path.read_text(encoding='utf-8')) or {}:
            name = str(section).strip('/').split('/')[-1]
            near = difflib.get_close_matches(name, NODE_NAMES, 1, cutoff=0.75)
            if near and name not in NODE_NAMES:
                raise ConfigurationError(
                    f'{path}: section {section!r}: did you mean {near[0]!r}? '
                    f'Nodes: {", ".join(NODE_NAMES)}')
