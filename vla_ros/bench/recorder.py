"""What a node under measurement notes in its own process, and how others read it afterwards."""
from dataclasses import asdict, dataclass, field
import json
import math
from pathlib import Path
from typing import NamedTuple


class Sent(NamedTuple):
    """One command that left."""

    left_s: float
    """Steady time at which twist and trajectory were published [s]."""
    took_s: float
    """What the thread that sends took for it, and whoever waits for that thread [s]."""
    image_age_s: float = math.nan
    """Age of the image it was computed from when it left, by the image's stamp [s]."""
    joint_age_s: float = math.nan
    """Age of the joint states it was computed from when it left, by their stamp [s]."""
    frame_s: float = math.nan
    """Time of the image it was computed from [s], on any clock: tells one frame from the next."""
    decide_s: float = math.nan
    """What the decision took that it was made with, where another thread makes it [s]."""


class Decided(NamedTuple):
    """The first answer to an instruction."""

    at_s: float
    """Steady time [s]."""
    instruction: str


@dataclass
class Log:
    """Everything that one node noted, in the order of time."""

    sent: list[Sent] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    text_encodes_s: list[float] = field(default_factory=list)
    """Steady times at which a sentence was encoded [s]; empty where the node tells it itself."""
    vision_encodes_s: list[float] = field(default_factory=list)
    """Steady times at which an image was encoded [s]; likewise."""
    frames_s: list[float] = field(default_factory=list)
    """Stamps of the images that arrived, or, of a camera, that were sent [s]."""

    def write(self, path: Path) -> None:
        """Write it down; a process does so when it ends."""
        path.write_text(json.dumps(asdict(self)))


def read_log(path: Path) -> Log:
    """Return the log that a process wrote when it ended."""
    values = json.loads(path.read_text())
    return Log(**{**values, 'sent': [Sent(*row) for row in values['sent']],
                  'decided': [Decided(*row) for row in values['decided']]})
