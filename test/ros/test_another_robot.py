"""A robot that nobody described but its dataset runs in the fusion node."""
from pathlib import Path

import numpy as np
import pytest
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import String
import torch
from trajectory_msgs.msg import JointTrajectory

pytest.importorskip('pyarrow', reason='pyarrow is not installed')

from vla_ros.learning.lerobot.reader import Dataset
from vla_ros.learning.robot_of_data import robot_from, write_robot
from vla_ros.learning.training import write
from vla_ros.models.presets import Preset
from vla_ros.models.vla import VlaConfig, VlaModel
from vla_ros.nodes.fusion_node import FusionNode
from vla_ros.ros.conversions import joints_to_msg
from vla_ros.ros.images import image_to_msg
from vla_ros.ros.qos import NEWEST

ARM = Path(__file__).parents[1] / 'data' / 'lerobot_arm'


def test_a_checkpoint_for_a_robot_made_from_a_dataset_moves_its_joints(bench, tmp_path):
    """Seven joints, no base: joint trajectories leave, by name, and the base is told nothing."""
    robot = robot_from(Dataset(ARM))
    write_robot(robot, tmp_path / 'robot.yaml', 'lerobot_arm')
    torch.manual_seed(0)
    model = VlaModel(VlaConfig(7, 7, width=32, heads=4, fusion_layers=1, feedforward=32,
                               vision_channels=8))
    folder = write(tmp_path / 'checkpoint', 'arm', Preset.SMALL, model, robot, trained=True)
    trajectories = bench.listen(JointTrajectory, 'joint_trajectory')
    image = bench.node.create_publisher(Image, 'camera/image_raw', NEWEST)
    joints = bench.node.create_publisher(JointState, 'joint_states', NEWEST)
    voice = bench.node.create_publisher(String, 'voice_command', 10)
    node = bench.make(FusionNode, robot=str(tmp_path / 'robot.yaml'), checkpoint=str(folder),
                      runtime='fp32')
    assert node.robot == robot
    rest = np.array(robot.neutral_position)
    picture = np.zeros((48, 64, 3), np.uint8)

    def feed():
        image.publish(image_to_msg(picture))
        joints.publish(joints_to_msg(robot.joint_names, rest, 0 * rest))
        voice.publish(String(data='move left'))

    bench.until(lambda: trajectories, limit_s=20.0, every=feed)
    told = trajectories[-1][1]
    assert set(told.joint_names) <= set(robot.commanded_joints) and told.points
