"""A follower arrives, keeps to its route and to its limits."""
import numpy as np
import pytest
from rooms import cluttered, two_rooms

from vla_ros.core.geometry import moved, wrap_angle
from vla_ros.planning.floor import discs_of, Floor
from vla_ros.planning.follower import Follower, Gait, is_blocked
from vla_ros.planning.route import find_route, NoRouteError, Route

PERIOD_S, RESPONSE_S = 0.05, 0.3


def _walk(follower, floor, pose, limit_s=120.0):
    """Return the poses of a base that follows its commands as slowly as a walking one."""
    poses, twist = [pose], np.zeros(3)
    for _ in range(round(limit_s / PERIOD_S)):
        step = follower.step(poses[-1], floor)
        assert np.abs(step.twist[0]) <= Gait().speed_max_m_s + 1e-9
        assert np.abs(step.twist[2]) <= Gait().turn_max_rad_s + 1e-9
        if step.is_there:
            return np.array(poses)
        twist += (step.twist - twist) * PERIOD_S / RESPONSE_S
        poses.append(moved(poses[-1], twist, PERIOD_S))
    raise AssertionError(f'not there: {poses[-1]}')


@pytest.mark.parametrize('yaw', [0.0, 2.0, -3.0])
def test_it_goes_through_a_doorway_without_touching_it_and_looks_where_it_should(yaw):
    floor = Floor.of(two_rooms())
    route = find_route(floor, np.array([2.0, 3.0]), np.array([6.5, 1.05]))
    poses = _walk(Follower(route, 1.0), floor, np.array([2.0, 3.0, yaw]))
    assert floor.clearance_at(poses[:, :2]).min() > 0.22
    assert np.linalg.norm(poses[-1, :2] - [6.5, 1.05]) < 0.3
    assert abs(wrap_angle(poses[-1, 2] - 1.0)) < 0.25
    walked = np.linalg.norm(np.diff(poses[:, :2], axis=0), axis=1).sum()
    assert walked <= 1.1 * route.length_m


@pytest.mark.parametrize('seed', range(6))
def test_it_keeps_away_from_what_stands_around(seed):
    rng = np.random.default_rng(seed)
    floor = Floor.of(cluttered(rng))
    fitting = floor.grid.centre_of(np.argwhere(floor.fits))
    start, goal = (fitting[np.linalg.norm(fitting - p, axis=1).argmin()]
                   for p in ([1.0, 1.0], [7.0, 5.0]))
    try:
        route = find_route(floor, start, goal)
    except NoRouteError:
        pytest.skip('no way')
    poses = _walk(Follower(route), floor, np.array([*start, rng.uniform(-np.pi, np.pi)]))
    assert floor.clearance_at(poses[:, :2]).min() > 0.2


def test_what_comes_to_stand_on_the_way_is_noticed():
    floor = Floor.of(two_rooms())
    route = find_route(floor, np.array([2.0, 1.5]), np.array([6.5, 1.05]))
    follower = Follower(route)
    follower.step(np.array([2.0, 1.5, 0.0]), floor)
    assert not is_blocked(floor, follower.points_ahead(3.0))
    assert is_blocked(floor.with_discs(discs_of([(4.0, 1.05, 0.3)])), follower.points_ahead(3.0))
    assert not is_blocked(floor.with_discs(discs_of([(4.0, 1.05, 0.3)])),
                          follower.points_ahead(0.8))


def _line(length_m=3.0):
    return Route(np.stack([np.linspace(0.0, length_m, 31), np.zeros(31)], axis=1))


def test_whoever_has_to_turn_round_first_stays_where_the_way_begins():
    twist = Follower(_line()).step(np.array([0.1, 0.2, np.pi])).twist
    assert twist[1] > 0.05 and abs(twist[2]) > 0.5      # its left, when it looks back: to the way


def test_a_way_that_begins_aside_is_begun_while_turning():
    step = Follower(_line()).step(np.array([0.0, 0.0, -np.pi / 2]))
    assert step.turns and step.twist[1] > 0.2 and step.twist[2] > 0.5
    assert np.hypot(*step.twist[:2]) <= 0.25 + 1e-9


def test_where_there_is_little_room_to_turn_it_steps_back_first():
    floor = Floor.of(two_rooms())
    route = Route(np.stack([np.linspace(3.6, 1.0, 27), np.full(27, 3.0)], axis=1))
    twist = Follower(route).step(np.array([3.6, 3.0, 0.0]), floor).twist
    assert twist[0] < -0.05


def test_at_the_end_it_goes_to_its_spot_while_it_turns_to_where_it_should_look():
    step = Follower(_line(0.5), np.pi / 2).step(np.array([0.2, 0.05, 0.0]))
    assert not step.is_there and step.twist[0] > 0.1 and step.twist[1] < 0 and step.twist[2] > 0.5
