"""The apartment: its map is its geometry, its scenes are in reach, and it can be changed."""
from dataclasses import asdict
import json

import numpy as np
import pytest

mujoco = pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.grid_map import FREE, OCCUPIED, UNKNOWN
from vla_ros.language.vocabulary import COLOURS
from vla_ros.perception.kinds import names_of
from vla_ros.perception.segments import Segment
from vla_ros.sim.apartment_scenes import (
    all_is_in_reach,
    apartment_map,
    clearance_m,
    random_apartment_scene,
)
from vla_ros.sim.assets import are_installed
from vla_ros.sim.camera import Eye
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.ground_truth import GroundTruth
from vla_ros.sim.kinematic import kinematic_spec, KinematicWorld
from vla_ros.sim.mapping import map_of_model, map_of_scene
from vla_ros.sim.scene import Dwelling, random_kinds, Scene, scene_from_dict, Solid
from vla_ros.sim.worlds import parse_dwelling, parse_moved, scene_of

CUBE = Solid('cube', 'red', (0.9, 0.1, 0.1), (-2.4, 4.2), 0.2)
SCENE = Scene((CUBE,), start=(-2.4, 2.7, np.pi / 2), dwelling=Dwelling.APARTMENT)
G1_HALF_M = 0.3


def test_rooms_are_apart_and_doorways_join_them():
    rng = np.random.default_rng(0)
    points = rng.uniform(-7, 7, (4000, 2))
    assert sum(room.contains(points).astype(int) for room in APARTMENT.rooms).max() == 1
    for doorway in APARTMENT.doorways:
        across = np.array([0.0, 0.3] if doorway.is_along_x else [0.3, 0.0])
        sides = {APARTMENT.room_at(doorway.centre + side * across).name for side in (-1, 1)}
        assert len(sides) == 2
        assert 0.9 <= doorway.width_m <= 1.0
    for place in APARTMENT.places:
        assert APARTMENT.room_at(place.pose[:2]).name == place.name


@pytest.mark.parametrize('ask', [APARTMENT.room, APARTMENT.place, APARTMENT.doorway])
def test_what_is_not_there_is_refused_with_what_is(ask):
    with pytest.raises(ConfigurationError, match=r"'cellar': expected one of \['kitchen"):
        ask('cellar')


def test_the_map_is_what_rays_from_above_meet(g1):
    model = kinematic_spec(g1, SCENE).compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    grid, rng = apartment_map(), np.random.default_rng(1)

    def height_m(point):
        """Return how high what is met first from above stands, the floor being zero."""
        return 3.0 - mujoco.mj_ray(
            model, data, np.array([*point, 3.0]), np.array([0.0, 0.0, -1.0]),
            np.array([1, 0, 0, 0, 0, 0], np.uint8), 1, -1, np.zeros(1, np.int32))

    inside = np.argwhere(grid.cells != UNKNOWN)
    for cell in inside[rng.integers(len(inside), size=600)]:
        point = grid.centre_of(cell)
        is_occupied = grid.cells[tuple(cell)] == OCCUPIED
        if np.hypot(*(point - CUBE.position)) > 0.4 and height_m(point) > 0.05:
            assert is_occupied
        elif is_occupied:                   # half a cell of slack on every side, no more
            around = point + 0.03 * np.stack(np.meshgrid([-1, 0, 1], [-1, 0, 1]), -1)
            assert max(height_m(p) for p in around.reshape(-1, 2)) > 0.05


def test_solids_and_doors_are_not_on_the_map_and_outside_is_unknown(g1):
    grid = map_of_scene(SCENE)
    assert (grid.cells == map_of_scene(Scene((), start=SCENE.start,
                                             dwelling=Dwelling.APARTMENT)).cells).all()
    world = KinematicWorld(g1, SCENE)
    world.scenery.block(*world.scenery.doorways)
    assert (map_of_model(world.model, np.array([SCENE.start[:2]])).cells == grid.cells).all()
    assert grid.cells[0, 0] == grid.cells[-1, -1] == UNKNOWN
    assert {p.name for p in grid.places} == {r.name for r in APARTMENT.rooms}


def test_a_g1_fits_through_every_doorway_on_the_map():
    grid = apartment_map()
    clearance = clearance_m(grid)
    for doorway in APARTMENT.doorways:
        assert clearance[tuple(grid.cell_of(doorway.centre))] > G1_HALF_M + 0.1


def test_the_one_room_has_a_map_too():
    grid = map_of_scene(scene_of((), 3))
    assert grid.cells[tuple(grid.cell_of((0.0, 0.0)))] == FREE
    assert (grid.cells == OCCUPIED).any() and not grid.places


