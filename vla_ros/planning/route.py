"""
The way to a place: the cheapest path on the inflated map, pulled straight and smoothed.

Dijkstra's search is SciPy's; what a metre costs rises near obstacles (`floor.Floor.price`).
"""
from dataclasses import dataclass
import itertools

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from vla_ros.core.errors import VlaError
from vla_ros.planning.floor import Floor

SPACING_M = 0.1
"""Distance between the points of a route."""
_LEEWAY_M = 0.6
"""How far beside a place where the robot fits start and goal may be."""
_NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))
_ROUNDS = 20


class NoRouteError(VlaError, LookupError):
    """There is no way; the message says why, to a person."""


@dataclass(frozen=True)
class Route:
    """A way over the floor."""

    points: np.ndarray
    """(N, 2) x, y [m] from start to goal, about `SPACING_M` apart; at least two."""

    @property
    def length_m(self) -> float:
        """Return how long it is."""
        return float(np.linalg.norm(np.diff(self.points, axis=0), axis=1).sum())


def find_route(floor: Floor, start: np.ndarray, goal: np.ndarray) -> Route:
    """
    Return a short and safe way from a point (2,) to another [m].

    :raises NoRouteError: if the robot fits at neither end, or nothing leads there.
    """
    fits = floor.fits
    first = _nearest(floor, fits, start, 'I stand where the map leaves no room for me')
    last = _nearest(floor, fits, goal, 'there is no room to stand')
    cells = _cheapest(fits, floor.price, first, last)
    if cells is None:
        raise NoRouteError('every way there is blocked')
    points = floor.grid.centre_of(cells)
    points = np.concatenate([np.asarray(start, float)[None, :2], points])
    if floor.clearance_at(np.asarray(goal, float)[:2]) >= floor.body.radius_m:
        points = np.concatenate([points, np.asarray(goal, float)[None, :2]])
    return Route(_rounded(floor, _spaced(_straightened(floor, points))))


def _nearest(floor: Floor, fits: np.ndarray, point: np.ndarray, objection: str) -> np.ndarray:
    """Return the cell (2,) nearest to a point where the robot fits."""
    cells = np.argwhere(fits)
    if len(cells):
        away = np.linalg.norm(floor.grid.centre_of(cells) - np.asarray(point)[:2], axis=1)
        if away.min() <= _LEEWAY_M:
            return cells[away.argmin()]
    raise NoRouteError(objection)


def _cheapest(fits: np.ndarray, price: np.ndarray, first: np.ndarray,
              last: np.ndarray) -> np.ndarray | None:
    """Return the cells (N, 2) of the cheapest path; None if there is none."""
    number = np.full(fits.shape, -1)
    number[fits] = np.arange(fits.sum())
    graph = _graph(number, price)
    source, target = number[tuple(first)], number[tuple(last)]
    cost, before = dijkstra(graph, directed=False, indices=source, return_predecessors=True)
    if not np.isfinite(cost[target]):
        return None
    path = [target]
    while path[-1] != source:
        path.append(before[path[-1]])
    return np.argwhere(fits)[path[::-1]]


def _graph(number: np.ndarray, price: np.ndarray) -> coo_array:
    """Return the cost of stepping between neighbouring cells that have a number."""
    starts, ends, costs = [], [], []
    rows, columns = number.shape
    for down, right in _NEIGHBOURS:
        here = np.s_[:rows - down, max(0, -right):columns - max(0, right)]
        there = np.s_[down:, max(0, right):columns + min(0, right)]
        both = (number[here] >= 0) & (number[there] >= 0)
        starts.append(number[here][both])
        ends.append(number[there][both])
        costs.append(np.hypot(down, right) * 0.5 * (price[here] + price[there])[both])
    size = int(number.max()) + 1
    return coo_array((np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))),
                     shape=(size, size)).tocsr()


def _straightened(floor: Floor, points: np.ndarray) -> np.ndarray:
    """Return the corners (M, 2) of a path whose pieces are replaced where straight is cheaper."""
    price = floor.price_at(points)
    pieces = np.linalg.norm(np.diff(points, axis=0), axis=1) * 0.5 * (price[1:] + price[:-1])
    # Start and goal may lie where the robot hardly fits.
    spent = np.concatenate([[0.0], np.cumsum(np.where(np.isfinite(pieces), pieces, 1e3))])
    kept, at = [0], 0
    while at < len(points) - 1:
        at = _furthest(floor, points, spent, at)
        kept.append(at)
    return points[kept]


def _furthest(floor: Floor, points: np.ndarray, spent: np.ndarray, at: int) -> int:
    """Return the last point that is reached straight from another for no more."""
    step = len(points) - 1 - at
    while step > 1:
        if _cost(floor, points[at], points[at + step]) <= (spent[at + step] - spent[at]) * 1.001:
            return at + step
        step = max(1, step - max(1, step // 8))
    return at + 1


def _cost(floor: Floor, a: np.ndarray, b: np.ndarray) -> float:
    length_m = float(np.linalg.norm(b - a))
    count = max(2, int(np.ceil(2 * length_m / floor.grid.resolution_m)) + 1)
    return length_m * float(floor.price_at(np.linspace(a, b, count)).mean())


def _spaced(corners: np.ndarray) -> np.ndarray:
    """Return points (N, 2) along corners, `SPACING_M` apart at most."""
    found = [corners[:1]]
    for a, b in itertools.pairwise(corners):
        count = max(1, int(np.ceil(np.linalg.norm(b - a) / SPACING_M)))
        found.append(np.linspace(a, b, count + 1)[1:])
    points = np.concatenate(found)
    return points if len(points) > 1 else np.repeat(points, 2, axis=0)


def _rounded(floor: Floor, points: np.ndarray) -> np.ndarray:
    """Return points with corners rounded where the robot still fits."""
    points = points.copy()
    for _ in range(_ROUNDS):
        wanted = 0.5 * points[1:-1] + 0.25 * (points[:-2] + points[2:])
        fits = floor.clearance_at(wanted) >= floor.body.radius_m
        points[1:-1][fits] = wanted[fits]
    return points
