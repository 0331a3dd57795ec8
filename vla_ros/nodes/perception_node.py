"""
The perception node: an image in; objects in 3-D, a segmentation and a depth image out.

The executor's thread keeps the newest image; the perception's thread looks at it, if somebody
listens to what it would say. Nothing is computed for nobody.
"""
from collections import deque
from collections.abc import Callable
import time

import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import CameraInfo, CompressedImage, Image
from visualization_msgs.msg import MarkerArray

from vla_ros.core.errors import VlaError
from vla_ros.core.intrinsics import Intrinsics, pinhole
from vla_ros.language.vocabulary import COLOURS
from vla_ros.nodes.wiring import Callbacks
from vla_ros.perception.decoding import objects_of
from vla_ros.perception.percept import Percept
from vla_ros.perception.pictures import coloured
from vla_ros.perception.segments import Segment
from vla_ros.perception.settings import PerceptionSettings
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.images import check_image, image_from_compressed_msg, image_from_msg, image_to_msg
from vla_ros.ros.objects import (
    Detection3DArray,
    intrinsics_from_msg,
    intrinsics_to_msg,
    objects_to_detections,
    objects_to_markers,
)
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.parameters import declare_robot, refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST
from vla_ros.ros.reports import Reports

PerceiverFactory = Callable[[PerceptionSettings], object]


def checkpoint_perceiver(settings: PerceptionSettings) -> object:
    """Return the perceiver of the checkpoint that the settings name."""
    from vla_ros.inference.perception import Perceiver  # torch: seconds, and only here
    return Perceiver(settings.checkpoint)


class PerceptionNode(Node):
    """Carries messages between ROS and a perceiver."""

    def __init__(self, perceiver_factory: PerceiverFactory = checkpoint_perceiver, **kwargs):
        super().__init__('perception_node', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, PerceptionSettings)
        refuse_unknown(self)
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, self.robot.name)
        self._perceiver = self._made(perceiver_factory)
        # The executor's thread puts images in and writes the camera; the perception's takes an
        # image out, which a deque lets it do without a lock, and counts.
        self._newest: deque[Image | CompressedImage] = deque(maxlen=1)
        self._camera: Intrinsics | None = None
        self._looked, self._took_s = 0, 0.0
        self._connect()
        self._pacer = Pacer('perception', lambda: self._settings.settings.rate, self._look)
        self._pacer.start()
        self.get_logger().info(
            f'ready: {self._perceiver.name!r} in {self._perceiver.precision}')

    def _made(self, perceiver_factory: PerceiverFactory) -> object:
        """Return the perceiver; if there is none, say so on /diagnostics before the node ends."""
        try:
            return perceiver_factory(self._settings.settings)
        except VlaError as error:
            self._diagnostics.publish_last('error', str(error))
            raise

    def _connect(self) -> None:
        topics = self._callbacks = Callbacks(self, self._reports, lambda reason: None)
        if self._settings.settings.image_transport == 'compressed':
            self._decode = image_from_compressed_msg
            topics.listen(CompressedImage, 'camera/image_raw/compressed', NEWEST, self._put_image)
        else:
            self._decode = image_from_msg
            topics.listen(Image, 'camera/image_raw', NEWEST, self._put_image)
        topics.listen(CameraInfo, 'camera/camera_info', NEWEST, self._put_camera)
        self._markers = self.create_publisher(MarkerArray, '~/objects', COMMAND)
        self._detections = Detection3DArray and self.create_publisher(
            Detection3DArray, '~/detections', COMMAND)
        self._segmentation = self.create_publisher(Image, '~/segmentation', NEWEST)
        self._depth = self.create_publisher(Image, '~/depth/image_raw', NEWEST)
        self._depth_camera = self.create_publisher(CameraInfo, '~/depth/camera_info', NEWEST)
        topics.every(1.0, 'diagnostics', self._diagnose)

    def _put_image(self, msg: Image | CompressedImage) -> None:
        if isinstance(msg, Image):
            check_image(msg)
        self._newest.append(msg)

    def _put_camera(self, msg: CameraInfo) -> None:
        self._camera = intrinsics_from_msg(msg)

    def _look(self, now_s: float) -> None:
        """Look at the newest image, once, if anybody wants to know; in a thread of its own."""
        if self._newest and any(map(_is_heard, self._outputs())):
            msg = self._newest.pop()
            self._callbacks.guarded('perception', lambda: self._perceive(msg))

    def _outputs(self) -> list:
        return [p for p in (self._markers, self._detections, self._segmentation, self._depth,
                            self._depth_camera) if p]

    def _perceive(self, msg: Image | CompressedImage) -> None:
        start_s = time.monotonic()
        image = self._decode(msg)
        height, width = image.shape[:2]
        percept = self._perceiver.perceive(image, self._camera_of(width, height))
        self._publish_objects(percept, msg.header)
        self._publish_pictures(percept, msg.header, width, height)
        self._looked += 1
        self._took_s = time.monotonic() - start_s

    def _camera_of(self, width: int, height: int) -> Intrinsics:
        """Return what is known of the camera; without camera_info, what the robot's has."""
        return self._camera or pinhole(width, height, self.robot.camera_vertical_fov)

    def _publish_objects(self, percept: Percept, header) -> None:
        if not any(map(_is_heard, [p for p in (self._markers, self._detections) if p])):
            return
        objects = objects_of(percept, self._perceiver.kinds,
                             self._settings.settings.confidence_min)
        if _is_heard(self._markers):
            self._markers.publish(objects_to_markers(objects, header, COLOURS))
        if self._detections and _is_heard(self._detections):
            self._detections.publish(objects_to_detections(objects, header))

    def _publish_pictures(self, percept: Percept, header, width: int, height: int) -> None:
        if _is_heard(self._segmentation):
            picture = coloured(_resized(percept.segmentation, width, height))
            self._send(self._segmentation, image_to_msg(picture), header)
        if _is_heard(self._depth):
            depth = np.where(percept.segmentation == Segment.BACKGROUND, np.nan,
                             percept.depth_m).astype(np.float32)            # REP 118
            self._send(self._depth, image_to_msg(depth, '32FC1'), header)
        if _is_heard(self._depth_camera):
            self._send(self._depth_camera, intrinsics_to_msg(percept.intrinsics), header)

    def _send(self, publisher, msg, header) -> None:
        msg.header = header
        publisher.publish(msg)

    def _diagnose(self) -> None:
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        said = 'looking' if any(map(_is_heard, self._outputs())) else 'nobody listens'
        self._diagnostics.publish('warn' if wrong else 'ok', said, {
            'checkpoint': self._perceiver.name, 'precision': self._perceiver.precision,
            'images looked at': self._looked, 'last look [s]': self._took_s,
            'camera': 'camera_info' if self._camera else 'field of view of the description',
            **self._callbacks.traffic(),
            **{f'refused {k}': v for k, v in self._reports.counts().items()}, **wrong})

    def close(self) -> None:
        """Stop the perception's thread."""
        self._pacer.stop()


def _is_heard(publisher) -> bool:
    return publisher.get_subscription_count() > 0


def _resized(segmentation: np.ndarray, width: int, height: int) -> np.ndarray:
    """Return a segmentation in the size of the image that it is of."""
    rows = (np.arange(height) * segmentation.shape[0]) // height
    columns = (np.arange(width) * segmentation.shape[1]) // width
    return segmentation[rows[:, None], columns]


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(PerceptionNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
