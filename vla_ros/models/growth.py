"""
A policy of a robot becomes one of a robot that has more joints.

Joints and base axes are matched by name. What is known moves to its place; what is new begins at
zero: nobody reads a joint that was not there, and an action that was not there is one that keeps
its joint where zero stands for, at rest. So the grown policy does exactly what it did.
"""
from collections.abc import Callable, Sequence

import torch

from vla_ros.core.errors import CheckpointError
from vla_ros.core.robot import RobotDescription
from vla_ros.models.checkpoint import Checkpoint, robot_facts
from vla_ros.models.posture import first_weights, HOLD
from vla_ros.models.scaling import ActionScale
from vla_ros.models.straight import GATE, HERE, straight_weights
from vla_ros.models.swing import SWING, swing_weights
from vla_ros.models.vla import VlaConfig, VlaModel

_CHUNK, _REMEMBERED = 'chunk_head.2', 'memory.head.4'
"""Layers that write actions: K rows of A, and the same with five more after them."""
_CHUNK_INNER = 'chunk_head.0'
_JOINTS, _PREVIOUS = 'action.joints.0.weight', 'action.previous.0.weight'
"""Weights that read positions and velocities of joints, and the last action."""
_NAMED, _OTHER = 'grounding.slot_query', 'grounding.other_query'
"""What words are looked for that name a thing, and another thing that it is told by."""
_GROWING = ('base', 'small')
_FEEL, _MOVE = 'posture.feel.weight', 'posture.move.weight'
_FIXED = (HERE, f'{SWING}here', f'{SWING}speed')
_OF_ACTIONS = (f'{GATE}.weight', f'{GATE}.bias', f'{SWING}gate.weight', f'{SWING}gate.bias',
               f'{SWING}middle', f'{SWING}reach')
OF_BODY = (_JOINTS, _PREVIOUS, HOLD, _FEEL, _MOVE, *_FIXED, *_OF_ACTIONS,
           f'{_CHUNK}.weight', f'{_CHUNK}.bias', f'{_REMEMBERED}.weight', f'{_REMEMBERED}.bias')
"""Names of weights that belong to one robot's joints and actions."""


def grown(checkpoint: Checkpoint, robot: RobotDescription) -> Checkpoint:
    """
    Return a checkpoint for a robot that has every joint of the one it was made for.

    What the manifest says of anything but robot, sizes and scale stays; the digests of the
    weights are those of before until it is saved.

    :raises CheckpointError: if the robot lacks a joint, has other base axes, or the preset can't
        grow.
    """
    manifest = checkpoint.manifest
    if manifest['robot'] == robot_facts(robot):
        return checkpoint
    if wrong := misfits(manifest, robot):
        raise CheckpointError(f'checkpoint {manifest["name"]!r} can\'t become one of robot '
                              f'{robot.name!r}: ' + '; '.join(wrong))
    weights = {**checkpoint.weights, **_moved(checkpoint, robot)}
    more = _parameters(weights) - _parameters(checkpoint.weights)
    sizes = {**manifest['sizes'], 'joints': len(robot.joint_names),
             'actions': robot.action_size}
    return Checkpoint({**manifest, 'parameters': manifest['parameters'] + more,
                       'robot': robot_facts(robot), 'sizes': sizes,
                       **_scale(manifest, robot)}, weights)


