"""A fusion node in a process of its own whose policy always walks on."""
import sys
import time

from harness import WalkingPolicy

from vla_ros.nodes.fusion_node import FusionNode
from vla_ros.ros.process import run_node


class SlowPolicy(WalkingPolicy):
    """Takes half a second for an answer, as a big model may."""

    def infer(self, observation):
        time.sleep(0.5)
        return super().infer(observation)


if __name__ == '__main__':
    policy = SlowPolicy if '--slow' in sys.argv else WalkingPolicy
    sys.exit(run_node(lambda: FusionNode(lambda robot, settings: policy(robot))))
