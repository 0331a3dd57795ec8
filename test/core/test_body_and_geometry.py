"""Poses, and the motion since a command."""
import numpy as np
import pytest

from vla_ros.core.body import MOTION_SIZE, motion_vector, MotionSinceCommand
from vla_ros.core.geometry import moved, points_in, pose_in, wrap_angle, yaw_of_quaternion


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_a_frame_sees_itself_at_the_origin(rng):
    for pose in rng.uniform(-3, 3, (50, 3)):
        assert pose_in(pose, pose) == pytest.approx([0, 0, 0], abs=1e-12)


def test_distances_do_not_depend_on_the_frame(rng):
    frame, points = rng.uniform(-3, 3, 3), rng.uniform(-3, 3, (20, 2))
    there = points_in(frame, points)
    assert np.hypot(*(points[0] - points[5])) == pytest.approx(
        np.hypot(*(there[0] - there[5])))


def test_yaw_survives_a_quaternion():
    for yaw in np.linspace(-3.1, 3.1, 21):
        assert yaw_of_quaternion(np.cos(yaw / 2), 0, 0, np.sin(yaw / 2)) == pytest.approx(yaw)


def test_whole_turns_are_counted():
    motion, pose = MotionSinceCommand(), np.zeros(3)
    for tick in range(200):
        done = motion.update(0.1 * tick, pose, np.zeros(3))
        pose = moved(pose, np.array([0, 0, 0.7]), 0.1)
    assert done[2] == pytest.approx(0.7 * 0.1 * 199)
    assert abs(wrap_angle(done[2])) <= np.pi


def test_without_odometry_the_commands_are_added_up():
    motion = MotionSinceCommand()
    for tick in range(21):
        done = motion.update(0.1 * tick, None, np.array([0.5, 0.0, 0.0]))
    assert done == pytest.approx([1.0, 0.0, 0.0])


def test_a_motion_is_told_from_where_the_command_was_given():
    motion = MotionSinceCommand()
    motion.update(0.0, np.array([5.0, 5.0, np.pi / 2]), np.zeros(3))
    assert motion.update(0.1, np.array([5.0, 7.0, np.pi / 2]), np.zeros(3)) == pytest.approx(
        [2.0, 0.0, 0.0])


def test_the_motion_vector_has_its_size_for_one_and_for_many():
    assert motion_vector(np.zeros(3), np.zeros(3)).shape == (MOTION_SIZE,)
    assert motion_vector(np.zeros((4, 3)), np.zeros((4, 3))).shape == (4, MOTION_SIZE)