def learning_all(checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint that can learn all that a new one can, and does nearly what it did."""
    return swinging(going_straight(telling_apart(reading_inputs(checkpoint))))


def reading_inputs(checkpoint: Checkpoint) -> Checkpoint:
    """
    Return a checkpoint that writes chunks with joints and sentence in sight; see `VlaConfig`.

    The base does what it did. Commanded joints go from where they are to rest, until it has
    learned more.
    """
    manifest, weights = checkpoint.manifest, checkpoint.weights
    sizes = manifest['sizes']
    if manifest['preset'] not in _GROWING or sizes.get('reads_inputs', False):
        return checkpoint
    new = {**first_weights(manifest['robot'], manifest['action_scale'], sizes['horizon'],
                           sizes['width']),
           **_widened(weights, sizes, len(manifest['robot']['base_axes']))}
    more = sum(t.numel() - (weights[name].numel() if name in weights else 0)
               for name, t in new.items())
    return Checkpoint({**manifest, 'parameters': manifest['parameters'] + more,
                       'sizes': {**sizes, 'reads_inputs': True}}, {**weights, **new})


def going_straight(checkpoint: Checkpoint) -> Checkpoint:
    """
    Return a checkpoint that can lead joints straight to their goals; see `VlaConfig`.

    Until it has learned when to, it hardly does.
    """
    return _with_way(checkpoint, 'goes_straight', straight_weights)


def swinging(checkpoint: Checkpoint) -> Checkpoint:
    """
    Return a checkpoint that can let joints swing; see `VlaConfig`.

    Until it has learned when to, it hardly does.
    """
    return _with_way(checkpoint, 'swings', swing_weights)


def _with_way(checkpoint: Checkpoint, name: str,
              first: Callable[..., dict[str, torch.Tensor]]) -> Checkpoint:
    """Return a checkpoint with a part that leads joints, by its name among the sizes."""
    manifest = checkpoint.manifest
    sizes = manifest['sizes']
    if manifest['preset'] not in _GROWING or sizes.get(name, False):
        return checkpoint
    new = first(manifest['robot'], manifest['action_scale'], sizes['horizon'], sizes['width'])
    return Checkpoint({**manifest, 'parameters': manifest['parameters'] + _parameters(new),
                       'sizes': {**sizes, name: True}}, {**checkpoint.weights, **new})


def telling_apart(checkpoint: Checkpoint) -> Checkpoint:
    """
    Return a checkpoint that tells things of one name apart by how they stand; see `VlaConfig`.

    Until it has learned what sentences say of that, it finds what it found.
    """
    manifest, weights = checkpoint.manifest, checkpoint.weights
    sizes = manifest['sizes']
    if manifest['preset'] not in _GROWING or sizes.get('tells_apart', False):
        return checkpoint
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(0)
        model = VlaModel(VlaConfig(**{**sizes, 'tells_apart': True}))
    model.load_state_dict(weights, strict=False)
    new = {name: t for name, t in model.state_dict().items() if name not in weights}
    new[_OTHER] = weights[_NAMED].clone()
    more = sum(t.numel() for t in new.values())
    return Checkpoint({**manifest, 'parameters': manifest['parameters'] + more,
                       'sizes': {**sizes, 'tells_apart': True}}, {**weights, **new})


def _widened(weights: dict[str, torch.Tensor], sizes: dict, axes: int) -> dict[str, torch.Tensor]:
    """Return the head of chunks with twice as many units and inputs, writing of the base alone."""
    width, actions = sizes['width'], sizes['actions']
    random = torch.Generator().manual_seed(0)
    inner = _spread(weights[f'{_CHUNK_INNER}.weight'], 1, range(2 * width), 4 * width)
    units = torch.randn(width, 4 * width, generator=random) / (4 * width) ** 0.5
    bias, written = weights[f'{_CHUNK_INNER}.bias'], weights[f'{_CHUNK}.bias'].clone()
    outer = _spread(weights[f'{_CHUNK}.weight'], 1, range(width), 2 * width)
    for rows in (outer, written):
        rows.unflatten(0, (sizes['horizon'], actions))[:, axes:] = 0
    return {f'{_CHUNK_INNER}.weight': torch.cat([inner, units]),
            f'{_CHUNK_INNER}.bias': torch.cat([bias, torch.zeros(width)]),
            f'{_CHUNK}.weight': outer, f'{_CHUNK}.bias': written}


def misfits(manifest: dict, robot: RobotDescription) -> list[str]:
    """Return in words why a checkpoint can't become one of a robot; empty: it can."""
    made_for, wrong = manifest['robot'], []
    if manifest['preset'] not in _GROWING:
        wrong.append(f'preset {manifest["preset"]!r} can\'t grow, only {list(_GROWING)} can')
    for key, verb, there in (('commanded_joints', 'commands', robot.commanded_joints),
                             ('joint_names', 'observes', robot.joint_names)):
        if missing := [name for name in made_for[key] if name not in there]:
            wrong.append(f'it {verb} {missing}, which the robot does not have; '
                         f'{key} are {list(there)}')
    if set(made_for['base_axes']) != set(robot.base_axes):
        wrong.append(f'its base axes are {made_for["base_axes"]}, those of the robot '
                     f'{list(robot.base_axes)}')
    return wrong


def _moved(checkpoint: Checkpoint, robot: RobotDescription) -> dict[str, torch.Tensor]:
    """Return the weights that have to do with joints or actions, for the robot."""
    weights, joints = checkpoint.weights, len(robot.joint_names)
    horizon, size = checkpoint.manifest['sizes']['horizon'], robot.action_size
    at = _places(checkpoint.manifest['robot']['joint_names'], robot.joint_names)
    actions = _action_places(checkpoint.manifest, robot)
    rows = [size * step + place for step in range(horizon) for place in actions]
    moved = {_JOINTS: _spread(weights[_JOINTS], 1, [*at, *(joints + i for i in at)], 2 * joints),
             _PREVIOUS: _spread(weights[_PREVIOUS], 1, actions, size)}
    outputs = horizon * size
    if HOLD in weights:
        columns = [*at, *(joints + i for i in at)]
        moved[_FEEL] = _spread(weights[_FEEL], 1, columns, 2 * joints)
        moved[HOLD] = _spread(_spread(weights[HOLD], 1, columns, 2 * joints), 0, rows, outputs)
        moved[_MOVE] = _spread(weights[_MOVE], 0, rows, outputs)
    columns = [*at, *(joints + i for i in at)]
    for name in weights.keys() & _FIXED:
        moved[name] = _spread(_spread(weights[name], 1, columns, 2 * joints), 0, actions, size)
    for name in weights.keys() & _OF_ACTIONS:
        moved[name] = _spread(weights[name], 0, actions, size)
    for layer, places in ((_CHUNK, rows),
                          (_REMEMBERED, [*rows, *range(outputs, outputs + 5)])):
        for name in (f'{layer}.weight', f'{layer}.bias'):
            if name in weights:                              # not everybody has a memory
                most = outputs + len(places) - len(rows)
                moved[name] = _spread(weights[name], 0, places, most)
    return moved


def _parameters(weights: dict[str, torch.Tensor]) -> int:
    """Return how many numbers of weights are learned."""
    return sum(t.numel() for name, t in weights.items() if name not in _FIXED)


def _spread(weights: torch.Tensor, axis: int, places: Sequence[int], size: int) -> torch.Tensor:
    """Return weights whose slices along an axis stand at `places` of `size`, zeros elsewhere."""
    shape = list(weights.shape)
    shape[axis] = size
    return weights.new_zeros(shape).index_copy_(axis, torch.tensor(places), weights)


def _places(names: Sequence[str], among: Sequence[str]) -> list[int]:
    return [list(among).index(name) for name in names]


def _action_places(manifest: dict, robot: RobotDescription) -> list[int]:
    """Return where the actions of a checkpoint stand among those of a robot."""
    made_for = manifest['robot']
    return _places([*made_for['base_axes'], *made_for['commanded_joints']],
                   [*robot.base_axes, *robot.commanded_joints])


def _scale(manifest: dict, robot: RobotDescription) -> dict[str, list[float]]:
    """Return the robot's scale of actions, where known ones keep the one they were trained in."""
    scale, places = ActionScale.of(robot), _action_places(manifest, robot)
    scale.offset[places], scale.scale[places] = manifest['action_offset'], manifest['action_scale']
    return {'action_offset': scale.offset.tolist(), 'action_scale': scale.scale.tolist()}
