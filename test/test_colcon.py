"""The package builds and tests as an ament_python package."""
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope='module')
def installed(tmp_path_factory, request):
    """Return a workspace in which colcon has built the package."""
    if not request.config.getoption('--colcon'):
        pytest.skip('asked for by --colcon only, as colcon test runs these tests itself')
    colcon = Path(sys.executable).with_name('colcon')
    if not colcon.exists():
        pytest.skip('colcon is not installed')
    workspace = tmp_path_factory.mktemp('workspace')
    shutil.copytree(ROOT, workspace / 'src' / 'vla_ros', ignore=shutil.ignore_patterns(
        '.git', '.venv*', 'build', 'install', 'log', 'out', 'data', 'runs', '__pycache__',
        '*.egg-info'))
    environment = {**os.environ, 'AMENT_PREFIX_PATH': sys.prefix}
    subprocess.run([sys.executable, '-m', 'colcon', 'build'], cwd=workspace, check=True,
                   env=environment)
    return workspace


def _in(workspace: Path, *command: str) -> subprocess.CompletedProcess:
    prefix = workspace / 'install' / 'vla_ros'
    packages = next((prefix / 'lib').glob('python3*/site-packages'))
    environment = {**os.environ, 'PYTHONPATH': str(packages), 'AMENT_PREFIX_PATH':
                   f'{prefix}:{sys.prefix}'}
    return subprocess.run(command, env=environment, cwd=workspace, capture_output=True,
                          text=True, timeout=120)


@pytest.mark.parametrize('name', ['fusion_node', 'command_gate', 'sim_node', 'perception_node'])
def test_every_node_is_where_ros2_run_looks_and_reads_parameters(installed, name):
    executable = installed / 'install' / 'vla_ros' / 'lib' / 'vla_ros' / name
    parameters = installed / 'install' / 'vla_ros' / 'share' / 'vla_ros' / 'config' / 'vla.yaml'
    result = _in(installed, sys.executable, str(executable), '--ros-args', '--params-file',
                 str(parameters), '-p', 'robot:=c3po')
    assert result.returncode == 2, result.stderr
    assert "expected one of ['humanoid_24dof', 'unitree_g1']" in result.stderr


def test_the_language_node_is_there_too(installed):
    executable = installed / 'install' / 'vla_ros' / 'lib' / 'vla_ros' / 'language_node'
    result = _in(installed, sys.executable, str(executable), '--ros-args', '-p',
                 'checkpoint:=nonsense')
    assert result.returncode == 2, result.stderr
    assert "'nonsense' is no checkpoint" in result.stderr


def test_the_command_is_there_too(installed):
    executable = installed / 'install' / 'vla_ros' / 'lib' / 'vla_ros' / 'vla'
    assert _in(installed, sys.executable, str(executable), '--help').returncode == 0


def test_everything_is_installed(installed):
    share = installed / 'install' / 'vla_ros' / 'share'
    for name in ('package.xml', 'launch/vla.launch.py', 'launch/demo.launch.py',
                 'config/vla.yaml', 'config/fastdds_shm.xml', 'config/fastdds_udp.xml',
                 'config/robots/unitree_g1.yaml'):
        assert (share / 'vla_ros' / name).is_file(), name
    assert (share / 'ament_index/resource_index/packages/vla_ros').is_file()
    packages = next((installed / 'install' / 'vla_ros' / 'lib').glob('python3*/site-packages'))
    for name in ('base', 'language'):
        assert (packages / f'vla_ros/models/weights/{name}/model.safetensors').is_file()


def test_colcon_test_runs_the_tests(installed):
    environment = {**os.environ, 'AMENT_PREFIX_PATH': sys.prefix}
    subprocess.run([sys.executable, '-m', 'colcon', 'test', '--pytest-args', 'test/core',
                    'test/control', 'test/language', '-p', 'no:cacheprovider'], cwd=installed,
                   check=True, env=environment)
    result = subprocess.run([sys.executable, '-m', 'colcon', 'test-result', '--all'],
                            cwd=installed, capture_output=True, text=True, env=environment)
    assert result.returncode == 0, result.stdout
    assert ' 0 failures' in result.stdout and 'Summary: 0 tests' not in result.stdout
