"""Walking by another navigator, which answers by hand here; `test/ros` asks a real server."""
from dataclasses import replace

import numpy as np
import pytest
from world_of_fakes import FakeRobot, MOUNT, PERIOD_S

from vla_ros.planning.context import NavigatorState
from vla_ros.planning.executive import PlanState
from vla_ros.planning.goals import Navigate, Plan
from vla_ros.planning.planner import Planner
from vla_ros.planning.settings import NAV2, PlannerSettings

RUNNING, DONE, FAILED = NavigatorState.RUNNING, NavigatorState.DONE, NavigatorState.FAILED


class AskingRobot(FakeRobot):
    """Stands where it is; its navigator is in the state that a test puts it in."""

    navigator, reason = NavigatorState.IDLE, ''

    @property
    def situation(self):
        return replace(super().situation, navigator=self.navigator, navigator_reason=self.reason)

    def after(self, state, reason=''):
        """Return what is ordered in the period in which the navigator says so."""
        self.navigator, self.reason = state, reason
        return self.tick()


@pytest.fixture
def robot():
    robot = AskingRobot(navigator=NAV2).begin(Navigate('kitchen'))
    assert robot.tick().goal is not None
    return robot


def test_a_place_that_is_reached_at_once_is_done(robot):
    robot.after(DONE)
    assert robot.executive.state is PlanState.DONE


def test_the_second_attempt_is_not_called_off_with_the_first(robot):
    again = robot.after(FAILED, 'it gave up')
    assert again.cancels_goal and again.goal is not None
    assert not any(robot.after(RUNNING).cancels_goal for _ in range(5))
    assert not robot.after(DONE).cancels_goal
    assert robot.executive.state is PlanState.DONE


def test_two_failures_end_the_plan_with_the_navigators_reason(robot):
    robot.after(FAILED, 'it refused')
    robot.after(FAILED, 'it gave up')
    assert robot.executive.state is PlanState.FAILED
    assert robot.said == ['The navigator did not get to the kitchen: it gave up. I tried twice.']


@pytest.mark.parametrize('lost_s, state', [(2.0, PlanState.RUNNING), (4.0, PlanState.FAILED)])
def test_odometry_may_be_away_for_a_moment(robot, lost_s, state):
    robot.is_lost = True
    for _ in range(round(lost_s / PERIOD_S)):
        robot.after(RUNNING)
    assert robot.executive.state is state


def test_who_calls_the_navigator_off_ends_the_plan_and_not_the_next_one():
    planner, fake = Planner(MOUNT, PlannerSettings(navigator=NAV2)), FakeRobot()
    planner.put_map(fake.grid)
    planner.put_places(fake.grid.places)
    planner.put_pose(np.array([1.5, 3.0, 0.0]), 0.0)
    plan = Plan('', (Navigate('kitchen'),))
    planner.begin(plan, 0.0)
    planner.tick(0.0)
    planner.put_navigator(NavigatorState.CALLED_OFF)
    orders = planner.tick(0.1)
    assert planner.executive.state is PlanState.CANCELLED
    assert orders.instructions == ['stop'] and orders.cancels_goal and orders.goal is None
    planner.begin(plan, 0.1)
    assert planner.tick(0.1).goal is not None
