"""
Checkpoints: a folder with weights (safetensors) and a manifest (JSON) that says what they are.

The manifest holds the SHA-256 of the weights, and one of itself: safetensors alone would load a
flipped bit. Nothing is ever unpickled.
"""
from collections.abc import Callable
from dataclasses import dataclass
import hashlib
import json
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
import torch

from vla_ros.core.errors import CheckpointError
from vla_ros.core.robot import RobotDescription

FORMATS = (1, 2)
"""Of the second, some matrices are stored in eight bits."""
MANIFEST, WEIGHTS = 'manifest.json', 'model.safetensors'
SHIPPED = Path(__file__).with_name('weights')
OWN_DIGEST = 'manifest_sha256'
ROW_SCALE = '.row_scale'
"""Ends the name of what one unit stands for in each row of a matrix that is stored in 8 bits."""
_UNITS = 127
_REQUIRED = ('format', 'name', 'trained', 'sha256', OWN_DIGEST)
HORIZON_MAX, STEP_MAX_S = 1000, 1.0


@dataclass(frozen=True)
class Kind:
    """What one kind of checkpoint has to say of itself."""

    required: tuple[str, ...]
    """Keys of its manifest besides those that every checkpoint has."""
    check: Callable[[Path, dict], None]
    """Refuses what can't be, with a `CheckpointError`; gets the manifest's path and content."""


def _check_timing(path: Path, manifest: dict) -> None:
    """Refuse a horizon or a step that no controller could follow."""
    horizon, step_s = manifest['horizon'], manifest['step_s']
    if type(horizon) is not int or not 1 <= horizon <= HORIZON_MAX:
        raise CheckpointError(f'{path}: horizon {horizon!r}, expected 1 to {HORIZON_MAX} rows')
    if type(step_s) not in (int, float) or not 0 < step_s <= STEP_MAX_S:
        raise CheckpointError(f'{path}: step_s {step_s!r}, expected up to {STEP_MAX_S} s')


POLICY = Kind(('preset', 'robot', 'sizes', 'horizon', 'step_s', 'image', 'action_offset',
               'action_scale'), _check_timing)
"""A checkpoint that a robot acts by."""


@dataclass(frozen=True)
class Checkpoint:
    """Verified weights and what they are."""

    manifest: dict
    weights: dict[str, torch.Tensor]


def save_checkpoint(folder: Path, weights: dict[str, torch.Tensor], manifest: dict,
                    in_bytes: str | None = None) -> None:
    """
    Write a checkpoint; half precision where the weights are floating point.

    :param in_bytes: matrices whose names begin so are stored in eight bits, with a scale for each
        row: half the size, and each weight wrong by half a 127th of its row's largest at most.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stored = {}
    for name, tensor in weights.items():
        if in_bytes is not None and name.startswith(in_bytes) and tensor.ndim == 2:
            stored |= _in_bytes(name, tensor.float())
        else:
            stored[name] = (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
    data = save_tensors(stored)
    (folder / WEIGHTS).write_bytes(data)
    write_manifest(folder, {**manifest, 'format': FORMATS[in_bytes is not None],
                            'sha256': hashlib.sha256(data).hexdigest()})


def _in_bytes(name: str, matrix: torch.Tensor) -> dict[str, torch.Tensor]:
    scale = matrix.abs().amax(dim=1).clamp_min(1e-12) / _UNITS
    return {name: (matrix / scale[:, None]).round().to(torch.int8), name + ROW_SCALE: scale}


def _restored(stored: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return weights of any format in single precision."""
    weights = {}
    for name, tensor in stored.items():
        if name.endswith(ROW_SCALE):
            continue
        scale = stored.get(name + ROW_SCALE)
        is_real = tensor.is_floating_point() or scale is not None
        weights[name] = tensor.float() if is_real else tensor
        if scale is not None:
            weights[name] *= scale.float()[:, None]
    return weights


