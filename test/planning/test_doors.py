"""A shut door is known when it was seen often and near enough, and forgotten when it is open."""
import numpy as np
import pytest
from rooms import two_rooms
from world_of_fakes import FakeRobot, MOUNT

from vla_ros.core.seen_object import SeenObject
from vla_ros.planning.doors import DoorMemory
from vla_ros.planning.goals import Navigate

AHEAD = np.array([1.0, 0.0])


def _door(away_m, left_m=0.0, width_m=1.2):
    """Return a door that is seen from a robot at the origin that looks along x."""
    cos, sin = np.cos(MOUNT.pitch_rad), np.sin(MOUNT.pitch_rad)
    along, up = away_m - MOUNT.forward_m, 1.0 - MOUNT.height_m
    centre = np.array([-left_m, -sin * along - cos * up, cos * along - sin * up])
    return SeenObject('door', 'door', None, centre, width_m, 0.9)


def _seen(*looks):
    """Return what is remembered of looks, each how far away a door was seen; None: none was."""
    memory = DoorMemory(MOUNT)
    for number, away_m in enumerate(looks):
        pose = np.array([AHEAD[0] - (away_m or 1.1), 0.0, 0.0])
        memory.see([] if away_m is None else [_door(away_m)], pose, 0.3 * number)
    return memory


@pytest.mark.parametrize('looks, is_shut', [
    ((1.1,), False), ((1.1, 1.0), False), ((1.2, 1.1, 1.0), True), ((1.4, 1.2, 1.1), False),
    ((2.0, 1.8, 1.6, 1.4), False), ((1.1, None, 1.1, 1.1), False),
    ((1.1, 1.1, 1.1, 1.1, None), True)])
def test_a_door_is_shut_that_was_seen_so_three_times_and_from_nearby(looks, is_shut):
    assert bool(len(_seen(*looks).discs())) is is_shut


def test_a_door_that_is_opened_is_forgotten_and_one_that_is_not_looked_at_is_kept():
    memory = _seen(1.1, 1.1, 1.1)
    for number in range(10):
        memory.see([], np.array([0.0, 0.0, np.pi]), 1.0 + number)
    assert len(memory.discs())
    for number in range(10):
        memory.see([], np.zeros(3), 11.0 + number)
    assert not len(memory.discs()) and not len(memory.doubts())


def test_looks_in_quick_succession_are_one():
    memory = DoorMemory(MOUNT)
    for number in range(6):
        memory.see([_door(1.1)], np.zeros(3), number / 15)
    assert not len(memory.discs())


def test_what_is_narrow_is_a_door_post():
    memory = DoorMemory(MOUNT)
    for number in range(5):
        memory.see([_door(1.1, left_m=0.5, width_m=0.5)], np.zeros(3), float(number))
    assert not len(memory.doubts())


def test_one_look_is_a_doubt_where_the_door_is():
    x, y, radius = _seen(1.1).doubts()[0]
    assert [x, y] == pytest.approx(AHEAD, abs=1e-6) and radius == 0.3


@pytest.mark.parametrize('away_m, most_m_s', [(0.7, 0.0), (1.0, 0.1), (3.0, 0.5)])
def test_who_doubts_that_the_way_is_free_walks_step_by_step_and_then_not_at_all(away_m, most_m_s):
    robot = FakeRobot(pose=(1.5, 1.05, 0.0), grid=two_rooms()).begin(Navigate('kitchen'))
    robot.run(until=lambda: robot.pose[0] > 2.0)
    fast = np.hypot(*robot.twist[:2])
    robot.surroundings.doubts = lambda: np.array([[robot.pose[0] + away_m, 1.05, 0.05]])
    robot.tick()
    assert fast > 0.4 and np.hypot(*robot.twist[:2]) <= most_m_s + 1e-9
    robot.surroundings.doubts = lambda: np.zeros((0, 3))
    robot.tick()
    assert np.hypot(*robot.twist[:2]) > 0.4
