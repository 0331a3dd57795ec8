"""Every knob of the fusion node and of the command gate, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting


@dataclass(frozen=True)
class GuardSettings:
    """Settings of the guard, which both nodes have; limits are in the robot's description."""

    extended_angle: float = setting(
        1.0, 'A commanded joint further than this from rest counts as reaching out [rad].',
        0.1, 6.3)
    extended_share: float = setting(
        0.6, "How much of the base's speed is left while a joint reaches out.", 0.05, 1.0)
    tracking_max: float = setting(
        0.5, 'Joints that lag further behind their commands begin anew where they are [rad].',
        0.05, 3.0)


@dataclass(frozen=True)
class FusionSettings(GuardSettings):
    """Settings of the fusion node."""

    checkpoint: str = setting(
        'base', 'Policy: name of a shipped checkpoint, or a folder.', is_fixed=True)
    allow_untrained: bool = setting(
        False, 'Run a checkpoint although it was never trained.', is_fixed=True)
    image_transport: str = setting(
        'raw', 'Whether to take camera/image_raw or camera/image_raw/compressed.',
        choices=('raw', 'compressed'), is_fixed=True)
    enable_stamped_cmd_vel: bool = setting(
        False, 'Publish TwistStamped instead of Twist on cmd_vel.', is_fixed=True)
    nice: int = setting(
        -10, 'Priority that the process asks for, as of `nice`; it keeps its own where that is '
        'not permitted.', -20, 19, is_fixed=True)
    has_planner: bool = setting(
        False, 'Whether a planner instructs: of voice_command only stop words count then.',
        is_fixed=True)
    vision_rate: float = setting(
        60.0, 'Images that are looked at a second, at most [Hz].', 0.5, 200.0)
    policy_rate: float = setting(
        50.0, 'Decisions a second, on the newest joints and what was seen last [Hz].', 0.5, 200.0)
    policy_trigger: str = setting(
        'rate', 'Whether to decide at policy_rate, or once for each image that was looked at.',
        choices=('rate', 'image'))
    runtime: str = setting(
        'auto', 'What computes the policy; auto: the fastest that is ready on this machine.',
        choices=('auto', 'fp32', 'lean', 'bf16', 'inductor', 'openvino', 'onnxruntime', 'cuda'),
        is_fixed=True)
    vision_threads: int = setting(
        0, 'Threads that encode images; 0: all processors but one.', 0, 64, is_fixed=True)
    decision_threads: int = setting(
        0, 'Threads that decide; 0: one.', 0, 64, is_fixed=True)
    reuse_distance: float = setting(
        0.0, 'How much any part of an image may differ from one whose features are used again '
        '(0 to 255); 0: every frame is encoded.', 0.0, 255.0, is_fixed=True)
    reuse_max_age: float = setting(
        0.2, 'Greatest age of features that are used again [s].', 0.0, 2.0, is_fixed=True)
    reuse_joint_motion: float = setting(
        0.05, 'Motion of any joint after which features are not used again [rad].',
        0.0, 1.0, is_fixed=True)
    attention_rate: float = setting(
        5.0, 'Pictures of what is attended a second, for whoever listens [Hz].', 0.1, 30.0)
    command_rate: float = setting(50.0, 'Commands a second [Hz].', 1.0, 200.0)
    image_max_age: float = setting(0.5, 'Oldest image to act upon [s].', 0.05, 5.0)
    joints_max_age: float = setting(0.25, 'Oldest joint states to act upon [s].', 0.02, 5.0)
    instruction_max_age: float = setting(
        60.0, 'How long a command is followed [s]: longer than the longest walk across a room.',
        1.0, 3600.0)
    inference_max_age: float = setting(
        0.5, 'Oldest observation whose chunk is still followed [s].', 0.05, 2.0)
    frozen_max_age: float = setting(
        1.0, 'How long the picture may stay the same to the bit while the base moves [s].',
        0.2, 60.0)
    commands_max_rate: float = setting(
        10.0, 'Voice commands a second that are listened to; stop words always are [Hz].',
        1.0, 1000.0)
    hang_max_age: float = setting(
        5.0, 'Time without an inference after which the policy counts as broken [s].', 1.0, 60.0)
    speed_share: float = setting(
        1.0, "How much of the robot's greatest base speed is used.", 0.05, 1.0)
    chunk_blending: str = setting(
        'ensemble', 'Older predictions that count beside the newest chunk: recent ones by age, '
        'what was being sent less and less, or none.',
        choices=('ensemble', 'realtime', 'newest'))
    ensemble_decay: float = setting(
        0.01, 'How fast older predictions lose weight in an ensemble [s].', 0.001, 1.0)
    seam_joint_rate: float = setting(
        0.25, "Most that a joint does beyond the newest chunk's own motion [rad/s].", 0.01, 10.0)
    seam_base_rate: float = setting(
        1.0, "Most that the base's velocity changes beyond the newest chunk's own [m/s^2].",
        0.05, 10.0)
    seam_turn_rate: float = setting(
        2.5, "Most that the base's turning changes beyond the newest chunk's own [rad/s^2].",
        0.1, 25.0)
    trajectory_points: int = setting(4, 'Points of a joint trajectory.', 1, 50)
    trajectory_duration: float = setting(
        0.4, 'Time from now to the last point of a joint trajectory [s].', 0.05, 2.0)
    done_progress: float = setting(
        0.95, 'Progress from which a command is reported as done.', 0.5, 1.0)
    slip_share: float = setting(
        0.7, 'A base that does less than this part of what it is told slips.', 0.0, 1.0)
    blocked_angle: float = setting(
        0.2, 'A joint that stays this far from where it is sent is blocked [rad].', 0.02, 3.0)
    blocked_time: float = setting(
        1.0, 'How long a joint stays before it counts as blocked [s].', 0.1, 10.0)
    stuck_time: float = setting(
        3.0, 'Time without progress or motion, told to move, that counts as stuck [s].',
        1.0, 60.0)
    lost_time: float = setting(
        2.0, 'Time of standing without being done that counts as lost [s].', 0.5, 60.0)


@dataclass(frozen=True)
class GateSettings(GuardSettings):
    """Settings of the command gate."""

    inputs: tuple[str, ...] = setting(
        ('teleop', 'navigation', 'policy'),
        'Sources of commands; each is heard on <name>/cmd_vel and <name>/joint_trajectory.',
        is_fixed=True)
    priorities: tuple[int, ...] = setting(
        (100, 50, 10), 'Priority of each input; the highest live one is forwarded.', 0, 255,
        is_fixed=True)
    enable_stamped_cmd_vel: bool = setting(
        False, 'Take and publish TwistStamped instead of Twist.', is_fixed=True)
    armed_at_start: bool = setting(
        False, 'Arm as soon as an input is live; otherwise wait for ~/arm.', is_fixed=True)
    nice: int = setting(
        -15, 'Priority that the process asks for, as of `nice`; it keeps its own where that is '
        'not permitted.', -20, 19, is_fixed=True)
    rate: float = setting(50.0, 'Commands a second towards the robot [Hz].', 5.0, 200.0)
    timeout: float = setting(
        0.3, 'Time after which a silent input no longer counts [s].', 0.05, 2.0)
    zeros_duration: float = setting(
        1.0, 'How long zeros are sent after the last input fell silent [s].', 0.1, 60.0)
    heartbeat_timeout: float = setting(
        0.0, 'Time after which a silent heartbeat makes the robot stand [s]; 0: none is needed.',
        0.0, 10.0)
    soft_start: float = setting(
        1.0, 'Time after arming during which the speed is halved [s].', 0.0, 10.0)
