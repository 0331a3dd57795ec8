"""Asking Nav2 to walk: its NavigateToPose action, where it is installed."""
from action_msgs.msg import GoalStatus
from action_msgs.srv import CancelGoal
from geometry_msgs.msg import PoseStamped
import numpy as np
from rclpy.action import ActionClient
from rclpy.node import Node

from vla_ros.core.errors import MissingDependencyError
from vla_ros.planning.behaviours import Orders
from vla_ros.planning.context import NavigatorState
from vla_ros.ros.reports import Reports

try:
    from nav2_msgs.action import NavigateToPose
except ImportError:                                     # Nav2 is an installation of its own
    NavigateToPose = None

_NAME = 'navigate_to_pose'
_NOBODY = f'nobody serves {_NAME}'
_REFUSED, _GAVE_UP = 'it refused', 'it gave up'


class Nav2Client:
    """One goal at a time; the newest replaces the one before. Owned by the executor's thread."""

    def __init__(self, node: Node, reports: Reports, action=NavigateToPose):
        """
        Connect.

        :raises MissingDependencyError: if Nav2's messages are not installed.
        """
        if action is None:
            raise MissingDependencyError('navigator nav2 needs nav2_msgs: apt install '
                                         'ros-$ROS_DISTRO-nav2-msgs, or navigator:=own')
        self._node, self._reports, self._action = node, reports, action
        self._client = ActionClient(node, action, _NAME)
        self._number, self._goal = 0, None
        self._open = set()                              # numbers: accepted, and not ended yet
        self._state, self._reason = NavigatorState.IDLE, ''

    def look(self) -> tuple[NavigatorState, str]:
        """Return what became of the newest goal, and why it failed."""
        if self._state is NavigatorState.RUNNING and not self._client.server_is_ready():
            self._fail(_NOBODY)
        return self._state, self._reason

    def obey(self, orders: Orders, frame: str) -> None:
        """Send a new goal, or call the one before off, as ordered."""
        if orders.cancels_goal or orders.goal is not None:
            if self._goal is not None:
                self._call_off(self._number, self._goal)
            self._number, self._goal = self._number + 1, None
            self._state, self._reason = NavigatorState.IDLE, ''
        if orders.goal is not None:
            self._ask(orders.goal, frame)

    def _ask(self, pose: np.ndarray, frame: str) -> None:
        if not self._client.server_is_ready():
            self._fail(_NOBODY)
            return
        goal, number = self._action.Goal(), self._number
        goal.pose = _pose_msg(pose, frame, self._node)
        self._state = NavigatorState.RUNNING
        self._client.send_goal_async(goal).add_done_callback(
            lambda future: self._answered(number, future.result()))

    def _answered(self, number: int, goal) -> None:
        """Take whether the goal was accepted; one that nobody wants any more is called off."""
        is_wanted = number == self._number
        if not goal.accepted:
            if is_wanted:
                self._fail(_REFUSED)
            return
        self._open.add(number)
        goal.get_result_async().add_done_callback(
            lambda future: self._ended(number, future.result()))
        if is_wanted:
            self._goal = goal
        else:
            self._call_off(number, goal)

    def _ended(self, number: int, answer) -> None:
        self._open.discard(number)
        if not self._open:
            self._reports.right('nav2')
        if number != self._number:
            return
        self._goal = None
        if answer.status == GoalStatus.STATUS_SUCCEEDED:
            self._state = NavigatorState.DONE
        elif answer.status == GoalStatus.STATUS_CANCELED:
            self._state = NavigatorState.CALLED_OFF
        else:
            said = getattr(answer.result, 'error_msg', '').strip(' .')  # not before Kilted
            self._fail(f'{_GAVE_UP} ({said})' if said else _GAVE_UP)

    def _fail(self, reason: str) -> None:
        self._state, self._reason = NavigatorState.FAILED, reason

    def _call_off(self, number: int, goal) -> None:
        goal.cancel_goal_async().add_done_callback(
            lambda future: self._called_off(number, future.result()))

    def _called_off(self, number: int, answer: CancelGoal.Response) -> None:
        """Report a refusal; a goal that has ended meanwhile can't be called off either."""
        refusals = answer.ERROR_REJECTED, answer.ERROR_NONE  # by servers in C++ and in Python
        if (number in self._open and not answer.goals_canceling
                and answer.return_code in refusals):
            self._reports.wrong('nav2', 'it refuses to be called off, so it goes on')


def _pose_msg(pose: np.ndarray, frame: str, node: Node) -> PoseStamped:
    msg = PoseStamped()
    msg.header.stamp, msg.header.frame_id = node.get_clock().now().to_msg(), frame
    msg.pose.position.x, msg.pose.position.y = float(pose[0]), float(pose[1])
    yaw = 0.0 if np.isnan(pose[2]) else float(pose[2])
    msg.pose.orientation.w, msg.pose.orientation.z = float(np.cos(yaw / 2)), float(
        np.sin(yaw / 2))
    return msg
