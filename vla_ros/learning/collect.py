"""
Collection of demonstrations: experts walk through random scenes and are pushed off course.

What is stored is what was seen and where everything was, not what was done: the trainer asks
the experts what they would do in each frame for ANY instruction (counterfactual labels).
"""
from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vla_ros.core.goals import Stop, Visit
from vla_ros.core.robot import RobotDescription
from vla_ros.core.workers import workers
from vla_ros.learning.commanded_columns import check_goes_on
from vla_ros.learning.dataset import (
    Frames,
    shard_names,
    solid_row,
    SOLIDS_MAX,
    write_meta,
    write_shard,
)
from vla_ros.learning.errands import PushedArms, random_errand
from vla_ros.learning.training_scenes import random_training_scene, Scenes
from vla_ros.perception.preprocessing import prepare_image
from vla_ros.sim.camera import Eye
from vla_ros.sim.disturbances import Disturbances
from vla_ros.sim.experts.motion import TURN_MAX_RAD_S
from vla_ros.sim.experts.pursuit import Pursuit
from vla_ros.sim.experts.situation import Answer
from vla_ros.sim.g1_model import PERIOD_S
from vla_ros.sim.randomisation import NOTHING, Randomisation, weakened
from vla_ros.sim.scene import Scene
from vla_ros.sim.sight import Sight
from vla_ros.sim.solids import height_of
from vla_ros.sim.world import World

TICK_S = 0.1
EPISODE_S = 25.0
EPISODES_PER_SHARD = 8
_PUSH_PER_TICK = 0.025
_STANDING_TICKS = 15


@dataclass(frozen=True)
class Job:
    """One shard to collect."""

    robot: RobotDescription
    folder: Path
    seed: int
    shard: int
    has_errands: bool = False
    """Whether each episode is one errand: go to a thing and come back."""
    randomisation: Randomisation = NOTHING
    """What is drawn at random in every episode, up to its strength."""
    scenes: Scenes = Scenes.MIXED


def describe(robot: RobotDescription, folder: Path, episodes: int, seed: int,
             has_errands: bool = False, randomisation: Sequence[str] = (), strength: float = 0.5,
             scenes: Scenes = Scenes.MIXED) -> None:
    """
    Write what a dataset is about before it is collected.

    :param randomisation: names of what is drawn at random.
    :raises ConfigurationError: if the folder holds shards of another dataset.
    """
    check_goes_on(robot, folder, scenes.value)
    write_meta(folder, robot=robot.name, commanded_joints=robot.commanded_joints, seed=seed,
               episodes=episodes, errands=has_errands, scenes=scenes.value,
               randomise=list(randomisation), strength=strength)


