"""
The simulator's node: a simulated G1 takes what a robot takes and gives what a robot gives.

One thread owns physics and rendering, because a rendering context belongs to a thread.
"""
from dataclasses import replace
import time

from nav_msgs.msg import Odometry
import numpy as np
from rclpy.node import Node
from rosgraph_msgs.msg import Clock
from sensor_msgs.msg import CameraInfo, CompressedImage, Image, JointState
from std_srvs.srv import Trigger
from trajectory_msgs.msg import JointTrajectory

from vla_ros.core.intrinsics import pinhole
from vla_ros.nodes.scenery_topics import SceneryTopics
from vla_ros.nodes.wiring import Callbacks, TwistTopic
from vla_ros.ros.conversions import joints_to_msg, odometry_to_msg, trajectory_from_msg
from vla_ros.ros.images import image_to_compressed_msg, image_to_msg
from vla_ros.ros.objects import intrinsics_to_msg
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.parameters import declare_robot, refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST
from vla_ros.ros.reports import Reports
from vla_ros.sim.camera import Bystander, Eye, open_window
from vla_ros.sim.disturbances import Disturbances
from vla_ros.sim.g1_model import TICK_S
from vla_ros.sim.randomisation import parse_randomisation
from vla_ros.sim.robot_interface import RobotInterface
from vla_ros.sim.settings import SimSettings
from vla_ros.sim.worlds import make_world, parse_dwelling, scene_of, Setup

THIRD_PERSON = (480, 360)


