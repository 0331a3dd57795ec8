"""The fusion node behind the command gate: what runs on a robot."""
import os
from pathlib import Path

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.actions import SetEnvironmentVariable
from launch.conditions import IfCondition
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import LaunchConfiguration, OrSubstitution
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

from vla_ros.core.package_files import config_dir
from vla_ros.recording.settings import RecorderSettings
from vla_ros.ros.transport import for_images, PROFILE_VARIABLES

ARGUMENTS = (
    ('namespace', '', 'Namespace of all nodes and topics.'),
    ('params_file', str(config_dir() / 'vla.yaml'), 'Parameters of all nodes.'),
    ('use_sim_time', 'false', 'Whether headers are compared with /clock.'),
    ('robot', 'unitree_g1', 'Robot: name of a shipped description, or a YAML file.'),
    ('checkpoint', 'base', 'Policy: name of a shipped checkpoint, or a folder.'),
    ('allow_untrained', 'false', 'Run a checkpoint although it was never trained.'),
    ('armed', 'false', 'Arm the gate as soon as a command comes, without ~/arm.'),
    ('perception', 'false', 'Start the perception node beside them.'),
    ('language', 'false', 'Start the language node beside them.'),
    ('planner', 'false', 'Start the planner node, and perception: it takes the voice then.'),
    ('places_file', '', 'YAML file of places for the planner: "kitchen: [x, y, yaw]".'),
    ('record', 'false', 'Start the recorder node beside them.'),
    ('record_to', RecorderSettings.folder, 'Where it writes episodes.'),
    ('log_level', 'info', 'Log level of all nodes.'),
)
REMAPPINGS = [('cmd_vel', 'policy/cmd_vel'), ('joint_trajectory', 'policy/joint_trajectory')]


def generate_launch_description() -> LaunchDescription:
    """Return the nodes, the fusion node's commands remapped to the gate's input."""
    value = LaunchConfiguration
    shared = {'namespace': value('namespace'), 'output': 'screen', 'package': 'vla_ros',
              'arguments': ['--ros-args', '--log-level', value('log_level')]}
    robot = {'robot': value('robot'),
             'use_sim_time': ParameterValue(value('use_sim_time'), value_type=bool)}
    fusion = {'checkpoint': value('checkpoint'), 'allow_untrained': ParameterValue(
        value('allow_untrained'), value_type=bool),
        # With a planner, the fusion node obeys `instruction`, and of what is said stop words only.
        'has_planner': ParameterValue(value('planner'), value_type=bool)}
    planner = str(Path(__file__).with_name('planner.launch.py'))
    passed_on = ('namespace', 'params_file', 'use_sim_time', 'robot', 'log_level', 'places_file')
    recorder = str(Path(__file__).with_name('recorder.launch.py'))
    recorder_takes = ('namespace', 'params_file', 'use_sim_time', 'log_level', 'record_to')
    gate = {'armed_at_start': ParameterValue(value('armed'), value_type=bool)}
    return LaunchDescription([
        *(DeclareLaunchArgument(name, default_value=default, description=text)
          for name, default, text in ARGUMENTS),
        *shared_memory(),
        Node(executable='command_gate', name='command_gate',
             parameters=[value('params_file'), robot, gate], **shared),
        Node(executable='fusion_node', name='fusion_node', remappings=REMAPPINGS,
             parameters=[value('params_file'), robot, fusion], **shared),
        Node(executable='perception_node', name='perception_node',
             condition=IfCondition(OrSubstitution(value('perception'), value('planner'))),
             parameters=[value('params_file'), robot], **shared),
        Node(executable='language_node', name='language_node',
             condition=IfCondition(value('language')),
             parameters=[value('params_file')], **shared),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(planner), condition=IfCondition(value('planner')),
            launch_arguments=[(name, value(name)) for name in passed_on]),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(recorder), condition=IfCondition(value('record')),
            launch_arguments=[(name, value(name)) for name in recorder_takes]),
    ])


def shared_memory() -> list[SetEnvironmentVariable]:
    """Return what makes large images arrive whole, unless somebody has chosen a profile."""
    if any(os.environ.get(name) for name in PROFILE_VARIABLES):
        return []
    return [SetEnvironmentVariable(name, value) for name, value in for_images().items()]
