"""Chunks join without seams, whatever they say, whenever they come and whenever it ticks."""
from dataclasses import dataclass
from itertools import pairwise
import math

import numpy as np
import pytest

from vla_ros.control.chunks import ChunkBuffer
from vla_ros.control.settings import FusionSettings
from vla_ros.core.values import ActionChunk

STEP_S, ROWS, JOINTS = 0.1, 10, 3
HORIZON_S = (ROWS - 1) * STEP_S
RATES = np.array([1.0] * 3 + [2.5] * 3 + [0.25] * JOINTS)
BLENDINGS = ('ensemble', 'realtime', 'newest')
AHEAD_S = np.array([0.0, 0.1, 0.25, 0.4, 0.6])

every_blending = pytest.mark.parametrize('blending', BLENDINGS)


def _buffer(blending='newest', **others):
    settings = FusionSettings(chunk_blending=blending, **others)
    return ChunkBuffer(lambda: settings)


def _chunk(origin_s, rows):
    rows = np.asarray(rows, float)
    return ActionChunk(origin_s, STEP_S, rows[:, :6], rows[:, 6:])


def _always(origin_s, value, rows=ROWS):
    return _chunk(origin_s, np.full((rows, 6 + JOINTS), float(value)))


def _random(rng, origin_s, rows=ROWS):
    return _chunk(origin_s, rng.normal(0.0, 0.5, (rows, 6 + JOINTS)))


def _sent(buffer, now_s):
    """Return everything that is sent for now, (9,)."""
    twist, joints = buffer.wish(now_s, np.zeros(1))
    return np.concatenate([twist, joints[0]])


def _only(chunk):
    """Return a buffer that no other chunk comes to."""
    buffer = _buffer()
    buffer.add(chunk)
    return buffer


def _alone(chunk, now_s):
    """Return what a chunk wishes when there is no other, (9,)."""
    return _sent(_only(chunk), now_s)


@dataclass(frozen=True)
class Tick:
    """One tick of a run: when, what was sent, the newest chunk, and a buffer of it alone."""

    now_s: float
    sent: np.ndarray
    newest: ActionChunk
    only: ChunkBuffer


def _one_motion(rng, origin_s, rows=ROWS):
    """Return a chunk of one and the same motion, seen up to 50 mrad or 0.1 m/s wrongly."""
    times_s = origin_s + STEP_S * np.arange(rows)[:, None]
    motion = 0.4 * np.sin(times_s * np.linspace(0.5, 2.0, 6 + JOINTS) + np.arange(6 + JOINTS))
    return _chunk(origin_s, motion + rng.uniform(-1, 1, 6 + JOINTS) * np.repeat(
        [0.1, 0.05], [6, JOINTS]))


def _run(buffer, rng, delay_s, rate_hz, is_regular, made=_one_motion, for_s=1.5):
    """
    Tick while chunks come, three for every two images, the first `delay_s` after its image.

    Irregular ticks come after 0.2 to 1.8 periods.
    """
    coming = [(origin_s + delay_s + later_s, made(rng, origin_s)) for k, origin_s in enumerate(
        5.0 + np.arange(0.0, for_s, 0.07)) for later_s in ((0.0, 0.03) if k % 2 else (0.0,))]
    now_s, newest, only, ticks = 5.0 + delay_s, None, None, []
    while now_s < 5.0 + delay_s + for_s:
        while coming and coming[0][0] <= now_s:
            newest = coming.pop(0)[1]
            buffer.add(newest)
            only = _only(newest)
        ticks.append(Tick(now_s, _sent(buffer, now_s), newest, only))
        now_s += (1.0 if is_regular else rng.uniform(0.2, 1.8)) / rate_hz
    return ticks


def _changes(ticks):
    """Return changes of the output, of the newest chunk alone, and the most between (T, 9)."""
    changes = [(b.sent - a.sent, _sent(b.only, b.now_s) - _sent(b.only, a.now_s),
                RATES * (b.now_s - a.now_s)) for a, b in pairwise(ticks)]
    return (np.array(kind) for kind in zip(*changes))


def _beyond(ticks):
    """Return what outputs change beside the newest chunk's own motion, per rate and time."""
    changes, own, most = _changes(ticks)
    return np.abs(changes - own) / most


class _HardSwitch(ChunkBuffer):
    """What is done without this module: the newest chunk, from the tick at which it comes."""

    def wish(self, now_s, ahead_s):
        self.begin_anew()
        return super().wish(now_s, ahead_s)


