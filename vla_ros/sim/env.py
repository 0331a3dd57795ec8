"""The simulated G1 as a `gymnasium.Env`: ten decisions a second, no ROS, no wall clock."""
from dataclasses import replace
from typing import Any
import zlib

import gymnasium
from gymnasium import spaces
import numpy as np

from vla_ros.core.robot import RobotDescription
from vla_ros.sim.camera import Eye
from vla_ros.sim.disturbances import Disturbances
from vla_ros.sim.experts.arms import arms_as
from vla_ros.sim.experts.waist import bent
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.randomisation import NOTHING, Randomisation
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.judge import Judge
from vla_ros.sim.tasks.suites import Episode, episode, Suite
from vla_ros.sim.world import World

TICK_S = 0.1
_LIFTING_S = 1.6
"""Time to take up a posture before an episode begins [s]."""


class G1Env(gymnasium.Env):
    """
    One episode of a suite after another.

    An action is [base axes | commanded joints] of the robot description, in m/s, rad/s and rad,
    held for `TICK_S`; or a row of such actions, (n, A), spread evenly over the tick. The reward
    is 1 at the tick at which the judge says the goal is reached.
    """

    metadata = {'render_modes': ['rgb_array'], 'render_fps': round(1 / TICK_S)}
    render_mode = 'rgb_array'

    def __init__(self, robot: RobotDescription, suite: Suite = Suite.GOTO, *,
                 width: int = 320, height: int = 240, mesh_cell_m: float = 0.02,
                 slip: float = 0.0, randomisation: Randomisation = NOTHING):
        """
        Make an environment.

        :param slip: part of its commanded velocity that the base loses, 0 to 1.
        :param randomisation: of every episode, drawn anew by its own seed and the scene.
        """
        self.randomisation = randomisation
        self.robot, self.suite, self.slip = robot, suite, slip
        self._size, self._mesh_cell_m = (width, height), mesh_cell_m
        self._episodes = -1
        self._eye: Eye | None = None
        joints = (len(robot.joint_names),)
        self.observation_space = spaces.Dict({
            'image': spaces.Box(0, 255, (height, width, 3), np.uint8),
            'joint_positions': spaces.Box(-np.inf, np.inf, joints),
            'joint_velocities': spaces.Box(-np.inf, np.inf, joints),
            'base_pose': spaces.Box(-np.inf, np.inf, (3,)),
            'base_velocity': spaces.Box(-np.inf, np.inf, (3,)),
            'instruction': spaces.Text(256, min_length=0)})
        self.action_space = spaces.Box(
            np.concatenate([robot.base_velocity_min, robot.of_commanded('position_min')]),
            np.concatenate([robot.base_velocity_max, robot.of_commanded('position_max')]),
            dtype=np.float64)

    def reset(self, *, seed: int | None = None,
              options: dict[str, Any] | None = None) -> tuple[dict, dict]:
        """Start the next episode of the suite, or `options['episode']`."""
        super().reset(seed=seed)
        if seed is not None or self._episodes < 0:
            self._seed, self._episodes = seed or 0, -1
        self._episodes += 1
        self.begin((options or {}).get('episode')
                   or episode(self.suite, self._seed, self._episodes))
        return self.observe(), self._info()

    def begin(self, task: Episode) -> None:
        """Build the world of an episode and stand the robot in it."""
        self.close()
        self.task = task
        drawn = drawn_for(self.randomisation, task)
        self.world = World(self.robot, task.scene, self._mesh_cell_m, drawn)
        self._disturbances = Disturbances(drawn)
        self._eye = Eye(self.world, *self._size)
        arms = arms_as(self.robot, task.arms)
        for _ in range(round((0.5 if task.arms is None else _LIFTING_S) / PERIOD_S)):
            self.world.step(np.zeros(3), arms)
        self.judge = Judge(task.goal, task.scene, self.world.base_pose)
        self._start_s = self.world.time_s

    def step(self, action: np.ndarray) -> tuple[dict, float, bool, bool, dict]:
        """Go on by `TICK_S`."""
        for row in spread(action):
            self.advance(row)
        terminated, late, info = self.judged()
        return self.observe(), float(info['is_success']), terminated, late, info

    def advance(self, action: np.ndarray) -> None:
        """Go on by `PERIOD_S`, the finest step there is, with one action (A,)."""
        twist, arms = self._disturbances.command(*parted(self.robot, action))
        if (push := self._disturbances.push(self.elapsed_s)) is not None:
            self.world.push(push)
        self.world.step((1.0 - self.slip) * twist if self._shove is None else self._shove, arms)

    def judged(self) -> tuple[bool, bool, dict[str, Any]]:
        """Return whether the episode is over, whether time is up, and how it stands."""
        done = self.judge.update(judged_body(self.world), self.world.time_s)
        late = self.elapsed_s >= self.task.limit_s
        return done or self.world.is_fallen, late, self._info(done)

    @property
    def _shove(self) -> np.ndarray | None:
        """Return what the base is made to do now by somebody else, (3,); None: nothing."""
        shove = self.task.shove
        if shove is None or not 0 <= self.elapsed_s - shove.start_s < shove.duration_s:
            return None
        return np.array([0.0, 0.0, shove.turn_rad_s])

    @property
    def elapsed_s(self) -> float:
        """Return the time since the command [s]."""
        return self.world.time_s - self._start_s

    def render(self) -> np.ndarray:
        """Return what the robot's camera sees."""
        return self._disturbances.picture(self._eye.look)

    def close(self) -> None:
        """Free the camera."""
        if self._eye is not None:
            self._eye.close()
            self._eye = None

    def observe(self) -> dict[str, Any]:
        """Return what the robot sees and feels now, as `observation_space` says."""
        return {'image': self.render(), **body_of(self.world),
                'instruction': self.task.instruction}

    def _info(self, done: bool = False) -> dict[str, Any]:
        return {'is_success': done, 'is_fallen': self.world.is_fallen,
                'elapsed_s': self.elapsed_s, 'walked_m': self.judge.walked_m}


def drawn_for(randomisation: Randomisation, task: Episode) -> Randomisation:
    """Return the randomisation of an episode: episodes that share a scene share it, too."""
    own = zlib.crc32(repr(task.scene).encode())
    return replace(randomisation, seed=own + randomisation.seed)


def spread(action: np.ndarray) -> list[np.ndarray]:
    """
    Return the action (A,) of each decision of the gait within a tick.

    :param action: (A,) or (n, A), as `G1Env` takes it.
    """
    rows, count = np.atleast_2d(action), round(TICK_S / PERIOD_S)
    return [rows[index * len(rows) // count] for index in range(count)]


def judged_body(world: World) -> Body:
    """Return what a judge looks at."""
    bent_rad = float(bent(world.robot, world.joint_positions[None])[0])
    return Body(world.base_pose, world.base_velocity, world.arms, bent_rad,
                solids=np.array([s.position for s in world.scene.solids]).reshape(-1, 2),
                touches=world.scenery.touches, met=world.scenery.met)


def parted(robot: RobotDescription, action: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return twist (3,) and arm targets (C,) of an action (A,)."""
    axes, twist = len(robot.base_axes), np.zeros(6)
    twist[robot.base_index] = action[:axes]
    return twist[[0, 1, 5]], action[axes:]


def body_of(world: World) -> dict[str, np.ndarray]:
    """Return what a robot feels of itself: joints, pose and velocity of the base."""
    return {'joint_positions': world.joint_positions,
            'joint_velocities': world.joint_velocities,
            'base_pose': world.base_pose, 'base_velocity': world.base_velocity}
