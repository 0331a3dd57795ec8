"""Curves for TensorBoard, where it is there."""
import builtins

import pytest

from vla_ros.cli.training_log import _board
from vla_ros.learning.board import Board


def test_figures_are_written_for_tensorboard(tmp_path):
    pytest.importorskip('tensorboard', reason='TensorBoard is not installed')
    board = Board(tmp_path / 'board')
    board.add('loss', 7, {'base': 0.5})
    board.close()
    assert next((tmp_path / 'board').glob('events.*')).stat().st_size > 0


def test_training_goes_on_without_tensorboard_and_says_so(tmp_path, monkeypatch, capsys):
    found = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith(('tensorboard', 'torch.utils.tensorboard')):
            raise ImportError(name)
        return found(name, *args, **kwargs)
    monkeypatch.setattr(builtins, '__import__', missing)
    assert _board(tmp_path) is None
    assert 'pip install tensorboard' in capsys.readouterr().err
