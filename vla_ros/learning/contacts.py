"""What demonstrations of touching, pushing and following need: scenes, and goals in them."""
import numpy as np

from vla_ros.core.goals import Follow, Push, Side, Touch
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.follow_suite import moving
from vla_ros.sim.tasks.push_suite import movable
from vla_ros.sim.tasks.touch_suite import on_stands

_SHARES = ((0.14, on_stands), (0.14, movable), (0.08, moving))
"""How many of the scenes have solids on stands, solids that can be moved, one that moves."""
_SIDES = (Side.LEFT, Side.RIGHT, None)


def with_contacts(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return a scene, some of the time with its solids made to be touched, pushed, followed."""
    draw = rng.random()
    for share, change in _SHARES:
        if draw < share:
            return change(scene, rng)
        draw -= share
    return scene


def contact_goal(scene: Scene, rng: np.random.Generator) -> Touch | Push | Follow | None:
    """Return what to do with a solid of a scene; None where there is nothing but to go to it."""
    solid = scene.solids[rng.integers(len(scene.solids))]
    if solid.stand_m:
        return Touch(solid.shape, solid.colour, _SIDES[rng.integers(3)])
    if solid.mass_kg:
        return Push(solid.shape, solid.colour)
    first = scene.solids[0]
    return Follow(first.shape, first.colour) if first.course else None
