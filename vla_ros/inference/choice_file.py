"""
What is remembered of a machine: which runtime is fastest, and what was written for it.

Nothing in it is trusted: what is torn, changed or of another machine counts as not there.
"""
import contextlib
from dataclasses import asdict, dataclass, field
import hashlib
import json
import os
from pathlib import Path
import tempfile


@dataclass(frozen=True)
class Choice:
    """Names of the runtimes for the two parts of a model."""

    vision: str
    decision: str
    vision_ratio: float | None = field(default=None, compare=False)
    """Time that vision takes by that of float32, measured by turns; None: not measured."""
    decision_ratio: float | None = field(default=None, compare=False)
    measured: str = field(default='', compare=False)
    """Day of measuring, as 2026-12-31."""

    def __str__(self) -> str:
        """Return what was chosen and why, for people."""
        said = f'{self.vision} for vision, {self.decision} for decisions'
        if self.vision_ratio is None or self.decision_ratio is None:
            return said
        return (f'{said} ({self.vision_ratio:.2f} and {self.decision_ratio:.2f} of '
                f"fp32's time, measured {self.measured})")


class ChoiceFile:
    """A folder for one key: a checkpoint on a machine."""

    def __init__(self, key: dict):
        """
        Know where it is.

        :param key: all that a choice depends on; as JSON.
        """
        self._key = json.loads(json.dumps(key))
        digest = hashlib.sha256(json.dumps(self._key, sort_keys=True).encode()).hexdigest()
        self.folder = cache_dir() / 'runtime' / digest[:20]

    def read(self, known: set[str]) -> Choice | None:
        """Return what was chosen, of the known names; None: nothing that can be relied upon."""
        try:
            choice = Choice(**self._content()['choice'])
        except (TypeError, KeyError):
            return None
        ratios = choice.vision_ratio, choice.decision_ratio
        is_ours = all(isinstance(ratio, float | None) for ratio in ratios)
        return choice if is_ours and {choice.vision, choice.decision} <= known else None

    def write(self, choice: Choice, prepared: list[str]) -> bool:
        """
        Remember a choice, and what lies in the folders that were prepared.

        :returns: False: it can't be written, and will be measured again.
        """
        try:
            digests = {name: _digests(self.folder / name) for name in prepared}
            text = json.dumps({'key': self._key, 'choice': asdict(choice), 'prepared': digests})
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile('w', dir=self.folder, delete=False) as file:
                file.write(text)
            os.replace(file.name, self.folder / 'choice.json')
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """Remember nothing."""
        with contextlib.suppress(OSError):              # what can't be removed can't be written
            (self.folder / 'choice.json').unlink(missing_ok=True)

    def is_whole(self, name: str) -> bool:
        """Return whether what was prepared lies there as it was written."""
        prepared = self._content().get('prepared')
        wanted = prepared.get(name) if isinstance(prepared, dict) else None
        try:
            return bool(wanted) and wanted == _digests(self.folder / name)
        except OSError:
            return False

    def _content(self) -> dict:
        try:
            content = json.loads((self.folder / 'choice.json').read_text(encoding='utf-8'))
        except (OSError, ValueError):
            return {}
        is_ours = isinstance(content, dict) and content.get('key') == self._key
        return content if is_ours else {}


def cache_dir() -> Path:
    """Return the folder for what can be made again."""
    return Path(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')) / 'vla_ros'


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir()) if path.is_file()}