def test_what_a_map_can_not_show_is_refused():
    spec = mujoco.MjSpec()
    spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_CAPSULE, size=[0.1, 0.3, 0])
    with pytest.raises(InvalidValueError, match='mjGEOM_CAPSULE is not on maps'):
        map_of_model(spec.compile(), np.zeros((1, 2)))


@pytest.mark.parametrize('seed', range(8))
def test_a_scene_is_its_seed_and_everything_is_in_reach(seed):
    def draw():
        rng = np.random.default_rng(seed)
        return random_apartment_scene(rng, random_kinds(rng, 5), ['kitchen', 'office'])

    scene = draw()
    assert scene == draw()
    assert scene == scene_from_dict(json.loads(json.dumps(asdict(scene))))
    assert [APARTMENT.room_at(s.position).name for s in scene.solids[:2]] == ['kitchen', 'office']
    assert all_is_in_reach(scene)
    clearance = clearance_m(apartment_map())
    for solid in scene.solids:
        row, column = apartment_map().cell_of(solid.position)
        assert clearance[row, column] > solid.size_m + 0.3       # in no furniture, nor near it


def test_a_solid_that_shuts_the_way_is_out_of_the_question():
    shut = Solid('cube', 'red', (1, 0, 0), APARTMENT.doorway('living_room_hall').centre, 0.24)
    assert not all_is_in_reach(Scene((shut,), start=SCENE.start, dwelling=Dwelling.APARTMENT))
    rng = np.random.default_rng(0)
    with pytest.raises(ConfigurationError, match='no space left in the kitchen'):
        random_apartment_scene(rng, random_kinds(rng, 30), ['kitchen'] * 30)


def test_solids_are_moved_and_doorways_shut_in_a_running_world(g1):
    world = KinematicWorld(g1, SCENE)
    eye, rest = Eye(world, 160, 120), g1.of_commanded('neutral_position')
    before = eye.look()
    world.scenery.move_solid('red cube', (3.0, 3.0))
    world.scenery.block('kitchen_hall')
    world.step(np.zeros(3), rest)
    assert world.scene.find('cube', 'red').position == (3.0, 3.0)
    assert world.scenery.blocked == {'kitchen_hall'}
    assert not _has_red(eye.look()) and _has_red(before)
    world.scenery.move_solid('red cube', CUBE.position)
    world.scenery.block()
    world.step(np.zeros(3), rest)
    assert np.abs(eye.look().astype(int) - before).mean() < 1.0
    eye.close()
    with pytest.raises(ConfigurationError, match="no doorway \\['cellar'\\]"):
        world.scenery.block('cellar')
    with pytest.raises(ConfigurationError, match='green ball'):
        world.scenery.move_solid('green ball', (0, 0))


def _has_red(image):
    red, green = image[..., 0].astype(int), image[..., 1].astype(int)
    return ((red - green) > 100).sum() > 20


def test_words_of_a_world_and_of_a_move_are_checked():
    assert parse_dwelling('apartment') is Dwelling.APARTMENT
    with pytest.raises(ConfigurationError, match=r"'castle': expected one of \['room'"):
        parse_dwelling('castle')
    assert parse_moved('red cube 1.5 -2') == ('red cube', (1.5, -2.0))
    for text in ('red cube', 'red cube there now', 'red cube nan 0'):
        with pytest.raises(ConfigurationError, match='moved solid'):
            parse_moved(text)


def test_everything_in_the_apartment_has_a_class(g1):
    truth = GroundTruth(KinematicWorld(g1, SCENE), names_of(tuple(COLOURS)), 160, 120)
    seen = set(np.unique(truth.look().segmentation))
    truth.close()
    assert {Segment.FLOOR, Segment.WALL, Segment.CUBE, Segment.SHELF} <= seen
    assert not seen & {Segment.LEFT_LIMB, Segment.RIGHT_LIMB}


@pytest.mark.skipif(not are_installed(), reason='the walking G1 is not installed')
@pytest.mark.parametrize('is_shut', [False, True])
def test_a_g1_walks_through_a_doorway_and_not_through_a_door(g1, is_shut):
    from vla_ros.sim.world import World
    start = (-2.4, 1.8, -np.pi / 2)
    world = World(g1, Scene((), start=start, dwelling=Dwelling.APARTMENT), mesh_cell_m=0.02)
    if is_shut:
        world.scenery.block('kitchen_hall')
    for _ in range(300):
        yaw_error = (world.base_pose[2] - start[2] + np.pi) % (2 * np.pi) - np.pi
        world.step(np.array([0.4, 0.0, -1.5 * yaw_error]), g1.of_commanded('neutral_position'))
    assert not world.is_fallen
    assert (world.base_pose[1] > 1.0) == is_shut
    assert (world.scenery.contacts > 0) is is_shut
    assert ('door_kitchen_hall' in world.scenery.met) is is_shut
