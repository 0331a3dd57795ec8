"""Every line and every branch of guard, modes and gate is run by their tests."""
from pathlib import Path
import subprocess
import sys

import pytest

pytest.importorskip('coverage', reason='coverage is not installed')
ROOT = Path(__file__).parents[1]
GUARDED = ','.join(f'vla_ros/control/{name}.py' for name in ('guard', 'modes', 'gate'))


@pytest.mark.slow
def test_the_safety_core_is_covered_line_by_line_and_branch_by_branch(tmp_path):
    coverage = [sys.executable, '-m', 'coverage']
    data = f'--data-file={tmp_path / "data"}'
    subprocess.run([*coverage, 'run', data, '--branch', f'--include={GUARDED}', '-m', 'pytest',
                    '-q', '-p', 'no:cacheprovider', 'test/control'], cwd=ROOT, check=True)
    report = subprocess.run([*coverage, 'report', data, '-m', '--fail-under=100'], cwd=ROOT,
                            capture_output=True, text=True)
    assert report.returncode == 0, report.stdout
