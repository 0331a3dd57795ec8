"""
The fusion node: camera, voice command and joint states in; base twist and joint trajectory out.

Threads: the executor's stores the newest messages; the policy's looks and infers; the command's
publishes at its own rate, whatever the others do; and one draws what is attended, for whoever
listens.
"""
from collections.abc import Callable
import time

from nav_msgs.msg import Odometry
import numpy as np
from rclpy.node import Node
from sensor_msgs.msg import CompressedImage, Image, JointState
from std_msgs.msg import Float32, Header, String
from std_srvs.srv import Trigger
from trajectory_msgs.msg import JointTrajectory

from vla_ros.control.controller import Controller, STOP
from vla_ros.control.modes import Mode
from vla_ros.control.outcome import Finding
from vla_ros.control.settings import FusionSettings
from vla_ros.core.errors import StaleInputError, VlaError
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import Command, Observation
from vla_ros.nodes.attention_topic import AttentionTopic
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


def checkpoint_policy(robot: RobotDescription, settings: FusionSettings) -> Policy:
    """Return the policy of the checkpoint that the settings name."""
    from vla_ros.inference.policy import load_policy  # torch: seconds, and only here
    return load_policy(settings.checkpoint, robot, allow_untrained=settings.allow_untrained)


class FusionNode(Node):
    """Carries messages between ROS and a `Controller`, and a policy's answers to it."""

    def __init__(self, policy_factory: PolicyFactory = checkpoint_policy, **kwargs):
        super().__init__('fusion_node', **kwargs)
        self.robot = declare_robot(self)
        self._settings = SettingsParameters(self, FusionSettings, self._apply)
        refuse_unknown(self)
        settings = self._settings.settings
        self.controller = Controller(self.robot, settings)
        self._reports = Reports(self)
        self._diagnostics = Diagnostics(self, self.robot.name)
        self._policy = self._made(policy_factory, settings)
        self._asked, self._last_said, self._header = 0, '', Header()
        self._connect(settings)
        self._attention = AttentionTopic(self, self._reports, self._policy,
                                         lambda: self.controller.settings.attention_rate)
        self._pacers = (
            Pacer('command', lambda: self.controller.settings.command_rate, self._command),
            Pacer('policy', lambda: self.controller.settings.policy_rate, self._infer))
        self._callbacks.every(1.0, 'diagnostics', self._diagnose)
        for pacer in self._pacers:
            pacer.start()

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
            topics.listen(CompressedImage, 'camera/image_raw/compressed', NEWEST, self._put_image)
        else:
            self._decode = image_from_msg
            topics.listen(Image, 'camera/image_raw', NEWEST, self._put_image)
        topics.listen(JointState, 'joint_states', NEWEST, self._put_joints)
        topics.listen(Odometry, 'odom', NEWEST, self._put_odometry)
        topics.listen(String, 'voice_command', SPOKEN, self._put_command)
        twist = TwistTopic(self, settings.enable_stamped_cmd_vel, self.robot.base_frame)
        self._publish_twist = twist.publisher('cmd_vel')
        self._trajectory = self.create_publisher(JointTrajectory, 'joint_trajectory', COMMAND)
        self._mode = self.create_publisher(String, '~/mode', STATE)
        self._progress = self.create_publisher(Float32, '~/progress', COMMAND)
        topics.serve(Trigger, '~/reset', self._reset)
        topics.on_backward_jump(self.controller.forget_inputs)

    def _put_image(self, msg: Image | CompressedImage) -> None:
        if isinstance(msg, Image):
            check_image(msg)
        now_s = time.monotonic()
        self.controller.picture.see(msg.data, now_s)
        self.controller.image.put(msg, now_s, header_age_s(self, msg.header.stamp))

    def _put_joints(self, msg: JointState) -> None:
        self.controller.joints.put(joints_from_msg(msg, self.robot.joint_names),
                                   time.monotonic(), header_age_s(self, msg.header.stamp))

    def _put_odometry(self, msg: Odometry) -> None:
        self.controller.odometry.put(odometry_from_msg(msg), time.monotonic())

    def _put_command(self, msg: String) -> None:
        taken_for = self.controller.instruct(msg.data, time.monotonic())
        if taken_for == STOP:
            self._publish_twist(np.zeros(6))            # now: the next tick is a period away
        self.get_logger().info(f'told: {taken_for}')

    def _infer(self, now_s: float) -> None:
        """Look and decide; in the policy's thread."""
        try:
            self._warm_up_once()
            told = self.controller.instruction
            if told.text and self.controller.mode is not Mode.FAULT:
                observation = self.controller.observation(now_s, self._see)
                if told.number != self._asked:
                    self._policy.reset(told.text)
                    self._asked = told.number
                self.controller.accept(self._policy.infer(observation), told.number)
                self._attention.offer(observation.image, self._header)
            self._reports.right('policy')
        except StaleInputError:
            return                                  # the command's tick sees and says the same
        except VlaError as error:
            self._reports.wrong('policy', str(error))
        except Exception as error:  # whatever a policy raises stops the robot
            self._reports.wrong('policy', f'{type(error).__name__}: {error}')
            self.controller.fault(f'policy: {type(error).__name__}: {error}')

    def _see(self, msg: Image | CompressedImage) -> np.ndarray:
        """Return an image (H, W, 3) uint8 RGB and remember its header; in the policy's thread."""
        self._header = msg.header
        return self._decode(msg)

    def _warm_up_once(self) -> None:
        """Infer once on nothing, so that the first real answer is not the slowest."""
        if self.controller.mode is Mode.INIT and self._asked == 0:
            joints = np.array(self.robot.neutral_position)
            image = np.zeros((240, 320, 3), np.uint8)
            self._policy.reset('stand still')
            for _ in range(2):
                self._policy.infer(Observation(time.monotonic(), image, joints,
                                               np.zeros_like(joints), 'stand still'))
            self._asked = -1
            self.controller.warmed_up()
            self.get_logger().info(f'ready: policy {self._policy.description.name!r} '
                                   f'for {self.robot.name}')

    def _command(self, now_s: float) -> None:
        """Publish what leaves now; in the command's thread."""
        try:
            command = self.controller.tick(now_s)
            self._send(command, now_s)
            self._say(f'{self.controller.mode.value}: {command.reason}')
        except Exception as error:  # the one thread that must not end
            self._reports.wrong('command', f'{type(error).__name__}: {error}')
            self.controller.fault(f'command: {type(error).__name__}: {error}')
            self._publish_twist(np.zeros(6))
            self._say(f'{self.controller.mode.value}: command: {type(error).__name__}')

    def _send(self, command: Command, now_s: float) -> None:
        self._publish_twist(command.twist, now_s)
        if command.joint_names and not is_late(now_s):
            self._trajectory.publish(trajectory_to_msg(
                command.joint_names, command.joint_positions, command.joint_times_s))

    def _say(self, mode: str) -> None:
        steady = mode.partition(' s old')[0][:24] if ' s old' in mode else mode.partition(' (')[0]
        if steady != self._last_said:
            self._last_said = steady
            self._mode.publish(String(data=mode))

    def _diagnose(self) -> None:
        self._progress.publish(Float32(data=float(self.controller.progress)))
        self._notice_others()
        wrong = {f'wrong: {what}': reason for what, reason in self._reports.reasons().items()}
        fine = not wrong and (self.controller.mode is not Mode.ACTIVE
                              or self.controller.finding in (Finding.DOING, Finding.DONE))
        level = {Mode.FAULT: 'error', Mode.HOLD: 'warn', Mode.INIT: 'warn'}.get(
            self.controller.mode, 'ok' if fine else 'warn')
        if 'wrong: cmd_vel publishers' in wrong:
            level = 'error'
        self._diagnostics.publish(level, self._last_said, {**self._figures(), **wrong})

    def _notice_others(self) -> None:
        """Report who else commands the robot, or commands this node."""
        for topic, what in (('cmd_vel', 'another publisher commands the robot'),
                            ('voice_command', 'several publishers give commands')):
            if len(self.get_publishers_info_by_topic(topic)) > 1:
                self._reports.wrong(f'{topic} publishers', what)
            else:
                self._reports.right(f'{topic} publishers')
        for known in (self.controller.image, self.controller.joints):
            if known.take_future_stamps():
                self._reports.wrong(f'{known.name} stamp', 'from the future; its receipt counts')
            else:
                self._reports.right(f'{known.name} stamp')

    def _figures(self) -> dict[str, object]:
        """Return what /diagnostics tells besides the mode and what is wrong."""
        controller, now_s = self.controller, time.monotonic()
        clips = dict(controller.guard.clips)            # another thread goes on counting
        return {
            'mode': controller.mode.value, 'command': controller.instruction.text,
            'finding': controller.finding.value, 'base share': controller.base_share,
            'progress': controller.progress, 'image age [s]': controller.image.age_s(now_s),
            'joints age [s]': controller.joints.age_s(now_s),
            'odometry age [s]': controller.odometry.age_s(now_s),
            'clipped commands': sum(clips.values()),
            **{f'clipped by {limit}': count for limit, count in clips.items()},
            'bad chunks': controller.bad_chunks,
            'missed command slots': self._pacers[0].missed,
            'missed policy slots': self._pacers[1].missed,
            **{f'received {k}': v for k, v in self._callbacks.received.items()},
            **{f'refused {k}': v for k, v in self._reports.counts().items()}}

    def _reset(self, request: Trigger.Request) -> tuple[bool, str]:
        self.controller.reset(time.monotonic())
        return True, 'reset'

    def _apply(self, settings: FusionSettings) -> None:
        self.controller.settings = settings

    def close(self) -> None:
        """Stop the threads and tell the robot to stand: zeros are the last messages."""
        self._attention.close()
        for pacer in self._pacers:
            pacer.stop()
        for _ in range(_ZEROS_AT_END):
            self._publish_twist(np.zeros(6))
            time.sleep(0.02)


def main(args: list[str] | None = None) -> int:
    """Run the node until it is told to end."""
    return run_node(FusionNode, args)


if __name__ == '__main__':
    raise SystemExit(main())
