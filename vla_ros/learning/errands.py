"""What robots do while demonstrations are collected: scenes, errands, pushes of the arms."""
import numpy as np

from vla_ros.core.goals import Direction, Goal, GoTo, InTurn, Move, PointAt, Together
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS
from vla_ros.learning.contacts import contact_goal, with_contacts
from vla_ros.learning.dataset import SOLIDS_MAX
from vla_ros.learning.draws import lasting_gesture
from vla_ros.learning.goal_sets import POINTING_SIDES, training_gestures, WALKS
from vla_ros.sim.experts.arms import arms_of, commanded_of, RAISED, SPREAD, straight_chunk, WAVING
from vla_ros.sim.scene import random_kinds, random_scene, Scene, Solid

_NAMELESS_SHARE, _ALIKE_SHARE = 0.2, 0.4
_ERRANDS = {'go': 0.5, 'move': 0.17, 'gesture': 0.13, 'point': 0.1, 'together': 0.05,
            'in turn': 0.05}
_ARM_PUSH_PER_TICK = 0.012
_CONTACT_SHARE = 0.7
"""How many of the errands touch, push or follow in a scene made for it."""
_GESTURES = training_gestures()


def random_training_scene(rng: np.random.Generator) -> Scene:
    """
    Return a scene without any held-out pair; some solids have a colour without a name.

    Often several solids have the same shape, so that which one is meant has to be said.
    """
    kinds = random_kinds(rng, rng.integers(3, SOLIDS_MAX + 1), HELD_OUT_PAIRS)
    if rng.random() < _ALIKE_SHARE:
        kinds = list(dict.fromkeys(_alike(kinds, rng)))
    scene = random_scene(rng, kinds)
    solids = tuple(_nameless(s, rng) if rng.random() < _NAMELESS_SHARE else s
                   for s in scene.solids)
    return with_contacts(Scene(solids, scene.look, scene.start), rng)


def _alike(kinds: list[tuple[str, str]], rng: np.random.Generator) -> list[tuple[str, str]]:
    """Return kinds (colour, shape) of which two or three have one shape."""
    count, shape = rng.integers(2, 4), kinds[0][1]
    alike = [(colour, shape) for colour, _ in kinds[:count]]
    return [*(k for k in alike if k not in HELD_OUT_PAIRS), *kinds[count:]]


def _nameless(solid: Solid, rng: np.random.Generator) -> Solid:
    """Return the solid in a random colour, far from any that its shape must not have."""
    withheld = [COLOURS[c] for c, shape in HELD_OUT_PAIRS if shape == solid.shape]
    while True:
        rgb = rng.uniform(0.05, 0.95, 3)
        if all(np.linalg.norm(rgb - other) > 0.4 for other in withheld):
            return Solid(solid.shape, None, tuple(rgb), solid.position, solid.size_m)


def random_errand(scene: Scene, rng: np.random.Generator) -> Goal:
    """Return something to do in a scene: what it was made for, or to go to one of the solids."""
    contact = contact_goal(scene, rng)
    if contact is not None and rng.random() < _CONTACT_SHARE:
        return contact
    solid = scene.solids[rng.integers(len(scene.solids))]
    there = GoTo(solid.shape, solid.colour)
    point = PointAt(solid.shape, solid.colour)
    match rng.choice(list(_ERRANDS), p=list(_ERRANDS.values())):
        case 'go':
            return there
        case 'move':
            direction = list(Direction)[rng.integers(len(Direction))]
            most = 2 * np.pi if direction.is_turn else 1.5
            return Move(direction, float(rng.uniform(0.3, most)))
        case 'gesture':
            return _GESTURES[rng.integers(len(_GESTURES))]
        case 'point':
            return PointAt(solid.shape, solid.colour, POINTING_SIDES[rng.integers(3)])
        case 'together':
            walk = there if rng.random() < 0.5 else WALKS[rng.integers(len(WALKS))]
            return Together(walk, lasting_gesture(rng))
        case _:
            return InTurn(there, point if rng.random() < 0.5 else lasting_gesture(rng))


class PushedArms:
    """Arms that follow an expert, sway about its way, and are led astray now and then."""

    def __init__(self, robot: RobotDescription, rng: np.random.Generator):
        self._robot, self._rng = robot, rng
        self._sway_rad = rng.uniform(0, 0.35) * (rng.random() < 0.5)
        self._offset = np.zeros(len(robot.commanded_joints))
        self._astray: np.ndarray | None = None
        self._ticks = 0

    def next(self, wished: np.ndarray, joints: np.ndarray) -> np.ndarray:
        """
        Return the targets (K, C) [rad] of the next moments.

        :param wished: (K, C) what the expert wishes.
        :param joints: (J,) where all joints are.
        """
        rng = self._rng
        if self._ticks == 0 and rng.random() < _ARM_PUSH_PER_TICK:
            self._ticks, self._astray = rng.integers(5, 25), self._random_arms()
        if self._sway_rad and rng.random() < 0.1:
            self._offset = rng.uniform(-1, 1, len(self._offset)) * self._sway_rad
        if self._ticks > 0:
            self._ticks -= 1
            way = straight_chunk(arms_of(self._robot, joints[None]), self._astray)
            wished = commanded_of(self._robot, way)[0]
        return wished + self._offset

    def _random_arms(self) -> np.ndarray:
        """Return somewhere that arms (1, 2, 7) may be led to, each near some posture."""
        rng = self._rng
        forms = np.stack([RAISED, SPREAD, WAVING, 0.5 * (RAISED + SPREAD),
                          np.array([-1.0, 0.1, 0.0, 1.45, 0.0, 0.0, 0.0])])
        chosen = forms[rng.integers(len(forms), size=2)]
        return (chosen + rng.normal(0, 0.15, (2, 7)))[None]
