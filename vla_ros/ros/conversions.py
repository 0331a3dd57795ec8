"""
Between messages and values. Joints go by name, and every number leaves through `float()`.

rclpy writes an int or a numpy float into a double field as garbage without a word.
"""
import array
from collections.abc import Sequence
import json
import math

from builtin_interfaces.msg import Duration, Time
from geometry_msgs.msg import Twist
from nav_msgs.msg import OccupancyGrid, Odometry
import numpy as np
from sensor_msgs.msg import JointState
from trajectory_msgs.msg import JointTrajectory, JointTrajectoryPoint

from vla_ros.core.errors import InvalidValueError, MissingJointError
from vla_ros.core.geometry import yaw_of_quaternion
from vla_ros.core.grid_map import GridMap, Place
from vla_ros.core.values import Trajectory


def seconds_of(stamp: Time) -> float:
    """Return a stamp or a duration in seconds."""
    return stamp.sec + stamp.nanosec * 1e-9


def joints_from_msg(msg: JointState,
                    joint_names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """
    Return positions [rad] and velocities [rad/s], each (J,), in the order of `joint_names`.

    Joints that are not named are ignored. A message without any velocity means zero velocity.

    :raises MissingJointError: if a joint is not in the message.
    :raises InvalidValueError: if a joint is there twice, lists differ in length, or a number of
        a named joint is not finite.
    """
    if len(set(msg.name)) != len(msg.name):
        raise InvalidValueError(f'joint states name a joint twice: {list(msg.name)[:40]}')
    for field, values in (('position', msg.position), ('velocity', msg.velocity)):
        if len(values) != len(msg.name) and not (field == 'velocity' and len(values) == 0):
            raise InvalidValueError(
                f'joint states: {len(msg.name)} names, {len(values)} of {field}')
    index = {name: i for i, name in enumerate(msg.name)}
    if missing := set(joint_names) - index.keys():
        raise MissingJointError(missing, present=list(msg.name))
    order = [index[name] for name in joint_names]
    positions = np.array(msg.position)[order]
    velocities = np.array(msg.velocity)[order] if len(msg.velocity) else np.zeros(len(order))
    if not (np.isfinite(positions).all() and np.isfinite(velocities).all()):
        bad = [n for n, p, v in zip(joint_names, positions, velocities, strict=True)
               if not (math.isfinite(p) and math.isfinite(v))]
        raise InvalidValueError(f'joint states: not finite: {bad}')
    return positions, velocities


def joints_to_msg(names: Sequence[str], positions: np.ndarray,
                  velocities: np.ndarray) -> JointState:
    """Return joint states; the header is left to the caller."""
    return JointState(name=list(names), position=[float(p) for p in positions],
                      velocity=[float(v) for v in velocities])


def twist_from_msg(msg: Twist) -> np.ndarray:
    """Return (6,) linear x y z [m/s], angular x y z [rad/s]."""
    return np.array([msg.linear.x, msg.linear.y, msg.linear.z,
                     msg.angular.x, msg.angular.y, msg.angular.z])


def twist_to_msg(twist: np.ndarray) -> Twist:
    """Return a message of a twist (6,)."""
    msg = Twist()
    msg.linear.x, msg.linear.y, msg.linear.z = (float(v) for v in twist[:3])
    msg.angular.x, msg.angular.y, msg.angular.z = (float(v) for v in twist[3:])
    return msg


def trajectory_from_msg(msg: JointTrajectory) -> Trajectory:
    """
    Return a trajectory, joints in the order of the message.

    :raises InvalidValueError: if a point has another number of positions than there are joints.
    """
    names = tuple(msg.joint_names)
    if wrong := [len(p.positions) for p in msg.points if len(p.positions) != len(names)]:
        raise InvalidValueError(
            f'joint trajectory: {len(names)} joints, a point has {wrong[0]} positions')
    positions = np.array([p.positions for p in msg.points]).reshape(len(msg.points), len(names))
    return Trajectory(names, positions,
                      np.array([seconds_of(p.time_from_start) for p in msg.points]))


def trajectory_to_msg(names: Sequence[str], positions: np.ndarray,
                      times_s: np.ndarray) -> JointTrajectory:
    """
    Return a trajectory that joint_trajectory_controller accepts.

    It starts now (stamp zero), its times rise, and it asks for no effort and no last velocity.
    """
    points = []
    for row, at_s in zip(positions, times_s, strict=True):
        whole = math.floor(at_s)
        points.append(JointTrajectoryPoint(
            positions=[float(p) for p in row],
            time_from_start=Duration(sec=int(whole), nanosec=int((at_s - whole) * 1e9))))
    return JointTrajectory(joint_names=list(names), points=points)


def odometry_from_msg(msg: Odometry) -> tuple[np.ndarray, np.ndarray]:
    """
    Return pose (x, y [m], yaw [rad]) and velocity (vx, vy [m/s], wz [rad/s]), each (3,).

    :raises InvalidValueError: if a number is not finite.
    """
    place, turn = msg.pose.pose.position, msg.pose.pose.orientation
    pose = np.array([place.x, place.y, yaw_of_quaternion(turn.w, turn.x, turn.y, turn.z)])
    velocity = twist_from_msg(msg.twist.twist)[[0, 1, 5]]
    if not (np.isfinite(pose).all() and np.isfinite(velocity).all()):
        raise InvalidValueError('odometry: not finite')
    return pose, velocity


def odometry_to_msg(pose: np.ndarray, velocity: np.ndarray, height_m: float = 0.0) -> Odometry:
    """Return odometry of a pose (3,) and a velocity (3,); the header is left to the caller."""
    msg = Odometry()
    x, y, yaw = (float(v) for v in pose)
    msg.pose.pose.position.x, msg.pose.pose.position.y = x, y
    msg.pose.pose.position.z = float(height_m)
    msg.pose.pose.orientation.w = math.cos(yaw / 2)
    msg.pose.pose.orientation.z = math.sin(yaw / 2)
    msg.twist.twist = twist_to_msg([velocity[0], velocity[1], 0.0, 0.0, 0.0, velocity[2]])
    return msg


def grid_map_from_msg(msg: OccupancyGrid, places: Sequence[Place] = ()) -> GridMap:
    """
    Return the map of a message; places don't travel in it.

    :raises InvalidValueError: if the map is turned, is empty, or has another number of cells
        than it says.
    """
    about, pose = msg.info, msg.info.origin
    turn = pose.orientation
    yaw = yaw_of_quaternion(turn.w, turn.x, turn.y, turn.z)
    if abs(yaw) > 1e-6 or len(msg.data) != about.width * about.height:
        raise InvalidValueError(f'map: {len(msg.data)} cells of {about.width} by {about.height}, '
                                f'turned by {yaw:g} rad; expected all of them, not turned')
    cells = np.array(msg.data, np.int8).reshape(about.height, about.width)
    return GridMap(cells, round(float(about.resolution), 6),       # it is a float32 there
                   np.array([pose.position.x, pose.position.y]), tuple(places))


def grid_map_to_msg(grid: GridMap) -> OccupancyGrid:
    """Return a message of a map without its places; the header is left to the caller."""
    msg = OccupancyGrid()
    msg.info.resolution = float(grid.resolution_m)
    msg.info.height, msg.info.width = (int(n) for n in grid.cells.shape)
    msg.info.origin.position.x, msg.info.origin.position.y = (float(v) for v in grid.origin)
    msg.info.origin.orientation.w = 1.0
    msg.data = array.array('b', grid.cells.tobytes())
    return msg


def places_from_text(text: str) -> tuple[Place, ...]:
    """
    Return places of a JSON object {name: [x, y, yaw]}.

    :raises InvalidValueError: if it is something else.
    """
    try:
        return tuple(Place(name, np.array(pose, float))
                     for name, pose in json.loads(text).items())
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValueError(f'places: expected JSON {{name: [x, y, yaw]}}, got '
                                f'{text[:60]!r} ({error})') from error


def places_to_text(places: Sequence[Place]) -> str:
    """Return places as a JSON object {name: [x, y, yaw]}."""
    return json.dumps({place.name: [float(v) for v in place.pose] for place in places})
