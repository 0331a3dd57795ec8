"""Routes are short, safe, and there whenever there is a way."""
import numpy as np
import pytest
from rooms import blocked, cluttered, empty, two_rooms

from vla_ros.core.grid_map import FREE, GridMap, UNKNOWN
from vla_ros.planning.floor import discs_of, Floor
from vla_ros.planning.route import find_route, NoRouteError, SPACING_M

START, GOAL = np.array([1.0, 1.0]), np.array([7.0, 5.0])


def _shortest_m(floor, start, goal):
    """Return the length of the shortest path by fine steps in 16 directions, no price on it."""
    import heapq
    steps = sorted({(a // g, b // g) for a in range(-2, 3) for b in range(-2, 3)
                    if (g := np.gcd(a, b)) and max(abs(a // g), abs(b // g)) <= 2})
    fits, resolution = floor.fits, floor.grid.resolution_m
    ends = [tuple(map(int, floor.grid.cell_of(p))) for p in (start, goal)]
    best, heap = {ends[0]: 0.0}, [(0.0, ends[0])]
    while heap:
        cost, cell = heapq.heappop(heap)
        if cell == ends[1]:
            return cost * resolution
        if cost > best[cell]:
            continue
        for a, b in steps:
            row, column = cell[0] + a, cell[1] + b
            if not (0 <= row < fits.shape[0] and 0 <= column < fits.shape[1]
                    and fits[row, column] and fits[(cell[0] + row) // 2, (cell[1] + column) // 2]):
                continue
            told = cost + float(np.hypot(a, b))
            if told < best.get((row, column), np.inf):
                best[row, column] = told
                heapq.heappush(heap, (told, (row, column)))
    return None


def test_nothing_in_the_way_means_straight_on():
    route = find_route(Floor.of(empty()), START, GOAL)
    assert route.length_m == pytest.approx(np.linalg.norm(GOAL - START), rel=0.01)
    assert (route.points[0] == START).all() and (route.points[-1] == GOAL).all()
    assert np.linalg.norm(np.diff(route.points, axis=0), axis=1).max() <= 1.5 * SPACING_M


@pytest.mark.parametrize('seed', range(8, 12))
def test_a_route_keeps_its_distance_and_is_hardly_longer_than_the_shortest(seed):
    floor = Floor.of(cluttered(np.random.default_rng(seed)))
    fitting = floor.grid.centre_of(np.argwhere(floor.fits))
    start, goal = (fitting[np.linalg.norm(fitting - p, axis=1).argmin()] for p in (START, GOAL))
    shortest_m = _shortest_m(floor, start, goal)
    if shortest_m is None:
        with pytest.raises(NoRouteError):
            find_route(floor, start, goal)
        return
    route = find_route(floor, start, goal)
    fine = np.concatenate([np.linspace(a, b, 5) for a, b in zip(route.points, route.points[1:])])
    assert floor.clearance_at(fine).min() >= floor.body.radius_m - floor.grid.resolution_m
    assert route.length_m <= 1.15 * shortest_m


def test_a_doorway_of_ninety_centimetres_is_walked_through_in_its_middle():
    floor = Floor.of(two_rooms())
    route = find_route(floor, np.array([2.0, 1.5]), np.array([6.5, 1.05]))
    at_wall = route.points[np.abs(route.points[:, 0] - 4.0).argmin()]
    assert at_wall[1] == pytest.approx(1.05, abs=0.12)


def test_a_blocked_doorway_means_the_other_one_and_two_mean_none():
    floor = Floor.of(two_rooms())
    one = floor.with_discs(discs_of([(4.0, 1.05, 0.3)]))
    route = find_route(one, np.array([2.0, 1.5]), np.array([6.5, 1.05]))
    assert route.points[np.abs(route.points[:, 0] - 4.0).argmin()][1] > 4.5
    with pytest.raises(NoRouteError, match='every way there is blocked'):
        find_route(one.with_discs(discs_of([(4.0, 4.95, 0.3)])), np.array([2.0, 1.5]),
                   np.array([6.5, 1.05]))


def test_what_is_unknown_is_not_walked_on():
    grid = blocked(empty(), 3.5, 0.0, 4.5, 6.0, UNKNOWN)
    with pytest.raises(NoRouteError):
        find_route(Floor.of(grid), START, GOAL)


def test_a_goal_in_an_obstacle_is_approached_and_one_deep_inside_is_not():
    grid = blocked(empty(), 5.0, 3.0, 5.4, 3.4)
    route = find_route(Floor.of(grid), START, np.array([5.2, 3.2]))
    assert 0.2 < np.linalg.norm(route.points[-1] - [5.2, 3.2]) < 0.7
    deep = blocked(empty(), 3.0, 1.0, 7.0, 5.0)
    with pytest.raises(NoRouteError, match='no room to stand'):
        find_route(Floor.of(deep), START, np.array([5.0, 3.0]))


def test_a_start_beside_an_obstacle_leads_away_from_it():
    grid = blocked(empty(), 1.2, 0.8, 1.6, 1.2)
    floor = Floor.of(grid)
    route = find_route(floor, np.array([1.05, 1.0]), GOAL)
    clearance = floor.clearance_at(route.points)
    assert clearance[0] < floor.body.radius_m <= clearance[6:].min() + grid.resolution_m


def test_where_a_map_lies_changes_nothing_but_where_the_route_lies():
    grid, offset = two_rooms(), np.array([-3.0, 12.5])
    moved = GridMap(grid.cells, grid.resolution_m, grid.origin + offset)
    ends = np.array([1.0, 3.0]), np.array([6.5, 3.0])
    here = find_route(Floor.of(grid), *ends)
    there = find_route(Floor.of(moved), *(e + offset for e in ends))
    np.testing.assert_allclose(there.points - offset, here.points, atol=1e-6)


def test_places_where_cells_are_free_are_free():
    floor = Floor.of(empty())
    assert floor.clearance_at(np.array([4.0, 3.0])) == pytest.approx(2.95, abs=0.06)
    assert floor.clearance_at(np.array([-1.0, 3.0])) == 0.0
    assert (floor.grid.cells[1:-1, 1:-1] == FREE).all()
