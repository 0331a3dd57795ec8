"""An hour compressed and odd messages: no exception, no violation."""
import pytest

pytest.importorskip('rclpy', reason='rclpy is not installed')

from vla_ros.core.errors import ConfigurationError
from vla_ros.trials.fuzz import Fuzz
from vla_ros.trials.rows import Measured, result_of, Row, selected
from vla_ros.trials.soak import Soak
from vla_ros.trials.table import ROWS


@pytest.mark.slow
def test_ten_minutes_compressed_are_without_a_violation():
    report = Soak(seed=1).run(ticks=12_000)
    assert report.wrong == [] and report.faults > 80


def test_odd_messages_are_refused_and_nothing_else_happens():
    report = Fuzz(seed=1).run(7000)
    assert report.wrong == []
    assert 0.2 * report.messages < report.refused < report.messages


def test_the_table_has_every_row():
    assert [row.key for row in ROWS] == [f'F{i}' for i in range(1, 34)]
    assert [row.key for row in selected(ROWS, 'f7, F1')] == ['F7', 'F1']
    with pytest.raises(ConfigurationError, match=r"unknown \['F99'\]; known: \['F1'"):
        selected(ROWS, 'F99')


@pytest.mark.parametrize('seconds, wrong, verdict', [
    ([0.1, 0.2], [], 'pass'), ([0.1, 0.4], [], 'fail'), ([], [], 'fail'), ([0.1], ['x'], 'fail')])
def test_a_row_is_judged_by_its_slowest_trials_and_by_what_was_wrong(seconds, wrong, verdict):
    row = Row('F1', 'fault', 'zeros', 0.3, lambda stage, trials: Measured(seconds, wrong, 2))
    line = result_of(row, None, 2)
    assert line['verdict'] == verdict
    assert line['max_s'] == (max(seconds) if seconds else None)


def test_a_row_that_can_not_run_says_so():
    row = Row('F21', 'disk full', 'not runnable here: nothing records', None, None)
    assert result_of(row, None, 2)['verdict'] == 'not runnable here'
