"""The perception node over real ROS: it speaks to those who listen and survives bad images."""
import threading

import numpy as np
import pytest
from sensor_msgs.msg import CameraInfo, Image
from visualization_msgs.msg import Marker, MarkerArray

from vla_ros.core.intrinsics import pinhole
from vla_ros.language.vocabulary import COLOURS
from vla_ros.nodes.perception_node import PerceptionNode
from vla_ros.perception.kinds import kinds_of, names_of, OUTPUTS
from vla_ros.perception.percept import Percept
from vla_ros.perception.segments import PALETTE, Segment
from vla_ros.ros.images import image_from_msg, image_to_msg
from vla_ros.ros.objects import intrinsics_from_msg, intrinsics_to_msg
from vla_ros.ros.qos import NEWEST

NAMES = names_of(tuple(COLOURS))
SIZE = 64, 48


class FakePerceiver:
    """Sees a red ball in the middle of every image, two metres away."""

    name, precision = 'fake', 'float32'

    def __init__(self, settings):
        self.kinds, self.seen = kinds_of(NAMES), []
        self.goes_on = threading.Event()
        self.goes_on.set()

    def perceive(self, image, intrinsics):
        self.goes_on.wait(5.0)
        self.seen.append((image, intrinsics))
        segmentation = np.full(SIZE[::-1], Segment.FLOOR, np.uint8)
        segmentation[0], segmentation[21:27, 29:35] = Segment.BACKGROUND, Segment.BALL
        object_map = np.zeros((12, 16, OUTPUTS), np.float32)
        object_map[5:7, 7:9, NAMES.index('red ball')] = 0.9
        return Percept(segmentation, np.full(SIZE[::-1], 2.0, np.float32), object_map,
                       intrinsics.scaled_to(*SIZE))


@pytest.fixture
def eyes(bench):
    made = []

    def factory(settings):
        made.append(FakePerceiver(settings))
        return made[0]

    bench.perception = bench.add(PerceptionNode(factory, context=bench.context))
    bench.perceiver = made[0]
    bench.images = bench.node.create_publisher(Image, 'camera/image_raw', NEWEST)
    bench.cameras = bench.node.create_publisher(CameraInfo, 'camera/camera_info', NEWEST)
    bench.until(lambda: bench.images.get_subscription_count())
    return bench


def _send(bench, value=100, camera=True):
    msg = image_to_msg(np.full((120, 160, 3), value, np.uint8))
    msg.header.frame_id = 'lens'
    if camera:
        bench.cameras.publish(intrinsics_to_msg(pinhole(160, 120, 1.4)))
    bench.images.publish(msg)


def test_nothing_is_looked_at_while_nobody_listens(eyes):
    topics = eyes.perception._callbacks
    eyes.until(lambda: topics.received['camera/image_raw'] >= 5, every=lambda: _send(eyes))
    assert not eyes.perceiver.seen
    heard = eyes.listen(MarkerArray, 'perception_node/objects')
    eyes.until(lambda: heard, every=lambda: _send(eyes))
    assert eyes.perceiver.seen


def test_objects_come_in_the_camera_frame_with_name_colour_and_size(eyes):
    heard = eyes.listen(MarkerArray, 'perception_node/objects')
    eyes.until(lambda: heard and eyes.perceiver.seen[-1][1].fx < 100, every=lambda: _send(eyes))
    first, ball = heard[-1][1].markers
    assert first.action == Marker.DELETEALL
    assert (ball.ns, ball.header.frame_id, ball.type) == ('red ball', 'lens', Marker.SPHERE)
    assert ball.color.r > 0.7 > ball.color.g and ball.color.a == pytest.approx(0.9)
    assert ball.pose.position.z > 2.0 and ball.scale.x == pytest.approx(0.5, abs=0.2)
    assert abs(ball.pose.position.x) < 0.05


def test_a_slow_look_is_followed_by_the_newest_image(eyes):
    heard = eyes.listen(MarkerArray, 'perception_node/objects')
    eyes.until(lambda: heard, every=lambda: _send(eyes))
    eyes.perceiver.goes_on.clear()
    count, topics = len(eyes.perceiver.seen), eyes.perception._callbacks
    eyes.until(lambda: not eyes.perception._newest, every=lambda: _send(eyes, 1))
    for value in (2, 3, 4):
        before = topics.received['camera/image_raw']
        _send(eyes, value)
        eyes.until(lambda before=before: topics.received['camera/image_raw'] > before)
    eyes.perceiver.goes_on.set()
    eyes.until(lambda: eyes.perceiver.seen[-1][0][0, 0, 0] == 4)
    values = [image[0, 0, 0] for image, _ in eyes.perceiver.seen[count:]]
    assert 2 not in values and 3 not in values


def test_only_what_is_listened_to_is_sent(eyes):
    pictures = eyes.listen(Image, 'perception_node/segmentation', NEWEST)
    eyes.until(lambda: pictures, every=lambda: _send(eyes))
    picture = pictures[-1][1]
    assert picture.encoding == 'rgb8' and (picture.width, picture.height) == (160, 120)
    assert (image_from_msg(picture)[60, 80] == PALETTE[Segment.BALL]).all()
    assert eyes.perception._depth.get_subscription_count() == 0


def test_depth_comes_in_metres_with_the_camera_that_fits_it(eyes):
    depths = eyes.listen(Image, 'perception_node/depth/image_raw', NEWEST)
    cameras = eyes.listen(CameraInfo, 'perception_node/depth/camera_info', NEWEST)
    eyes.until(lambda: depths and cameras, every=lambda: _send(eyes))
    msg = depths[-1][1]
    assert msg.encoding == '32FC1' and msg.header.frame_id == 'lens'
    depth = np.frombuffer(msg.data, np.float32).reshape(msg.height, msg.width)
    assert np.isnan(depth[0]).all() and (depth[1:] == 2.0).all()
    camera = intrinsics_from_msg(cameras[-1][1])
    assert (camera.width, camera.height) == SIZE == (msg.width, msg.height)


def test_a_malformed_image_is_refused_and_the_next_one_seen(eyes):
    heard = eyes.listen(MarkerArray, 'perception_node/objects')
    eyes.until(lambda: heard, every=lambda: _send(eyes))
    reports = eyes.perception._reports
    bad = image_to_msg(np.zeros((12, 16, 3), np.uint8))
    bad.step = 1
    eyes.until(lambda: 'step' in reports.reason('camera/image_raw'),
               every=lambda: eyes.images.publish(bad))
    count = len(heard)
    eyes.until(lambda: len(heard) > count, every=lambda: _send(eyes))
    assert not reports.reason('camera/image_raw')


def test_a_camera_that_is_not_calibrated_is_refused_and_the_description_used(eyes):
    heard = eyes.listen(MarkerArray, 'perception_node/objects')
    eyes.until(lambda: eyes.perception._reports.reason('camera/camera_info'),
               every=lambda: eyes.cameras.publish(CameraInfo(width=160, height=120)))
    eyes.until(lambda: heard, every=lambda: _send(eyes, camera=False))
    assert eyes.perceiver.seen[-1][1] == pinhole(
        160, 120, eyes.perception.robot.camera_vertical_fov)