def collect(robot: RobotDescription, folder: Path, episodes: int, seed: int, jobs: int,
            report: Callable[[int, int], None], has_errands: bool = False,
            randomisation: Randomisation = NOTHING, scenes: Scenes = Scenes.MIXED) -> None:
    """
    Collect the shards that are missing in a folder; call again to go on after a stop.

    :param report: called with (shards done, shards in all).
    """
    shards = -(-episodes // EPISODES_PER_SHARD)
    have = {int(name.removeprefix('shard-')) for name in shard_names(folder)}
    missing = [Job(robot, folder, seed, i, has_errands, randomisation, scenes)
               for i in range(shards) if i not in have]
    report(shards - len(missing), shards)
    with workers(jobs) as pool:
        futures = [pool.submit(collect_shard, job) for job in missing]
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            report(shards - len(missing) + done, shards)


def collect_shard(job: Job) -> None:
    """Collect the episodes of one shard and write it."""
    parts = []
    for index in range(EPISODES_PER_SHARD):
        number = job.shard * EPISODES_PER_SHARD + index
        rng = np.random.default_rng([0xC011EC7, job.seed, number])
        recorder = EpisodeRecorder(job.robot, number, rng, job.randomisation, job.scenes)
        parts += recorder.errand() if job.has_errands else recorder.run()
    write_shard(job.folder, f'shard-{job.shard:05d}', _stacked(parts))


class EpisodeRecorder:
    """Walks through one random scene and records it."""

    def __init__(self, robot: RobotDescription, number: int, rng: np.random.Generator,
                 randomisation: Randomisation = NOTHING, scenes: Scenes = Scenes.MIXED):
        self._robot, self._number, self._rng = robot, number, rng
        drawn = weakened(randomisation, rng)
        self._world = World(robot, _scene(rng, scenes), 0.02, drawn)
        self._disturbances = Disturbances(drawn)
        self._sight = Sight(self._world)
        self._pushed_arms = PushedArms(robot, rng)
        self._push, self._push_ticks = np.zeros(3), 0
        self._action = np.concatenate([np.zeros(len(robot.base_axes)),
                                       robot.of_commanded('neutral_position')])

    def run(self) -> list[dict[str, np.ndarray]]:
        """Return the frames of the episode, up to a fall."""
        eye, frames = Eye(self._world), []
        try:
            pursuit = self._new_pursuit()
            while self._world.time_s < EPISODE_S and not self._world.is_fallen:
                frames.append(self._frame(eye))
                if pursuit.is_over():
                    pursuit = self._new_pursuit()
                self._step(pursuit.answer())
        finally:
            eye.close()
        return frames

    def errand(self) -> list[dict[str, np.ndarray]]:
        """Return the frames of one errand: to a solid and back, and a while of standing there."""
        eye, frames = Eye(self._world), []
        named = [s for s in self._world.scene.solids if s.colour]
        solid = named[self._rng.integers(len(named))]
        pursuit = Pursuit(self._world, self._sight, Visit(solid.shape, solid.colour))
        try:
            while (self._world.time_s < EPISODE_S and not self._world.is_fallen
                   and not pursuit.is_over()):
                frames.append(self._frame(eye))
                self._step(pursuit.answer())
            rest = Pursuit(self._world, self._sight, Stop())
            for _ in range(_STANDING_TICKS):
                frames.append(self._frame(eye))
                self._step(rest.answer())
        finally:
            eye.close()
        return frames

    def _new_pursuit(self) -> Pursuit:
        """Return something to do."""
        goal = random_errand(self._world.scene, self._rng)
        return Pursuit(self._world, self._sight, goal, patience_s=self._rng.uniform(6, 14))

    def _step(self, answer: Answer) -> None:
        """Follow the expert, but for pushes to somewhere else, of the base and of the arms."""
        rng, base = self._rng, answer.base[0]
        if self._push_ticks == 0 and rng.random() < _PUSH_PER_TICK:
            self._push_ticks = rng.integers(3, 14)
            self._push = rng.uniform(-1, 1, 3) * (0.4, 0.25, TURN_MAX_RAD_S)
        if self._push_ticks > 0:
            self._push_ticks -= 1
            base = np.broadcast_to(self._push, base.shape)
        arms = self._pushed_arms.lead(answer.arms[0], self._world.joint_positions)
        self._action = np.concatenate([base[0], arms[0]])
        steps = round(TICK_S / PERIOD_S)
        for index in range(steps):
            share = index / steps
            now = self._disturbances.command(base[0], (1 - share) * arms[0] + share * arms[1])
            if (push := self._disturbances.push(self._world.time_s)) is not None:
                self._world.push(push)
            self._world.step(*now)

    def _frame(self, eye: Eye) -> dict[str, np.ndarray]:
        visible = np.zeros(SOLIDS_MAX, bool)
        visible[:len(self._world.scene.solids)] = self._sight.visible()
        return {
            'image': prepare_image(self._disturbances.picture(eye.look)),
            'cell': self._sight.cells(), 'is_visible': visible,
            'joint_positions': self._world.joint_positions,
            'joint_velocities': self._world.joint_velocities,
            'base_pose': self._world.base_pose, 'base_velocity': self._world.base_velocity,
            'previous_action': self._action, 'solid': self._solids(),
            'episode': np.array(self._number)}

    def _solids(self) -> np.ndarray:
        rows = np.full((SOLIDS_MAX, 6), np.nan)
        for index, solid in enumerate(self._world.scene.solids):
            rows[index] = solid_row(*solid.position, solid.size_m, solid.colour, solid.shape,
                                    height_of(solid))
        return rows


def _scene(rng: np.random.Generator, scenes: Scenes) -> Scene:
    """Return a random scene in which at least one solid has a colour with a name."""
    scene = random_training_scene(rng, scenes)
    while not any(solid.colour for solid in scene.solids):
        scene = random_training_scene(rng, scenes)
    return scene


_TYPES = {'image': np.uint8, 'cell': np.int8, 'is_visible': bool, 'episode': np.int32}


def _stacked(frames: list[dict[str, np.ndarray]]) -> Frames:
    return Frames(**{name: np.stack([f[name] for f in frames]).astype(
        _TYPES.get(name, np.float32)) for name in frames[0]})
