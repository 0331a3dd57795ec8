"""The truth about an image is what geometry says it must be."""
import numpy as np
import pytest

pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.language.vocabulary import COLOURS
from vla_ros.perception.kinds import names_of, NONE
from vla_ros.perception.segments import mirrored, Segment
from vla_ros.sim.ground_truth import GroundTruth
from vla_ros.sim.kinematic import KinematicWorld
from vla_ros.sim.random_room import RandomRoom
from vla_ros.sim.scene import Scene, Solid

NAMES = names_of(tuple(COLOURS))


def _view(g1, *solids):
    truth = GroundTruth(KinematicWorld(g1, Scene(solids)), NAMES)
    view = truth.look()
    truth.close()
    return view


def _ball(x, y, radius=0.2, colour='red'):
    return Solid('ball', colour, tuple(COLOURS[colour]), (x, y), radius)


def _pixel(view, point):
    camera = view.intrinsics
    x, y, z = point
    return round(y / z * camera.fy + camera.cy), round(x / z * camera.fx + camera.cx)


def test_a_ball_is_where_it_was_put_and_its_surface_a_radius_nearer(g1):
    view = _view(g1, _ball(2.0, 0.3))
    solid, = view.solids
    height_m = 0.819 + g1.camera_position[2]
    distance_m = np.linalg.norm([2.0 - g1.camera_position[0], 0.3, 0.2 - height_m])
    assert np.linalg.norm(solid.centre) == pytest.approx(distance_m, abs=1e-3)
    row, column = _pixel(view, solid.centre)
    ray = solid.centre / np.linalg.norm(solid.centre)
    assert view.depth_m[row, column] == pytest.approx((ray * (distance_m - 0.2))[2], abs=0.01)


def test_the_segmentation_covers_what_the_geometry_covers(g1):
    view = _view(g1, _ball(2.0, 0.3))
    solid, = view.solids
    shown = view.segmentation == Segment.BALL
    assert shown.sum() == solid.pixels == (view.kinds == NAMES.index('red ball')).sum()
    rows, columns = np.nonzero(shown)
    camera, radius = view.intrinsics, 0.2 / np.linalg.norm(solid.centre)
    # Of a ball at the angle a from the axis the image is an ellipse, 1 / cos(a) long.
    area = np.pi * (radius * camera.fx) ** 2 / (
        solid.centre[2] / np.linalg.norm(solid.centre)) ** 3
    assert shown.sum() == pytest.approx(area, rel=0.08)
    assert (round(rows.mean()), round(columns.mean())) == pytest.approx(
        _pixel(view, solid.centre), abs=2)


def test_what_is_in_front_hides_what_is_behind(g1):
    alone = _view(g1, _ball(3.0, 0.0, 0.15, 'blue')).solids[0].pixels
    both = _view(g1, _ball(3.0, 0.0, 0.15, 'blue'), _ball(2.2, 0.0, 0.24, 'red'))
    behind, before = both.solids
    assert 0 < behind.pixels < alone < before.pixels


def test_the_floor_is_as_far_away_as_the_height_of_the_camera_says(g1):
    view = _view(g1)
    row, column = 200, 160
    down = g1.camera_pitch + np.arctan((row + 0.5 - view.intrinsics.cy) / view.intrinsics.fy)
    distance_m = (0.819 + g1.camera_position[2]) / np.sin(down)
    assert view.segmentation[row, column] == Segment.FLOOR
    along_axis_m = distance_m * np.cos(down - g1.camera_pitch)
    assert view.depth_m[row, column] == pytest.approx(along_axis_m, rel=0.02)


def test_a_mirrored_view_is_the_view_of_a_mirrored_scene(g1):
    left, right = _view(g1, _ball(2.0, 0.5)), _view(g1, _ball(2.0, -0.5))
    # Furniture stands where it stands, so only what shows the ball is compared.
    assert ((mirrored(left.segmentation) == Segment.BALL)
            != (right.segmentation == Segment.BALL)).sum() <= 8
    assert left.solids[0].centre * (-1, 1, 1) == pytest.approx(right.solids[0].centre, abs=1e-6)


def test_mirroring_twice_changes_nothing_and_once_exchanges_the_limbs():
    segmentation = np.random.default_rng(0).integers(0, len(Segment), (4, 6)).astype(np.uint8)
    assert (mirrored(mirrored(segmentation)) == segmentation).all()
    assert mirrored(np.uint8([[Segment.LEFT_LIMB]])) == Segment.RIGHT_LIMB


def test_a_random_room_is_drawn_by_its_seed_and_shows_everything(g1):
    def draw(seed):
        room = RandomRoom(g1, np.random.default_rng(seed))
        truth, views = GroundTruth(room, NAMES, 160, 120), []
        for _ in range(40):
            room.shuffle()
            views.append(truth.look())
        truth.close()
        return views

    first, again, other = draw(1), draw(1), draw(2)
    assert all((a.image == b.image).all() for a, b in zip(first, again, strict=True))
    assert not (first[0].image == other[0].image).all()
    seen = set(np.unique([v.segmentation for v in (*first, *other)]))
    assert {s for s in Segment if s.is_solid} <= seen and Segment.FLOOR in seen
    for view in first:
        solid = view.segmentation >= Segment.CUBE
        assert (view.kinds[solid] != NONE).all()
        assert sum(s.pixels for s in view.solids) == solid.sum()
