"""A polled subscription gives the newest message when asked, and wakes nobody."""
import pytest
from std_msgs.msg import String

from vla_ros.core.errors import InvalidValueError
from vla_ros.ros.polling import LeftAlone, Polled
from vla_ros.ros.qos import COMMAND, NEWEST


def test_only_the_newest_message_is_given_and_only_once(bench):
    polled = Polled(bench.node, String, 'talk', COMMAND)
    talker = bench.node.create_publisher(String, 'talk', COMMAND)
    sentinel = bench.listen(String, 'end', COMMAND)
    end = bench.node.create_publisher(String, 'end', COMMAND)
    bench.until(lambda: talker.get_subscription_count() == 1)
    assert polled.take() is None
    for number in range(5):
        talker.publish(String(data=str(number)))
    bench.until(lambda: sentinel, every=lambda: end.publish(String()))
    assert polled.read(polled.take()).data == '4'
    assert polled.take() is None


def test_messages_wake_nobody(bench, monkeypatch):
    looks = []                                  # an executor that wakes asks who can execute
    monkeypatch.setattr(LeftAlone, 'can_execute', lambda self, entity: bool(looks.append(1)))
    polled = Polled(bench.node, String, 'talk', NEWEST)
    talker = bench.node.create_publisher(String, 'talk', NEWEST)
    bench.until(lambda: polled.take() is not None, every=lambda: talker.publish(String()))

    def looks_of_spins(before):
        looks.clear()
        for _ in range(12):
            before()
            bench.executor.spin_once(timeout_sec=0.02)
        return len(looks)

    looks_of_spins(lambda: None)                # what was under way
    silent = looks_of_spins(lambda: None)
    assert looks_of_spins(lambda: talker.publish(String())) <= 1.2 * silent
    assert polled.take() is not None


def test_bytes_that_are_no_message_are_refused(bench):
    polled = Polled(bench.node, String, 'talk', COMMAND)
    with pytest.raises(InvalidValueError, match='2 bytes are no String'):
        polled.read(b'\x00\x01')
