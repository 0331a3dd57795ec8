"""Asking Nav2 to walk: its NavigateToPose action, where it is installed."""
from geometry_msgs.msg import PoseStamped
import numpy as np
from rclpy.action import ActionClient
from rclpy.node import Node

from vla_ros.core.errors import MissingDependencyError
from vla_ros.planning.behaviours import Orders
from vla_ros.planning.context import NavigatorState

try:
    from nav2_msgs.action import NavigateToPose
except ImportError:                                     # Nav2 is an installation of its own
    NavigateToPose = None

_SUCCEEDED = 4
"""GoalStatus.STATUS_SUCCEEDED."""


class Nav2Client:
    """One goal at a time; the newest replaces the one before. Owned by the executor's thread."""

    def __init__(self, node: Node, action=NavigateToPose):
        """
        Connect.

        :raises MissingDependencyError: if Nav2's messages are not installed.
        """
        if action is None:
            raise MissingDependencyError('navigator nav2 needs nav2_msgs: apt install '
                                         'ros-$ROS_DISTRO-nav2-msgs, or navigator:=own')
        self._node, self._action = node, action
        self._client = ActionClient(node, action, 'navigate_to_pose')
        self._number, self._goal = 0, None
        self.state = NavigatorState.IDLE
        """Of the newest goal."""

    def obey(self, orders: Orders, frame: str) -> None:
        """Send a new goal, or call the one before off, as ordered."""
        if orders.cancels_goal or orders.goal is not None:
            self._number += 1
            self.state = NavigatorState.IDLE
            if self._goal is not None:
                self._goal.cancel_goal_async()
                self._goal = None
        if orders.goal is not None:
            self._ask(orders.goal, frame)

    def _ask(self, pose: np.ndarray, frame: str) -> None:
        if not self._client.server_is_ready():
            self.state = NavigatorState.FAILED
            return
        goal, number = self._action.Goal(), self._number
        goal.pose = _pose_msg(pose, frame, self._node)
        self.state = NavigatorState.RUNNING
        self._client.send_goal_async(goal).add_done_callback(
            lambda future: self._answered(number, future.result()))

    def _answered(self, number: int, goal) -> None:
        """Take whether the goal was accepted; one that nobody wants any more is called off."""
        if number != self._number:
            if goal.accepted:
                goal.cancel_goal_async()
        elif not goal.accepted:
            self.state = NavigatorState.FAILED
        else:
            self._goal = goal
            goal.get_result_async().add_done_callback(
                lambda future: self._ended(number, future.result().status))

    def _ended(self, number: int, status: int) -> None:
        if number == self._number:
            self._goal = None
            self.state = (NavigatorState.DONE if status == _SUCCEEDED
                          else NavigatorState.FAILED)


def _pose_msg(pose: np.ndarray, frame: str, node: Node) -> PoseStamped:
    msg = PoseStamped()
    msg.header.stamp, msg.header.frame_id = node.get_clock().now().to_msg(), frame
    msg.pose.position.x, msg.pose.position.y = float(pose[0]), float(pose[1])
    yaw = 0.0 if np.isnan(pose[2]) else float(pose[2])
    msg.pose.orientation.w, msg.pose.orientation.z = float(np.cos(yaw / 2)), float(
        np.sin(yaw / 2))
    return msg
