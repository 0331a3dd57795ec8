"""What a recording of a robot's topics holds, free of messages."""
from dataclasses import dataclass, field
from enum import Enum
import json
from typing import Any

from vla_ros.core.errors import InvalidValueError


class Channel(Enum):
    """What a topic is about; the value is the topic's usual name."""

    IMAGE = 'camera/image_raw'
    """(H, W, 3) uint8 RGB."""
    JOINTS = 'joint_states'
    """Positions [rad] and velocities [rad/s], each (J,), in the order of the robot."""
    ODOMETRY = 'odom'
    """Pose (3,) x, y [m], yaw [rad] and velocity (3,) vx, vy [m/s], wz [rad/s]."""
    VOICE = 'voice_command'
    """What a person said."""
    INSTRUCTION = 'instruction'
    """What a planner said; then a person's words count only if they are to stop."""
    TWIST = 'cmd_vel'
    """(6,) linear [m/s] and angular [rad/s]: what the base was told."""
    TRAJECTORY = 'joint_trajectory'
    """`Trajectory`: what the joints were told."""
    EPISODE = 'episode'
    """`RecordedEpisode`: what is known of the recording as a whole."""


@dataclass(frozen=True)
class Recorded:
    """One message of a recording, converted."""

    channel: Channel
    stamp_s: float
    """When it came [s]."""
    value: Any


@dataclass(frozen=True)
class RecordedEpisode:
    """What is known of a recording as a whole."""

    instruction: str = ''
    outcome: str = 'unknown'
    """'success', 'failure' or 'unknown'."""
    corrections: tuple[tuple[float, float], ...] = field(default=())
    """From when to when a person steered [s], after the first message."""

    def __post_init__(self):
        if self.outcome not in ('success', 'failure', 'unknown'):
            raise InvalidValueError(f'outcome {self.outcome!r}, expected success, failure or '
                                    'unknown')

    def is_corrected(self, after_s: float) -> bool:
        """Return whether a person steered at a time after the first message [s]."""
        return any(start <= after_s <= end for start, end in self.corrections)


def recorded_episode(text: str) -> RecordedEpisode:
    """
    Return what a JSON object tells of a recording; what it does not say is unknown.

    :raises InvalidValueError: if it is something else.
    """
    try:
        told = json.loads(text)
        return RecordedEpisode(str(told.get('instruction', '')),
                               str(told.get('outcome', 'unknown')),
                               tuple((float(a), float(b)) for a, b in told.get('corrections', ())))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValueError(f'episode: expected JSON with instruction, outcome and '
                                f'corrections, got {text[:60]!r} ({error})') from error
