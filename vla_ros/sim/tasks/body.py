"""What a judge looks at."""
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from vla_ros.sim.experts.waist import bent


@dataclass(frozen=True)
class Body:
    """A robot at one moment."""

    pose: np.ndarray
    """(3,) x, y [m], yaw [rad] in the world frame."""
    velocity: np.ndarray
    """(3,) vx, vy [m/s], wz [rad/s] in the base frame."""
    arms: np.ndarray | None = None
    """(2, 3, 3) shoulder, elbow and hand of the left and the right arm [m], world frame."""
    waist_rad: float = 0.0
    """How far the waist is bent forward from rest [rad]."""
    solids: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    """(S, 2) where the solids of the scene are by now [m], world frame."""
    touches: frozenset[tuple[str, int]] = frozenset()
    """Every touch so far: part of the robot's body, number of the solid."""
    met: frozenset[str] = frozenset()
    """Walls, stands and furniture that the robot ever touched."""


def judged_body(world) -> Body:
    """Return what a judge looks at in a world (`make_world`)."""
    bent_rad = float(bent(world.robot, world.joint_positions[None])[0])
    return Body(world.base_pose, world.base_velocity, world.arms, bent_rad,
                solids=np.array([s.position for s in world.scene.solids]).reshape(-1, 2),
                touches=world.scenery.touches, met=world.scenery.met)


def body_to_dict(body: Body) -> dict[str, Any]:
    """Return a body as numbers, words and lists, for JSON."""
    values = {f.name: getattr(body, f.name) for f in fields(Body)}
    return {name: value.tolist() if isinstance(value, np.ndarray)
            else sorted(value) if isinstance(value, frozenset) else value
            for name, value in values.items()}


def body_from_dict(values: Mapping[str, Any]) -> Body:
    """Return the body whose `body_to_dict` these values are."""
    arms = values['arms']
    return Body(np.array(values['pose']), np.array(values['velocity']),
                None if arms is None else np.array(arms), values['waist_rad'],
                np.array(values['solids']).reshape(-1, 2),
                frozenset((part, number) for part, number in values['touches']),
                frozenset(values['met']))
