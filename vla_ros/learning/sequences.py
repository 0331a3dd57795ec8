"""
Sequences: what the experts would do at every tick since a command, given all that was seen.

Demonstrations were walked for other reasons; what an expert that remembers would do in each
frame is known all the same. N ticks of a sequence, K chunk steps, A actions.
"""
from dataclasses import dataclass, replace

import numpy as np

from vla_ros.core.body import motion_vector
from vla_ros.core.geometry import points_in
from vla_ros.core.goals import (
    aim_of,
    Aimed,
    Follow,
    Goal,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Push,
    Side,
    Stop,
    Together,
    Touch,
    Visit,
)
from vla_ros.core.robot import RobotDescription
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.dataset import Frames, NO_COLOUR
from vla_ros.learning.draws import ABSENT, absent_goal, lasting_gesture, random_gesture, view_of
from vla_ros.learning.goal_sets import WALKS
from vla_ros.learning.labels import actions_of, target_of, targets_of
from vla_ros.learning.related import means, related_goal
from vla_ros.sim.experts.chunks import home_chunk
from vla_ros.sim.experts.going import FAR_M
from vla_ros.sim.experts.laws import answer_of
from vla_ros.sim.experts.motion import has_arrived, HOME_M
from vla_ros.sim.experts.situation import Situation
from vla_ros.sim.experts.touching import HIGHEST_M, LOWEST_M

LONGEST, LONGEST_ERRAND = 160, 220
"""Ticks."""
SHORTEST = 40
_CONTACT_SHARE = 0.3
"""How often something is touched, pushed or followed instead of gone to."""
_HIDDEN_SHARE = 0.5
"""How often one of the goals is not in view yet: another thing can be taken for it."""
_HIDDEN_TICKS = 10
_FOLLOWED_SHARE = 0.8
"""How often a thing that moves by itself is followed."""
_STEADY_M, _STEADILY = 0.005, 0.9
"""How far in a tick, and in how many of them, a thing goes that moves by itself."""
_WAY_HOME = 0.5
"""Progress of a visit when the robot is there and turns back."""


@dataclass(frozen=True)
class Sequence:
    """A command and what should be done about it, tick by tick."""

    rows: np.ndarray
    """(N,) frames of one episode, from the command on."""
    goal: Goal
    motion: np.ndarray
    """(N, 11) the model's view of the motion since the command."""
    actions: np.ndarray
    """(N, K, A) in m/s, rad/s, rad."""
    progress: np.ndarray
    """(N,) 0 to 1."""
    target: np.ndarray
    """(N, 4) visible (0, 1), sin and cos of the bearing, distance [m]."""
    is_known: np.ndarray
    """(N,) bool: whether the named thing was seen by then."""
    place: np.ndarray
    """(N, 2) where it was seen last [m], seen from where the command was given."""


def draw_sequences(robot: RobotDescription, frames: Frames, episode: slice, moves: list[Move],
                   rng: np.random.Generator) -> list[Sequence]:
    """Return sequences that begin at the same tick of an episode, for three kinds of goals."""
    latest = max(episode.start, episode.stop - SHORTEST)
    start = int(rng.integers(episode.start, latest + 1))
    rows = np.arange(start, min(episode.stop, start + LONGEST))
    goals = [_seen_goal(frames, rows, rng), _twin_goal(frames, rows, rng),
             _visit_goal(frames, rows, rng), _other_goal(frames, rows, moves, rng)]
    if rng.random() < _CONTACT_SHARE:
        goals[0] = _contact_goal(frames, rows, rng)
    goals.pop(rng.integers(len(goals)))
    if rng.random() < _HIDDEN_SHARE:
        goals[0] = _hidden_goal(frames, rows, rng)
    if (moving := _moving(frames, rows)) and rng.random() < _FOLLOWED_SHARE:
        goals[0] = Follow(moving.shape, moving.colour)
    return [sequence(robot, frames, rows, goal) for goal in goals]


def errand_sequences(robot: RobotDescription, frames: Frames, episode: slice,
                     rng: np.random.Generator) -> list[Sequence]:
    """
    Return sequences from the first tick of an errand on: it, going there alone, and another goal.

    What differs between the first two is what was said, and what to do about it on arrival.
    """
    rows = np.arange(episode.start, min(episode.stop, episode.start + LONGEST_ERRAND))
    visit = _visit_goal(frames, rows, rng)
    alone = GoTo(visit.shape, visit.colour) if isinstance(visit, Visit) else visit
    return [sequence(robot, frames, rows, goal)
            for goal in (visit, alone, _seen_goal(frames, rows, rng))]


