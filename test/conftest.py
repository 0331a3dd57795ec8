"""What all tests share: checked message fields, private ROS domains, one robot."""
import os

# Before rclpy is imported: a wrong type in a message field is then an error, not garbage.
os.environ.setdefault('ROS_PYTHON_CHECK_FIELDS', '1')
os.environ.setdefault('ROS_AUTOMATIC_DISCOVERY_RANGE', 'LOCALHOST')
os.environ.setdefault('MUJOCO_GL', 'egl')

import pytest

from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot


def pytest_addoption(parser):
    """Let the Makefile ask for the build by colcon."""
    parser.addoption('--colcon', action='store_true', help='also build and test by colcon')


@pytest.fixture(scope='session')
def g1():
    """Return the description of the Unitree G1."""
    return load_robot(robot_file('unitree_g1'))
