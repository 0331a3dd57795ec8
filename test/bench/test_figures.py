"""Slots, medians and summaries are what they claim to be, whatever was measured."""
import math

import cv2
import numpy as np
import pytest

from vla_ros.bench.actors import rows_at
from vla_ros.bench.diagnosed import counts_of
from vla_ros.bench.extra import answer_times_ms, memory_figures, Said
from vla_ros.bench.figures import medians, on_time, row_of, summary_of, TOLERANCE_S, Window
from vla_ros.bench.plan import Cell, Design, parse_designs, Plan, Weights
from vla_ros.bench.plot import draw
from vla_ros.bench.recorder import Decided, Log, read_log, Sent
from vla_ros.bench.table import HEADINGS, lines_of, words_of, words_of_extra
from vla_ros.bench.wordings import wordings
from vla_ros.core.errors import ConfigurationError
from vla_ros.core.values import ActionChunk
from vla_ros.language.text import normalise

WEIGHTS = Weights('base', 'base', 'unitree_g1', tuple(Design))


def _regular(rate_hz, seconds=4.0, phase_s=0.0):
    return 100.0 + phase_s + np.arange(round(seconds * rate_hz)) / rate_hz


@pytest.mark.parametrize('rate_hz', [10.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize('share', [0.0, 0.13, 0.5, 0.97])
def test_regular_commands_are_on_time_wherever_their_slots_lie(rate_hz, share):
    assert on_time(_regular(rate_hz, phase_s=share / rate_hz), rate_hz, 100.0, 104.0) == 1.0


@pytest.mark.parametrize('rate_hz', [10.0, 50.0, 100.0, 200.0])
def test_jitter_within_the_tolerance_is_on_time(rate_hz):
    jitter_s = np.random.default_rng(0).uniform(-0.8, 0.8, round(4 * rate_hz)) * min(
        TOLERANCE_S, 0.5 / rate_hz)
    left_s = np.sort(_regular(rate_hz, phase_s=0.5 / rate_hz) + jitter_s)
    assert on_time(left_s, rate_hz, 100.0, 104.0) == 1.0


def test_late_commands_and_missing_ones_count_alike():
    whole = _regular(10.0)
    late, missing = whole.copy(), np.delete(whole, slice(0, None, 4))
    late[::4] += 0.02
    assert on_time(late, 10.0, 100.0, 104.0) == on_time(missing, 10.0, 100.0, 104.0) == 0.75


def test_one_command_serves_one_slot():
    assert on_time(np.repeat(_regular(50.0), 2)[::2], 100.0, 100.0, 104.0) == 0.5
    assert on_time(np.full(1000, 101.0), 200.0, 100.0, 104.0) <= 3 / 800


def test_a_burst_makes_up_for_nothing():
    burst = np.sort(np.concatenate([_regular(50.0, 2.0), np.full(100, 103.0)]))
    assert on_time(burst, 50.0, 100.0, 104.0) == pytest.approx(0.5, abs=0.011)


def test_nothing_sent_is_nothing_on_time():
    assert on_time([], 50.0, 100.0, 104.0) == 0.0


@pytest.mark.parametrize('seed', range(5))
def test_more_commands_never_make_it_worse(seed):
    rng = np.random.default_rng(seed)
    some = np.sort(rng.uniform(100, 104, 100))
    more = np.sort(np.concatenate([some, rng.uniform(100, 104, 50)]))
    shares = [on_time(s, 50.0, 100.0, 104.0) for s in (some, more)]
    assert 0.0 <= shares[0] <= shares[1] <= 1.0


def _log():
    sent = [Sent(t, 0.004, 0.030, 0.006, math.floor(30 * t) / 30, 0.007)
            for t in _regular(50.0, 5.0, -1.0)]
    return Log(sent, text_encodes_s=[s.left_s for s in sent],
               vision_encodes_s=[s.left_s for s in sent], frames_s=[1.0, 2.0])


def test_a_row_counts_from_the_voice_command_and_times_within_the_window():
    row = row_of(Cell(Design.DOCUMENT, WEIGHTS, 50.0),
                 Window(True, 99.5 - 1e-3, 100.0 - 1e-3, 104.0 - 1e-3, 40.0, 500.0), _log(),
                 shown_s=[2.0, 3.0])
    assert row['commands_per_s'] == pytest.approx(50.0, rel=0.01)
    assert row['commands'] == row['text_encodes'] == row['vision_encodes'] == 225
    assert row['frames'] < row['commands'] and row['on_time'] == 1.0
    assert row['tick_p50_ms'] == pytest.approx(4.0) and row['stolen_core'] is True
    assert row['image_age_p50_ms'] == pytest.approx(30.0)
    assert row['joint_age_p50_ms'] == pytest.approx(6.0)
    assert row['images_received'] == 0.5


def test_what_a_node_does_not_tell_is_unknown_and_not_zero():
    log = Log([Sent(t, 0.0) for t in _regular(50.0)])
    row = row_of(Cell(Design.OURS, WEIGHTS, 50.0), Window(False, 99, 100, 104, 1, 1), log)
    assert row['image_age_p50_ms'] is row['text_encodes'] is row['frames'] is None


def test_a_log_is_read_as_it_was_written(tmp_path):
    log = _log()
    log.decided.append(Decided(1.5, 'turn left 10 degrees'))
    log.write(tmp_path / 'log.json')
    assert read_log(tmp_path / 'log.json') == log


def test_counts_are_differences_and_what_is_not_told_is_left_out():
    before = {'text encodes': '1', 'vision encodes': '10', 'frames used': '10', 'mode': 'READY'}
    after = {'text encodes': '2', 'vision encodes': '130', 'frames used': '129'}
    assert counts_of(before, after) == {'text_encodes': 1, 'vision_encodes': 120, 'frames': 119}
    assert counts_of({'frames used': '3'}, {'vision encodes': '4'}) == counts_of({}, {}) == {}


def _row(design, rate_hz, share, is_stolen=False, **more):
    row = row_of(Cell(Design(design), WEIGHTS, rate_hz), Window(is_stolen, 0, 0, 1, 1, 1), Log())
    return row | {'on_time': share, 'commands_per_s': share * rate_hz} | more


def test_medians_are_of_the_same_cell_and_ignore_what_is_unknown():
    rows = medians([_row('ours', 50.0, share, image_age_p50_ms=age) for share, age in (
        (0.2, None), (1.0, 30.0), (0.9, 40.0))] + [_row('queue', 50.0, 0.5)])
    assert [(r['design'], r['on_time'], r['repeats']) for r in rows] == [
        ('ours', 0.9, 3), ('queue', 0.5, 1)]
    assert rows[0]['image_age_p50_ms'] == 35.0 and rows[1]['image_age_p50_ms'] is None


def test_a_rate_is_held_only_with_all_below_it():
    rows = [_row('ours', r, s) for r, s in ((10, 1.0), (50, 0.99), (100, 0.98), (200, 1.0))]
    rows += [_row('document', r, s) for r, s in ((50, 0.3), (10, 1.0))]
    found = summary_of(rows)['base']
    assert found['holds_hz']['ours'] == {'idle': 50, 'stolen': None}
    assert found['ours_to_document'] == {'idle': 5.0, 'stolen': None}
    assert words_of({'base': found})[0].startswith('base, idle: ours holds 50 Hz, document')


def test_every_row_is_a_line_with_all_columns():
    rows = medians([_row('document', 50.0, 0.2), _row('ours', 50.0, 1.0), _row('ours', 10.0, 1.0)])
    lines = lines_of(rows, 'base', False)
    assert {len(line) for line in lines} == {len(HEADINGS)} and len(lines) == 3
    assert lines[0][:2] == ('ours', '10 Hz') and lines[0][HEADINGS.index('x doc')] == ''
    ours = next(line for line in lines if line[:2] == ('ours', '50 Hz'))
    assert ours[HEADINGS.index('x doc')] == '5.0'
    assert lines_of(rows, 'base', True) == lines_of(rows, 'document', False) == []


def test_what_was_not_measured_is_not_told():
    started = {'start_to_ready': {'ours base': {'starts': 1, 'median_s': 2.9, 'max_s': 2.9}}}
    assert words_of_extra(started) == ['from process start to READY, median: ours base 2.9 s']
    unanswered = {'rate_hz': 50.0, 'told': 20, 'answered': 0, 'p50_ms': None, 'max_ms': None}
    assert '? ms' in words_of_extra({**started, 'new_command': unanswered})[1]


def test_a_picture_is_drawn_of_what_is_known(tmp_path):
    pytest.importorskip('matplotlib', reason='matplotlib is not installed')
    rows = medians([_row('ours', rate_hz, 1.0, image_age_p50_ms=age_ms)
                    for rate_hz, age_ms in ((10.0, None), (50.0, 30.0))])
    draw(rows, {'cores': 2, 'processor': 'a processor'}, tmp_path / 'bench.png')
    assert cv2.imread(str(tmp_path / 'bench.png')).std() > 0


def test_an_answer_is_the_first_command_after_the_first_decision():
    said = [Said('a', 1.0), Said('b', 2.0), Said('never answered', 3.0)]
    log = Log([Sent(t, 0.0) for t in (1.01, 1.03, 2.04, 2.06)],
              [Decided(1.02, 'a'), Decided(2.05, 'b')])
    assert answer_times_ms(said, log) == pytest.approx([30.0, 60.0])


def test_flat_memory_begins_as_it_ends():
    assert memory_figures([500.0] * 30) == {'first_mb': 500, 'last_mb': 500, 'max_mb': 500}
    grown = memory_figures(list(range(100)))
    assert grown['first_mb'] < 10 < 90 < grown['last_mb'] <= grown['max_mb'] == 99


@pytest.mark.parametrize('rate_hz, count', [(10.0, 10), (50.0, 50), (200.0, 200)])
def test_a_queue_lasts_as_long_as_its_chunk_at_any_rate(rate_hz, count):
    twist = np.outer(np.arange(10.0), np.ones(6))
    twists, joints = rows_at(ActionChunk(0.0, 0.1, twist, twist[:, :2]), 1 / rate_hz)
    assert twists.shape == (count, 6) and joints.shape == (count, 2)
    assert np.allclose(twists[:, 0], np.minimum(np.arange(count) * 10 / rate_hz, 9.0))


def test_a_sentence_does_not_come_again_while_it_may_be_remembered():
    said = [sentence for _, sentence in zip(range(380), wordings(), strict=False)]
    assert len({normalise(sentence) for sentence in said}) == len(said) > 256


@pytest.mark.parametrize('wrong, said', [
    ({'rates_hz': ()}, r'expected one or more from 1 to 200'),
    ({'rates_hz': (500.0,)}, r'rates \[500.0\]: expected'),
    ({'repeats': 0}, 'repeats 0: expected 1 or more'),
    ({'seconds': 0.5}, 'seconds 0.5: expected 1 to 60'),
    ({'designs': ()}, 'nothing of that can be measured')])
def test_a_plan_that_measures_nothing_is_refused(wrong, said):
    with pytest.raises(ConfigurationError, match=said):
        Plan((WEIGHTS,), **wrong)


def test_designs_go_by_name():
    assert parse_designs(['ours', 'document']) == (Design.DOCUMENT, Design.OURS)
    with pytest.raises(ConfigurationError, match=r"unknown \['mine'\]; known: \['document'"):
        parse_designs(['mine'])
