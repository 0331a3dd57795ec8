"""The real fusion node around a real policy, both of which can be made to fail while they run."""
import sys
import time
from typing import Any

import numpy as np
from std_msgs.msg import String

from vla_ros.control.eyes import two_rate
from vla_ros.control.settings import FusionSettings
from vla_ros.core.policy import Policy
from vla_ros.core.robot import RobotDescription
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.nodes.fusion_node import checkpoint_policy, FusionNode
from vla_ros.ros.process import run_node
from vla_ros.ros.qos import SPOKEN


class FaultyPolicy:
    """Answers as the policy it wraps, until it is told to fail."""

    def __init__(self, policy: Policy):
        self._policy, self.description, self.fault = two_rate(policy), policy.description, ''
        self._rng = np.random.default_rng(0)

    def reset(self, instruction: str) -> None:
        """Pass on."""
        self._policy.reset(instruction)

    def infer(self, observation: Observation) -> ActionChunk:
        """Look and decide."""
        return self.decide(observation, self.encode_image(observation.image))

    def encode_image(self, image: np.ndarray) -> Any:
        """Return what the policy's eyes make of an image, late if the fault says 'blink 0.6'."""
        kind, _, amount = self.fault.partition(' ')
        if kind == 'blink':
            time.sleep(float(amount))
        return self._policy.encode_image(image)

    def decide(self, observation: Observation, seen: Any) -> ActionChunk:
        """Return the policy's chunk, spoilt as the fault says: 'nan 5', 'sleep 0.6', ..."""
        kind, _, amount = self.fault.partition(' ')
        if kind == 'sleep':
            time.sleep(float(amount))
        chunk = self._policy.decide(observation, seen)
        twist, joints = chunk.base_twist.copy(), chunk.joint_targets.copy()
        whole = np.concatenate([twist, joints], axis=1)
        match kind:
            case 'raise':
                raise RuntimeError('told to fail')
            case 'nan' | 'inf':
                whole[:, int(amount) % whole.shape[1]] = float(kind)
            case 'huge':
                whole = self._rng.normal(0, 100, whole.shape)
            case 'shape':
                whole = whole[:, :-2]
            case 'dtype':
                whole = whole.astype(amount)
        return ActionChunk(chunk.origin_s, chunk.step_s, whole[:, :6], whole[:, 6:],
                           chunk.progress)


class FaultyFusion(FusionNode):
    """Breaks what it is told to on `~/fault`; an empty text mends everything."""

    def __init__(self):
        super().__init__(self._make_policy)
        self._broken: list[tuple[object, str]] = []
        self._places = {
            'image': (self.controller.image, 'put'), 'joints': (self.controller.joints, 'put'),
            'odometry': (self.controller.odometry, 'put'), 'tick': (self.controller, 'tick'),
            'voice': (self.controller, 'instruct'), 'observation': (
                self.controller, 'observation'), 'diagnostics': (self._diagnostics, 'publish')}
        self.create_subscription(String, '~/fault', self._break, SPOKEN)

    def _make_policy(self, robot: RobotDescription, settings: FusionSettings) -> Policy:
        self._faulty = FaultyPolicy(checkpoint_policy(robot, settings))
        return self._faulty

    def _break(self, msg: String) -> None:
        for thing, name in self._broken:
            delattr(thing, name)                        # the class's own method shows again
        self._broken = []
        kind, _, place = msg.data.partition(' ')
        self._faulty.fault = '' if kind == 'break' else msg.data
        if kind == 'break':
            thing, name = self._places[place]
            setattr(thing, name, _fail)
            self._broken.append((thing, name))


def _fail(*args, **kwargs):
    raise RuntimeError('told to fail')


if __name__ == '__main__':
    sys.exit(run_node(FaultyFusion))