def sequence(robot: RobotDescription, frames: Frames, rows: np.ndarray, goal: Goal) -> Sequence:
    """Return what should be done about a goal in the frames of one episode."""
    pose = frames.base_pose[rows].astype(float)
    done = np.column_stack([points_in(pose[0], pose[:, :2]), np.unwrap(pose[:, 2]) - pose[0, 2]])
    named, first = _first_seen(frames, rows, goal)
    targets = targets_of(frames, rows, np.full(len(rows), named))
    is_known = np.arange(len(rows)) >= first
    known = replace(targets, is_visible=is_known)
    there = GoTo(goal.shape, goal.colour) if isinstance(goal, Visit) else goal
    answer = answer_of(robot, [there] * len(rows), Situation(
        known, done, frames.joint_positions[rows], frames.joint_velocities[rows],
        frames.base_velocity[rows], _displaced_m(frames, rows, named, first)))
    base, progress = answer.base, answer.progress
    if isinstance(goal, Visit):
        _go_home(base, progress, pose, known, frames, rows)
    return Sequence(
        rows, goal, motion_vector(done, frames.base_velocity[rows]),
        actions_of(robot, base, answer.arms), progress,
        target_of(targets), is_known,
        np.nan_to_num(points_in(pose[0], _last_seen(frames, rows, named))))


def _first_seen(frames: Frames, rows: np.ndarray, goal: Goal) -> tuple[int, int]:
    """Return which solid is meant, the first that came into view, and when; or none, never."""
    meant = _meant(frames, rows[0], goal)
    seen = frames.is_visible[rows] & meant
    if not seen.any():
        return (int(meant.argmax()) if meant.any() else ABSENT), len(rows)
    first = int(seen.any(axis=1).argmax())
    solids = frames.solid[rows[first], :, :2]
    ahead = points_in(frames.base_pose[rows[first]].astype(float), solids)
    bearing = np.abs(np.arctan2(ahead[:, 1], ahead[:, 0]))
    return int(np.where(seen[first], bearing, np.inf).argmin()), first


def _last_seen(frames: Frames, rows: np.ndarray, named: int) -> np.ndarray:
    """Return where a solid was when it was in view last (N, 2) [m]; before: where it is."""
    if named == ABSENT:
        return np.full((len(rows), 2), np.nan)
    ticks = np.arange(len(rows))
    seen = np.maximum.accumulate(np.where(frames.is_visible[rows, named], ticks, -1))
    return frames.solid[rows[np.where(seen < 0, ticks, seen)], named, :2].astype(float)


def _moving(frames: Frames, rows: np.ndarray) -> GoTo | None:
    """Return the name of a solid that moves by itself; None: there is none."""
    steps_m = np.hypot(*np.diff(frames.solid[rows, :, :2], axis=0).transpose(2, 0, 1))
    moving = np.flatnonzero((steps_m > _STEADY_M).mean(axis=0) > _STEADILY)
    return _name(frames.solid[rows[0]], moving[0]) if len(moving) else None


def _displaced_m(frames: Frames, rows: np.ndarray, named: int, first: int) -> np.ndarray:
    """Return how far a solid has been moved by each frame (N,) [m] since it was seen first."""
    if named == ABSENT or first >= len(rows):
        return np.zeros(len(rows))
    places = frames.solid[rows, named, :2].astype(float)
    return np.hypot(*(places - places[first]).T)


def _meant(frames: Frames, row: int, goal: Goal) -> np.ndarray:
    """Return which solids a goal may mean, (S,) bool, that is given in a frame."""
    solid, aim = frames.solid[row], aim_of(goal)
    if aim is None:
        return np.zeros(len(solid), bool)
    if getattr(aim, 'relation', None) is not None:
        view = view_of(frames, row)
        return means(aim, solid, view.is_visible, view.points)
    return _called(solid, aim)


def _called(solid: np.ndarray, aim: Aimed) -> np.ndarray:
    """Return which solids (S, 6) have the name of what is aimed at, (S,) bool."""
    shape = solid[:, 4] == SHAPES.index(aim.shape)
    return shape if aim.colour is None else shape & (
        solid[:, 3] == list(COLOURS).index(aim.colour))


def _go_home(base: np.ndarray, progress: np.ndarray, pose: np.ndarray, known, frames: Frames,
             rows: np.ndarray) -> None:
    """From the tick on at which the robot is there: go back instead."""
    there = has_arrived(np.nan_to_num(known.position), known.radius_m) & known.is_visible
    progress *= _WAY_HOME
    if not there.any():
        return
    back = slice(int(there.argmax()), None)
    home = np.stack([points_in(p, pose[0, :2]) for p in pose[back]])
    around = targets_of(frames, rows[back], np.full(len(home), ABSENT)).obstacles
    base[back] = home_chunk(home, around)
    left = np.clip((np.hypot(*home.T) - HOME_M) / FAR_M, 0, 1)
    progress[back] = np.where(left > 0, _WAY_HOME + 0.45 * (1 - left), 1.0)


