"""Going to a thing, and there and back."""
import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import GoTo, Visit
from vla_ros.sim.experts.meant import meant
from vla_ros.sim.experts.motion import STAND_OFF_M
from vla_ros.sim.scene import Scene, Solid
from vla_ros.sim.tasks.body import Body

GOTO_SLACK_M = 0.35
"""How much further than the expert's stand-off still counts as being there."""
GOTO_BEARING_RAD = 0.61
HOME_SLACK_M = 0.5
"""How far from where it began a robot may be to count as back."""


class IsThere:
    """The robot stands before the named thing; of several, before the one it saw first."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: GoTo | Visit, scene: Scene, start: np.ndarray):
        self._scene = scene
        points = points_in(start, np.array([s.position for s in scene.solids]).reshape(-1, 2))
        names = [(s.colour, s.shape) for s in scene.solids]
        fits = meant(goal, names, points, np.ones(len(names), bool))
        solids = [s for s, is_meant in zip(scene.solids, fits, strict=True) if is_meant]
        self._solid = min(solids, key=lambda s: abs(bearing(s, start)), default=None)

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is there now."""
        return self._solid is not None and stands_before(self._solid, self._scene, body.pose)


class IsBack:
    """The robot has been there, and is back where the command was given."""

    hold_s, needs_rest = 1.0, True

    def __init__(self, goal: Visit, scene: Scene, start: np.ndarray):
        self._there, self._home = IsThere(goal, scene, start), start[:2]
        self._has_been_there = False

    def holds(self, body: Body, now_s: float) -> bool:
        """Return whether it is back now."""
        self._has_been_there |= self._there.holds(body, now_s)
        return self._has_been_there and bool(
            np.hypot(*(body.pose[:2] - self._home)) < HOME_SLACK_M)


def bearing(solid: Solid, pose: np.ndarray) -> float:
    """Return the angle [rad] to the left at which a robot sees a solid."""
    x, y = points_in(pose, np.array(solid.position))
    return float(np.arctan2(y, x))


def stands_before(solid: Solid, scene: Scene, pose: np.ndarray) -> bool:
    """Return whether a robot is near a solid and faces it, with no nearer one ahead."""
    gap = surface_distance(solid, pose)
    ahead = [surface_distance(other, pose) for other in scene.solids if _is_ahead(other, pose)]
    return bool(_is_ahead(solid, pose) and gap <= STAND_OFF_M + GOTO_SLACK_M
                and gap <= min(ahead))


def _is_ahead(solid: Solid, pose: np.ndarray) -> bool:
    return abs(bearing(solid, pose)) <= GOTO_BEARING_RAD


def surface_distance(solid: Solid, pose: np.ndarray) -> float:
    """Return the distance from the base to the solid's surface [m]."""
    return float(np.hypot(*(np.array(solid.position) - pose[:2])) - solid.size_m)
