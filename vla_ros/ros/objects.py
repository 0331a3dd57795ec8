"""Cameras and the objects they see, as messages."""
from collections.abc import Sequence

from geometry_msgs.msg import Point, Pose, Quaternion, Vector3
import numpy as np
from sensor_msgs.msg import CameraInfo
from std_msgs.msg import ColorRGBA, Header
from visualization_msgs.msg import Marker, MarkerArray

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.intrinsics import Intrinsics
from vla_ros.core.seen_object import SeenObject

try:
    from vision_msgs.msg import Detection3D, Detection3DArray, ObjectHypothesisWithPose
except ImportError:                                     # not in every installation of ROS
    Detection3DArray = None

_TYPES = {'cube': Marker.CUBE, 'ball': Marker.SPHERE, 'cylinder': Marker.CYLINDER}
_GREY = (0.6, 0.6, 0.6)


def intrinsics_from_msg(msg: CameraInfo) -> Intrinsics:
    """
    Return the camera of a message; its distortion is left to whoever rectifies images.

    :raises InvalidValueError: if it is not calibrated, or a number is not finite.
    """
    k = msg.k
    if len(k) != 9:
        raise InvalidValueError(f'camera_info: k has {len(k)} numbers, expected 9')
    return Intrinsics(int(msg.width), int(msg.height), *(float(k[i]) for i in (0, 4, 2, 5)))


def intrinsics_to_msg(camera: Intrinsics) -> CameraInfo:
    """Return the message of a camera without distortion; the header is left to the caller."""
    fx, fy, cx, cy = (float(v) for v in camera.as_row())
    return CameraInfo(
        width=camera.width, height=camera.height, distortion_model='plumb_bob', d=[0.0] * 5,
        k=[fx, 0.0, cx, 0.0, fy, cy, 0.0, 0.0, 1.0], r=np.eye(3).ravel().tolist(),
        p=[fx, 0.0, cx, 0.0, 0.0, fy, cy, 0.0, 0.0, 0.0, 1.0, 0.0])


def objects_to_markers(objects: Sequence[SeenObject], header: Header,
                       rgb_of: dict[str, Sequence[float]]) -> MarkerArray:
    """
    Return markers of objects: `ns` and `text` name them, `color.a` says how sure they are.

    The first marker deletes those of the array before.

    :param rgb_of: what the words for colours look like, 0 to 1.
    """
    markers = [Marker(header=header, action=Marker.DELETEALL)]
    for index, seen in enumerate(objects):
        red, green, blue = (float(c) for c in rgb_of.get(seen.colour, _GREY))
        markers.append(Marker(
            header=header, ns=seen.name, id=index, action=Marker.ADD, pose=_pose(seen),
            type=_TYPES.get(seen.shape, Marker.SPHERE), scale=_scale(seen), text=seen.name,
            color=ColorRGBA(r=red, g=green, b=blue, a=float(seen.confidence))))
    return MarkerArray(markers=markers)


def objects_from_markers(msg: MarkerArray) -> tuple[SeenObject, ...]:
    """
    Return the objects of an array that `objects_to_markers` made, in the camera's frame.

    :raises InvalidValueError: if a number is not finite or out of range.
    """
    return tuple(_object(m) for m in msg.markers if m.action == Marker.ADD and m.ns)


def _object(marker: Marker) -> SeenObject:
    colour, _, shape = marker.ns.rpartition(' ')
    at = marker.pose.position
    return SeenObject(marker.ns, shape, colour or None, np.array([at.x, at.y, at.z]),
                      float(marker.scale.x), min(1.0, float(marker.color.a)))


def objects_to_detections(objects: Sequence[SeenObject], header: Header):
    """Return a Detection3DArray of objects; only where `Detection3DArray` is not None."""
    array = Detection3DArray(header=header)
    for seen in objects:
        guess = ObjectHypothesisWithPose()
        guess.hypothesis.class_id, guess.hypothesis.score = seen.name, float(seen.confidence)
        guess.pose.pose = _pose(seen)
        detection = Detection3D(header=header, results=[guess], id=seen.name)
        detection.bbox.center, detection.bbox.size = _pose(seen), _scale(seen)
        array.detections.append(detection)
    return array


def _pose(seen: SeenObject) -> Pose:
    x, y, z = (float(v) for v in seen.centre)
    return Pose(position=Point(x=x, y=y, z=z), orientation=Quaternion(w=1.0))


def _scale(seen: SeenObject) -> Vector3:
    return Vector3(x=float(seen.size_m), y=float(seen.size_m), z=float(seen.size_m))
