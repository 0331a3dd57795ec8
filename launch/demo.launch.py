"""A simulated G1 in a room or an apartment, and the nodes that make it obey."""
from pathlib import Path

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.actions import SetEnvironmentVariable
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import EnvironmentVariable, LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

from vla_ros.core.package_files import config_dir
from vla_ros.recording.settings import RecorderSettings

ARGUMENTS = (
    ('namespace', '', 'Namespace of all nodes and topics.'),
    ('params_file', str(config_dir() / 'vla.yaml'), 'Parameters of all nodes.'),
    ('use_sim_time', 'false', 'Whether headers are compared with /clock.'),
    ('robot', 'unitree_g1', 'Robot: name of a shipped description, or a YAML file.'),
    ('log_level', 'info', 'Log level of all nodes.'),
    ('world', 'room', 'Where the robot is: room or apartment.'),
    ('solids', 'fixed', 'How solids stand: fixed, movable, on_stands or one_moves.'),
    ('randomise', '', 'What is drawn at random, such as lights,camera; or all.'),
    ('seed', '3', 'Where the solids stand and how the room looks.'),
    ('view', 'false', "Open MuJoCo's window."),
    ('armed', 'true', 'Arm the gate as soon as a command comes.'),
    ('checkpoint', 'base', 'Policy: name of a shipped checkpoint, or a folder.'),
    ('perception', 'false', 'Start the perception node too.'),
    ('language', 'false', 'Start the language node too.'),
    ('planner', 'false', 'Start the planner node too, and perception for it.'),
    ('record', 'false', 'Start the recorder node too.'),
    ('record_to', RecorderSettings.folder, 'Where it writes episodes.'),
    ('places_file', '', 'YAML file of places for the planner; the simulator tells its own.'),
)


def generate_launch_description() -> LaunchDescription:
    """Return the simulator and `vla.launch.py`, which takes the same arguments."""
    value = LaunchConfiguration
    nodes = str(Path(__file__).with_name('vla.launch.py'))
    passed_on = ('namespace', 'params_file', 'use_sim_time', 'robot', 'log_level', 'armed',
                 'checkpoint', 'perception', 'language', 'planner', 'places_file', 'record',
                 'record_to')
    simulator = {
        'robot': value('robot'), 'world': value('world'), 'solids': value('solids'),
        'randomise': ParameterValue(value('randomise'), value_type=str),
        'seed': ParameterValue(value('seed'), value_type=int),
        'view': ParameterValue(value('view'), value_type=bool),
        'publish_clock': ParameterValue(value('use_sim_time'), value_type=bool)}
    return LaunchDescription([
        *(DeclareLaunchArgument(name, default_value=default, description=text)
          for name, default, text in ARGUMENTS),
        SetEnvironmentVariable('MUJOCO_GL', EnvironmentVariable('MUJOCO_GL',
                                                                default_value='egl')),
        IncludeLaunchDescription(PythonLaunchDescriptionSource(nodes), launch_arguments=[
            (name, value(name)) for name in passed_on]),
        Node(package='vla_ros', executable='sim_node', name='sim_node', output='screen',
             namespace=value('namespace'), parameters=[value('params_file'), simulator],
             arguments=['--ros-args', '--log-level', value('log_level')]),
    ])
