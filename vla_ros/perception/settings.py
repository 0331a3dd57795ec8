"""Every knob of the perception node, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting


@dataclass(frozen=True)
class PerceptionSettings:
    """Settings of the perception node."""

    checkpoint: str = setting(
        'perception', 'Checkpoint: name of a shipped one, or a folder.', is_fixed=True)
    image_transport: str = setting('raw', 'Whether images come raw or compressed.',
                                   choices=('raw', 'compressed'), is_fixed=True)
    rate: float = setting(30.0, 'Most images that are looked at in a second [Hz].', 0.5, 120.0)
    confidence_min: float = setting(0.5, 'Least confidence of an object that is published.',
                                    0.0, 1.0)
