"""
The fusion node: camera, voice command and joint states in; base twist and joint trajectory out.

Threads: the executor's hears commands; the vision's fetches and encodes the newest image; the
policy's decides on it and on the newest joints; the command's publishes at its own rate, whatever
the others do; and one draws what is attended, for whoever listens.
"""
from collections.abc import Callable
import re
import threading
import time

from nav_msgs.msg import Odometry
import numpy as np
from rclpy.logging import get_logger
from rclpy.node import Node
from sensor_msgs.msg import CompressedImage, Image, JointState
from std_msgs.msg import String
from std_srvs.srv import Trigger
from trajectory_msgs.msg import JointTrajectory

from vla_ros.control.controller import Controller, STOP
from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import VlaError
from vla_ros.core.policy import Accountable, Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import Command
from vla_ros.inference.cache import CachedVision, Reuse
from vla_ros.language.stop_words import is_stop
from vla_ros.nodes.attention_topic import AttentionTopic
from vla_ros.nodes.fusion_report import FusionReport
from vla_ros.nodes.policy_threads import PolicyThreads
from vla_ros.nodes.wiring import Callbacks, header_age_s, is_late, TwistTopic
from vla_ros.ros.conversions import joints_from_msg, odometry_from_msg, trajectory_to_msg
from vla_ros.ros.diagnostics import Diagnostics
from vla_ros.ros.images import check_image, image_from_compressed_msg, image_from_msg
from vla_ros.ros.pacing import Pacer
from vla_ros.ros.parameters import declare_robot, refuse_unknown, SettingsParameters
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import COMMAND, NEWEST, SPOKEN, STATE
from vla_ros.ros.reports import Reports

PolicyFactory = Callable[[RobotDescription, FusionSettings], Policy]
_ZEROS_AT_END = 3
_AGE = re.compile(r'[\d.]+ s old')


def checkpoint_policy(robot: RobotDescription, settings: FusionSettings) -> Policy:
    """Return the policy of the checkpoint that the settings name."""
    from vla_ros.inference.policy import load_policy  # torch: seconds, and only here
    from vla_ros.inference.runtime import Threads
    policy = load_policy(settings.checkpoint, robot, allow_untrained=settings.allow_untrained,
                         runtime=settings.runtime, threads=Threads(
                             settings.vision_threads, settings.decision_threads))
    for line in (f'computed by {choice}' if (choice := getattr(policy, 'choice', None)) else '',
                 getattr(policy, 'hint', '')):
        if line:
            get_logger('fusion_node').info(line)
    return CachedVision(policy, Reuse(settings.reuse_distance, settings.reuse_max_age,
                                      settings.reuse_joint_motion))


