"""Messages and values: there and back is where it was."""
import array

import cv2
from nav_msgs.msg import OccupancyGrid, Odometry
import numpy as np
import pytest
from sensor_msgs.msg import CompressedImage, Image
from trajectory_msgs.msg import JointTrajectory

from vla_ros.core.errors import ImageError, InvalidValueError
from vla_ros.core.grid_map import GridMap, Place
from vla_ros.ros import conversions
from vla_ros.ros.images import BYTES_PER_PIXEL, check_image, image_from_compressed_msg
from vla_ros.ros.images import image_from_msg, image_to_compressed_msg, image_to_msg

RNG = np.random.default_rng(0)


def test_a_twist_comes_back():
    twist = RNG.normal(size=6)
    assert conversions.twist_from_msg(conversions.twist_to_msg(twist)).tolist() == twist.tolist()


def test_joints_come_back():
    names, q, v = ['a', 'b', 'c'], RNG.normal(size=3), RNG.normal(size=3)
    positions, velocities = conversions.joints_from_msg(
        conversions.joints_to_msg(names, q, v), names)
    assert positions.tolist() == q.tolist() and velocities.tolist() == v.tolist()


def test_a_trajectory_comes_back():
    msg = conversions.trajectory_to_msg(['a', 'b'], RNG.normal(size=(3, 2)), [0.1, 0.25, 1.5])
    back = conversions.trajectory_from_msg(msg)
    assert back.joint_names == ('a', 'b')
    assert back.times_s == pytest.approx([0.1, 0.25, 1.5])
    assert conversions.trajectory_from_msg(JointTrajectory()).positions.size == 0


def test_odometry_comes_back():
    pose, velocity = np.array([1.0, -2.0, 2.5]), np.array([0.3, 0.0, -0.4])
    back = conversions.odometry_from_msg(conversions.odometry_to_msg(pose, velocity))
    assert back[0] == pytest.approx(pose) and back[1] == pytest.approx(velocity)
    bad = Odometry()
    bad.pose.pose.position.x = float('nan')
    with pytest.raises(InvalidValueError):
        conversions.odometry_from_msg(bad)


def test_a_map_and_its_places_come_back():
    cells = RNG.integers(-1, 101, (4, 7)).astype(np.int8)
    places = (Place('living room', np.array([1.0, -2.0, 0.5])),)
    msg = conversions.grid_map_to_msg(GridMap(cells, 0.05, np.array([-3.0, 2.5]), places))
    assert (msg.info.width, msg.info.height) == (7, 4)
    back = conversions.grid_map_from_msg(
        msg, conversions.places_from_text(conversions.places_to_text(places)))
    assert (back.cells == cells).all() and back.origin.tolist() == [-3.0, 2.5]
    assert back.resolution_m == pytest.approx(0.05)
    assert back.places[0].name == 'living room'
    assert back.places[0].pose.tolist() == [1.0, -2.0, 0.5]


def test_a_map_that_contradicts_itself_is_refused():
    msg = OccupancyGrid()
    msg.info.width = 3
    msg.info.height = 2
    with pytest.raises(InvalidValueError, match='0 cells of 3 by 2'):
        conversions.grid_map_from_msg(msg)
    for text in ('{', '[1]', '{"kitchen": [1, 2]}', '{"kitchen": "there"}'):
        with pytest.raises(InvalidValueError):
            conversions.places_from_text(text)


def test_an_image_comes_back():
    image = RNG.integers(0, 255, (7, 5, 3), dtype=np.uint8)
    assert np.array_equal(image_from_msg(image_to_msg(image)), image)
    flat = np.full((16, 16, 3), 90, np.uint8)
    assert np.abs(image_from_compressed_msg(image_to_compressed_msg(flat)).astype(int)
                  - 90).max() < 5


def test_rows_may_be_padded():
    rows = RNG.integers(0, 255, (4, 20), dtype=np.uint8)
    msg = Image(height=4, width=5, step=20, encoding='bgr8', data=array.array('B', rows.tobytes()))
    assert np.array_equal(image_from_msg(msg), rows[:, :15].reshape(4, 5, 3)[:, :, ::-1])


@pytest.mark.parametrize('encoding', BYTES_PER_PIXEL)
def test_every_accepted_encoding_gives_rgb(encoding):
    data = RNG.integers(0, 255, 8 * 8 * BYTES_PER_PIXEL[encoding], dtype=np.uint8)
    msg = Image(height=8, width=8, step=8 * BYTES_PER_PIXEL[encoding], encoding=encoding,
                data=array.array('B', data.tobytes()))
    image = image_from_msg(msg)
    assert image.shape == (8, 8, 3) and image.dtype == np.uint8


@pytest.mark.parametrize('encoding, pixel', [
    ('rgb8', [200, 30, 10]), ('bgr8', [10, 30, 200]), ('rgba8', [200, 30, 10, 255]),
    ('bgra8', [10, 30, 200, 255])])
def test_red_is_red_in_every_order(encoding, pixel):
    image = np.tile(np.array(pixel, np.uint8), (8, 8, 1))
    assert image_from_msg(image_to_msg(image, encoding))[3, 3].tolist() == [200, 30, 10]


@pytest.mark.parametrize('encoding', [
    '', '8UC1', '8UC3', '8UC4', '16UC1', '32FC1', 'nv12', 'nv21', 'nv24', 'RGB8', 'x' * 5000])
def test_other_encodings_are_refused_by_name(encoding):
    msg = Image(height=2, width=2, step=16, encoding=encoding, data=array.array('B', bytes(32)))
    with pytest.raises(ImageError, match='supported: rgb8'):
        image_from_msg(msg)


def test_no_header_is_believed():
    encodings = [*BYTES_PER_PIXEL, '32FC1', 'junk']
    for _ in range(20_000):
        height, width, step = (int(2 ** RNG.uniform(0, 31)) for _ in range(3))
        msg = Image(height=height, width=width, step=step,
                    encoding=encodings[RNG.integers(len(encodings))],
                    data=array.array('B', bytes(int(RNG.integers(64)))))
        try:
            check_image(msg)
        except ImageError:
            continue
        assert len(msg.data) == step * height


def test_a_jpeg_is_refused_when_it_is_cut_anywhere():
    whole = cv2.imencode('.jpg', RNG.integers(0, 255, (40, 40, 3), dtype=np.uint8))[1].tobytes()
    for length in range(0, len(whole) - 2, 7):
        msg = CompressedImage(format='jpeg', data=array.array('B', whole[:length]))
        try:
            assert image_from_compressed_msg(msg).shape == (40, 40, 3)
        except ImageError:
            continue


def test_a_huge_jpeg_is_refused_by_its_header():
    data = bytearray(cv2.imencode('.jpg', np.zeros((8, 8, 3), np.uint8))[1].tobytes())
    at = data.index(b'\xff\xc0')
    data[at + 5:at + 9] = b'\xff\xff\xff\xff'
    with pytest.raises(ImageError, match='65535x65535'):
        image_from_compressed_msg(CompressedImage(data=array.array('B', bytes(data))))
