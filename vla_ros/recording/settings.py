"""Every knob of the recorder node, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting

TOPICS = (
    'camera/image_raw sensor_msgs/msg/Image',
    'camera/camera_info sensor_msgs/msg/CameraInfo',
    'joint_states sensor_msgs/msg/JointState',
    'odom nav_msgs/msg/Odometry',
    'voice_command std_msgs/msg/String',
    'instruction std_msgs/msg/String',
    'policy/cmd_vel geometry_msgs/msg/Twist',
    'policy/joint_trajectory trajectory_msgs/msg/JointTrajectory',
    'navigation/cmd_vel geometry_msgs/msg/Twist',
    'teleop/cmd_vel geometry_msgs/msg/Twist',
    'teleop/joint_trajectory trajectory_msgs/msg/JointTrajectory',
    'cmd_vel geometry_msgs/msg/Twist',
    'joint_trajectory trajectory_msgs/msg/JointTrajectory',
    'command_gate/state std_msgs/msg/String latched',
    'fusion_node/mode std_msgs/msg/String latched')
"""What the fusion node sees and is told, what it and a person command, what the gate lets pass."""


@dataclass(frozen=True)
class RecorderSettings:
    """Settings of the recorder node."""

    folder: str = setting(
        '~/vla_episodes', 'Where episodes are written, a folder for each.')
    topics: tuple[str, ...] = setting(
        TOPICS, "What is recorded: 'name type', and 'latched' where the last message stays true.",
        is_fixed=True)
    instruction: str = setting(
        '', 'Instruction of the episodes; empty: what was said.')
    correcting_inputs: tuple[str, ...] = setting(
        ('teleop',), 'Inputs of the gate by which a person steers: what they do is a correction.')
    disk_reserve_mb: float = setting(
        1000.0, 'Space that is left free: with less, no episode goes on or begins [MB].',
        0.0, 1e9)
    queue_mb: float = setting(
        64.0, 'Messages that may wait for the disk; more are dropped and counted [MB].',
        1.0, 10000.0, is_fixed=True)
    compression: str = setting(
        'none', 'Compression of the files; zstd costs processor time, and gains little on images.',
        choices=('none', 'zstd'))
    nice: int = setting(
        5, 'Priority of the process, as of `nice`: whoever commands the robot comes first.',
        -20, 19, is_fixed=True)
    read_rate: float = setting(
        100.0, 'How often messages are fetched a second; each keeps the time it came [Hz].',
        10.0, 1000.0)
