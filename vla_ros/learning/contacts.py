"""What is done with a solid that can be touched, pushed or followed."""
import numpy as np

from vla_ros.core.goals import Follow, Push, Side, Touch
from vla_ros.sim.scene import Scene

_SIDES = (Side.LEFT, Side.RIGHT, None)


def contact_goal(scene: Scene, rng: np.random.Generator) -> Touch | Push | Follow | None:
    """Return what to do with a solid of a scene; None where there is nothing but to go to it."""
    solid = scene.solids[rng.integers(len(scene.solids))]
    if solid.stand_m:
        return Touch(solid.shape, solid.colour, _SIDES[rng.integers(3)])
    if solid.mass_kg:
        return Push(solid.shape, solid.colour)
    first = scene.solids[0]
    return Follow(first.shape, first.colour) if first.course else None
