"""
Goals for a recorded frame: which kinds are trained, and how often.

Each kind of goal has a function that draws one for a frame and says which of the frame's solids
it names.
"""
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vla_ros.core.geometry import points_in
from vla_ros.core.goals import (
    Bow,
    Follow,
    Gesture,
    Goal,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Posture,
    Push,
    Side,
    Stop,
    Together,
    Touch,
)
from vla_ros.language.vocabulary import COLOURS, HELD_OUT_PAIRS, SHAPES
from vla_ros.learning.dataset import Frames, NO_COLOUR
from vla_ros.learning.goal_sets import LASTING, POINTING_SIDES, training_gestures, WALKS
from vla_ros.learning.related import related_goal
from vla_ros.sim.experts.motion import has_arrived
from vla_ros.sim.experts.touching import AHEAD_RAD, HIGHEST_M, LOWEST_M, NEAR_M

ABSENT = -1
_COLOURS, _SHAPES = list(COLOURS), list(SHAPES)
_WAVES = [gesture for gesture in training_gestures() if gesture.posture is Posture.WAVE]
_POSTURES = [gesture for gesture in training_gestures() if gesture.posture is not Posture.WAVE]
_BOW_SHARE, _WAVE_SHARE = 0.2, 0.4
"""Of all gestures: those that are more than one posture take more to learn."""
_NO_AMOUNT_SHARE = 0.45
"""Of all movements: those of which nobody says how far are few, and told in the most ways."""


@dataclass(frozen=True)
class View:
    """What is known of one frame; S solids."""

    solid: np.ndarray
    """(S, 6) as `Frames.solid` holds them."""
    is_visible: np.ndarray
    """(S,) bool."""
    points: np.ndarray
    """(S, 2) where they are, seen from the base [m]."""

    @property
    def is_present(self) -> np.ndarray:
        """Return which rows are solids, (S,) bool."""
        return ~np.isnan(self.solid[:, 0])


Drawn = tuple[Goal, int]
"""A goal, and which solid it names, or `ABSENT`."""
Draw = Callable[[View, Sequence[Move], np.random.Generator], Drawn]


def draw_goal(frames: Frames, row: int, moves: Sequence[Move],
              rng: np.random.Generator) -> Drawn:
    """Return a goal for a frame, and which of its solids it names (`ABSENT`: none)."""
    view = view_of(frames, row)
    weights = np.array([weight * (_RARE_TIMES if is_rare(view) else 1)
                        for weight, _, is_rare in _DRAWS])
    _, draw, _ = _DRAWS[rng.choice(len(_DRAWS), p=weights / weights.sum())]
    return draw(view, moves, rng)


def rarities(frames: Frames) -> np.ndarray:
    """Return how many times as often each frame is drawn, (N,): few show a thing within reach."""
    points = np.stack([points_in(pose.astype(float), solid[:, :2].astype(float))
                       for pose, solid in zip(frames.base_pose, frames.solid, strict=True)])
    is_there = frames.is_visible & ~np.isnan(frames.solid[..., 0])
    near = _within_reach(frames.solid, is_there, points)
    return np.where(near.any(axis=-1), _NEAR_TIMES, 1.0)


def view_of(frames: Frames, row: int) -> View:
    """Return what is known of a frame."""
    solid = frames.solid[row]
    points = points_in(frames.base_pose[row].astype(float), solid[:, :2].astype(float))
    return View(solid, frames.is_visible[row] & ~np.isnan(solid[:, 0]), points)


