"""
The command gate, without ROS: the last thing between any source of commands and the robot.

Inputs have a topic, a priority and a time-out (as in twist_mux). The highest live one is
forwarded within the robot's limits; when all fall silent the robot is told to stand, and then
nothing, so that others may take over. It knows no model and no image. Times are steady.
"""
from dataclasses import dataclass
from enum import Enum
import math

import numpy as np

from vla_ros.control.freshness import PauseWatch
from vla_ros.control.guard import Guard, Passed, Wish
from vla_ros.control.settings import GateSettings
from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import Trajectory

POINTS_MAX = 100
HOLD_S = 0.4
SOFT_SHARE = 0.5
JOINTS_MAX_AGE_S = 0.5
"""Joints that were last measured longer ago are not sent anywhere [s]."""


class GateState(Enum):
    """What the gate does."""

    DISARMED = 'disarmed'
    LIVE = 'live'
    SILENT = 'no live input'
    NO_HEARTBEAT = 'no heartbeat'
    STOPPED = 'stopped'


@dataclass(frozen=True)
class GateOutput:
    """What goes to the robot; None: nothing is sent."""

    twist: np.ndarray | None
    """(6,) [m/s, rad/s]."""
    trajectory: Trajectory | None
    state: GateState
    source: str = ''
    """The input that is forwarded."""


@dataclass
class _Input:
    priority: int
    twist: np.ndarray
    heard_s: float = -math.inf
    trajectory: Trajectory | None = None


