"""What is commanded and what comes of it are compared, and the difference is found in time."""
import numpy as np
import pytest

from vla_ros.control.outcome import Finding, Moment, OutcomeMonitor, RESPONSE_S
from vla_ros.control.settings import FusionSettings
from vla_ros.core.geometry import moved

PERIOD_S = 0.05
WALK = np.array([0.4, 0.0, 0.0, 0.0, 0.0, 0.2])


class Body:
    """A base that follows its command slowly and in part, and arms that may be blocked."""

    def __init__(self, robot):
        self.monitor = OutcomeMonitor(robot, FusionSettings)
        self.share, self.now_s, self.progress, self.twist = 1.0, 0.0, 0.2, WALK
        self.pose, self.velocity = np.zeros(3), np.zeros(3)
        self.targets = robot.of_commanded('neutral_position')
        self.positions, self.blocked = self.targets.copy(), None
        self.odometry = True

    def run(self, seconds, finding=None):
        """Go on for a while, or until something is found; return what is, and how long it took."""
        for index in range(round(seconds / PERIOD_S)):
            self.now_s += PERIOD_S
            told = self.twist[[0, 1, 5]] * self.share
            self.pose = moved(self.pose, self.velocity, PERIOD_S)
            self.velocity += (1 - np.exp(-PERIOD_S / RESPONSE_S)) * (told - self.velocity)
            step = np.clip(self.targets - self.positions, -0.05, 0.05)
            if self.blocked is not None:
                step[self.blocked] = 0.0
            self.positions = self.positions + step
            found, word = self.monitor.update(Moment(
                self.now_s, self.twist, self.targets,
                self.pose if self.odometry else None, self.positions,
                step / PERIOD_S, self.progress))
            if found is finding:
                return found, word, (index + 1) * PERIOD_S
        return found, word, seconds


@pytest.fixture
def body(g1):
    return Body(g1)


def test_a_body_that_does_what_it_is_told_is_left_in_peace(body):
    for twist in (WALK, -WALK, np.zeros(6), WALK):
        body.twist = twist
        for _ in range(40):
            assert body.run(PERIOD_S)[0] is Finding.DOING
    assert body.monitor.share == pytest.approx(1.0, abs=0.1)


def test_a_base_that_slips_is_noticed_within_two_seconds(body):
    body.run(3.0)
    body.share = 0.5
    found, word, took_s = body.run(2.0, Finding.SLIPPING)
    assert found is Finding.SLIPPING and took_s < 2.0 and '%' in word
    body.share = 1.0
    assert body.run(2.0)[0] is Finding.DOING


def test_a_joint_that_is_blocked_is_noticed_within_two_seconds_by_name(body, g1):
    body.run(1.0)
    body.blocked = 3
    body.targets = body.targets + 0.5
    found, word, took_s = body.run(2.0, Finding.BLOCKED)
    assert found is Finding.BLOCKED and took_s < 2.0 and word == g1.commanded_joints[3]
    body.blocked = None
    assert body.run(1.0)[0] is Finding.DOING


def test_a_base_that_does_not_move_at_all_is_stuck_after_three_seconds(body):
    body.share = 0.0
    found, _, took_s = body.run(5.0, Finding.STUCK)
    assert found is Finding.STUCK and 2.8 <= took_s <= 3.3


def test_a_base_that_moves_while_the_policy_searches_is_not_stuck(body):
    body.progress, body.twist = 0.0, np.array([0, 0, 0, 0, 0, 0.5])
    assert all(body.run(PERIOD_S)[0] is Finding.DOING for _ in range(100))


def test_standing_without_being_done_is_being_lost_and_standing_at_the_end_is_not(body):
    body.twist, body.progress = np.zeros(6), 0.1
    assert body.run(2.5)[0] is Finding.LOST
    body.progress = 1.0
    assert body.run(0.1)[0] is Finding.DONE


def test_without_odometry_nothing_is_said_about_the_base(body):
    body.odometry, body.share = False, 0.0
    assert body.run(2.0)[0] is Finding.DOING and body.monitor.share is None


def test_nothing_of_before_is_held_against_the_next_command(body):
    body.share = 0.5
    assert body.run(3.0)[0] is Finding.SLIPPING
    body.monitor.reset()
    assert body.run(PERIOD_S)[0] is Finding.DOING
