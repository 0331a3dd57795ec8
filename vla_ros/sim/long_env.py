"""A long command on the walking robot in the apartment: ten decisions a second, no ROS."""
from collections.abc import Sequence
from typing import Any

import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.perception.map_pictures import map_picture, Mark, Subtask
from vla_ros.sim.apartment_scenes import apartment_map
from vla_ros.sim.camera import Eye
from vla_ros.sim.env import body_of, parted, spread
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.long_suite import LongEpisode
from vla_ros.sim.tasks.long_task import LongJudge, LongVerdict, ShortestWay
from vla_ros.sim.world import World

_SETTLES_S = 0.5


class LongEnv:
    """
    One long episode: whoever carries the command out steps it and sees what the robot sees.

    `world.scenery` shuts doorways and moves solids meanwhile. Belongs to the thread that made
    it, as its camera does.
    """

    def __init__(self, robot: RobotDescription, episode: LongEpisode, shortest_m: ShortestWay,
                 *, width: int = 320, height: int = 240, mesh_cell_m: float = 0.02):
        self.robot, self.episode = robot, episode
        self.world = World(robot, episode.scene, mesh_cell_m)
        self._eye = Eye(self.world, width, height)
        rest = robot.of_commanded('neutral_position')
        for _ in range(round(_SETTLES_S / PERIOD_S)):
            self.world.step(np.zeros(3), rest)
        self._start_s = self.world.time_s
        self._judge = LongJudge(episode.task, self.world.base_pose, 0.0, shortest_m)
        self._poses = [self.world.base_pose]

    def step(self, action: np.ndarray) -> bool:
        """
        Go on by `TICK_S` and return whether the episode is over.

        :param action: [base axes | commanded joints], (A,) or (n, A), as `G1Env` takes it.
        """
        for row in spread(action):
            self.advance(row)
        return self.judged()

    def advance(self, action: np.ndarray) -> None:
        """Go on by `PERIOD_S`, the finest step there is, with one action (A,)."""
        twist, arms = parted(self.robot, action)
        self.world.step(twist, arms)

    def judged(self) -> bool:
        """Return whether the episode is over; asked once a tick."""
        self._poses.append(self.world.base_pose)
        body = Body(self.world.base_pose, self.world.base_velocity)
        is_done = self._judge.update(body, self.world.scene, self.elapsed_s)
        return is_done or self.world.is_fallen or self.elapsed_s >= self.episode.limit_s

    def observe(self) -> dict[str, Any]:
        """Return what the robot sees and feels now, as `G1Env` does; instructions are not here."""
        return {'image': self.look(), **body_of(self.world)}

    def look(self) -> np.ndarray:
        """Return what the robot's camera sees, (H, W, 3) uint8 RGB."""
        return self._eye.look()

    def told(self) -> None:
        """Note that the robot was told the next thing: a movement is judged from here."""
        self._judge.told(self.elapsed_s)

    @property
    def elapsed_s(self) -> float:
        """Return the time since the command [s]."""
        return self.world.time_s - self._start_s

    def verdict(self, given_up: str = '') -> LongVerdict:
        """
        Return how it went up to now.

        :param given_up: why the planner ended it, if it did.
        """
        return self._judge.verdict(self.elapsed_s, is_fallen=self.world.is_fallen,
                                   contacts=self.world.scenery.contacts, given_up=given_up)

    def picture(self, planned: Sequence[np.ndarray] = (), note: str = '') -> np.ndarray:
        """
        Return the map with the way walked, solids and subtasks, (H, W, 3) uint8 RGB.

        :param planned: ways that were meant to be walked, each (N, 2) [m].
        :param note: a line more, such as why it failed.
        """
        marks = [Mark(s.name, s.position, s.size_m, tuple(round(255 * c) for c in s.rgb))
                 for s in self.world.scene.solids]
        subtasks = [Subtask(leg.words, leg.is_done, leg.end) for leg in self.verdict().legs]
        return map_picture(
            apartment_map(), np.array(self._poses), planned=planned, marks=marks,
            subtasks=subtasks, title=' '.join([self.episode.task.command, note]).strip())

    def close(self) -> None:
        """Free the camera."""
        self._eye.close()
