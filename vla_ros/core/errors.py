"""
The errors of the package.

Each has `VlaError` as a parent, so that a caller can catch all of ours, and a parent from the
standard library, so that a caller who knows nothing of us catches the right kind.
"""
from collections.abc import Iterable


class VlaError(Exception):
    """Parent of every error that this package raises on purpose."""


class InvalidValueError(VlaError, ValueError):
    """A value has the wrong shape, type, unit or range."""


class RobotDescriptionError(VlaError, ValueError):
    """A robot description contradicts itself or misses something."""


class CheckpointError(VlaError, ValueError):
    """A checkpoint is damaged, untrained or made for something else."""


class ImageError(VlaError, ValueError):
    """An image message can't be turned into RGB."""


class ConfigurationError(VlaError, ValueError):
    """A parameter or an argument is unknown or out of range."""


class MissingDependencyError(VlaError, ImportError):
    """An optional package is not installed; the message says which command installs it."""


class MissingJointError(VlaError, KeyError):
    """A joint that the robot description names is not in a message."""

    def __init__(self, missing: Iterable[str], present: Iterable[str]):
        self.missing = tuple(sorted(missing))
        self.present = tuple(present)
        super().__init__(
            f'joints missing from the message: {_listed(self.missing)}; '
            f'it names: {_listed(self.present)}')

    def __str__(self) -> str:
        """Return the sentence itself: KeyError would quote it."""
        return self.args[0]


class StaleInputError(VlaError, TimeoutError):
    """An input is absent or too old to act upon."""

    def __init__(self, name: str, age_s: float, max_age_s: float):
        self.name, self.age_s, self.max_age_s = name, age_s, max_age_s
        reason = ('nothing received yet' if age_s == float('inf')
                  else f'{age_s:.2f} s old, at most {max_age_s:.2f} s allowed')
        super().__init__(f'{name}: {reason}')


def _listed(names: Iterable[str], most: int = 40) -> str:
    names = list(names)
    shown = ', '.join(names[:most]) or 'none'
    return shown if len(names) <= most else f'{shown} and {len(names) - most} more'
