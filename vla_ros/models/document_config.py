"""Sizes of the source document's model, all of its modules together."""
from dataclasses import asdict, dataclass

from vla_ros.core.errors import InvalidValueError


@dataclass(frozen=True)
class DocumentConfig:
    """The defaults are the document's."""

    joints: int = 24
    """J: joints that are observed."""
    actions: int = 24
    """A: base axes and commanded joints."""
    image_height: int = 224
    image_width: int = 224

    width: int = 256
    """D: of the space that the modalities share, and of perception's features."""
    heads: int = 8
    fusion_layers: int = 4
    vision_width: int = 512
    language_width: int = 512
    action_width: int = 64

    objects: int = 100
    segments: int = 20

    vocabulary: int = 30522
    positions: int = 512
    text_width: int = 768
    text_layers: int = 12
    text_heads: int = 12
    text_feedforward: int = 3072
    intents: int = 50
    entities: int = 30
    robot_actions: int = 100

    recurrent_layers: int = 2
    window: int = 10
    """T: last ticks that are attended to."""

    def __post_init__(self):
        if wrong := [name for name, size in self.as_dict().items() if size < 1]:
            raise InvalidValueError(f'{wrong}: expected 1 or more')
        if self.width % self.heads or self.width % 8:
            raise InvalidValueError(
                f'width {self.width} is no multiple of heads {self.heads} and of 8')
        if self.text_width % self.text_heads:
            raise InvalidValueError(f'text_width {self.text_width} is no multiple of text_heads '
                                    f'{self.text_heads}')

    def as_dict(self) -> dict[str, int]:
        """Return the sizes for a manifest."""
        return asdict(self)
