"""A training goes on in its folder only as what it began as; anything else needs another one."""
from collections.abc import Mapping
from dataclasses import asdict
import json
from pathlib import Path
from typing import Any

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning import processes

RUN = 'run.json'
_SENTENCES = 'sentences.pt'
"""What sentences read as: kept beside a training, and learned by none."""
_MAY_DIFFER = 'threads', 'save_every'
"""What of a recipe changes nothing of what is learned."""


def go_on_as(folder: Path, recipe: Any, **facts: Any) -> None:
    """
    Note what a folder's training is; once something is learned, expect that it is still that.

    :param recipe: a dataclass.
    :param facts: what else it depends on, as JSON.
    :raises ConfigurationError: if another training is there; nothing is changed then.
    """
    told = _plain({**facts, **{f'recipe {key}': value for key, value in asdict(recipe).items()
                               if key not in _MAY_DIFFER}})
    processes.first_then_others(lambda: _compared(folder, told))


def _compared(folder: Path, told: dict[str, Any]) -> None:
    file = folder / RUN
    has_begun = any(f.name != _SENTENCES for f in folder.glob('*.pt'))
    if not (has_begun and file.is_file()):
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(told, indent=1))
        return
    known = json.loads(file.read_text())
    if other := [f'{key}: {_short(known, key)} there, {_short(told, key)} asked for'
                 for key in {**known, **told} if known.get(key) != told.get(key)]:
        raise ConfigurationError(
            f'{folder} holds another training, which would go on ({"; ".join(other)}); give '
            'another --out, or delete the folder to begin anew')


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(facts, default=str))


def _short(facts: Mapping[str, Any], key: str) -> str:
    text = json.dumps(facts.get(key))
    return text if len(text) <= 80 else f'{text[:77]}...'
