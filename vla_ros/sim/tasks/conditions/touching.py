"""Touching a thing with a hand, and nothing else."""
import numpy as np

from vla_ros.core.goals import Side, Touch
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body


class HasTouched:
    """
    The hand has touched the thing, and the robot nothing else, stands and furniture included.

    Where no hand is named, either will do, but not both.
    """

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: Touch, scene: Scene, start: np.ndarray):
        solids = scene.find_all(goal.shape, goal.colour)
        self._number = scene.solids.index(solids[0]) if len(solids) == 1 else None
        self._sides = [goal.side] if goal.side else [Side.LEFT, Side.RIGHT]

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it has by now."""
        if body.met or any(number != self._number for _, number in body.touches):
            return False
        parts = {part for part, _ in body.touches}
        return any(parts and parts <= hand_of(side) and palm_of(side) in parts
                   for side in self._sides)


def palm_of(side: Side) -> str:
    """Return the part of the body that has to touch."""
    return f'{side.value}_hand_collision'


def hand_of(side: Side) -> frozenset[str]:
    """Return the parts of the body that may touch."""
    return frozenset({palm_of(side), f'{side.value}_wrist_collision'})
