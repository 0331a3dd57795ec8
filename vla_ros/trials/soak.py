"""Days compressed: controller, gate and the robot's interface under a clock that runs ahead."""
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vla_ros.control.controller import Controller
from vla_ros.control.gate import Gate
from vla_ros.control.modes import Mode
from vla_ros.control.settings import FusionSettings, GateSettings
from vla_ros.core.errors import VlaError
from vla_ros.core.package_files import robot_file
from vla_ros.core.robot import load_robot
from vla_ros.core.values import ActionChunk, Command, Trajectory
from vla_ros.ros.footprint import resident_mb
from vla_ros.sim.robot_interface import RobotInterface

PERIOD_S = 0.05
FAULT_EVERY_S = 5.0
TICKS_A_DAY = round(24 * 3600 / PERIOD_S)
_MOVES_AT_MOST_S = 1.0
"""How long after a fault began the robot may still move [s]: the longest time-out and some."""


@dataclass
class SoakReport:
    """What a soak has shown."""

    ticks: int = 0
    faults: int = 0
    refused: int = 0
    """Inputs that were refused, as a node would report them."""
    wrong: list[str] = field(default_factory=list)
    grew_mb: float = 0.0


class Soak:
    """One robot, no ROS, a fault every five seconds."""

    def __init__(self, seed: int):
        self.robot = load_robot(robot_file('unitree_g1'))
        self._rng, self._now_s, self._fault = np.random.default_rng(seed), 1000.0, ''
        self._controller = Controller(self.robot, FusionSettings())
        self._controller.warmed_up()
        self._gate = Gate(self.robot, GateSettings(armed_at_start=True))
        self._interface = RobotInterface(self.robot, 0.5)
        self._joints = np.array(self.robot.neutral_position)
        self._rest = self.robot.of_commanded('neutral_position')
        self._twist, self._fault_s, self._number = np.zeros(6), -np.inf, 0
        self._image = np.zeros((2, 2, 3), np.uint8)
        self.report = SoakReport()

    def run(self, ticks: int, progress: Callable[[int], None] = lambda tick: None) -> SoakReport:
        """Run command periods; `progress` is told how many have passed."""
        start_mb = None
        for tick in range(ticks):
            if tick % round(FAULT_EVERY_S / PERIOD_S) == 0:
                self._begin_fault()
            self._step(tick)
            if tick % 2000 == 0:
                progress(tick)
                start_mb = start_mb if start_mb is not None or tick < 10_000 else resident_mb()
        self.report.ticks = ticks
        self.report.grew_mb = resident_mb() - (start_mb if start_mb is not None else resident_mb())
        if self.report.grew_mb > 20:
            self.report.wrong.append(f'{self.report.grew_mb:.0f} MB more memory')
        return self.report

    def _begin_fault(self) -> None:
        self._fault = FAULTS[self._rng.integers(len(FAULTS))]
        self._fault_s = self._now_s
        self.report.faults += bool(self._fault)
        self._controller.reset(self._now_s)
        self._gate.reset()

    def _step(self, tick: int) -> None:
        self._now_s += PERIOD_S
        if self._fault == 'pause' and tick % 40 == 0:
            self._now_s += 3.0                          # everything was paused for a while
        self._guarded(self._sense)
        self._guarded(lambda: self._speak(tick))
        if tick % 2 == 0:
            self._guarded(self._think)
        self._guarded(lambda: self._drive(self._controller.tick(self._now_s)))

    def _guarded(self, call: Callable[[], None]) -> None:
        """Call as a node's callback is called: what is refused there stops nothing else."""
        try:
            call()
        except VlaError:
            self.report.refused += 1
        except Exception as error:  # what the soak looks for
            self.report.wrong.append(f'{self._fault}: {type(error).__name__}: {error}')

    def _sense(self) -> None:
        controller, now_s = self._controller, self._now_s
        if self._fault != 'no image':
            frozen = self._fault == 'frozen'
            controller.image.put(self._image, now_s, 2.0 if self._fault == 'old stamps' else None)
            controller.picture.see(b'same' if frozen else self._rng.bytes(4), now_s)
        if self._fault != 'no joints':
            controller.joints.put((self._joints, np.zeros_like(self._joints)), now_s)
            self._gate.put_joints(self._joints[self.robot.commanded_index], now_s)

    def _speak(self, tick: int) -> None:
        if tick % 60 == 0:
            self._controller.instruct('go to the red cube', self._now_s)
        if self._fault == 'stop' and tick % 60 == 10:
            self._controller.instruct('stop', self._now_s)
        if self._fault == 'noise':
            self._controller.instruct(''.join(map(chr, self._rng.integers(1, 900, 40))),
                                      self._now_s)

    def _think(self) -> None:
        if self._fault == 'hung policy':
            return
        twist = np.tile([0.4, 0.0, 0.0, 0.0, 0.0, 0.2], (10, 1))
        joints = self._rest + 0.2 * np.sin(self._now_s + np.linspace(0, 1, 10))[:, None]
        if self._fault == 'wild policy':
            twist = self._rng.normal(0, 50, (10, 6))
            joints = self._rng.normal(0, 50, (10, len(self._rest)))
        if self._fault == 'no numbers':
            twist[self._rng.integers(10), self._rng.integers(6)] = np.nan
        self._controller.accept(ActionChunk(self._now_s, 0.1, twist, joints),
                                self._controller.instruction.number)

    def _drive(self, command: Command) -> None:
        self._judge_mode(command)
        if self._fault != 'dead fusion node':
            self._gate.put_twist('policy', command.twist, self._now_s)
            if command.joint_names:
                self._gate.put_trajectory('policy', Trajectory(
                    tuple(command.joint_names), command.joint_positions, command.joint_times_s),
                    self._now_s)
        if self._fault != 'dead gate':
            output = self._gate.tick(self._now_s)
            if output.twist is not None:
                self._judge(output.twist)
                self._interface.put_twist(output.twist, self._now_s)
            if output.trajectory is not None:
                self._interface.put_trajectory(output.trajectory, self._now_s)
        self._follow()

    def _follow(self) -> None:
        targets, index = self._interface.targets_at(self._now_s), self.robot.commanded_index
        self._joints = self._joints.copy()
        self._joints[index] += np.clip(targets - self._joints[index], -0.15, 0.15)
        stands = self._fault in STANDING and self._now_s - self._fault_s > _MOVES_AT_MOST_S
        if stands and self._interface.twist_at(self._now_s).any():
            self.report.wrong.append(f'{self._fault}: still moving')

    def _judge_mode(self, command: Command) -> None:
        if self._controller.mode is not Mode.ACTIVE and not command.is_still:
            self.report.wrong.append(f'{self._controller.mode.value}: moving')

    def _judge(self, twist: np.ndarray) -> None:
        axes, robot = self.robot.base_index, self.robot
        low, high = np.array(robot.base_velocity_min), np.array(robot.base_velocity_max)
        within = (np.isfinite(twist).all() and (twist[axes] >= low - 1e-9).all()
                  and (twist[axes] <= high + 1e-9).all())
        if not within:
            self.report.wrong.append(f'{self._fault}: out of limits: {twist}')


STANDING = ('no image', 'no joints', 'old stamps', 'hung policy', 'no numbers',
            'dead fusion node', 'dead gate')
"""Faults under which the robot must stand soon."""
FAULTS = ('', *STANDING, 'frozen', 'stop', 'noise', 'wild policy', 'pause')
