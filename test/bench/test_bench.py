"""`vla bench` on real nodes: what each design does, by counts; nothing here is a time limit."""
import json
import subprocess
import sys
import time

import numpy as np
import pytest

pytest.importorskip('rclpy', reason='rclpy is not installed')
pytest.importorskip('torch', reason='torch is not installed')

from vla_ros.bench.actors import Newest, Queueing, Reencoding
from vla_ros.bench.recorder import Log
from vla_ros.inference.policy import load_policy
from vla_ros.inference.sentence_encoder import SentenceEncoder

COLUMNS = {'design', 'preset', 'rate_hz', 'stolen_core', 'commands_per_s', 'on_time',
           'tick_p50_ms', 'tick_p99_ms', 'image_age_p50_ms', 'joint_age_p50_ms', 'text_encodes',
           'vision_encodes', 'frames', 'cpu_percent', 'rss_mb'}


@pytest.mark.parametrize('kind, commands, reads', [(Reencoding, 4, 4), (Queueing, 25, 3)])
def test_the_baselines_really_read_the_sentence_each_time(g1, monkeypatch, kind, commands, reads):
    read, encode = [], SentenceEncoder.encode_batch
    monkeypatch.setattr(SentenceEncoder, 'encode_batch',
                        lambda self, said: read.extend(said) or encode(self, said))
    log, rest = Log(), np.array(g1.neutral_position)
    actor = kind(load_policy('base', g1), log, 0.1)
    image = np.random.default_rng(0).integers(0, 255, (480, 640, 3), np.uint8)
    newest = Newest(lambda: image, lambda: (rest, np.zeros_like(rest)), 1.0, 2.0)
    for _ in range(commands):
        action = actor.act(time.monotonic(), newest)
        assert action.twist.shape == (6,) and action.joints.shape == (len(g1.commanded_joints),)
        assert (action.image_stamp_s, action.joint_stamp_s) == (1.0, 2.0)
    assert len(read) == len(log.text_encodes_s) == len(log.vision_encodes_s) == reads


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_one_run_tells_the_designs_apart(tmp_path):
    report = tmp_path / 'bench.json'
    result = subprocess.run(
        [sys.executable, '-m', 'vla_ros.cli.main', 'bench', '--rates', '10', '--presets', 'base',
         '--repeats', '1', '--seconds', '2', '--json', str(report), '--out', str(tmp_path)],
        capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    print(result.stdout)
    told = json.loads(report.read_text())
    assert len(told['rows']) == 6
    for row in told['rows']:
        assert row.keys() >= COLUMNS and 0.0 <= row['on_time'] <= 1.0
        _check_counts(row)
    assert 0 < told['extra']['new_command']['answered'] <= told['extra']['new_command']['told']
    assert set(told['summary']['base']['holds_hz']) == {'document', 'queue', 'ours'}


def _check_counts(row):
    """Check who encodes what; a command may be under way when a window ends."""
    if row['design'] == 'document':
        assert abs(row['text_encodes'] - row['commands']) <= 1
        assert row['vision_encodes'] == row['text_encodes'] >= row['frames'] > 0
    elif row['design'] == 'queue':
        assert abs(row['text_encodes'] - row['commands'] / 10) <= 1.5
    elif row['commands'] > 0:                           # on a starved machine it stands
        assert row['text_encodes'] in (1, None)         # a policy need not tell of its encodes
        assert 0 < row['frames'] <= row['vision_encodes']
