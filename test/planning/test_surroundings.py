"""Things are where they were seen, obstacles where depth shows them, and both until they go."""
import numpy as np
import pytest
from rooms import empty
from world_of_fakes import MOUNT

from vla_ros.core.intrinsics import pinhole
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.understanding import Thing
from vla_ros.planning.floor import Body, Floor
from vla_ros.planning.obstacles import ObstacleMemory
from vla_ros.planning.sightings import Sighting, ThingMemory
from vla_ros.planning.surroundings import Surroundings

CAMERA = pinhole(64, 48, 1.4)


def _seen(name, ahead, left, height=0.15):
    """Return an object seen from a robot at a place in its base's frame."""
    cos, sin = np.cos(MOUNT.pitch_rad), np.sin(MOUNT.pitch_rad)
    along, up = ahead - MOUNT.forward_m, height - MOUNT.height_m
    centre = np.array([-left, -sin * along - cos * up, cos * along - sin * up])
    colour, _, shape = name.rpartition(' ')
    return SeenObject(name, shape, colour or None, centre, 0.3, 0.9)


def test_the_camera_sees_the_floor_where_it_is():
    seen = _seen('red ball', 1.7, -0.4, 0.2)
    np.testing.assert_allclose(MOUNT.in_base(seen.centre), [1.7, -0.4, 0.2], atol=1e-9)


@pytest.mark.parametrize('pose', [(0, 0, 0), (2, 1, np.pi / 2), (-1, 3, -2.0)])
def test_a_thing_stays_where_it_is_wherever_it_is_seen_from(pose):
    memory, place, pose = ThingMemory(MOUNT), np.array([1.0, 2.0]), np.array(pose, float)
    cos, sin = np.cos(pose[2]), np.sin(pose[2])
    delta = place - pose[:2]
    ahead, left = cos * delta[0] + sin * delta[1], cos * delta[1] - sin * delta[0]
    for i in range(3):
        memory.see([_seen('red ball', ahead, left)], pose, float(i))
    thing, = memory.things
    np.testing.assert_allclose(thing.position, place, atol=1e-9)
    assert thing.seen_s == 2.0


def test_one_look_is_not_enough_and_two_of_a_kind_are_two():
    memory, pose = ThingMemory(MOUNT), np.zeros(3)
    memory.see([_seen('red ball', 1, 0)], pose, 0.0)
    assert memory.things == ()
    for i in range(3):
        memory.see([_seen('red ball', 1, 0), _seen('red ball', 2.5, 1)], pose, 1.0 + i)
    assert len(memory.things) == 2


def test_what_should_be_in_sight_and_is_not_is_forgotten_and_what_lies_behind_is_kept():
    memory, pose = ThingMemory(MOUNT), np.zeros(3)
    for i in range(3):
        memory.see([_seen('red ball', 1.5, 0), _seen('blue cube', 1.5, 3.0)], pose, float(i))
    for i in range(20):
        memory.see([], pose, 3.0 + i)
    assert [t.name for t in memory.things] == ['blue cube']


def test_a_description_fits_by_colour_and_shape():
    sighting = Sighting('red ball', np.zeros(2), 0.3, 0.0)
    assert sighting.matches(Thing('ball')) and sighting.matches(Thing('ball', 'red'))
    assert not sighting.matches(Thing('ball', 'blue')) and not sighting.matches(Thing('cube'))
    assert Sighting('table', np.zeros(2), 1.0, 0.0).matches(Thing('table'))


def _depth(wall_m=None):
    """Return what depth shows of an empty floor, or of a wall across it at a distance."""
    rows, columns = np.indices((48, 64))
    rays = np.stack([(columns + 0.5 - CAMERA.cx) / CAMERA.fx, (rows + 0.5 - CAMERA.cy) / CAMERA.fy,
                     np.ones(rows.shape)], axis=-1)
    ahead, _, down = np.moveaxis(MOUNT.in_base(rays) - MOUNT.in_base(np.zeros(3)), -1, 0)
    with np.errstate(divide='ignore'):
        depth = np.where(down < -1e-6, -MOUNT.height_m / down, np.inf)
        if wall_m is not None:
            depth = np.minimum(depth, (wall_m - MOUNT.forward_m) / np.maximum(ahead, 1e-6))
    return np.where(depth < 20, depth, np.nan).astype(np.float32)


def test_an_empty_floor_has_no_obstacles():
    memory, floor = ObstacleMemory(MOUNT), Floor.of(empty())
    for _ in range(10):
        memory.see(_depth(), CAMERA, np.array([2.0, 3.0, 0.0]), floor)
    assert not len(memory.discs())


def test_a_wall_that_the_map_lacks_is_an_obstacle_until_it_is_seen_to_be_gone():
    memory, floor, pose = ObstacleMemory(MOUNT), Floor.of(empty()), np.array([2.0, 3.0, 0.0])
    for _ in range(10):
        memory.see(_depth(0.65), CAMERA, pose, floor)
    discs = memory.discs()
    assert np.abs(discs[:, 0] - 2.65).max() < 0.11 and np.ptp(discs[:, 1]) > 0.4
    assert floor.with_discs(discs).clearance_at(np.array([2.65, 3.0])) < 0.1
    for _ in range(20):
        memory.see(_depth(), CAMERA, pose, floor)
    assert not len(memory.discs())


def test_a_wall_of_the_map_is_no_news():
    memory, floor = ObstacleMemory(MOUNT), Floor.of(empty())
    for _ in range(10):
        memory.see(_depth(0.65), CAMERA, np.array([8.0 - 0.65, 3.0, 0.0]), floor)
    assert not len(memory.discs())


def test_surroundings_are_the_map_with_what_stands_on_it():
    surroundings = Surroundings(MOUNT)
    assert surroundings.floor() is None
    surroundings.put_map(empty(), Body())
    pose = np.array([2.0, 3.0, 0.0])
    before = surroundings.floor().clearance_at(np.array([3.5, 3.0]))
    for i in range(3):
        surroundings.see([_seen('red ball', 1.5, 0.0), _seen('sofa', 2.0, 1.0)], pose, float(i))
    assert before > 2.0 and surroundings.floor().clearance_at(np.array([3.5, 3.0])) == 0.0
    assert surroundings.floor().clearance_at(np.array([4.0, 4.0])) > 0.5    # furniture is mapped
    surroundings.see([_seen('blue cube', 3.5, 0.0)] * 2, pose, 3.0)
    surroundings.see([_seen('blue cube', 3.5, 0.0)], pose, 4.0)
    assert surroundings.floor().clearance_at(np.array([5.5, 3.0])) > 0.5    # far away: not yet
    surroundings.forget()
    assert surroundings.floor().clearance_at(np.array([3.5, 3.0])) == before
