"""Arrows point down: who may import whom, by the imports themselves."""
import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / 'vla_ros'
LAYERS = {
    'core': set(),
    'control': {'core', 'language'},            # stop words win before anything else looks
    'language': {'core'},
    'perception': {'core'},
    'planning': {'core', 'language', 'perception'},         # a plan is read from what was said
    'models': {'core'},
    'ros': {'core'},
    'recording': {'core', 'language'},          # a word to stop is no instruction
    'inference': {'core', 'models', 'perception', 'language'},
    'sim': {'core', 'planning', 'perception', 'language'},   # a task says what it wants
    # A long command is measured on everything that carries it out, planner included.
    'learning': {'core', 'control', 'models', 'inference', 'perception', 'language', 'sim',
                 'planning', 'recording'},
    'nodes': {'core', 'control', 'language', 'perception', 'models', 'ros', 'inference', 'sim',
              'planning', 'recording'},
    # Whatever a robot runs is what is tried: nodes, and the models' files.
    'trials': {'core', 'control', 'language', 'perception', 'models', 'ros', 'inference', 'sim',
               'nodes', 'recording'},
    # A node is measured from outside and by its own clock, beside nodes made for comparison.
    'bench': {'core', 'control', 'perception', 'models', 'ros', 'inference', 'nodes', 'trials'},
    'cli': {'core', 'control', 'language', 'perception', 'models', 'ros', 'inference', 'sim',
            'planning', 'learning', 'nodes', 'trials', 'bench', 'recording'},
}
ONLY_IN = {
    'torch': {'models', 'inference', 'learning'},
    'safetensors': {'models', 'inference'},
    'mujoco': {'sim'},
    'rosbags': {'recording', 'ros', 'learning'},        # ros: images, learning: bags of others
    **{name: {'ros', 'nodes', 'trials', 'bench'} for name in (
        'rclpy', 'sensor_msgs', 'geometry_msgs', 'std_msgs', 'std_srvs', 'nav_msgs',
        'trajectory_msgs', 'diagnostic_msgs', 'rcl_interfaces', 'rosgraph_msgs',
        'visualization_msgs', 'vision_msgs')},
}
SEEN_BY_COMMANDS = {'rclpy', 'torch', 'mujoco'}
"""Commands start a context, count threads and open windows; they hold no logic of their own."""
FORBIDDEN = {'utils.py', 'helpers.py', 'common.py', 'base.py', 'types.py'}
MODULES = sorted(ROOT.rglob('*.py'))


def _imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f'{path}: relative import'
            yield node.module


def _layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def test_every_folder_has_a_row():
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and p.name != '__pycache__'}
    assert folders == LAYERS.keys()


@pytest.mark.parametrize('path', MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path):
    if path.parent == ROOT:
        return
    layer = _layer(path)
    for name in _imports(path):
        parts = name.split('.')
        if parts[0] == 'vla_ros' and len(parts) > 1:
            assert parts[1] == layer or parts[1] in LAYERS[layer], f'{path} imports {name}'
        elif parts[0] in ONLY_IN:
            is_command = layer == 'cli' and parts[0] in SEEN_BY_COMMANDS
            assert layer in ONLY_IN[parts[0]] or is_command, f'{path} imports {name}'


@pytest.mark.parametrize('path', MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_short(path):
    text = path.read_text()
    assert path.name not in FORBIDDEN
    assert text.count('\n') <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = node.end_lineno - body[0].lineno + 1 if body else 0
            assert length <= 50, f'{path}:{node.lineno} {node.name}: {length} lines'


def test_the_gate_runs_without_torch_and_without_mujoco():
    heavy, seen, waiting = {'torch', 'mujoco', 'onnxruntime', 'cv2'}, set(), [
        'vla_ros.nodes.command_gate']
    while waiting:
        name = waiting.pop()
        path = ROOT.parent / Path(*name.split('.')).with_suffix('.py')
        if name in seen or not path.is_file():
            continue
        seen.add(name)
        found = set(_imports(path))
        assert not {n.split('.')[0] for n in found} & heavy, f'{name} is heavy'
        waiting += [n for n in found if n.startswith('vla_ros.')]
    assert len(seen) > 5
