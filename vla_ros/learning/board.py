"""Curves for TensorBoard, where it is installed."""
from collections.abc import Mapping
from pathlib import Path

from vla_ros.core.errors import MissingDependencyError


class Board:
    """Writes figures step by step; what a killed run wrote beyond its state is not shown."""

    def __init__(self, folder: Path):
        """
        Open a board.

        :raises MissingDependencyError: if TensorBoard is not installed.
        """
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise MissingDependencyError(
                'TensorBoard is not installed: "pip install tensorboard"') from error
        self._open = lambda step: SummaryWriter(str(folder), purge_step=step)
        self._writer = None

    def add(self, group: str, step: int, figures: Mapping[str, float]) -> None:
        """Write figures of a step."""
        self._writer = self._writer or self._open(step)
        for name, value in figures.items():
            self._writer.add_scalar(f'{group}/{name}', value, step)

    def close(self) -> None:
        """Write what is not yet on disk."""
        if self._writer:
            self._writer.close()
