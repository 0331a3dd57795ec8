"""
The whole robot at a long command, in simulated time: planner, perception, policy, controller.

What runs in four processes on a robot runs here one after the other, at the rates of those: the
planner decides ten times a second, perception looks two or three times, the policy sees ten images
a second while it is told something, and the fusion node's controller passes every command.
"""
from dataclasses import dataclass

import numpy as np

from vla_ros.control.controller import Controller
from vla_ros.core.intrinsics import pinhole
from vla_ros.core.policy import Policy
from vla_ros.core.values import Observation
from vla_ros.inference.perception import Perceiver
from vla_ros.perception.decoding import objects_of
from vla_ros.perception.segments import Segment
from vla_ros.perception.settings import PerceptionSettings
from vla_ros.planning.behaviours import Orders, STOP
from vla_ros.planning.decompose import Decomposer
from vla_ros.planning.executive import PlanState
from vla_ros.planning.goals import Plan
from vla_ros.planning.planner import Planner
from vla_ros.planning.settings import PlannerSettings
from vla_ros.planning.sightings import CameraMount
from vla_ros.sim.apartment_scenes import apartment_map
from vla_ros.sim.env import TICK_S
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.long_env import LongEnv

INFERENCE_PERIODS = 3
"""A chunk takes effect so many command periods after its image, as it does on a robot."""
_LOOKS_EVERY = 4
"""Ticks from one look of perception to the next; an image older than half a second is no use."""
_SETTLES_S = 3.0
"""How long a robot may come to rest after the planner has ended."""


@dataclass(frozen=True)
class Minds:
    """What is loaded once, and serves one episode after another."""

    policy: Policy
    perceiver: Perceiver
    decomposer: Decomposer


class LongPilot:
    """Makes the robot of an environment do what its long command says."""

    def __init__(self, env: LongEnv, minds: Minds,
                 settings: PlannerSettings = PlannerSettings()):
        self._env, self._minds = env, minds
        robot = env.robot
        self.planner = Planner(CameraMount(
            robot.camera_position[0], settings.camera_height, robot.camera_pitch), settings)
        grid = apartment_map()
        self.planner.put_map(grid)
        self.planner.put_places(grid.places)
        self.controller = Controller(robot)
        self.controller.warmed_up()
        self.routes: list[np.ndarray] = []
        """Ways that were planned, each (N, 2) [m]."""
        self.says: list[str] = []
        self._answered, self._chunk, self._ticks, self._mode = 0, None, 0, ''
        self._newest = self.controller.tick(env.elapsed_s)
        self._ended_s: float | None = None

    def begin(self) -> None:
        """Hear the command."""
        self._feel()
        outcome = self._minds.decomposer.decompose(
            self._env.episode.task.command, self.planner.knowledge())
        self._obey(self.planner.begin(outcome, self._env.elapsed_s))
        if not isinstance(outcome, Plan):
            self._ended_s = self._env.elapsed_s

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will come."""
        return self._ended_s is not None and self._env.elapsed_s - self._ended_s >= _SETTLES_S

    @property
    def account(self) -> str:
        """Return why the planner ended it, in its words, or what it believes of it."""
        report = self.planner.executive.report()
        match report.state:
            case PlanState.IDLE:
                return ' '.join(self.says)              # a question, or why it can't
            case PlanState.RUNNING:
                return f'I am still at this: {report.current}.'
            case PlanState.DONE:
                return 'I believe that all is done.'
        return report.reason

    def tick(self) -> None:
        """Go on by `TICK_S`."""
        self._feel()
        self._see()
        orders = self.planner.tick(self._env.elapsed_s)
        self._obey(orders)
        self._think()
        for period in range(round(TICK_S / PERIOD_S)):
            self._advance(period, orders.twist)
        self._ticks += 1
        if self._ended_s is None and self.planner.executive.state is not PlanState.RUNNING:
            self._ended_s = self._env.elapsed_s

    def _feel(self) -> None:
        world, now_s = self._env.world, self._env.elapsed_s
        self.controller.joints.put((world.joint_positions, world.joint_velocities), now_s)
        self.controller.odometry.put((world.base_pose, world.base_velocity), now_s)
        self.planner.put_pose(world.base_pose, now_s)

    @property
    def _is_told(self) -> bool:
        return bool(self.controller.instruction.text)

    def _see(self) -> None:
        """Look through the camera if anybody wants to know."""
        is_looking, now_s = self._ticks % _LOOKS_EVERY == 0, self._env.elapsed_s
        if not (is_looking or self._is_told):
            return
        image = self._env.look()
        self.controller.picture.see(image, now_s)
        self.controller.image.put(image, now_s)
        if is_looking:
            self._perceive(image, now_s)

    def _perceive(self, image: np.ndarray, now_s: float) -> None:
        """Let the planner know what perception sees, as its node would publish it."""
        height, width = image.shape[:2]
        perceiver = self._minds.perceiver
        percept = perceiver.perceive(
            image, pinhole(width, height, self._env.robot.camera_vertical_fov))
        self.planner.see(objects_of(percept, perceiver.kinds,
                                    PerceptionSettings().confidence_min), now_s)
        if self.planner.settings.depth_obstacles:
            depth = np.where(percept.segmentation == Segment.BACKGROUND, np.nan, percept.depth_m)
            self.planner.see_depth(depth, percept.intrinsics, now_s)

    def _think(self) -> None:
        """Ask the policy, if it is told anything."""
        self._chunk, told = None, self.controller.instruction
        if not told.text:
            return
        if told.number != self._answered:
            self._minds.policy.reset(told.text)
            self._answered = told.number
        image, _ = self.controller.image.get(self._env.elapsed_s)
        self._chunk = self._minds.policy.infer(self._observation(image))

    def _advance(self, period: int, twist: np.ndarray | None) -> None:
        """Go on by one command period; who walks by the map comes before the policy."""
        if self._is_told or period == 0:                # a policy that rests says nothing new
            self._command(period)
        env, command = self._env, self._newest
        joints = (command.joint_positions[0] if command.joint_names
                  else env.robot.of_commanded('neutral_position'))
        base = command.twist[env.robot.base_index] if twist is None else twist
        env.advance(np.concatenate([base, joints]))

    def _command(self, period: int) -> None:
        """Let the controller decide what leaves, and say what it does."""
        now_s = self._env.elapsed_s
        self._feel()
        if period == INFERENCE_PERIODS and self._chunk is not None:
            self.controller.accept(self._chunk, self._answered, now_s)
        self._newest = self.controller.tick(now_s)
        self._say(f'{self.controller.mode.value}: {self._newest.reason}')

    def _say(self, said: str) -> None:
        """Tell the planner what the fusion node would say of itself."""
        if said != self._mode:
            self._mode = said
            self.planner.put_mode(said)
        self.planner.put_progress(self.controller.progress)

    def _observation(self, image: np.ndarray) -> Observation:
        """Return what the policy decides on."""
        world = self._env.world
        return Observation(self._env.elapsed_s, image, world.joint_positions,
                           world.joint_velocities, self.controller.instruction.text,
                           world.base_pose, world.base_velocity)

    def _obey(self, orders: Orders) -> None:
        for text in orders.instructions:
            if text != STOP:
                self._env.told()
            self.controller.instruct(text, self._env.elapsed_s)
        self.says += orders.says
        if orders.route is not None:
            self.routes.append(orders.route.points)
