"""The models by name, made for a robot or from the manifest of a checkpoint."""
from enum import Enum

from torch import nn

from vla_ros.core.errors import CheckpointError, ConfigurationError
from vla_ros.core.robot import RobotDescription
from vla_ros.models.checkpoint import Checkpoint, robot_facts
from vla_ros.models.document import DocumentVla
from vla_ros.models.document_config import DocumentConfig
from vla_ros.models.posture import first_weights
from vla_ros.models.scaling import ActionScale
from vla_ros.models.straight import straight_weights
from vla_ros.models.swing import swing_weights
from vla_ros.models.vla import VlaConfig, VlaModel


class Preset(Enum):
    """Which architecture."""

    BASE = 'base'
    """Spatial vision tokens, words, body; a chunk of actions."""
    SMALL = 'small'
    """As base with half the widths, for processors without matrix units."""
    DOCUMENT = 'document'
    """All modules of the source document, in its shapes; one action."""


_SMALL = {'width': 128, 'heads': 4, 'fusion_layers': 2, 'feedforward': 256,
          'vision_channels': 16}
"""What differs from base. Images and cells are the same, and so is what it is trained with."""
STEP_S = 0.1
"""Time between the rows of a chunk [s]."""


def parse_preset(name: str) -> Preset:
    """
    Return the preset of a name.

    :raises ConfigurationError: if there is none; the message lists them.
    """
    try:
        return Preset(name)
    except ValueError as error:
        raise ConfigurationError(
            f'preset {name!r}: expected one of {[p.value for p in Preset]}') from error


def new_model(preset: Preset, robot: RobotDescription, *, has_memory: bool = False) -> nn.Module:
    """Return an untrained model of the right sizes for a robot; document always remembers."""
    if preset is Preset.DOCUMENT:
        return DocumentVla(DocumentConfig(len(robot.joint_names), robot.action_size))
    sizes = _SMALL if preset is Preset.SMALL else {}
    model = VlaModel(VlaConfig(len(robot.joint_names), robot.action_size, **sizes,
                               has_memory=has_memory, doubts=has_memory, reads_inputs=True,
                               tells_apart=True, goes_straight=True, swings=True))
    given = (robot_facts(robot), ActionScale.of(robot).scale, model.config.horizon,
             model.config.width)
    model.load_state_dict({**first_weights(*given), **straight_weights(*given),
                           **swing_weights(*given)}, strict=False)
    return model


def restored_model(checkpoint: Checkpoint) -> nn.Module:
    """
    Return the model of a checkpoint, ready to be asked.

    :raises CheckpointError: if weights and sizes don't fit each other.
    """
    preset = parse_preset(checkpoint.manifest['preset'])
    config, model = ((DocumentConfig, DocumentVla) if preset is Preset.DOCUMENT
                     else (VlaConfig, VlaModel))
    try:
        restored = model(config(**checkpoint.manifest['sizes']))
        restored.load_state_dict(checkpoint.weights)
    except (RuntimeError, TypeError, ValueError) as error:
        raise CheckpointError(
            f'checkpoint {checkpoint.manifest["name"]!r}: {error}') from error
    return restored.eval().requires_grad_(False)


def without_memory(checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint whose model decides by the view alone, with the same other weights."""
    manifest = checkpoint.manifest
    return Checkpoint(
        {**manifest, 'sizes': {**manifest['sizes'], 'has_memory': False},
         'sha256': f'{manifest["sha256"]} without memory'},
        {name: t for name, t in checkpoint.weights.items() if not name.startswith('memory.')})


def manifest_of(name: str, preset: Preset, model: nn.Module, robot: RobotDescription, *,
                trained: bool, **facts) -> dict:
    """Return the manifest of a model made for a robot; `facts` are added as they are."""
    config, scale = model.config, ActionScale.of(robot)
    return {
        'name': name, 'preset': preset.value, 'trained': trained,
        'parameters': sum(p.numel() for p in model.parameters()),
        'robot': robot_facts(robot), 'sizes': config.as_dict(),
        'horizon': getattr(config, 'horizon', 2), 'step_s': STEP_S,
        'image': {'height': config.image_height, 'width': config.image_width},
        'text_encoder': 'its own' if preset is Preset.DOCUMENT else 'all-MiniLM-L6-v2',
        'action_offset': scale.offset.tolist(), 'action_scale': scale.scale.tolist(), **facts}
