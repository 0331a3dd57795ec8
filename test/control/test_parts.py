"""Freshness, chunks, limits and modes, each by its laws."""
from itertools import product

import numpy as np
import pytest

from vla_ros.control.freshness import FrozenPicture, LatestInput
from vla_ros.control.modes import Event, GOOD_TICKS, Mode, ModeMachine
from vla_ros.core.errors import InvalidValueError, StaleInputError
from vla_ros.core.values import ActionChunk


@pytest.fixture
def camera():
    return LatestInput('camera', lambda: 0.5)


def test_late_sample_does_not_replace_a_newer_one(camera):
    camera.put('new', now_s=2.0)
    camera.put('late', now_s=2.05, header_age_s=0.3)
    assert camera.get(now_s=2.1)[0] == 'new'


def test_age_is_the_greater_of_receipt_and_header(camera):
    camera.put('old', now_s=10.0, header_age_s=0.4)
    assert camera.age_s(10.0) == pytest.approx(0.4)
    with pytest.raises(StaleInputError):
        camera.get(10.2)


def test_a_stamp_from_the_future_is_counted_and_makes_nothing_younger(camera):
    camera.put('odd', now_s=10.0, header_age_s=-5.0)
    assert camera.take_future_stamps() == 1
    assert camera.take_future_stamps() == 0
    assert camera.age_s(10.0) == 0.0


def test_a_chunk_of_the_wrong_shape_can_not_be_made():
    with pytest.raises(InvalidValueError):
        ActionChunk(0.0, 0.1, np.zeros((3, 5)), np.zeros((3, 2)))
    with pytest.raises(InvalidValueError):
        ActionChunk(0.0, 0.1, np.zeros((3, 6)), np.zeros((4, 2)))


def test_no_way_leads_from_fault_to_active_without_a_reset():
    for events in product([e for e in Event if e is not Event.RESET], repeat=4):
        machine = ModeMachine()
        machine.handle(Event.BROKEN)
        assert all(machine.handle(event) is Mode.FAULT for event in events)


def test_hold_ends_after_enough_good_ticks_in_a_row():
    machine = ModeMachine()
    machine.handle(Event.WARM)
    machine.handle(Event.STALE)
    for _ in range(GOOD_TICKS - 1):
        assert machine.handle(Event.INSTRUCTED) is Mode.HOLD
    machine.handle(Event.STALE)
    for _ in range(GOOD_TICKS - 1):
        assert machine.handle(Event.INSTRUCTED) is Mode.HOLD
    assert machine.handle(Event.INSTRUCTED) is Mode.ACTIVE


def test_a_machine_counts_good_ticks_from_its_first():
    machine = ModeMachine()
    machine.mode = Mode.HOLD
    ticks = [machine.handle(Event.RELEASED) for _ in range(GOOD_TICKS)]
    assert ticks == [Mode.HOLD] * (GOOD_TICKS - 1) + [Mode.READY]


def test_init_ends_with_the_warm_up_only():
    for event in (Event.INSTRUCTED, Event.RELEASED, Event.STALE, Event.RESET):
        assert ModeMachine().handle(event) is Mode.INIT


def test_a_camera_that_has_shown_nothing_yet_is_not_frozen():
    assert not FrozenPicture().is_frozen(100.0, 0.0, 1.0)
