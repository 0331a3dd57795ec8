"""The suite `relation`: of several solids of a shape, one is told by how it stands."""
import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import GoTo, Relation, Which
from vla_ros.language.phrases import say
from vla_ros.language.vocabulary import CORE_COLOURS, CORE_SHAPES, HELD_OUT_PAIRS
from vla_ros.sim.experts.meant import meant
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.episode import Episode, Suite
from vla_ros.sim.tasks.goto_suite import LIMIT_S
from vla_ros.sim.tasks.scenes import scene_seen

_BEARINGS_RAD = ((0.55, 0.72), (-0.04, 0.04), (-0.72, -0.55))
"""Where three solids stand that are all in view."""
_APART_M = 0.4
"""The nearest is nearer than any other by this much, the farthest farther."""


def make(index: int, rng: np.random.Generator) -> Episode:
    """Return an episode; the ways to tell a thing come in turn."""
    which = list(Which)[index % len(Which)]
    kinds, relation = _kinds(rng, which)
    goal = GoTo(kinds[0][1], relation=relation)
    scene = _scene(rng, kinds, goal)
    return Episode(Suite.RELATION, index, scene, goal, say(goal, rng), LIMIT_S)


def _kinds(rng: np.random.Generator, which: Which) -> tuple[list[tuple[str, str]], Relation]:
    """Return the kinds (colour, shape) of a scene's solids, and the relation of the goal."""
    shape, other = rng.choice(CORE_SHAPES, 2, replace=False).tolist()
    first, second = rng.permutation(_colours(shape))[:2].tolist()
    if which in (Which.LEFT_OF, Which.RIGHT_OF):
        colour = str(rng.choice(_colours(other)))
        has_colour = bool(rng.random() < 0.5)
        relation = Relation(which, other, colour if has_colour else None)
        return [(first, shape), (second, shape), (colour, other)], relation
    colour = str(rng.choice(_colours(other)))
    relation = Relation(which, colour=second if which is Which.NOT else None)
    return [(first, shape), (second, shape), (colour, other)], relation


def _colours(shape: str) -> list[str]:
    return [c for c in CORE_COLOURS if (c, shape) not in HELD_OUT_PAIRS]


def _scene(rng: np.random.Generator, kinds: list[tuple[str, str]], goal: GoTo) -> Scene:
    """Return a scene in which all solids are in view and the goal means one of them."""
    while True:
        bearings = {number: rng.uniform(*_BEARINGS_RAD[spot])
                    for number, spot in enumerate(rng.permutation(len(kinds)))}
        scene, _ = scene_seen(rng, kinds, bearings)
        points = points_in(np.array(scene.start), np.array([s.position for s in scene.solids]))
        names = [(s.colour, s.shape) for s in scene.solids]
        count = meant(goal, names, points, np.ones(len(names), bool)).sum()
        gap = abs(np.diff(np.hypot(*points[:2].T)))
        if count == 1 and (gap > _APART_M or goal.relation.which not in (
                Which.NEAREST, Which.FARTHEST)):
            return scene
