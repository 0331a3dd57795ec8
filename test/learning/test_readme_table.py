"""The README says what the shipped checkpoint's manifest says was measured."""
from pathlib import Path

import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning.readme_table import HEADING, with_results
from vla_ros.models.checkpoint import load_checkpoint

README = Path(__file__).parents[2] / 'README.md'
FIGURES = {'episodes': 100, 'successes': 97, 'wilson_95': [0.915, 0.990], 'falls': 0,
           'mean_time_s': 6.28}


def test_the_table_of_the_readme_is_what_was_measured():
    text = README.read_text()
    assert with_results(text, load_checkpoint('base').manifest['results']) == text, (
        '"vla evaluate --readme README.md" writes it')


def test_words_stay_new_suites_come_last_and_what_was_not_measured_goes():
    text = (f'before\n\n{HEADING}\n|---|\n| `move`: walk | 1/2 | a | b | c |\n'
            '| `old`: x | 1 |\n\nend')
    assert with_results(text, {'touch': {**FIGURES, 'mean_time_s': None}, 'move': FIGURES}) == (
        f'before\n\n{HEADING}\n|---|\n| `move`: walk | 97/100 | 92% to 99% | 0 | 6.3 s |\n'
        '| `touch` | 97/100 | 92% to 99% | 0 | - |\n\nend')


def test_a_text_without_a_table_is_refused():
    with pytest.raises(ConfigurationError, match='no table of results'):
        with_results('nothing here', {})
