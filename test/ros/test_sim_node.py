"""The simulator's node gives what a robot gives and takes what a robot takes."""
import json
import time

from geometry_msgs.msg import Twist
from nav_msgs.msg import OccupancyGrid, Odometry
import pytest
from rclpy.parameter import Parameter
from sensor_msgs.msg import CameraInfo, Image, JointState
from std_msgs.msg import String

pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.core.grid_map import FREE
from vla_ros.nodes.sim_node import SimNode
from vla_ros.ros.conversions import grid_map_from_msg, places_from_text, twist_to_msg
from vla_ros.ros.images import image_from_msg
from vla_ros.ros.qos import NEWEST, STATE
from vla_ros.sim.scene import scene_from_dict
from vla_ros.sim.tasks.body import body_from_dict


@pytest.fixture(params=[True, False], ids=['kinematic', 'physics'])
def sim(bench, request):
    bench.images = bench.listen(Image, 'camera/image_raw', NEWEST)
    bench.infos = bench.listen(CameraInfo, 'camera/camera_info', NEWEST)
    bench.joints = bench.listen(JointState, 'joint_states', NEWEST)
    bench.odometry = bench.listen(Odometry, 'odom', NEWEST)
    bench.scenes = bench.listen(String, 'sim_node/scene', STATE)
    bench.out = bench.node.create_publisher(Twist, 'cmd_vel', 10)
    bench.sim = bench.make(SimNode, kinematic=request.param, mesh_cell=0.02)
    bench.until(lambda: bench.images and bench.joints and bench.odometry, 30.0)
    return bench


def _speed(bench):
    return bench.odometry[-1][1].twist.twist.linear.x


def test_it_gives_what_a_robot_gives(sim):
    image = image_from_msg(sim.images[-1][1])
    assert image.shape == (240, 320, 3) and image.std() > 5
    assert len(sim.joints[-1][1].name) == 29
    sim.until(lambda: sim.infos and sim.scenes)
    info = sim.infos[-1][1]
    assert info.width == 320 and info.k[2] == 160.0 and info.k[0] == pytest.approx(143, abs=1)
    names = [f'{s["colour"]} {s["shape"]}' for s in json.loads(sim.scenes[-1][1].data)['solids']]
    assert names == ['red cube', 'blue ball', 'green cylinder', 'yellow ball']


def test_it_walks_and_a_silent_cmd_vel_stops_it(sim):
    start_s = time.monotonic()
    sim.until(lambda: _speed(sim) > 0.2 and time.monotonic() - start_s > 1.0, 15.0,
              lambda: sim.out.publish(twist_to_msg([0.4, 0, 0, 0, 0, 0])))
    sim.until(lambda: abs(_speed(sim)) < 0.08, 6.0)


def test_the_camera_can_fail(sim):
    sim.sim.set_parameters([Parameter('camera_enabled', value=False)])
    time_s = time.monotonic()
    sim.until(lambda: time.monotonic() - time_s > 0.3)
    count = len(sim.images)
    sim.until(lambda: time.monotonic() - time_s > 1.0)
    assert len(sim.images) == count
    sim.sim.set_parameters([Parameter('camera_enabled', value=True)])
    sim.until(lambda: len(sim.images) > count)


def test_it_turns_the_way_it_is_told(sim):
    sim.until(lambda: sim.odometry[-1][1].twist.twist.angular.z > 0.3, 15.0,
              lambda: sim.out.publish(twist_to_msg([0, 0, 0, 0, 0, 0.6])))


@pytest.fixture
def apartment(bench):
    bench.maps = bench.listen(OccupancyGrid, 'map', STATE)
    bench.places = bench.listen(String, 'places', STATE)
    bench.scenes = bench.listen(String, 'sim_node/scene', STATE)
    bench.sim = bench.make(SimNode, kinematic=True, world='apartment', camera_enabled=False)
    bench.until(lambda: bench.maps and bench.places and bench.scenes, 30.0)
    return bench


def test_an_apartment_comes_with_its_map_and_its_places(apartment):
    places = places_from_text(apartment.places[-1][1].data)
    grid = grid_map_from_msg(apartment.maps[-1][1], places)
    assert {p.name for p in grid.places} == {'kitchen', 'hall', 'living room', 'office'}
    for place in places:
        assert grid.cells[tuple(grid.cell_of(place.pose[:2]))] == FREE
    assert apartment.maps[-1][1].header.frame_id == 'map'


def test_things_are_moved_and_doorways_shut_while_it_runs(apartment):
    assert apartment.sim.set_parameters([
        Parameter('blocked_doorway', value='office_hall'),
        Parameter('moved_solid', value='red cube 1.5 -2.5')])[0].successful
    apartment.until(lambda: scene_from_dict(json.loads(apartment.scenes[-1][1].data)).find(
        'cube', 'red').position == (1.5, -2.5))
    apartment.sim.set_parameters([Parameter('blocked_doorway', value='cellar')])
    heard = len(apartment.scenes)
    apartment.until(lambda: len(apartment.scenes) > heard)      # it goes on, and says so


def test_whoever_judges_is_told_the_truth(sim):
    told = sim.listen(String, 'sim_node/truth', NEWEST)
    sim.until(lambda: told, 10.0)
    body = body_from_dict(json.loads(told[-1][1].data))
    assert body.pose.shape == (3,) and body.solids.shape == (4, 2) and not body.touches
    assert body.arms is None or body.arms.shape == (2, 3, 3)


def test_a_room_can_be_drawn_at_random_and_its_solids_made_to_be_pushed(bench):
    scenes = bench.listen(String, 'sim_node/scene', STATE)
    images = bench.listen(Image, 'camera/image_raw', NEWEST)
    bench.make(SimNode, kinematic=True, solids='movable', randomise='all', strength=0.5)
    bench.until(lambda: scenes and images, 30.0)
    assert all(s.mass_kg for s in scene_from_dict(json.loads(scenes[-1][1].data)).solids)


@pytest.mark.parametrize('wrong, named', [
    ({'randomise': 'lights,weather'}, 'weather'), ({'strength': 2.0}, 'strength'),
    ({'solids': 'flying'}, 'flying'), ({'solids': 'movable', 'world': 'apartment'}, 'fixed')])
def test_a_room_that_can_not_be_made_is_refused_by_name(bench, wrong, named):
    with pytest.raises(Exception, match=named):
        bench.make(SimNode, kinematic=True, **wrong)
