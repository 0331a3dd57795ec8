"""An executor is tried before a node is given to it; who polls keeps the single-threaded one."""
import time

import pytest
from rclpy.executors import SingleThreadedExecutor
from std_msgs.msg import String

from vla_ros.core.errors import ConfigurationError
from vla_ros.ros.executors import delivers, EventsExecutor, executor_for, VARIABLE
from vla_ros.ros.polling import Polled
from vla_ros.ros.qos import COMMAND


class Deaf(SingleThreadedExecutor):
    """Waits as long as it was told to, and delivers nothing."""

    def spin_once(self, timeout_sec=None):
        time.sleep(timeout_sec)


class Restless(SingleThreadedExecutor):
    """Delivers, and comes back at once when there is nothing to do."""

    def spin_once(self, timeout_sec=None):
        super().spin_once(timeout_sec=0.0)


class Failing(SingleThreadedExecutor):
    """Raises what no caller expects."""

    def spin_once(self, timeout_sec=None):
        raise SystemError('null argument to internal routine')


def test_an_executor_that_delivers_passes(bench):
    assert delivers(SingleThreadedExecutor, bench.context)


@pytest.mark.parametrize('kind', [Deaf, Restless, Failing])
def test_an_executor_that_does_not_is_found_out(bench, kind):
    assert not delivers(kind, bench.context)


def test_nothing_is_left_of_a_trial(bench):
    delivers(SingleThreadedExecutor, bench.context)
    assert '_executor_trial' not in bench.node.get_node_names()


def test_a_single_thread_spins_unless_another_is_asked_for(bench):
    assert type(executor_for(bench.node, {})) is SingleThreadedExecutor


def test_who_asks_for_events_gets_what_delivers(bench):
    made = executor_for(bench.node, {VARIABLE: 'events'})
    is_good = EventsExecutor is not None and delivers(EventsExecutor, bench.context)
    assert (type(made) is not SingleThreadedExecutor) == is_good


def test_a_node_that_polls_is_spun_by_a_single_thread(bench):
    Polled(bench.node, String, 'talk', COMMAND)
    made = executor_for(bench.node, {VARIABLE: 'events'})
    assert type(made) is SingleThreadedExecutor


def test_an_unknown_executor_is_refused_with_those_that_are_known(bench):
    with pytest.raises(ConfigurationError, match=r"'many': expected one of \['single'"):
        executor_for(bench.node, {VARIABLE: 'many'})
