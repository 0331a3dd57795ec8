"""
Checkpoints of perception: weights (safetensors) and a manifest with their SHA-256.

The policies' checkpoints say which robot they drive; these say what their outputs mean.
"""
import hashlib
import json
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors

from vla_ros.core.errors import CheckpointError
from vla_ros.models.checkpoint import Checkpoint, find_checkpoint, MANIFEST, OWN_DIGEST, WEIGHTS
from vla_ros.models.perception import PerceptionConfig, PerceptionModel

FORMAT = 1
TASK = 'perception'
_REQUIRED = ('format', 'task', 'name', 'trained', 'sha256', 'sizes', 'kinds', 'segments',
             OWN_DIGEST)


def save_perception(folder: Path, model: PerceptionModel, name: str, kinds: list[str],
                    segments: list[str], **facts) -> None:
    """
    Write a checkpoint in half precision.

    :param kinds: what the first outputs for objects mean.
    :param segments: what the classes of the segmentation mean, all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = save_tensors({key: (t.half() if t.is_floating_point() else t).contiguous()
                         for key, t in model.state_dict().items()})
    (folder / WEIGHTS).write_bytes(data)
    _write(folder, {
        'format': FORMAT, 'task': TASK, 'name': name, 'sizes': model.config.as_dict(),
        'parameters': sum(p.numel() for p in model.parameters()), 'kinds': kinds,
        'segments': segments, **facts, 'sha256': hashlib.sha256(data).hexdigest()})


def load_perception(name_or_folder: str) -> tuple[PerceptionModel, dict]:
    """
    Return the model, ready to be asked, and its manifest.

    :raises CheckpointError: if it is missing, incomplete, damaged, or no perception.
    """
    checkpoint = _read(find_checkpoint(name_or_folder))
    try:
        model = PerceptionModel(PerceptionConfig(**checkpoint.manifest['sizes']))
        model.load_state_dict(checkpoint.weights)
    except (RuntimeError, TypeError, ValueError) as error:
        raise CheckpointError(f'{name_or_folder!r}: {error}') from error
    return model.eval().requires_grad_(False), checkpoint.manifest


def _read(folder: Path) -> Checkpoint:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding='utf-8'))
        data = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError) as error:
        raise CheckpointError(f'{folder}: {error}') from error
    _check(folder, manifest, hashlib.sha256(data).hexdigest())
    try:
        weights = load_tensors(data)
    except SafetensorError as error:
        raise CheckpointError(f'{folder / WEIGHTS}: {error}') from error
    return Checkpoint(manifest, {
        name: t.float() if t.is_floating_point() else t for name, t in weights.items()})


def _check(folder: Path, manifest: dict, sha256: str) -> None:
    if not isinstance(manifest, dict) or (
            missing := [key for key in _REQUIRED if key not in manifest]):
        raise CheckpointError(f'{folder} is no checkpoint of perception: missing '
                              f'{missing if manifest else "everything"}')
    if (manifest['format'], manifest['task']) != (FORMAT, TASK):
        raise CheckpointError(f'{folder}: {manifest["task"]} in format {manifest["format"]}, '
                              f'expected {TASK} in format {FORMAT}')
    if manifest[OWN_DIGEST] != _digest(manifest):
        raise CheckpointError(f'{folder} is damaged or was changed by hand: the digest of its '
                              'manifest is wrong')
    if manifest['sha256'] != sha256:
        raise CheckpointError(f'{folder / WEIGHTS} is damaged: SHA-256 {sha256[:12]}..., the '
                              f'manifest says {str(manifest["sha256"])[:12]}...')


def _write(folder: Path, manifest: dict) -> None:
    manifest = {**manifest, OWN_DIGEST: _digest(manifest)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + '\n')


def _digest(manifest: dict) -> str:
    """Return the SHA-256 of everything that a manifest says but its own digest."""
    told = {key: value for key, value in manifest.items() if key != OWN_DIGEST}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