class Gate:
    """Forwards one source of commands at a time. Owned by one thread."""

    def __init__(self, robot: RobotDescription, settings: GateSettings = GateSettings()):
        if len(settings.inputs) != len(settings.priorities):
            raise ConfigurationError(
                f'inputs and priorities differ in length: {list(settings.inputs)}, '
                f'{list(settings.priorities)}')
        self.robot, self.settings = robot, settings
        self.refused = 0
        self._inputs = {name: _Input(priority, np.zeros(6)) for name, priority in
                        zip(settings.inputs, settings.priorities, strict=True)}
        self.guard = Guard(robot, lambda: self.settings)
        self._index = {name: i for i, name in enumerate(robot.commanded_joints)}
        self._is_armed, self._is_stopped = False, False
        self._wants_arming = settings.armed_at_start
        self._armed_s = self._standing_s = self._beat_s = -math.inf
        self._pauses = PauseWatch()
        self._measured: np.ndarray | None = None
        self._measured_s = -math.inf
        self._held: np.ndarray | None = None

    def put_twist(self, name: str, twist: np.ndarray, now_s: float) -> None:
        """
        Take a twist (6,) of an input.

        :raises InvalidValueError: if a number is not finite; it then counts as not sent.
        """
        if not np.isfinite(twist).all():
            self.refused += 1
            said = ', '.join(format(v, '.3g') for v in twist)
            raise InvalidValueError(f'{name}/cmd_vel: not finite: {said}')
        self._inputs[name].twist, self._inputs[name].heard_s = np.array(twist, float), now_s

    def put_trajectory(self, name: str, trajectory: Trajectory, now_s: float) -> None:
        """
        Take a trajectory of an input.

        :raises InvalidValueError: if it names an unknown joint, is empty or too long, has
            numbers that are not finite, or times that don't rise.
        """
        if reason := self._wrong_with(trajectory):
            self.refused += 1
            raise InvalidValueError(f'{name}/joint_trajectory: {reason}')
        self._inputs[name].trajectory = trajectory

    def put_joints(self, positions: np.ndarray, now_s: float) -> None:
        """Take the measured positions (C,) of the commanded joints [rad]."""
        self._measured, self._measured_s = np.array(positions, float), now_s

    def wants_joints(self, now_s: float) -> bool:
        """Return whether it matters now where the joints are: to send them somewhere, or hold."""
        state = self._judge(self._selected(now_s), now_s)
        is_sending = any(i.trajectory is not None for i in self._inputs.values())
        return is_sending if state is GateState.LIVE else self._held is None

    def beat(self, now_s: float) -> None:
        """Take a heartbeat: whoever has to agree that the robot may move still does."""
        self._beat_s = now_s

    def stop(self) -> None:
        """Stand until `reset`."""
        self._is_stopped = True

    def reset(self) -> None:
        """Leave the stop; the gate has to be armed again, by itself or by `arm`."""
        self._is_stopped = self._is_armed = False

    def arm(self, wanted: bool, now_s: float) -> tuple[bool, str]:
        """Arm or disarm; return whether that was done, and a sentence."""
        if not wanted:
            self._is_armed = self._wants_arming = False
            return True, 'disarmed'
        if self._is_stopped:
            return False, 'stopped: call reset first'
        if self._selected(now_s) is None:
            return False, f'no live input among {list(self._inputs)}'
        self._is_armed, self._armed_s = True, now_s
        self._drop_trajectories()
        return True, 'armed'

    def tick(self, now_s: float) -> GateOutput:
        """Return what goes to the robot now. Called at the gate's rate."""
        if self._pauses.is_waking(now_s, 1.0 / self.settings.rate):
            self._forget_inputs()
        if self._wants_arming and not self._is_armed:
            self.arm(True, now_s)
        name = self._selected(now_s)
        state = self._judge(name, now_s)
        if state is GateState.LIVE:
            self._held, self._standing_s = None, math.inf
            return self._forward(name, now_s)
        return self._stand(state, now_s)

    def _judge(self, name: str | None, now_s: float) -> GateState:
        if self._is_stopped:
            return GateState.STOPPED
        if not self._is_armed:
            return GateState.DISARMED
        most_s = self.settings.heartbeat_timeout
        if most_s > 0 and now_s - self._beat_s > most_s:
            return GateState.NO_HEARTBEAT
        return GateState.SILENT if name is None else GateState.LIVE

    def _selected(self, now_s: float) -> str | None:
        """Return the live input of the highest priority."""
        live = [n for n, i in self._inputs.items()
                if now_s - i.heard_s <= self.settings.timeout]
        return max(live, key=lambda n: self._inputs[n].priority, default=None)

    def _forward(self, name: str, now_s: float) -> GateOutput:
        source = self._inputs[name]
        is_soft = now_s - self._armed_s < self.settings.soft_start
        trajectory, source.trajectory = source.trajectory, None
        is_blind = now_s - self._measured_s > JOINTS_MAX_AGE_S
        if trajectory is None or is_blind:
            points = times_s = None
        else:
            points, times_s = self._all_joints(trajectory), trajectory.times_s
        passed = self.guard.pass_on(Wish(source.twist, points, times_s, self._measured,
                                         SOFT_SHARE if is_soft else 1.0), now_s)
        return GateOutput(passed.twist, self._trajectory(passed), GateState.LIVE, name)

    def _stand(self, state: GateState, now_s: float) -> GateOutput:
        """Return zeros and held joints: always when stopped, else for a while, then nothing."""
        self.guard.stop()
        self._drop_trajectories()                       # none is caught up on later
        self._standing_s = min(self._standing_s, now_s)
        if not self._is_stopped and now_s - self._standing_s > self.settings.zeros_duration:
            return GateOutput(None, None, state)
        if self._held is None and now_s - self._measured_s <= JOINTS_MAX_AGE_S:
            self._held = self._measured                 # never where they were long ago
        held = self._held
        points, times_s = (None, None) if held is None else (held[None], np.array([HOLD_S]))
        passed = self.guard.pass_on(Wish(np.zeros(6), points, times_s, held), now_s)
        return GateOutput(passed.twist, self._trajectory(passed), state)

    def _all_joints(self, trajectory: Trajectory) -> np.ndarray:
        """Return points (P, C) for all commanded joints; those not named stay where they are."""
        points = np.tile(self._measured, (len(trajectory.times_s), 1))
        points[:, [self._index[n] for n in trajectory.joint_names]] = trajectory.positions
        return points

    def _trajectory(self, passed: Passed) -> Trajectory | None:
        if passed.points is None:
            return None
        return Trajectory(self.robot.commanded_joints, passed.points, passed.times_s)

    def _forget_inputs(self) -> None:
        """Count nothing as heard: what was found on waking up may be of any age."""
        self._beat_s = self._measured_s = -math.inf
        for source in self._inputs.values():
            source.heard_s = -math.inf

    def _drop_trajectories(self) -> None:
        for source in self._inputs.values():
            source.trajectory = None

    def _wrong_with(self, trajectory: Trajectory) -> str:
        names, points = trajectory.joint_names, len(trajectory.times_s)
        if unknown := set(names) - self._index.keys():
            return f'unknown joints {sorted(unknown)}; known: {list(self._index)}'
        if len(set(names)) != len(names) or not names:
            return f'joints named twice or not at all: {list(names)}'
        if not 1 <= points <= POINTS_MAX:
            return f'{points} points, expected 1 to {POINTS_MAX}'
        if trajectory.positions.shape != (points, len(names)):
            return (f'positions of shape {trajectory.positions.shape}, expected '
                    f'{(points, len(names))}')
        if not (np.isfinite(trajectory.positions).all() and np.isfinite(
                trajectory.times_s).all()):
            return 'not finite'
        return '' if trajectory.is_rising else (
            f"times that don't rise from zero: {trajectory.times_s.tolist()}")
