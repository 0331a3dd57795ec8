"""The rules of ament_flake8, ament_pep257 and ruff hold."""
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]
CHECKED = ['vla_ros', 'launch', 'test', 'setup.py']


def _clean(*command: str) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_flake8_finds_nothing():
    pytest.importorskip('flake8', reason='flake8 is not installed')
    _clean(sys.executable, '-m', 'flake8', *CHECKED)


def test_ruff_finds_nothing():
    ruff = shutil.which('ruff', path=str(Path(sys.executable).parent)) or shutil.which('ruff')
    if ruff is None:
        pytest.skip('ruff is not installed')
    _clean(ruff, 'check', '--no-cache', *CHECKED)


def test_nothing_names_the_machine_it_was_written_on():
    listed = subprocess.run(['git', 'ls-files'], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip('not a git checkout')
    homes = ('/ho' + 'me/', '/ro' + 'ot/', '/tm' + 'p/', '/wo' + 'rk/')
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in ('.py', '.md', '.yaml', '.xml', '.txt', '.rst', '.cfg', '.toml', ''):
            text = path.read_text(errors='ignore')
            assert not [h for h in homes if h in text], name
