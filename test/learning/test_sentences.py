"""Sentences are encoded once for all runs beside each other."""
from pathlib import Path

import torch

from vla_ros.learning.sentences import sentence_features

TOLD = ['go to the red cube', 'stop']


def test_a_run_reads_what_a_run_beside_it_encoded(tmp_path: Path):
    words, keep = sentence_features(TOLD, tmp_path / 'first/sentences.pt')
    again, _ = sentence_features(TOLD, tmp_path / 'second/sentences.pt')
    assert torch.equal(again, words) and keep.sum(dim=1).tolist() == [7, 3]
    assert not (tmp_path / 'second').exists()


def test_other_sentences_are_encoded_anew(tmp_path: Path):
    sentence_features(TOLD, tmp_path / 'first/sentences.pt')
    words, _ = sentence_features(TOLD[:1], tmp_path / 'second/sentences.pt')
    assert len(words) == 1 and (tmp_path / 'second/sentences.pt').is_file()


def test_a_damaged_file_is_no_obstacle(tmp_path: Path):
    damaged = tmp_path / 'first/sentences.pt'
    damaged.parent.mkdir()
    damaged.write_bytes(b'half of it')
    words, _ = sentence_features(TOLD, tmp_path / 'second/sentences.pt')
    assert len(words) == len(TOLD)
    assert torch.equal(sentence_features(TOLD, damaged)[0], words)