class FusionNode(Node):
    """Carries messages between ROS and a `Controller`, and a policy's answers to it."""

    def __init__(self, policy_factory: PolicyFactory = checkpoint_policy, **kwargs):
        super().__init__('fusion_node', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, FusionSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self.nice = settings.nice
        self.controller = Controller(self.robot, settings)
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, self.robot.name)
        policy = self._made(policy_factory, settings)
        self._last_said, self._published, self._pull_lock = '', '', threading.Lock()
        self._connect(settings)
        self._attention = AttentionTopic(self, self._reports, policy,
                                         lambda: self.controller.settings.attention_rate)
        epoch_s = time.monotonic()
        self._pacer = Pacer('command', lambda: self.controller.settings.command_rate,
                            self._command, epoch_s=epoch_s, is_urgent=True)
        self.threads = PolicyThreads(self.controller, policy, self._decode, self._reports,
                                     self._fetch, self._pull, self._attention, epoch_s)
        self.threads.on_answer = self._pacer.nudge      # what is new leaves at once
        self.threads.on_ready = lambda: self.get_logger().info(
            f'ready: policy {policy.description.name!r} for {self.robot.name}')
        report = FusionReport(self, self.controller, self.threads, self._pacer, self._callbacks,
                              self._reports, self._diagnostics,
                              policy.figures if isinstance(policy, Accountable) else dict)
        self._callbacks.every(1.0, 'diagnostics', lambda: report.publish(self._last_said))
        self._pacer.start()
        self.threads.start()

    def _made(self, policy_factory: PolicyFactory, settings: FusionSettings) -> Policy:
        """Return the policy; if there is none, say so on /diagnostics before the node ends."""
        try:
            return policy_factory(self.robot, settings)
        except VlaError as error:
            self._diagnostics.publish_last('error', str(error))
            raise

    def _connect(self, settings: FusionSettings) -> None:
        topics = self._callbacks = Callbacks(self, self._reports, self.controller.fault)
        if settings.image_transport == 'compressed':
            self._decode = image_from_compressed_msg
            self._fetch = topics.poll(CompressedImage, 'camera/image_raw/compressed', NEWEST,
                                      self._put_image)
        else:
            self._decode = image_from_msg
            self._fetch = topics.poll(Image, 'camera/image_raw', NEWEST, self._put_image)
        self._polls = (topics.poll(JointState, 'joint_states', NEWEST, self._put_joints),
                       topics.poll(Odometry, 'odom', NEWEST, self._put_odometry))
        topics.listen(String, 'voice_command', SPOKEN, self._put_voice)
        topics.listen(String, 'instruction', SPOKEN, self._put_command)
        twist = TwistTopic(self, settings.enable_stamped_cmd_vel, self.robot.base_frame)
        self._publish_twist = twist.publisher('cmd_vel')
        self._trajectory = self.create_publisher(JointTrajectory, 'joint_trajectory', COMMAND)
        self._mode = self.create_publisher(String, '~/mode', STATE)
        topics.serve(Trigger, '~/reset', self._reset)
        topics.on_backward_jump(self.controller.forget_inputs)

    def _put_image(self, msg: Image | CompressedImage, now_s: float) -> None:
        """Keep a frame; in the vision's thread."""
        if isinstance(msg, Image):
            check_image(msg)
        self.controller.picture.see(msg.data, now_s)
        self.controller.image.put(msg, now_s, header_age_s(self, msg.header.stamp))
        self.threads.see(now_s)

    def _pull(self) -> None:
        """
        Fetch the newest joints and odometry; in the policy's and in the command's thread.

        Whoever finds the other one at it goes on with what is there: commands wait for nobody.
        """
        if self._pull_lock.acquire(blocking=False):
            try:
                for poll in self._polls:
                    poll()
            finally:
                self._pull_lock.release()

    def _put_joints(self, msg: JointState, found_s: float) -> None:
        self.controller.joints.put(joints_from_msg(msg, self.robot.joint_names), found_s,
                                   header_age_s(self, msg.header.stamp))

    def _put_odometry(self, msg: Odometry, found_s: float) -> None:
        self.controller.odometry.put(odometry_from_msg(msg), found_s)

    def _put_voice(self, msg: String) -> None:
        """Obey a person; where a planner does the thinking, only if it is a stop."""
        if not self._settings.settings.has_planner or is_stop(msg.data):
            self._put_command(msg)

    def _put_command(self, msg: String) -> None:
        taken_for = self.controller.instruct(msg.data, time.monotonic())
        if taken_for == STOP:
            self._publish_twist(np.zeros(6))            # now: the next tick is a period away
        self.threads.hear()
        self.get_logger().info(f'told: {taken_for}')

    def _command(self, now_s: float) -> None:
        """Publish what leaves now; in the command's thread."""
        try:
            self.threads.wait()
            self._pull()
            self.threads.renew(now_s)
            command = self.controller.tick(now_s)
            ticked_s = time.monotonic()
            self._send(command, now_s)
            self._account(ticked_s - now_s, time.monotonic() - ticked_s)
            self._say(f'{self.controller.mode.value}: {command.reason}')
        except Exception as error:  # the one thread that must not end
            self._reports.wrong('command', f'{type(error).__name__}: {error}')
            self.controller.fault(f'command: {type(error).__name__}: {error}')
            self._publish_twist(np.zeros(6))
            self._say(f'{self.controller.mode.value}: command: {type(error).__name__}')

    def _account(self, tick_s: float, publish_s: float) -> None:
        self.controller.times.add('tick', tick_s)
        self.controller.times.add('publish', publish_s)

    def _send(self, command: Command, now_s: float) -> None:
        self._publish_twist(command.twist, now_s)
        if command.joint_names and not is_late(now_s):
            self._trajectory.publish(trajectory_to_msg(
                command.joint_names, command.joint_positions, command.joint_times_s))

    def _say(self, mode: str) -> None:
        """Publish the mode when it changes; that something gets older is no change."""
        self._last_said = _AGE.sub('old', mode.partition(' (')[0])
        if self._last_said != self._published:
            self._published = self._last_said
            self._mode.publish(String(data=mode))

    def _reset(self, request: Trigger.Request) -> tuple[bool, str]:
        self.controller.reset(time.monotonic())
        return True, 'reset'

    def _apply(self, settings: FusionSettings) -> None:
        self.controller.settings = settings
        self.threads.policy_pacer.nudge()               # it may have waited for images only

    def close(self) -> None:
        """Stop the threads and tell the robot to stand: zeros are the last messages."""
        self._attention.close()
        self.threads.stop()
        self._pacer.stop()
        for _ in range(_ZEROS_AT_END):
            self._publish_twist(np.zeros(6))
            time.sleep(0.02)


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(FusionNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
