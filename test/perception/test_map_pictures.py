"""A floor from above: what is drawn is where it is."""
import numpy as np

from vla_ros.core.grid_map import GridMap, OCCUPIED, Place
from vla_ros.perception.map_pictures import map_picture, Mark, PIXELS_PER_M, Subtask

GRID = GridMap(np.zeros((40, 60), np.int8), 0.05, np.array([-1.0, -1.0]),
               (Place('kitchen', np.array([0.0, 0.5, 0.0])),))


def _pixel(x, y):
    return round((1.0 - y) * PIXELS_PER_M), round((x + 1.0) * PIXELS_PER_M)


def test_the_way_runs_where_it_was_walked_and_up_is_greater_y():
    walked = np.array([[-0.5, -0.5, 0.0], [1.5, -0.5, 0.0]])
    plain, drawn = map_picture(GRID), map_picture(GRID, walked)
    assert drawn.shape == (2 * PIXELS_PER_M, 3 * PIXELS_PER_M, 3)
    rows, columns = np.nonzero((plain != drawn).any(axis=2))
    assert abs(np.median(rows) - _pixel(0, -0.5)[0]) <= 2
    assert columns.min() <= _pixel(0, -0.5)[1] <= columns.max()


def test_obstacles_solids_and_ends_of_subtasks_are_drawn_in_their_place():
    cells = np.zeros((40, 60), np.int8)
    cells[30:, :10] = OCCUPIED
    picture = map_picture(
        GridMap(cells, 0.05, GRID.origin), marks=[Mark('', (1.0, 0.0), 0.2, (250, 0, 0))],
        subtasks=[Subtask('go to the kitchen', True, (0.0, 0.0)),
                  Subtask('come back', False)], title='go to the kitchen and come back')
    assert (picture[_pixel(-0.8, 0.8)] < 100).all()
    assert picture[_pixel(1.0, 0.0)].tolist() == [250, 0, 0]
    green = picture[_pixel(-0.12, 0.0)].astype(int)
    assert green[1] - green[0] > 60
    assert picture.shape[0] > 2 * PIXELS_PER_M                  # the legend is below


def test_every_way_that_was_planned_is_drawn():
    ways = [np.array([[-0.5, y], [1.5, y]]) for y in (-0.5, 0.7)]
    plain, drawn = map_picture(GRID), map_picture(GRID, planned=ways)
    for _, y in (way[0] for way in ways):
        assert (plain[_pixel(0.8, y)] != drawn[_pixel(0.8, y)]).any()
