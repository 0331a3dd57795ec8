"""The shortest way over the true floor: what ways that were walked are measured by."""
import numpy as np

from vla_ros.planning.floor import Body, discs_of, Floor
from vla_ros.planning.route import find_route, NoRouteError
from vla_ros.sim.apartment_scenes import apartment_map
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.long_task import ShortestWay

_BODY = Body(0.28, 0.28)
"""It fits wherever the planner's robot fits, and prefers nothing."""


def shortest_way(scene: Scene) -> ShortestWay:
    """Return what measures the shortest way in the apartment, around a scene's solids."""
    solids = discs_of([(*s.position, s.size_m) for s in scene.solids])
    floor = Floor.of(apartment_map(), _BODY).with_discs(solids)

    def length_m(start: np.ndarray, end: np.ndarray) -> float:
        try:
            return find_route(floor, start, end).length_m
        except NoRouteError:                            # one end is where it does not fit
            return float(np.hypot(*(np.asarray(end) - start)))
    return length_m
