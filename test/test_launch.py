"""The launch files say what they start."""
import importlib.util
from pathlib import Path

import pytest

launch = pytest.importorskip('launch', reason='launch comes with ROS 2 and is not installed')
actions = pytest.importorskip('launch_ros.actions', reason='launch_ros is not installed')

LAUNCH = Path(__file__).parents[1] / 'launch'


def _description(name):
    spec = importlib.util.spec_from_file_location(name, LAUNCH / f'{name}.launch.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.generate_launch_description()


def _arguments(description):
    kind = launch.actions.DeclareLaunchArgument
    return {e.name for e in description.entities if isinstance(e, kind)}


@pytest.mark.parametrize('name', ['vla', 'demo'])
def test_the_usual_arguments_are_there(name):
    assert {'namespace', 'params_file', 'use_sim_time', 'robot', 'checkpoint',
            'log_level'} <= _arguments(_description(name))


def test_the_demo_can_be_in_an_apartment():
    assert 'world' in _arguments(_description('demo'))


def test_only_the_gate_is_left_on_cmd_vel():
    nodes = [e for e in _description('vla').entities if isinstance(e, actions.Node)]
    assert {n.node_executable for n in nodes if n.condition is None} == {
        'fusion_node', 'command_gate'}
    assert {n.node_executable for n in nodes if n.condition} == {
        'perception_node', 'language_node'}
    context = launch.LaunchContext()
    for node in nodes:
        remapped = {tuple(''.join(s.perform(context) for s in side) for side in pair)
                    for pair in node._Node__remappings}
        if node.node_executable == 'fusion_node':
            assert remapped == {('cmd_vel', 'policy/cmd_vel'),
                                ('joint_trajectory', 'policy/joint_trajectory')}
        else:
            assert not remapped


def test_the_planner_is_started_on_demand_by_each():
    for name in ('vla', 'demo'):
        assert {'planner', 'places_file'} <= _arguments(_description(name))
    node, = (e for e in _description('planner').entities if isinstance(e, actions.Node))
    assert node.node_executable == 'planner_node'


def test_the_recorder_is_started_on_demand_by_each():
    for name in ('vla', 'demo'):
        assert {'record', 'record_to'} <= _arguments(_description(name))
    node, = (e for e in _description('recorder').entities if isinstance(e, actions.Node))
    assert node.node_executable == 'recorder_node'
