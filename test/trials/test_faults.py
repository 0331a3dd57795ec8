"""`vla faults` on the real nodes: some rows of the table, few trials."""
from collections import deque
import json
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip('rclpy', reason='rclpy is not installed')
pytest.importorskip('mujoco', reason='mujoco is not installed')

from vla_ros.core.errors import ConfigurationError
from vla_ros.trials.stage import Stage, TrialError
from vla_ros.trials.storm import LIMIT_S, Storm


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_faults_are_tried_measured_and_reported(tmp_path):
    report = tmp_path / 'faults.json'
    result = subprocess.run(
        [sys.executable, '-m', 'vla_ros.cli.main', 'faults', '--only', 'F1,F7,F8,F9,F21,F22,F23',
         '--trials', '2', '--json', str(report), '--out', str(tmp_path)],
        capture_output=True, text=True)
    print(result.stdout)
    rows = {row['id']: row for row in json.loads(report.read_text())['rows']}
    for name in ('F1', 'F7', 'F9', 'F21', 'F22', 'F23'):
        # A shared machine is slow at times: a late reaction counts from three times the limit.
        assert rows[name]['max_s'] is not None, rows[name]['note']
        assert rows[name]['max_s'] <= 3 * rows[name]['limit_s']
    assert rows['F8']['verdict'] == 'pass'
    assert set(rows['F1']) >= {'limit_s', 'p50_s', 'p99_s', 'max_s', 'trials', 'verdict', 'note'}


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_short_storm_leaves_no_base_moving(tmp_path):
    told = tmp_path / 'storm.json'
    result = subprocess.run(
        [sys.executable, '-m', 'vla_ros.cli.main', 'storm', '--minutes', '0.35',
         '--json', str(told), '--out', str(tmp_path)], capture_output=True, text=True)
    print(result.stdout, result.stderr)
    report = json.loads(told.read_text())
    assert sum(report['counts'].values()) >= 3
    assert not [w for w in report['wrong'] if 'still after' not in w]
    assert max(report['seconds']) <= 2 * LIMIT_S        # a shared machine is slow at times


class Remembered(Stage):
    """A stage of which only what its probe heard is left: spans of (from, to, speed) [s, m/s]."""

    def __init__(self, motion, commands):
        self.since_s, self.held_up = time.monotonic() - 20.0, 0
        self.probe = SimpleNamespace(motion=self._log(motion), commands=self._log(commands),
                                     mode='', gate_state='')

    def _log(self, spans):
        return deque((self.since_s + at_s, np.full(6, speed)) for from_s, to_s, speed in spans
                     for at_s in np.arange(from_s, to_s, 0.02))

    def spin(self, timeout_s=0.0):
        pass


ZEROS = [(-1.0, 0.3, 0.5), (0.3, 1.3, 0.0)]
"""What a gate sends whose input falls silent."""


@pytest.mark.parametrize('motion, commands, took_s, held_up', [
    ([(-1.0, 0.34, 0.5), (0.34, 9.0, 0.0)], ZEROS, 0.34, 0),
    ([(-1.0, 0.0, 0.5), (4.0, 4.02, 0.5), (4.02, 9.0, 0.0)], ZEROS, 0.3, 1),
    ([(-1.0, 0.1, 0.5), (1.1, 1.14, 0.5), (4.0, 4.02, 0.5), (4.02, 9.0, 0.0)], ZEROS, 0.3, 1),
    ([(-1.0, 0.0, 0.5), (4.0, 4.9, 0.5), (4.9, 9.0, 0.0)], ZEROS, 0.9, 1),
    ([(-1.0, 0.0, 0.5), (4.0, 4.02, 0.5), (4.02, 9.0, 0.0)], [(-1.0, 9.0, 0.5)], 4.02, 0),
    ([(-1.0, 0.0, 0.5), (4.0, 4.02, 0.5), (4.02, 9.0, 0.0)], [(-1.0, 0.0, 0.5)], 4.02, 0)],
    ids=['heard', 'held up', 'held up twice', 'goes on afterwards', 'no zeros', 'no gate'])
def test_a_base_that_is_held_up_is_timed_by_zeros_and_by_what_it_does_afterwards(
        motion, commands, took_s, held_up):
    stage = Remembered(motion, commands)
    assert stage.stood_after(stage.since_s) == pytest.approx(took_s, abs=0.03)
    assert stage.held_up == held_up


@pytest.mark.parametrize('motion', [[(-1.0, 9.0, 0.5)], [(-1.0, 0.0, 0.0)]],
                         ids=['moves', 'is not heard'])
def test_a_base_that_is_not_seen_standing_does_not_stand(motion):
    stage = Remembered(motion, ZEROS)
    with pytest.raises(TrialError, match='zeros'):
        stage.stood_after(stage.since_s, limit_s=0.0)


def test_a_storm_of_what_is_unknown_says_what_is_known():
    with pytest.raises(ConfigurationError, match=r"unknown \['hail'\]; known: \['kill'"):
        Storm(None, ('hail',))
