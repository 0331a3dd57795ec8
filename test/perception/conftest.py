"""Views of a random room, and the truth about them as if a model had said it."""
import numpy as np
import pytest

from vla_ros.language.vocabulary import COLOURS
from vla_ros.perception.kinds import kinds_of, names_of, NONE, OUTPUTS
from vla_ros.perception.percept import Percept

NAMES = names_of(tuple(COLOURS))


def _perfect(view):
    """Return the percept of a model that makes no mistake."""
    cells = view.kinds[2::4, 2::4]
    object_map = np.zeros((*cells.shape, OUTPUTS), np.float32)
    rows, columns = np.nonzero(cells != NONE)
    object_map[rows, columns, cells[rows, columns]] = 1.0
    return Percept(view.segmentation, view.depth_m, object_map, view.intrinsics)


@pytest.fixture(scope='session')
def perfect():
    """Return what turns a view into the percept of a model that makes no mistake."""
    return _perfect


@pytest.fixture(scope='session')
def kinds():
    """Return the kinds that the shipped model knows."""
    return kinds_of(NAMES)


@pytest.fixture(scope='session')
def views(g1):
    """Return 24 views of one room."""
    pytest.importorskip('mujoco', reason='mujoco is not installed')
    from vla_ros.sim.ground_truth import GroundTruth
    from vla_ros.sim.random_room import RandomRoom
    room = RandomRoom(g1, np.random.default_rng(5))
    truth, seen = GroundTruth(room, NAMES), []
    for _ in range(24):
        room.shuffle()
        seen.append(truth.look())
    truth.close()
    return seen