@every_blending
@pytest.mark.parametrize('delay_s', [0.0, 0.03, 0.2, HORIZON_S / 2, 0.5])
@pytest.mark.parametrize('rate_hz', [10.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize('is_regular', [True, False])
def test_the_output_changes_by_the_chunks_own_motion_and_a_bounded_rate(
        blending, delay_s, rate_hz, is_regular):
    ticks = _run(_buffer(blending), np.random.default_rng(1), delay_s, rate_hz, is_regular)
    assert len({id(t.newest) for t in ticks}) >= 10
    assert _beyond(ticks).max() <= 1.0 + 1e-6


@every_blending
@pytest.mark.parametrize('delay_s', [0.0, 0.2, HORIZON_S / 2])
@pytest.mark.parametrize('rate_hz', [10.0, 50.0, 200.0])
def test_chunks_that_contradict_each_other_never_make_it_faster_nor_drive_it_away(
        blending, delay_s, rate_hz):
    ticks = _run(_buffer(blending), np.random.default_rng(1), delay_s, rate_hz, False, _random)
    changes, own, most = _changes(ticks)
    assert (changes <= np.maximum(own, 0.0) + most * (1 + 1e-6)).all()
    assert (changes >= np.minimum(own, 0.0) - most * (1 + 1e-6)).all()
    rows = np.array([np.hstack([t.newest.base_twist, t.newest.joint_targets]) for t in ticks])
    far = np.repeat([0.4, 1.0, 0.1], 3) + 1e-9
    assert (np.array([t.sent for t in ticks]) <= rows.max(axis=(0, 1)) + far).all()
    assert (np.array([t.sent for t in ticks]) >= rows.min(axis=(0, 1)) - far).all()


@pytest.mark.parametrize('rate_hz', [50.0, 100.0, 200.0])
def test_a_hard_switch_would_break_the_same_bound_many_times(rate_hz):
    settings = FusionSettings(chunk_blending='newest')
    ticks = _run(_HardSwitch(lambda: settings), np.random.default_rng(1), 0.2, rate_hz, True)
    assert _beyond(ticks)[:, 6:].max() > 10.0      # 50 mrad at 50 Hz


def test_the_rates_are_five_milliradians_and_two_centimetres_a_second_in_a_period_of_50_hz():
    settings = FusionSettings()
    assert settings.seam_joint_rate / 50.0 == pytest.approx(0.005)
    assert settings.seam_base_rate / 50.0 == pytest.approx(0.02)


@every_blending
def test_other_rates_are_kept_too_and_take_effect_while_it_runs(blending):
    settings = FusionSettings(chunk_blending=blending)
    buffer = ChunkBuffer(lambda: settings)
    rng = np.random.default_rng(2)
    _run(buffer, rng, 0.1, 50.0, True)
    buffer.clear()
    settings = FusionSettings(chunk_blending=blending, seam_joint_rate=0.025,
                              seam_base_rate=0.1, seam_turn_rate=0.25)
    assert _beyond(_run(buffer, rng, 0.1, 50.0, True)).max() <= 0.1 + 1e-6


@every_blending
def test_one_chunk_alone_meets_its_rows_and_holds_its_ends(blending):
    buffer, rng = _buffer(blending), np.random.default_rng(3)
    chunk = _random(rng, 5.0)
    buffer.add(chunk)
    rows = np.hstack([chunk.base_twist, chunk.joint_targets])
    for k, row in enumerate(rows):
        assert _sent(buffer, 5.0 + k * STEP_S) == pytest.approx(row, abs=1e-12)
    assert np.array_equal(_sent(buffer, 9.0), rows[-1])
    assert np.array_equal(_alone(chunk, 4.0), rows[0])


@pytest.mark.parametrize('rows', [1, 2, 3, 10])
def test_between_rows_nothing_overshoots_and_speeds_have_no_steps(rows):
    chunk = _random(np.random.default_rng(rows), 5.0, rows)
    buffer = _buffer()
    buffer.add(chunk)
    times_s = np.linspace(5.0, 5.0 + (rows - 1) * STEP_S, 50 * (rows - 1) + 1)
    _, joints = buffer.wish(5.0, times_s - 5.0)
    low = np.minimum(chunk.joint_targets[:-1], chunk.joint_targets[1:]) - 1e-12
    high = np.maximum(chunk.joint_targets[:-1], chunk.joint_targets[1:]) + 1e-12
    for k in range(rows - 1):
        between = joints[50 * k:50 * (k + 1) + 1]
        assert (between >= low[k]).all() and (between <= high[k]).all()
    speeds = np.diff(joints, axis=0) / 0.002
    assert np.abs(np.diff(speeds, axis=0)).max(initial=0.0) < 2.5   # a straight way: up to 20


@every_blending
def test_a_chunk_that_says_the_same_changes_nothing(blending):
    buffer = _buffer(blending)
    times_s = 5.1 + 0.017 * np.arange(40)
    slope = np.linspace(-1.0, 1.0, 6 + JOINTS)

    def straight(origin_s):
        return _chunk(origin_s, (origin_s + STEP_S * np.arange(ROWS))[:, None] * slope)

    for k, now_s in enumerate(times_s):
        buffer.add(straight(5.0 + 0.03 * (k // 2)))
        assert _sent(buffer, now_s) == pytest.approx(now_s * slope, abs=1e-9)


@every_blending
def test_what_is_announced_is_what_is_sent_if_no_chunk_comes(blending):
    buffer, rng = _buffer(blending), np.random.default_rng(4)
    now_s = _run(buffer, rng, 0.3, 50.0, False)[-1].now_s
    _, announced = buffer.wish(now_s, AHEAD_S)
    for after_s, points in zip(AHEAD_S[1:], announced[1:]):
        assert _sent(buffer, now_s + after_s)[6:] == pytest.approx(points, abs=1e-9)


@every_blending
def test_without_more_chunks_the_output_comes_to_the_newest_and_stays(blending):
    buffer, rng = _buffer(blending), np.random.default_rng(5)
    last = _run(buffer, rng, 0.3, 50.0, True)[-1]
    assert np.abs(last.sent - _alone(last.newest, last.now_s)).max() > 0.01
    for after_s in (2.0, 3.0):
        assert np.array_equal(_sent(buffer, last.now_s + after_s),
                              _alone(last.newest, last.now_s + after_s))


@every_blending
def test_between_two_steady_chunks_the_output_stays_between(blending):
    buffer = _buffer(blending)
    buffer.add(_always(5.0, 0.0))
    now_s, last = 5.1, _sent(buffer, 5.1)
    buffer.add(_always(5.05, 0.2))
    while now_s < 8.0:
        now_s += 0.02
        sent = _sent(buffer, now_s)
        assert (sent >= last - 1e-12).all() and (sent <= 0.2 + 1e-12).all()
        last = sent
    assert last == pytest.approx(np.full(6 + JOINTS, 0.2))


@every_blending
@pytest.mark.parametrize('period_s', [0.02, 0.09, math.inf])
def test_a_chunk_that_says_stand_brings_the_base_to_exactly_zero_in_bounded_time(
        blending, period_s):
    buffer, now_s = _buffer(blending), 5.1
    going = np.full(6 + JOINTS, 0.3)
    for origin_s in (4.9, 5.0, 5.04):
        buffer.add(_chunk(origin_s, np.tile(going, (ROWS, 1))))
        now_s += 0.02
        _sent(buffer, now_s)
    standing, stood_s, next_s = np.concatenate([np.zeros(6), going[6:]]), now_s, now_s
    while now_s < stood_s + 3.0:
        now_s += 0.02
        if now_s >= next_s:
            buffer.add(_chunk(now_s - 0.05, np.tile(standing, (ROWS, 1))))
            next_s = now_s + period_s
        sent = _sent(buffer, now_s)
        if now_s > stood_s + 0.3 / 1.0 + 0.02 + 1e-9:
            assert not sent[:6].any()
        assert sent[6:] == pytest.approx(going[6:])


@every_blending
def test_clear_forgets_everything(blending):
    buffer, rng = _buffer(blending), np.random.default_rng(6)
    now_s = _run(buffer, rng, 0.2, 50.0, True)[-1].now_s
    buffer.clear()
    assert buffer.age_s(now_s) == math.inf and buffer.progress == 0.0
    with pytest.raises(IndexError):
        buffer.wish(now_s, AHEAD_S)
    chunk = _random(rng, now_s)
    buffer.add(chunk)
    assert np.array_equal(_sent(buffer, now_s + 0.05), _alone(chunk, now_s + 0.05))


def test_after_standing_it_begins_where_the_newest_chunk_is():
    buffer = _buffer('newest')
    buffer.add(_always(5.0, 0.0))
    _sent(buffer, 5.1)
    buffer.begin_anew()
    buffer.add(_always(5.2, 1.0))
    assert _sent(buffer, 5.3) == pytest.approx(np.ones(6 + JOINTS))


def test_an_ensemble_weighs_by_the_age_of_the_image():
    buffer, values, now_s = _buffer('ensemble', ensemble_decay=0.1), (0.0, 0.002, 0.001), 5.3
    for origin_s, value in zip((5.0, 5.1, 5.2), values):
        buffer.add(_always(origin_s, value))
        _sent(buffer, now_s)
        now_s += 0.02
    weights = np.exp(-np.array([0.2, 0.1, 0.0]) / 0.1)
    mean = np.dot(weights, values) / weights.sum()
    assert _sent(buffer, 5.6) == pytest.approx(np.full(6 + JOINTS, mean))


def test_an_ensemble_does_not_count_a_chunk_beyond_its_last_row():
    buffer = _buffer('ensemble', ensemble_decay=1.0)
    buffer.add(_always(5.0, 0.0, rows=3))
    _sent(buffer, 5.1)
    buffer.add(_always(5.1, 0.01))
    assert _sent(buffer, 5.2)[0] < 0.0099
    assert _sent(buffer, 5.4) == pytest.approx(np.full(6 + JOINTS, 0.01))


def test_an_ensemble_counts_every_image_once():
    buffer, once = _buffer('ensemble'), _buffer('ensemble')
    for both in (buffer, once):
        both.add(_always(5.0, 0.0))
        _sent(both, 5.1)
    for _ in range(6):
        buffer.add(_always(5.1, 0.01))
    once.add(_always(5.1, 0.01))
    assert np.array_equal(_sent(buffer, 5.5), _sent(once, 5.5))


@pytest.mark.parametrize('delay', [1, 3, 5])
def test_realtime_keeps_what_was_sent_by_the_soft_mask(delay):
    reach, old, new = 8, 0.0, 0.01
    buffer = _buffer('realtime')
    buffer.add(_always(5.0 - (ROWS - 1 - reach) * STEP_S, old))
    _sent(buffer, 5.0 + delay * STEP_S)
    buffer.add(_always(5.0, new))
    for i in range(delay + 1, ROWS):
        c = min(max((reach - i) / (reach - delay + 1), 0.0), 1.0)
        mask = c * (math.exp(c) - 1) / (math.e - 1)
        sent = _sent(buffer, 5.0 + i * STEP_S)
        assert sent == pytest.approx(np.full(6 + JOINTS, mask * old + (1 - mask) * new))


def test_an_answer_to_an_older_image_is_dropped_and_one_to_the_same_replaces():
    buffer = _buffer()
    buffer.add(_always(2.0, 1.0))
    buffer.add(_always(1.0, 0.0))
    assert _sent(buffer, 2.0)[0] == 1.0
    buffer.clear()
    for value in (1.0, 0.5):
        buffer.add(_always(2.0, value))
    assert _sent(buffer, 2.0)[0] == 0.5
    assert buffer.age_s(2.5) == 0.5


def test_robots_without_commanded_joints_have_no_seams_either():
    buffer = _buffer('ensemble')
    for origin_s, value in ((5.0, 0.0), (5.1, 1.0)):
        buffer.add(ActionChunk(origin_s, STEP_S, np.full((ROWS, 6), value), np.zeros((ROWS, 0))))
        twist, points = buffer.wish(origin_s + 0.1, AHEAD_S)
    assert points.shape == (len(AHEAD_S), 0)
    assert 0.0 <= twist[0] <= 0.1 + 1e-9
    assert buffer.seams.take()['seam jump [rad]'] == 0.0


def test_a_controller_sends_joints_without_seams(bench):
    bench.start()
    rng, rest = np.random.default_rng(7), bench.robot.of_commanded('neutral_position')
    bench.controller.seams.take()
    for _ in range(40):
        joints = rest + rng.uniform(-0.3, 0.3, len(rest))
        bench.controller.accept(bench.chunk(joints=joints), bench.controller.instruction.number)
        bench.tick(infer=False)
    seams = bench.controller.seams.take()
    assert seams['seams'] == 40
    assert 0.01 < seams['seam jump [rad]'] <= 0.25 * 0.05 + 1e-9


def test_a_new_command_begins_without_what_is_left_of_the_old(bench):
    bench.start()
    bench.controller.instruct('turn left', bench.now_s)
    bench.wish = np.array([0.0, 0, 0, 0, 0, 0.0])
    assert bench.tick().is_still
