"""Robot descriptions: one file, no contradiction."""
from dataclasses import asdict, replace

import pytest
import yaml

from vla_ros.core.errors import ConfigurationError, RobotDescriptionError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot, robot_from_mapping


def test_the_action_vector_is_base_axes_and_commanded_joints(g1):
    assert g1.action_size == 3 + 15
    assert [g1.joint_names[i] for i in g1.commanded_index] == list(g1.commanded_joints)
    assert g1.base_index.tolist() == [0, 1, 5]


def test_the_document_humanoid_has_24_joints_and_no_base():
    robot = load_robot(robot_file('humanoid_24dof'))
    assert robot.action_size == len(robot.joint_names) == 24


@pytest.mark.parametrize('change, said', [
    ({'joint_names': ('a', 'a')}, 'named twice'),
    ({'commanded_joints': ('tail',)}, "unknown ['tail']"),
    ({'position_min': (0.0,)}, '1 numbers for the 29'),
    ({'velocity_max': (0.0,) * 29}, 'not above zero'),
    ({'base_axes': ('linear.x', 'up', 'angular.z')}, "unknown ['up']"),
    ({'position_max': (float('nan'),) * 29}, 'not finite'),
    ({'camera_position': (0.0,)}, 'expected 3 numbers'),
])
def test_a_contradiction_is_named(g1, change, said):
    with pytest.raises(RobotDescriptionError, match='.*') as error:
        replace(g1, **change)
    assert said in str(error.value)


def test_an_unknown_field_lists_the_known_ones(g1):
    with pytest.raises(RobotDescriptionError, match=r"unknown fields: \['jionts'\]; known: \["):
        robot_from_mapping({**asdict(g1), 'jionts': []})


def test_integers_count_as_numbers(g1):
    fields = {**asdict(g1), 'camera_pitch': 1}
    assert robot_from_mapping(fields).camera_pitch == 1.0


def test_a_wrong_file_is_named(tmp_path):
    path = tmp_path / 'robot.yaml'
    path.write_text(yaml.safe_dump({'joints': []}))
    with pytest.raises(RobotDescriptionError, match='robot.yaml: no robot description'):
        load_robot(path)


def test_an_unknown_robot_lists_the_shipped_ones():
    with pytest.raises(ConfigurationError, match='humanoid_24dof.*unitree_g1'):
        robot_file('c3po')
