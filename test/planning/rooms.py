"""Maps for the tests: walls, doorways and what is in the way."""
import numpy as np

from vla_ros.core.grid_map import FREE, GridMap, OCCUPIED, Place

RESOLUTION_M = 0.05


def empty(width_m=8.0, height_m=6.0):
    """Return a free map with walls around it."""
    cells = np.full((round(height_m / RESOLUTION_M), round(width_m / RESOLUTION_M)), FREE, np.int8)
    cells[[0, -1]] = cells[:, [0, -1]] = OCCUPIED
    return GridMap(cells, RESOLUTION_M, np.zeros(2))


def blocked(grid, x0, y0, x1, y1, value=OCCUPIED):
    """Return a map with a rectangle [m] of another value."""
    cells = grid.cells.copy()
    (r0, c0), (r1, c1) = grid.cell_of(np.array([[x0, y0], [x1, y1]]))
    cells[r0:r1, c0:c1] = value
    return GridMap(cells, grid.resolution_m, grid.origin, grid.places)


def two_rooms():
    """Return two rooms, a wall at x = 4 between them, with doorways 0.9 m wide near both ends."""
    grid = blocked(empty(), 3.95, 0.0, 4.05, 6.0)
    for low in (0.6, 4.5):
        grid = blocked(grid, 3.95, low, 4.05, low + 0.9, FREE)
    return GridMap(grid.cells, grid.resolution_m, grid.origin, (
        Place('kitchen', np.array([6.5, 1.05, 0.0])), Place('office', np.array([1.5, 3.0, 0.0]))))


def cluttered(rng, count=12):
    """Return a map with boxes strewn about."""
    grid = empty()
    for _ in range(count):
        x, y, w, h = *rng.uniform((1, 1), (7, 5)), *rng.uniform(0.2, 1.0, 2)
        grid = blocked(grid, x, y, x + w, y + h)
    return grid