def absent_goal(solid: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return the name of something that is not there, often nearly something that is."""
    there = {(int(c), int(s)) for c, s in solid[:, 3:5]}
    while True:
        colour, shape = rng.integers(len(_COLOURS)), rng.integers(len(_SHAPES))
        if rng.random() < 0.7:                      # one word right, the other wrong
            near = solid[rng.integers(len(solid)), 3:5].astype(int)
            colour, shape = (near[0], shape) if rng.random() < 0.5 else (colour, near[1])
        pair = (_COLOURS[colour], _SHAPES[shape])
        if colour != NO_COLOUR and (colour, shape) not in there and pair not in HELD_OUT_PAIRS:
            return GoTo(pair[1], pair[0])


def _visible(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    return _named(view, view.is_visible, rng)


def _hidden(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    return _named(view, view.is_present & ~view.is_visible, rng)


def _absent(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    return absent_goal(view.solid[view.is_present], rng), ABSENT


def _move(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    if rng.random() < _NO_AMOUNT_SHARE:
        moves = [move for move in moves if move.amount is None]
    return moves[rng.integers(len(moves))], ABSENT


def _stop(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    return Stop(), ABSENT


def _gesture(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    return random_gesture(rng), ABSENT


def _point(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    """Return a thing to point at, mostly one in view."""
    draw = rng.random()
    wanted = _visible if draw < 0.75 else _hidden if draw < 0.92 else _absent
    thing, index = wanted(view, moves, rng)
    side = POINTING_SIDES[rng.choice(3, p=(0.6, 0.2, 0.2))]
    return PointAt(thing.shape, thing.colour, side), index


def _contact(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    """Return a thing to touch where it is as high as hands reach, else to push or to follow."""
    near = _within_reach(view.solid, view.is_visible, view.points)
    if near.any() and rng.random() < 0.75:
        thing, index = _named(view, near, rng)
    else:
        thing, index = (_hidden if rng.random() < 0.15 else _visible)(view, moves, rng)
    height_m = view.solid[index, 5] if index != ABSENT else rng.uniform(0, 2 * LOWEST_M)
    if LOWEST_M < height_m < HIGHEST_M:
        side = POINTING_SIDES[rng.integers(len(POINTING_SIDES))]
        return Touch(thing.shape, thing.colour, side), index
    kind = Push if rng.random() < 0.6 else Follow
    return kind(thing.shape, thing.colour), index


def _related(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    """Return a thing told by how it stands, or by its name where nothing can be told so."""
    found = related_goal(view.solid, view.is_visible, view.points, rng)
    return found or _visible(view, moves, rng)


def _together(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    arms = lasting_gesture(rng)
    if rng.random() < 0.5:
        return Together(WALKS[rng.integers(len(WALKS))], arms), ABSENT
    thing, index = _visible(view, moves, rng)
    if thing.colour is None:
        return arms, ABSENT
    return Together(thing, arms), index


def _in_turn(view: View, moves: Sequence[Move], rng: np.random.Generator) -> Drawn:
    """Return something to do at a thing, mostly at one that the robot stands before."""
    there = _before(view)
    wanted = there if there.any() and rng.random() < 0.7 else view.is_visible
    thing, index = _named(view, wanted, rng)
    if thing.colour is None:
        return thing, index
    then = PointAt(thing.shape, thing.colour) if rng.random() < 0.5 else lasting_gesture(rng)
    return InTurn(thing, then), index


def random_gesture(rng: np.random.Generator) -> Gesture | Bow:
    """Return something to do with the arms or, at times, by the waist."""
    drawn = rng.random()
    if drawn < _BOW_SHARE:
        return Bow()
    some = _WAVES if drawn < _BOW_SHARE + _WAVE_SHARE else _POSTURES
    return some[rng.integers(len(some))]


def lasting_gesture(rng: np.random.Generator) -> Gesture:
    """Return a gesture that can be kept while walking."""
    return Gesture(LASTING[rng.integers(len(LASTING))], list(Side)[rng.integers(len(Side))])


def _named(view: View, wanted: np.ndarray, rng: np.random.Generator) -> Drawn:
    """Return one of the wanted solids to go to, or any where none is; it may have no name."""
    candidates = np.flatnonzero(view.is_present & wanted)
    if not len(candidates):
        candidates = np.flatnonzero(view.is_present)
    index = int(candidates[rng.integers(len(candidates))])
    goal = _goal_of(view.solid, index, rng)
    return (goal, index) if goal else (absent_goal(view.solid[view.is_present], rng), ABSENT)


def _goal_of(solid: np.ndarray, index: int, rng: np.random.Generator) -> GoTo | None:
    """Return a name for a solid that fits no other; None: it has none."""
    colour, shape = solid[index, 3:5].astype(int)
    is_only = np.nansum(solid[:, 4] == shape) == 1
    if is_only and (colour == NO_COLOUR or rng.random() < 0.12):
        return GoTo(_SHAPES[shape])
    return None if colour == NO_COLOUR else GoTo(_SHAPES[shape], _COLOURS[colour])


def _never(view: View) -> bool:
    return False


def _shows_alike(view: View) -> bool:
    """Return whether two solids of one shape are in view: one has to be told from the other."""
    shapes = view.solid[view.is_visible, 4]
    return len(np.unique(shapes)) < len(shapes)


def _before(view: View) -> np.ndarray:
    """Return which solids the robot stands before, (S,) bool."""
    return view.is_visible & has_arrived(np.nan_to_num(view.points), view.solid[:, 2])


def _is_there(view: View) -> bool:
    return bool(_before(view).any())


def _within_reach(solid: np.ndarray, is_visible: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return which solids (..., S) a hand is held out to, or could be."""
    x, y = np.moveaxis(np.nan_to_num(points), -1, 0)
    gap_m, height_m = np.hypot(x, y) - solid[..., 2], solid[..., 5]
    return (is_visible & (height_m > LOWEST_M) & (height_m < HIGHEST_M) & (gap_m < NEAR_M)
            & (np.abs(np.arctan2(y, x)) < AHEAD_RAD))


def _shows_reachable(view: View) -> bool:
    """Return whether something in view is as high as hands reach."""
    height_m = view.solid[view.is_visible, 5]
    return bool(((height_m > LOWEST_M) & (height_m < HIGHEST_M)).any())


_DRAWS: tuple[tuple[float, Draw, Callable[[View], bool]], ...] = (
    (0.12, _visible, _never), (0.09, _hidden, _never), (0.06, _absent, _never),
    (0.10, _move, _never), (0.03, _stop, _never), (0.18, _gesture, _never), (0.20, _point, _never),
    (0.09, _related, _shows_alike), (0.05, _together, _never), (0.10, _in_turn, _is_there),
    (0.13, _contact, _shows_reachable))
"""How often each kind of goal is trained, and the frames in which it is drawn more often because
few others have to do with it."""
_RARE_TIMES, _NEAR_TIMES = 10, 8.0
"""How much more often those goals are drawn there, and frames with a thing within reach at all."""