def add_facts(folder: Path, **facts) -> None:
    """
    Add facts, such as measured success, to the manifest of a checkpoint.

    :raises CheckpointError: if it is no whole checkpoint.
    """
    write_manifest(folder, {**load_checkpoint(str(folder)).manifest, **facts})


def find_checkpoint(name_or_folder: str) -> Path:
    """
    Return the folder of a shipped checkpoint or of one's own.

    :raises CheckpointError: if there is no such folder; the message lists the shipped names.
    """
    for folder in (SHIPPED / name_or_folder, Path(name_or_folder).expanduser()):
        if name_or_folder and (folder / MANIFEST).is_file():
            return folder
    shipped = sorted(p.parent.name for p in SHIPPED.glob(f'*/{MANIFEST}'))
    raise CheckpointError(
        f'{name_or_folder!r} is no checkpoint: expected one of {shipped} or a folder with '
        f'{MANIFEST} and {WEIGHTS}')


def load_checkpoint(name_or_folder: str, kind: Kind = POLICY) -> Checkpoint:
    """
    Return a checkpoint whose weights are what the manifest says.

    :raises CheckpointError: if it is missing, incomplete, damaged or of another format.
    """
    folder = find_checkpoint(name_or_folder)
    manifest = _read_manifest(folder / MANIFEST, kind)
    try:
        data = (folder / WEIGHTS).read_bytes()
    except OSError as error:
        raise CheckpointError(f'{folder / WEIGHTS}: {error.strerror}') from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != manifest['sha256']:
        raise CheckpointError(
            f'{folder / WEIGHTS} is damaged: SHA-256 {digest[:12]}..., the manifest says '
            f'{str(manifest["sha256"])[:12]}...')
    try:
        return Checkpoint(manifest, _restored(load_tensors(data)))
    except (SafetensorError, RuntimeError) as error:
        raise CheckpointError(f'{folder / WEIGHTS}: {error}') from error


def check_robot(manifest: dict, robot: RobotDescription) -> None:
    """
    Refuse a checkpoint that was made for another robot.

    :raises CheckpointError: naming everything that differs.
    """
    made_for = manifest['robot']
    wrong = [f'{key}: checkpoint {made_for.get(key)}, robot {value}'
             for key, value in robot_facts(robot).items() if made_for.get(key) != value]
    if wrong:
        raise CheckpointError(
            f'checkpoint {manifest["name"]!r} was made for another robot: ' + '; '.join(wrong)
            + '. For a robot that only has more joints, "vla train --finetune CHECKPOINT --robot '
            'ROBOT --steps 0 --out DIR" makes one of it')


def robot_facts(robot: RobotDescription) -> dict:
    """Return what a checkpoint and a robot must agree on."""
    return {'name': robot.name, 'joint_names': list(robot.joint_names),
            'commanded_joints': list(robot.commanded_joints),
            'base_axes': list(robot.base_axes)}


def write_manifest(folder: Path, manifest: dict) -> None:
    """Write a manifest with its own digest."""
    manifest = {**manifest, OWN_DIGEST: _digest(manifest)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + '\n')


def _digest(manifest: dict) -> str:
    """Return the SHA-256 of everything that a manifest says but its own digest."""
    told = {key: value for key, value in manifest.items() if key != OWN_DIGEST}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _read_manifest(path: Path, kind: Kind) -> dict:
    try:
        manifest = json.loads(path.read_text(encoding='utf-8'))
    except (OSError, ValueError) as error:
        raise CheckpointError(f'{path}: {error}') from error
    if not isinstance(manifest, dict) or (
            missing := [k for k in (*_REQUIRED, *kind.required) if k not in manifest]):
        raise CheckpointError(f'{path}: missing {missing if manifest else "everything"}')
    if manifest['format'] not in FORMATS:
        raise CheckpointError(
            f'{path}: format {manifest["format"]}, this version reads {FORMATS}')
    if manifest[OWN_DIGEST] != _digest(manifest):
        raise CheckpointError(f'{path} is damaged or was changed by hand: its digest is wrong')
    kind.check(path, manifest)
    return manifest
