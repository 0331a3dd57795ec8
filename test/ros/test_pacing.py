"""Pacers keep a schedule, keep step with each other, and skip what they missed."""
import threading
import time

import numpy as np
import pytest

from vla_ros.ros.pacing import Pacer, UnderWay


class Calls:
    """Times of calls, and an event after so many."""

    def __init__(self, count, takes_s=0.0):
        self.times_s, self._count, self._takes_s = [], count, takes_s
        self.enough = threading.Event()

    def __call__(self, now_s):
        self.times_s.append(now_s)
        if len(self.times_s) >= self._count:
            self.enough.set()
        if self._takes_s:
            time.sleep(self._takes_s)


def _run(calls, **kwargs):
    pacer = Pacer('test', tick=calls, **kwargs)
    pacer.start()
    assert calls.enough.wait(10.0)
    assert pacer.stop()
    return pacer


def test_calls_come_on_the_slots_of_the_epoch():
    calls, epoch_s = Calls(40), time.monotonic()
    _run(calls, rate_hz=lambda: 100.0, epoch_s=epoch_s)
    late_s = (np.array(calls.times_s[1:]) - epoch_s) % 0.01
    assert np.median(np.minimum(late_s, 0.01 - late_s)) < 0.002


def test_a_lead_moves_calls_ahead_of_their_slots():
    calls, epoch_s = Calls(40), time.monotonic()
    _run(calls, rate_hz=lambda: 50.0, epoch_s=epoch_s, lead_s=lambda: 0.005)
    assert np.median((np.array(calls.times_s[1:]) - epoch_s) % 0.02) == pytest.approx(
        0.015, abs=0.002)


def test_slots_that_went_by_are_skipped_and_counted():
    calls = Calls(6, takes_s=0.025)
    pacer = _run(calls, rate_hz=lambda: 100.0)
    assert pacer.missed >= 10 and len(calls.times_s) <= 7


def test_without_a_rate_it_is_called_when_nudged_and_only_then():
    calls = Calls(3)
    pacer = Pacer('test', lambda: 0.0, calls)
    pacer.start()
    for count in (1, 2):
        ends_s = time.monotonic() + 5.0
        while len(calls.times_s) < count and time.monotonic() < ends_s:
            threading.Event().wait(0.001)
        assert len(calls.times_s) == count
        pacer.nudge()
    assert calls.enough.wait(5.0) and pacer.stop()
    assert len(calls.times_s) == 3


def test_a_nudge_leaves_the_schedule_as_it_was():
    calls, epoch_s = Calls(30), time.monotonic()
    pacer = Pacer('test', lambda: 50.0, calls, epoch_s=epoch_s)
    pacer.start()
    while not calls.enough.is_set():
        pacer.nudge()
        threading.Event().wait(0.037)
    pacer.stop()
    paced = [t for t in calls.times_s if min((t - epoch_s) % 0.02, -(t - epoch_s) % 0.02) < 0.003]
    assert len(paced) >= 0.9 * 50 * (calls.times_s[-1] - calls.times_s[0])


def _waited_s(under_way, most_s):
    begun_s = time.monotonic()
    under_way.wait(most_s)
    return time.monotonic() - begun_s


def test_what_is_nearly_there_is_waited_for():
    under_way, is_there = UnderWay(), []
    under_way.begin(time.monotonic() + 0.01)

    def end():
        is_there.append(True)
        under_way.end()
    threading.Timer(0.02, end).start()
    assert _waited_s(under_way, 5.0) < 4.0 and is_there


def test_nobody_waits_for_what_is_far_away_long_overdue_or_not_begun():
    under_way = UnderWay()
    assert _waited_s(under_way, 5.0) < 1.0
    for expected_s in (10.0, -10.0):
        under_way.begin(time.monotonic() + expected_s)
        assert _waited_s(under_way, 5.0) < 1.0


def test_what_does_not_come_is_waited_for_no_longer_than_was_said():
    under_way = UnderWay()
    under_way.begin(time.monotonic())
    assert 0.05 <= _waited_s(under_way, 0.05) < 2.0
