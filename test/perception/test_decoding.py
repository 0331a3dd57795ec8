"""From the answers of the heads to objects: right where the answers are right."""
import numpy as np
import pytest

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.intrinsics import Intrinsics, pinhole
from vla_ros.perception.decoding import objects_of, regions
from vla_ros.perception.kinds import kinds_of, OUTPUTS
from vla_ros.perception.percept import Percept
from vla_ros.perception.pictures import panel, stacked
from vla_ros.perception.segments import Segment, SEGMENTS


def _errors(views, kinds, perfect):
    """Return the error of each solid that is whole in the image and near [m]."""
    errors = []
    for view in views:
        found = objects_of(perfect(view), kinds)
        for solid in view.solids:
            inside = np.abs(solid.centre[:2] / solid.centre[2]) < (0.8, 0.6)
            if solid.pixels > 150 and np.linalg.norm(solid.centre) < 4 and inside.all():
                name = kinds[solid.kind].name
                errors.append(min((np.linalg.norm(o.centre - solid.centre)
                                   for o in found if o.name == name), default=np.inf))
    return np.array(errors)


def test_perfect_answers_give_centres_within_five_centimetres(views, kinds, perfect):
    errors = _errors(views, kinds, perfect)
    assert len(errors) > 30
    assert np.median(errors) < 0.05
    assert np.percentile(errors, 90) < 0.15              # some are partly hidden


def test_perfect_answers_name_nothing_that_is_not_there(views, kinds, perfect):
    for view in views:
        present = {kinds[k].name for k in np.unique(view.kinds) if k < len(kinds)}
        assert {o.name for o in objects_of(perfect(view), kinds)} <= present


def test_an_image_of_nothing_holds_no_objects(kinds):
    camera = pinhole(64, 48, 1.4)
    percept = Percept(np.full((48, 64), Segment.FLOOR, np.uint8), np.ones((48, 64), np.float32),
                      np.zeros((12, 16, OUTPUTS), np.float32), camera)
    assert objects_of(percept, kinds) == []


@pytest.mark.parametrize('seed', range(5))
def test_answers_without_sense_are_still_objects_or_nothing(kinds, seed):
    rng = np.random.default_rng(seed)
    percept = Percept(rng.integers(0, SEGMENTS, (6, 8)).repeat(8, 0).repeat(8, 1).astype(np.uint8),
                      rng.uniform(0.05, 20, (48, 64)).astype(np.float32),
                      rng.random((12, 16, OUTPUTS), np.float32), pinhole(64, 48, 1.4))
    assert all(o.confidence >= 0.5 for o in objects_of(percept, kinds))


def test_regions_are_connected_and_large_enough():
    mask = np.zeros((20, 20), bool)
    mask[2:6, 2:6] = mask[10:18, 10:18] = mask[0, 19] = True
    found = regions(mask, 16)
    assert sorted(r.pixels for r in found) == [16, 64]
    assert {r.middle() for r in found} == {(4.0, 4.0), (14.0, 14.0)}


@pytest.mark.parametrize('names', [['mauve'], ['red table'], ['cube', 'cube'],
                                   [f'c{i} cube' for i in range(101)]])
def test_kinds_that_make_no_sense_are_refused(names):
    with pytest.raises(InvalidValueError):
        kinds_of(names)


@pytest.mark.parametrize('numbers', [
    (0, 240, 1, 1, 0, 0), (320, 240, 0, 143, 160, 120), (320, 240, float('nan'), 1, 0, 0),
    (320, 240, 143, 143, float('inf'), 120), (320, 240, 1e9, 143, 160, 120)])
def test_what_is_no_camera_is_refused(numbers):
    with pytest.raises(InvalidValueError, match='camera'):
        Intrinsics(*numbers)


def test_a_resized_camera_looks_the_same_way():
    camera = Intrinsics(640, 480, 300.0, 310.0, 322.0, 236.0)
    small = camera.scaled_to(320, 240)
    assert small.point(50, 30, 2.0) == pytest.approx(camera.point(100, 60, 2.0))


def test_pictures_lie_side_by_side(views, kinds, perfect):
    percept = perfect(views[0])
    image = views[0].image.copy()
    row = panel(image, percept, objects_of(percept, kinds))
    assert (image == views[0].image).all() and (row[:, :320] == image).all()
    assert row.shape == (240, 4 * 320 + 12, 3) and row.dtype == np.uint8
    assert stacked([row, row]).shape == (484, row.shape[1], 3)
