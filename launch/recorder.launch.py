"""The recorder node alone, beside whatever runs."""
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

from vla_ros.core.package_files import config_dir
from vla_ros.recording.settings import RecorderSettings

ARGUMENTS = (
    ('namespace', '', 'Namespace of the node and its topics.'),
    ('params_file', str(config_dir() / 'vla.yaml'), 'Parameters of all nodes.'),
    ('use_sim_time', 'false', 'Whether headers are compared with /clock.'),
    ('log_level', 'info', 'Log level of the node.'),
    ('record_to', RecorderSettings.folder, 'Where episodes are written, a folder for each.'),
)


def generate_launch_description() -> LaunchDescription:
    """Return the recorder node."""
    value = LaunchConfiguration
    own = {'folder': ParameterValue(value('record_to'), value_type=str),
           'use_sim_time': ParameterValue(value('use_sim_time'), value_type=bool)}
    return LaunchDescription([
        *(DeclareLaunchArgument(name, default_value=default, description=text)
          for name, default, text in ARGUMENTS),
        Node(package='vla_ros', executable='recorder_node', name='recorder_node', output='screen',
             namespace=value('namespace'), parameters=[value('params_file'), own],
             arguments=['--ros-args', '--log-level', value('log_level')]),
    ])
