"""The scripted expert behind the interface of every policy. It sees the simulator's truth."""
import numpy as np

from vla_ros.core.policy import PolicyDescription
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.language.grammar import parse
from vla_ros.sim.experts.chunks import HORIZON, STEP_S
from vla_ros.sim.experts.pursuit import Pursuit
from vla_ros.sim.sight import Sight
from vla_ros.sim.world import World

PLANAR = (0, 1, 5)
"""Where x, y and yaw stand in a twist."""


class Expert:
    """Does what an instruction says, by the experts' laws and the truth about the scene."""

    def __init__(self, world: World):
        self._world, self._sight = world, Sight(world)
        self.description = PolicyDescription('expert', world.robot, HORIZON, STEP_S)
        self.reset('')

    def reset(self, instruction: str) -> None:
        """Read the instruction; what the grammar can't read is answered by standing still."""
        self._pursuit = Pursuit(self._world, self._sight, parse(instruction))

    def infer(self, observation: Observation) -> ActionChunk:
        """Return the chunk of the laws."""
        answer, twist = self._pursuit.answer(), np.zeros((HORIZON, 6))
        twist[:, PLANAR] = answer.base[0]
        return ActionChunk(observation.stamp_s, STEP_S, twist, answer.arms[0])
