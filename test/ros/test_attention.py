"""The fusion node shows what its policy attends, to whoever listens and to nobody else."""
import threading
import time

from harness import WalkingPolicy
import numpy as np
import pytest
from sensor_msgs.msg import Image
from test_fusion_node import PICTURE, Robot

from vla_ros.core.values import Attention
from vla_ros.nodes.fusion_node import FusionNode
from vla_ros.ros.images import image_from_msg
from vla_ros.ros.qos import NEWEST

TOPIC = 'fusion_node/attention'


class AttentivePolicy(WalkingPolicy):
    """Counts how often it is asked where it looked."""

    def __init__(self, robot):
        super().__init__(robot)
        self.asked, self.wrong = 0, None

    def attention(self):
        self.asked += 1
        if self.wrong:
            raise self.wrong
        return Attention(np.eye(3, 4), 'cube')


class AttentiveRobot(Robot):

    def _make(self, **kwargs):
        def factory(robot, settings):
            self.policies.append(AttentivePolicy(robot))
            return self.policies[-1]
        return FusionNode(factory, **kwargs)


@pytest.fixture
def robot(bench):
    return AttentiveRobot(bench)


def _listen(robot):
    heard = []
    return heard, robot.bench.node.create_subscription(Image, TOPIC, heard.append, NEWEST)


def test_a_listener_gets_the_camera_image_with_what_is_attended(robot):
    robot.image.header.frame_id, robot.image.header.stamp.sec = 'eye', 0
    heard, _ = _listen(robot)
    robot.walk()
    robot.until(lambda: len(heard) >= 3)
    msg = heard[-1]
    assert (msg.encoding, msg.height, msg.width, msg.step) == ('rgb8', 24, 32, 96)
    assert msg.header == robot.image.header
    shown = image_from_msg(msg)
    assert shown.shape == PICTURE.shape and (shown != PICTURE).any()


def test_nothing_is_computed_for_nobody(robot):
    robot.walk()
    before = len(robot.policy.seen)
    robot.until(lambda: len(robot.policy.seen) > before + 10)
    assert (robot.policy.asked, robot.node._attention.drawn) == (0, 0)
    assert not robot.node._attention._newest


def test_it_ends_with_the_last_listener(robot):
    heard, subscription = _listen(robot)
    robot.walk()
    robot.until(lambda: heard)
    robot.bench.node.destroy_subscription(subscription)
    publisher = robot.node._attention._publisher
    robot.until(lambda: publisher.get_subscription_count() == 0)
    seen = len(robot.policy.seen)
    robot.until(lambda: len(robot.policy.seen) > seen + 2)   # what was under way is over
    asked, drawn = robot.policy.asked, robot.node._attention.drawn
    robot.until(lambda: len(robot.policy.seen) > seen + 12)
    assert (robot.policy.asked, robot.node._attention.drawn) == (asked, drawn)


def test_it_is_no_faster_than_its_parameter(bench):
    robot = AttentiveRobot(bench, policy_rate=50.0, attention_rate=4.0)
    heard, _ = _listen(robot)
    robot.walk()
    robot.until(lambda: heard)
    heard.clear()
    robot.during(2.0)
    assert 5 <= len(heard) <= 10


def test_nothing_is_shown_while_nothing_is_to_be_done(robot):
    heard, _ = _listen(robot)
    robot.walk()
    robot.until(lambda: heard)
    robot.say('stop')
    robot.until(lambda: robot.speed() == 0.0)
    robot.during(0.5)
    heard.clear()
    robot.during(0.6)
    assert not heard


def test_a_picture_that_hangs_delays_neither_commands_nor_decisions(robot, monkeypatch):
    goes_on, drawing = threading.Event(), threading.Event()

    def hang(image, attention):
        drawing.set()
        goes_on.wait(10.0)
        return np.zeros_like(image)

    monkeypatch.setattr('vla_ros.nodes.attention_topic.with_attention', hang)
    _listen(robot)
    robot.walk()
    robot.until(drawing.is_set)
    before = len(robot.policy.seen)
    speed = robot.during(2.0)
    goes_on.set()
    assert speed > 0.25
    assert len(robot.twists) == pytest.approx(100, abs=10)
    assert len(robot.policy.seen) - before == pytest.approx(100, abs=10)


def test_attention_that_fails_is_reported_and_the_robot_walks_on(robot):
    robot.policy.wrong = ZeroDivisionError('oops')
    _listen(robot)
    robot.walk()
    robot.until(lambda: 'oops' in robot.node._reports.reason('attention'))
    robot.during(0.5)
    assert robot.speed() > 0.25
    robot.policy.wrong = None
    robot.until(lambda: not robot.node._reports.reason('attention'))


def test_a_policy_without_attention_offers_no_such_topic(bench):
    robot = Robot(bench)
    robot.walk()
    offered = {name for name, _ in bench.node.get_topic_names_and_types()}
    assert '/fusion_node/mode' in offered and f'/{TOPIC}' not in offered


def test_the_command_period_is_kept_while_somebody_watches(robot):
    _listen(robot)
    robot.walk()
    robot.until(lambda: robot.node._attention.drawn)
    robot.during(2.0)
    times = np.array([at for at, _ in robot.twists])
    assert np.percentile(np.diff(times), 90) < 0.08
    assert time.monotonic() - times[-1] < 0.2
