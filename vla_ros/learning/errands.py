"""What robots do while demonstrations are collected: errands, pushes of the arms."""
import numpy as np

from vla_ros.core.goals import Bow, Direction, Goal, GoTo, InTurn, Move, PointAt, Together
from vla_ros.core.robot import RobotDescription
from vla_ros.learning.contacts import contact_goal
from vla_ros.learning.draws import lasting_gesture
from vla_ros.learning.goal_sets import POINTING_SIDES, training_gestures, WALKS
from vla_ros.sim.experts.arms import arms_of, commanded_of, RAISED, SPREAD, straight_chunk, WAVING
from vla_ros.sim.experts.waist import BOW_RAD
from vla_ros.sim.scene import Scene

_ERRANDS = {'go': 0.46, 'move': 0.17, 'gesture': 0.13, 'bow': 0.04, 'point': 0.1,
            'together': 0.05, 'in turn': 0.05}
_ARM_PUSH_PER_TICK = 0.02
_CONTACT_SHARE = 0.7
"""How many of the errands touch, push or follow in a scene made for it."""
_BENT_SHARE = 0.5
"""How often who is led astray is bent by the waist, too."""
_RAISED_RAD = -1.2
"""Pitch of a shoulder whose arm is raised further than straight ahead."""
_GESTURES = training_gestures()
_AHEAD = np.array([-1.0, 0.1, 0.0, 1.45, 0.0, 0.0, 0.0])
"""A straight arm that points ahead."""


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
        case 'bow':
            return Bow()
        case 'point':
            return PointAt(solid.shape, solid.colour, POINTING_SIDES[rng.integers(3)])
        case 'together':
            walk = there if rng.random() < 0.5 else WALKS[rng.integers(len(WALKS))]
            return Together(walk, lasting_gesture(rng))
        case _:
            return InTurn(there, point if rng.random() < 0.5 else lasting_gesture(rng))


class PushedArms:
    """Arms and waist that follow an expert, sway, and are led astray now and then."""

    def __init__(self, robot: RobotDescription, rng: np.random.Generator):
        self._robot, self._rng = robot, rng
        # More than a tick's way would add up: the expert goes on from where the arms are.
        self._sway_rad = rng.uniform(0, 0.07) * (rng.random() < 0.5)
        self._offset = np.zeros(len(robot.commanded_joints))
        self._astray: np.ndarray | None = None
        self._ticks, self._bent_rad = 0, 0.0

    def lead(self, wished: np.ndarray, joints: np.ndarray) -> np.ndarray:
        """
        Return what arms do in the next moments (K, C) [rad]; asked once a tick.

        :param wished: (K, C) what the expert wishes.
        :param joints: (J,) where all joints are.
        """
        rng = self._rng
        if self._ticks == 0 and rng.random() < _ARM_PUSH_PER_TICK:
            arms = arms_of(self._robot, joints[None])
            self._ticks, self._astray = rng.integers(5, 20), self._random_arms(arms)
            self._bent_rad = BOW_RAD * rng.random() * self._may_bend(arms)
        if self._sway_rad and rng.random() < 0.1:
            self._offset = rng.uniform(-1, 1, len(self._offset)) * self._sway_rad
        if self._ticks > 0:
            self._ticks -= 1
            way = straight_chunk(arms_of(self._robot, joints[None]), self._astray)
            wished = commanded_of(self._robot, way, joints[None], self._bent_rad)[0]
        return wished + self._offset

    def _may_bend(self, arms: np.ndarray) -> bool:
        """Return whether the waist is led astray, too: not under the weight of raised arms."""
        pitch = np.concatenate([arms, self._astray])[..., 0]
        return bool(self._rng.random() < _BENT_SHARE and (pitch > _RAISED_RAD).all())

    def _random_arms(self, arms: np.ndarray) -> np.ndarray:
        """Return where arms (1, 2, 7) are led to: a little away, or near other postures."""
        rng = self._rng
        if rng.random() < 0.5:
            return arms + rng.normal(0, 0.3, arms.shape)
        forms = np.stack([RAISED, SPREAD, WAVING, 0.5 * (RAISED + SPREAD), _AHEAD])
        chosen = forms[rng.integers(len(forms), size=2)]
        return (chosen + rng.normal(0, 0.15, (2, 7)))[None]
