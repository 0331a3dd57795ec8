"""Every knob of the language node, with its default and its range."""
from dataclasses import dataclass

from vla_ros.core.settings import setting


@dataclass(frozen=True)
class LanguageSettings:
    """Settings of the language node."""

    checkpoint: str = setting(
        'language', 'Heads: name of a shipped checkpoint, or a folder.', is_fixed=True)
    remembered: int = setting(
        256, 'Sentences whose meaning is remembered.', 1, 100_000, is_fixed=True)
    question_margin: float = setting(
        0.25, 'Two readings whose probabilities differ by less raise a question.', 0.0, 1.0)