def _seen_goal(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return a name for a solid that is mostly seen at some time and not at another."""
    solid, visible = frames.solid[rows[0]], frames.is_visible[rows]
    names = {i: n for i in np.flatnonzero(~np.isnan(solid[:, 0])) if (n := _name(solid, i))}
    if not names:
        return absent_goal(solid[~np.isnan(solid[:, 0])], rng)
    share = visible[:, list(names)].mean(axis=0)
    weight = 0.05 + share * (1 - share) + 0.5 * visible[0, list(names)]
    return names[rng.choice(list(names), p=weight / weight.sum())]


def _hidden_goal(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return a name for a solid that is not in view at first, or for one that is absent."""
    solid, hidden = frames.solid[rows[0]], ~frames.is_visible[rows[:_HIDDEN_TICKS]].any(axis=0)
    there = ~np.isnan(solid[:, 0])
    names = [n for i in np.flatnonzero(there & hidden) if (n := _name(solid, i)) and n.colour]
    if names and rng.random() < 0.8:
        return names[rng.integers(len(names))]
    return absent_goal(solid[there], rng)


def _contact_goal(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> Goal:
    """Return something to touch, to push or to follow, or to go to where it has no name."""
    thing = _seen_goal(frames, rows, rng)
    solid = frames.solid[rows[0]]
    heights_m = solid[_called(solid, thing), 5]
    if len(heights_m) and LOWEST_M < heights_m[0] < HIGHEST_M:
        return Touch(thing.shape, thing.colour, (None, Side.LEFT, Side.RIGHT)[rng.integers(3)])
    kind = Push if rng.random() < 0.6 else Follow
    return kind(thing.shape, thing.colour)


def _twin_goal(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return a shape that several solids have, and mean the one that was seen first."""
    solid = frames.solid[rows[0]]
    shapes, counts = np.unique(solid[~np.isnan(solid[:, 0]), 4], return_counts=True)
    several = shapes[counts > 1]
    if not len(several):
        return _seen_goal(frames, rows, rng)
    shape = SHAPES[int(several[rng.integers(len(several))])]
    return GoTo(shape, is_first=bool(rng.random() < 0.8))


def _visit_goal(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> Goal:
    """Return a visit to a solid that the robot did reach, where it reached any."""
    solid = frames.solid[rows[0]]
    names = {i: n for i in np.flatnonzero(~np.isnan(solid[:, 0])) if (n := _name(solid, i))}
    reached = []
    for index in names:
        targets = targets_of(frames, rows, np.full(len(rows), index))
        if (has_arrived(targets.position, targets.radius_m) & targets.is_visible).any():
            reached.append(index)
    if not names:
        return Stop()
    choice = reached if reached and rng.random() < 0.85 else list(names)
    name = names[choice[rng.integers(len(choice))]]
    return Visit(name.shape, name.colour)


def _other_goal(frames: Frames, rows: np.ndarray, moves: list[Move],
                rng: np.random.Generator) -> Goal:
    draw = rng.random()
    if draw < 0.07:
        return Stop()
    if draw < 0.25:
        return moves[rng.integers(len(moves))]
    if draw < 0.4:
        return random_gesture(rng)
    if draw < 0.6:
        return _related(frames, rows, rng)
    thing = _seen_goal(frames, rows, rng)
    if draw < 0.72:
        return PointAt(thing.shape, thing.colour)
    if draw < 0.84:
        return InTurn(thing, PointAt(thing.shape, thing.colour) if rng.random() < 0.5
                      else lasting_gesture(rng))
    if draw < 0.92:
        walk = thing if rng.random() < 0.5 else WALKS[rng.integers(len(WALKS))]
        return Together(walk, lasting_gesture(rng))
    solid = frames.solid[rows[0]]
    return absent_goal(solid[~np.isnan(solid[:, 0])], rng)


def _related(frames: Frames, rows: np.ndarray, rng: np.random.Generator) -> GoTo:
    """Return a thing told by how it stands when the command is given, else by its name."""
    view = view_of(frames, rows[0])
    found = related_goal(view.solid, view.is_visible, view.points, rng)
    return found[0] if found else _seen_goal(frames, rows, rng)


def _name(solid: np.ndarray, index: int) -> GoTo | None:
    """Return a name for a solid (S, 6) that fits no other; None: it has none."""
    colour, shape = solid[index, 3:5].astype(int)
    if colour != NO_COLOUR:
        return GoTo(SHAPES[shape], list(COLOURS)[colour])
    return GoTo(SHAPES[shape]) if np.nansum(solid[:, 4] == shape) == 1 else None
