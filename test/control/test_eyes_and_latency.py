"""The newest frame wins, nothing queues, and what is measured costs next to nothing."""
import time

import numpy as np
import pytest

from vla_ros.control.eyes import Eyes, OneRate, two_rate
from vla_ros.control.freshness import LatestInput
from vla_ros.control.latency import Rates, StageTimes
from vla_ros.core.errors import StaleInputError

IMAGE = np.zeros((4, 4, 3), np.uint8)
JOINTS = LatestInput('joint states', lambda: 1e9)


class Looker:
    """Returns how many images it was shown."""

    description, looks = None, 0

    def reset(self, instruction):
        pass

    def infer(self, observation):
        return observation

    def encode_image(self, image):
        self.looks += 1
        return self.looks

    def decide(self, observation, seen):
        return seen


@pytest.fixture
def frames():
    return LatestInput('image', lambda: 0.5)


@pytest.fixture
def eyes(frames):
    return Eyes(Looker(), frames, JOINTS, StageTimes(), lambda frame: IMAGE)


def test_only_the_newest_frame_is_encoded_and_only_once(eyes, frames):
    for number in range(5):
        frames.put(f'frame {number}', 1.0 + 0.01 * number)
    assert eyes.look(1.05) and not eyes.look(1.06)
    assert eyes.newest.frame == 'frame 4' and eyes.encoded == 1
    assert eyes.newest.stamp_s == 1.04


def test_two_frames_that_look_alike_are_two_frames(eyes, frames):
    for now_s in (1.0, 1.1):
        frames.put([IMAGE], now_s)
        assert eyes.look(now_s)
    assert eyes.newest.features == 2


def test_old_frames_are_neither_encoded_nor_decided_on(eyes, frames):
    with pytest.raises(StaleInputError, match='nothing received'):
        eyes.look(1.0)
    frames.put('frame', 1.0)
    with pytest.raises(StaleInputError, match='image: 1.00 s old'):
        eyes.look(2.0)
    eyes.look(1.1)
    assert eyes.fresh(1.2, 0.5).frame == 'frame'
    with pytest.raises(StaleInputError, match='what was seen: 0.70 s old, at most 0.50'):
        eyes.fresh(1.7, 0.5)


def test_a_policy_of_one_rate_looks_when_it_decides():
    class Whole:
        description = 'whole'

        def reset(self, instruction):
            self.told = instruction

        def infer(self, observation):
            return f'{self.told}: {observation}'

    policy = two_rate(Whole())
    policy.reset('go')
    assert isinstance(policy, OneRate) and policy.encode_image(IMAGE) is None
    assert policy.decide('seen', None) == policy.infer('seen') == 'go: seen'
    looker = Looker()
    assert two_rate(looker) is looker


def test_percentiles_are_of_the_newest_times():
    times = StageTimes(kept=100)
    for seconds in [9.0] * 50 + [0.001 * n for n in range(1, 101)]:
        times.add('tick', seconds)
    figures = times.figures()
    assert figures['tick p50 [ms]'] == pytest.approx(50.5, abs=1.0)
    assert figures['tick p99 [ms]'] == pytest.approx(99, abs=1.0)


def test_accounting_costs_less_than_a_hundredth_of_a_period_at_200_hz():
    times, calls = StageTimes(), 2000
    start_s = time.perf_counter()
    for _ in range(calls):
        for stage in ('prepare', 'vision', 'decide', 'tick', 'publish', 'age', 'answer'):
            times.add(stage, 0.001)
    assert (time.perf_counter() - start_s) / calls < 0.01 / 200


def test_rates_are_since_the_last_time_of_asking():
    rates = Rates(10.0)
    assert rates.since(12.0, {'command': 100}) == {'command rate [Hz]': 50.0}
    assert rates.since(13.0, {'command': 120}) == {'command rate [Hz]': 20.0}
