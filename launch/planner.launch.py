"""The planner node alone, beside a fusion node that has been started with `has_planner`."""
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

from vla_ros.core.package_files import config_dir

ARGUMENTS = (
    ('namespace', '', 'Namespace of the node and its topics.'),
    ('params_file', str(config_dir() / 'vla.yaml'), 'Parameters of all nodes.'),
    ('use_sim_time', 'false', 'Whether headers are compared with /clock.'),
    ('robot', 'unitree_g1', 'Robot: name of a shipped description, or a YAML file.'),
    ('log_level', 'info', 'Log level of the node.'),
    ('places_file', '', 'YAML file of places: "kitchen: [x, y, yaw]".'),
)


def generate_launch_description() -> LaunchDescription:
    """Return the planner node."""
    value = LaunchConfiguration
    own = {'robot': value('robot'),
           'places_file': ParameterValue(value('places_file'), value_type=str),
           'use_sim_time': ParameterValue(value('use_sim_time'), value_type=bool)}
    return LaunchDescription([
        *(DeclareLaunchArgument(name, default_value=default, description=text)
          for name, default, text in ARGUMENTS),
        Node(package='vla_ros', executable='planner_node', name='planner_node', output='screen',
             namespace=value('namespace'), parameters=[value('params_file'), own],
             arguments=['--ros-args', '--log-level', value('log_level')]),
    ])
