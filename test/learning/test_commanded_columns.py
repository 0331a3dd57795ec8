"""A dataset of fewer commanded joints is read by name; what nobody can know is refused."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.cli.main import main
from vla_ros.core.errors import ConfigurationError
from vla_ros.learning.dataset import Frames, read_frames, write_meta, write_shard
from vla_ros.learning.materials import frames_in

ARMS = 14
"""Commanded joints of the G1 before its waist was one of them."""


@pytest.fixture
def armed(g1):
    return replace(g1, commanded_joints=g1.commanded_joints[:ARMS])


@pytest.fixture
def data(g1, frames, tmp_path):
    few = {name: value[:6] for name, value in vars(frames).items()}
    rng = np.random.default_rng(0)
    few['previous_action'] = rng.normal(size=(6, 3 + ARMS)).astype(np.float32)
    write_shard(tmp_path, 'shard-00000', Frames(**few))
    return tmp_path


def test_joints_that_came_later_were_at_rest_and_others_go_by_name(g1, armed, data):
    write_meta(data, robot=g1.name, commanded_joints=armed.commanded_joints)
    recorded = read_frames(data).previous_action
    for robot in (g1, replace(g1, commanded_joints=g1.commanded_joints[::-1])):
        read = frames_in(robot, data).previous_action
        assert read.dtype == np.float32 and read.shape == (6, robot.action_size)
        assert np.array_equal(read[:, :3], recorded[:, :3])
        for name in robot.commanded_joints:
            column = read[:, 3 + robot.commanded_joints.index(name)]
            if name in armed.commanded_joints:
                assert np.array_equal(
                    column, recorded[:, 3 + armed.commanded_joints.index(name)])
            else:
                rest = robot.neutral_position[robot.joint_names.index(name)]
                assert column == pytest.approx(rest)


def test_without_names_only_a_robot_whose_columns_they_can_be_reads_it(g1, armed, data):
    write_meta(data, robot=g1.name)
    assert np.array_equal(frames_in(armed, data).previous_action,
                          read_frames(data).previous_action)
    with pytest.raises(ConfigurationError, match='add "commanded_joints" to it, with the names '
                                                 'of the last 14 in their order'):
        frames_in(g1, data)


@pytest.mark.parametrize('change, said', [
    (lambda names: names[1:], 'of meta.json name 16'),
    (lambda names: ('tail', *names[1:]), r"actions of \['tail'\], which robot 'unitree_g1' is")])
def test_names_that_do_not_fit_are_refused(g1, armed, data, change, said):
    write_meta(data, robot=g1.name, commanded_joints=change(armed.commanded_joints))
    with pytest.raises(ConfigurationError, match=said):
        frames_in(g1, data)


def test_shards_of_other_joints_are_not_added_to(g1, armed, data, capsys):
    write_meta(data, robot=g1.name, commanded_joints=armed.commanded_joints)
    before = (data / 'meta.json').read_text()
    assert main(['collect', '--out', str(data), '--episodes', '8']) == 2
    assert 'collect into another folder' in capsys.readouterr().err
    assert (data / 'meta.json').read_text() == before
