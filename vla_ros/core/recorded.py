"""What a recording of a robot's topics holds, free of messages."""
from dataclasses import asdict, dataclass
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
    """`Episode`: what is known of the recording as a whole."""


@dataclass(frozen=True)
class Recorded:
    """One message of a recording, converted."""

    channel: Channel
    stamp_s: float
    """When it came [s]."""
    value: Any


class Outcome(Enum):
    """How an episode ended."""

    SUCCESS = 'success'
    FAILURE = 'failure'
    UNKNOWN = 'unknown'
    """Nobody said: the recorder was ended, or ended it for want of space."""


@dataclass(frozen=True)
class Episode:
    """What is known of a recording as a whole; the last message of its bag, as JSON."""

    instruction: str = ''
    """What the robot was told; empty if nothing was."""
    outcome: Outcome = Outcome.UNKNOWN
    corrections: tuple[tuple[float, float], ...] = ()
    """When a person steered: from and to, in seconds after the first message of the bag."""
    dropped: int = 0
    """Messages that are not in the bag because the disk was too slow for them."""

    def is_corrected(self, after_s: float) -> bool:
        """Return whether a person steered at a time after the first message [s]."""
        return any(start <= after_s <= end for start, end in self.corrections)

    def to_json(self) -> str:
        """Return the document."""
        return json.dumps({**asdict(self), 'outcome': self.outcome.value}, ensure_ascii=False)


def episode_from_json(text: str) -> Episode:
    """
    Return the episode of a document; what it does not say is unknown.

    :raises InvalidValueError: if it is none.
    """
    try:
        said = json.loads(text)
        return Episode(
            str(said.get('instruction', '')), Outcome(said.get('outcome', 'unknown')),
            tuple((float(a), float(b)) for a, b in said.get('corrections', ())),
            int(said.get('dropped', 0)))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidValueError(
            f'not an episode: {text[:200]!r} ({error}); expected JSON with instruction, outcome '
            f'(one of {[o.value for o in Outcome]}) and corrections') from error
