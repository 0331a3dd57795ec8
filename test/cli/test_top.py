"""`vla top` shows what nodes say, whatever they say or leave out."""
import io
import os
from pathlib import Path
import random
import select
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

rich_console = pytest.importorskip('rich.console', reason='rich is not installed')

from vla_ros.cli.top import figures_of, view

ROOT = Path(__file__).parents[2]


def _shown(*statuses, now_s=0.0):
    console = rich_console.Console(width=100, file=io.StringIO())
    console.print(view(statuses, now_s))
    return console.file.getvalue()


def _status(name='fusion_node', level='ok', message='', heard_s=0.0, **values):
    return SimpleNamespace(name=name, level=level, message=message, heard_s=heard_s,
                           values=values.get('values', {}))


def test_every_value_is_in_exactly_one_place():
    values = {'tick p50 [ms]': '1', 'tick p99 [ms]': '3', 'image age at publish p95 [ms]': '40',
              'received odom': '7', 'received odom [Hz]': '50', 'lost odom': '0',
              'wrong: odom': 'late', 'hint odom': 'so', 'mode': 'ACTIVE', 'p50': '2'}
    figures = figures_of(values)
    assert figures.percentiles == {'tick [ms]': {'p50': '1', 'p99': '3'},
                                   'image age at publish [ms]': {'p95': '40'}}
    assert figures.topics == {'odom': {'received': '7', 'received [Hz]': '50', 'lost': '0'}}
    assert set(figures.alarms) == {'wrong: odom', 'hint odom'}
    assert set(figures.others) == {'mode', 'p50'}


@pytest.mark.parametrize('values', [{}, {'mode': ''}, {'tick p99 [ms]': '3'}, {'': ''},
                                    {'sent odom [Hz]': '2'}])
def test_what_is_missing_is_left_out(values):
    assert 'fusion_node  OK' in _shown(_status(values=values))


def test_words_are_shown_as_they_are_said():
    said = _shown(_status(values={'command': 'go [/red] [bold]now', 'tick p50 [ms]': '1'}))
    assert 'go [/red] [bold]now' in said and 'tick [ms]' in said


def test_a_node_that_is_silent_is_told():
    assert 'silent for 9 s' in _shown(_status(), now_s=9.0)
    assert 'silent' not in _shown(_status(), now_s=1.0)


def test_the_fusion_node_comes_first():
    shown = _shown(_status('command_gate'), _status('robot/fusion_node'))
    assert shown.index('fusion_node') < shown.index('command_gate')


def _vla_top(domain, *arguments, **options):
    environment = {**os.environ, 'PYTHONPATH': str(ROOT), 'ROS_DOMAIN_ID': str(domain)}
    outputs = {'stdout': subprocess.PIPE, 'stderr': subprocess.STDOUT, **options}
    return subprocess.Popen([sys.executable, '-m', *arguments], env=environment, text=True,
                            **outputs)


@pytest.fixture
def domain():
    pytest.importorskip('rclpy', reason='rclpy is not installed')
    return random.SystemRandom().randrange(1, 100)


def test_nobody_is_told_with_the_domain(domain):
    top = _vla_top(domain, 'vla_ros.cli.main', 'top', '--once', '--wait', '0.5')
    said, _ = top.communicate(timeout=60)
    assert top.returncode == 1
    assert 'no node of vla_ros publishes' in said and f'ROS_DOMAIN_ID={domain}' in said


@pytest.mark.slow
def test_a_running_node_is_printed_once(domain):
    gate = _vla_top(domain, 'vla_ros.nodes.command_gate')
    try:
        top = _vla_top(domain, 'vla_ros.cli.main', 'top', '--once', '--wait', '60')
        said, _ = top.communicate(timeout=120)
    finally:
        gate.kill()
        gate.communicate()
    assert top.returncode == 0
    assert 'command_gate  ' in said and 'joint_states' in said and 'sent/s' in said
    assert '\x1b' not in said


@pytest.mark.slow
def test_the_live_view_ends_well_on_ctrl_c(domain):
    terminal, its_end = os.openpty()
    top = _vla_top(domain, 'vla_ros.cli.main', 'top', stdin=its_end, stdout=its_end)
    os.close(its_end)
    said, ends_s = b'', time.monotonic() + 60.0
    while b'no node' not in said:
        assert time.monotonic() < ends_s, said
        if select.select([terminal], [], [], 1.0)[0]:
            said += os.read(terminal, 4096)
    top.send_signal(signal.SIGINT)
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:                             # a terminal whose other end is closed
        pass
    assert top.wait(timeout=60) == 0
    os.close(terminal)