class SimNode(Node):
    """Carries messages between ROS and a simulated world."""

    def __init__(self, **kwargs):
        super().__init__('sim_node', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, SimSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self._scene = scene_of(settings.scene_kinds, settings.seed,
                               parse_dwelling(settings.world), Setup(settings.solids))
        self._randomisation = replace(
            parse_randomisation([*filter(None, settings.randomise.split(','))],
                                settings.strength), seed=settings.seed)
        self._world, self._wants_reset, self._picture = None, False, None
        self._eyes: tuple = ()
        self._rng = np.random.default_rng(settings.seed)
        self._reports = Reports(self)
        self._interface = RobotInterface(self.robot, settings.cmd_vel_timeout)
        self._connect(settings)
        self._due_s = {'image': 0.0, 'third person': 0.0}
        self._pacer = Pacer('simulator', lambda: self._now.real_time_factor / TICK_S,
                            self._advance, self._close_eyes)
        self._pacer.start()

    @property
    def _now(self) -> SimSettings:
        return self._settings.settings

    def _connect(self, settings: SimSettings) -> None:
        topics = Callbacks(self, self._reports, lambda reason: None)
        twist = TwistTopic(self, settings.enable_stamped_cmd_vel, self.robot.base_frame)
        topics.listen(twist.kind, 'cmd_vel', COMMAND, lambda msg: self._interface.put_twist(
            twist.read(msg), time.monotonic()))
        topics.listen(JointTrajectory, 'joint_trajectory', COMMAND,
                      lambda msg: self._interface.put_trajectory(
                          trajectory_from_msg(msg), time.monotonic()))
        self._image = self.create_publisher(Image, 'camera/image_raw', NEWEST)
        self._compressed = self.create_publisher(
            CompressedImage, 'camera/image_raw/compressed', NEWEST)
        self._info = self.create_publisher(CameraInfo, 'camera/camera_info', NEWEST)
        self._joints = self.create_publisher(JointState, 'joint_states', NEWEST)
        self._odometry = self.create_publisher(Odometry, 'odom', NEWEST)
        self._third_person = self.create_publisher(Image, 'third_person/image_raw', NEWEST)
        self._clock_topic = self.create_publisher(Clock, '/clock', NEWEST)
        self._scenery = SceneryTopics(self, self._reports)
        topics.serve(Trigger, '~/reset', self._reset)

    def _advance(self, now_s: float) -> None:
        """Go on by one tick and publish what is due; in the simulator's thread."""
        try:
            if self._world is None or self._wants_reset:
                self._build()
            self._scenery.change(self._now)
            self._world.advance(*self._disturbances.command(
                (1.0 - self._now.slip) * self._interface.twist_at(now_s), self._targets(now_s)))
            if (push := self._disturbances.push(self._world.time_s)) is not None:
                self._world.push(push)
            self._publish_body()
            self._publish_pictures()
            self._scenery.note_contacts()
            self._scenery.publish_truth()
            self._note_fall()
        except Exception as error:  # said once; the robot's time-outs do the rest
            self._reports.wrong('simulator', f'{type(error).__name__}: {error}')

    def _targets(self, now_s: float) -> np.ndarray:
        """Return where the commanded joints are sent (C,); a blocked one stays where it is."""
        targets, names = self._interface.targets_at(now_s), self.robot.commanded_joints
        if (blocked := self._now.blocked_joint) in names:
            index = names.index(blocked)
            targets = targets.copy()
            targets[index] = self._world.joint_positions[self.robot.commanded_index[index]]
        return targets

    def _build(self) -> None:
        """Build the world, and what renders it, in the thread that uses them."""
        settings = self._now
        self._wants_reset = False
        self._close_eyes()
        self._world = make_world(self.robot, self._scene, settings.kinematic,
                                 settings.mesh_cell, self._randomisation)
        self._disturbances = Disturbances(self._randomisation, TICK_S)
        self._eye = Eye(self._world, settings.image_width, settings.image_height)
        self._bystander = Bystander(self._world, *THIRD_PERSON)
        self._eyes = self._eye, self._bystander
        self._due_s = dict.fromkeys(self._due_s, 0.0)
        self._window = None
        if settings.view:
            self._window = open_window(self._world)
        self._scenery.begin(self._world)
        if not self._world.has_physics:
            self.get_logger().warning('no walking G1 here: a kinematic base stands in for it')
        self.get_logger().info('ready: ' + ', '.join(s.name for s in self._scene.solids))

    def _close_eyes(self) -> None:
        for eye in self._eyes:
            eye.close()
        self._eyes = ()

    def _publish_body(self) -> None:
        stamp = self.get_clock().now().to_msg()
        if self._now.publish_clock:
            stamp.sec, stamp.nanosec = (int(v) for v in _split(self._world.time_s))
            self._clock_topic.publish(Clock(clock=stamp))
        if self._now.joints_enabled:
            self._joints.publish(self._joint_states(stamp))
        odometry = odometry_to_msg(self._world.base_pose, self._world.base_velocity,
                                   self._world.base_height_m)
        odometry.header.stamp = stamp
        odometry.header.frame_id = self.robot.odom_frame
        odometry.child_frame_id = self.robot.base_frame
        self._odometry.publish(odometry)
        self._stamp = stamp

    def _joint_states(self, stamp) -> JointState:
        kept = [i for i, name in enumerate(self.robot.joint_names)
                if name != self._now.dropped_joint]
        msg = joints_to_msg([self.robot.joint_names[i] for i in kept],
                            self._world.joint_positions[kept],
                            self._world.joint_velocities[kept])
        msg.header.stamp = stamp
        return msg

    def _publish_pictures(self) -> None:
        if self._now.camera_enabled and self._is_due('image', self._now.image_rate):
            if not (self._now.camera_frozen and self._picture is not None):
                self._picture = self._noisy(self._disturbances.picture(self._eye.look))
            picture = self._picture
            self._send(self._image, image_to_msg(picture))
            self._send(self._info, self._camera_info())
            if self._compressed.get_subscription_count():
                self._send(self._compressed, image_to_compressed_msg(picture))
        if self._third_person.get_subscription_count() and self._is_due(
                'third person', self._now.third_person_rate):
            self._send(self._third_person, image_to_msg(self._bystander.look()))
        if self._window is not None:
            self._window.sync()

    def _noisy(self, picture: np.ndarray) -> np.ndarray:
        """Return a picture as a sensor gives it: without noise it would repeat itself."""
        if not (most := self._now.image_noise):
            return picture
        noise = self._rng.integers(-most, most + 1, picture.shape, np.int16)
        return np.clip(picture + noise, 0, 255).astype(np.uint8)

    def _is_due(self, what: str, rate_hz: float) -> bool:
        """Return whether something that happens at a rate is due in simulated time."""
        if self._world.time_s < self._due_s[what]:
            return False
        self._due_s[what] = max(self._due_s[what] + 1 / rate_hz, self._world.time_s)
        return True

    def _send(self, publisher, msg) -> None:
        msg.header.stamp, msg.header.frame_id = self._stamp, self.robot.camera_frame
        publisher.publish(msg)

    def _camera_info(self) -> CameraInfo:
        return intrinsics_to_msg(pinhole(self._now.image_width, self._now.image_height,
                                         self.robot.camera_vertical_fov))

    def _note_fall(self) -> None:
        if self._world.is_fallen:
            self._reports.wrong('robot', 'fallen: ~/reset stands it up')
        else:
            self._reports.right('robot')

    def _reset(self, request: Trigger.Request) -> tuple[bool, str]:
        self._wants_reset = True
        return True, 'the scene starts anew'

    def _apply(self, settings: SimSettings) -> None:
        self._interface.timeout_s = settings.cmd_vel_timeout

    def close(self) -> None:
        """Stop the simulator's thread."""
        self._pacer.stop()


def _split(seconds: float) -> tuple[int, int]:
    """Return whole seconds and nanoseconds."""
    return int(seconds), round(seconds % 1 * 1e9) % 1_000_000_000


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(SimNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
