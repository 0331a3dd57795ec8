"""From a plan to a tree: what is tried first, what else is tried, and what is reported."""
from collections.abc import Sequence

import numpy as np
from py_trees import composites
from py_trees.behaviour import Behaviour
from py_trees.common import Status
from py_trees.decorators import FailureIsSuccess

from vla_ros.planning.behaviours import Check, Desk, Leaf, Linger, Speak
from vla_ros.planning.context import (
    context_for,
    MissingContextError,
    navigation,
    NavigationContext,
    Situation,
)
from vla_ros.planning.goals import (
    Act,
    Approach,
    ComeBack,
    Describe,
    IfSeen,
    Move,
    name_of,
    Navigate,
    Say,
    Subtask,
    Turn,
    Wait,
)
from vla_ros.planning.looking import Look, SayWhatIsSeen
from vla_ros.planning.settings import NAV2
from vla_ros.planning.telling import MoveBy, Tell
from vla_ros.planning.walking import AskNavigator, Needs, WalkTo
from vla_ros.planning.walking_up import WalkUp

_STAND_OFF_M = 1.3
"""How near to a thing the map leads before the policy takes over."""
_FAR_M = 2.5
"""A thing that is nearer is left to the policy."""
_OTHER_VIEW_M = 1.0
"""Another place to look from is at least that far away."""


class GiveUp(Leaf):
    """Fails with the reason of the last attempt, and says how often it was tried."""

    def update(self) -> Status:
        """Return FAILURE."""
        return self.fails(f'{self.desk.reason} I tried twice.')


def tree_of(subtasks: Sequence[Subtask], desk: Desk) -> composites.Sequence:
    """Return the tree of a plan: its children are its subtasks, in order."""
    return _sequence('plan', [branch_of(subtask, desk) for subtask in subtasks])


def branch_of(subtask: Subtask, desk: Desk) -> Behaviour:
    """Return the tree of one subtask."""
    words = subtask.words
    match subtask:
        case Say(text):
            return Speak(words, desk, text)
        case Wait(duration_s):
            return Linger(words, desk, duration_s)
        case Describe(thing):
            return SayWhatIsSeen(words, desk, thing)
        case Move() | Turn():
            first = MoveBy(words, desk, subtask)
            return _twice(words, desk, first, MoveBy('what is left', desk, subtask, first))
        case Navigate(place):
            return _twice(words, desk, *(_walk(desk, lambda now: context_for(
                subtask, now), f'the {place}') for _ in range(2)))
        case ComeBack():
            return _twice(words, desk, *(_walk(desk, lambda now: context_for(
                subtask, now), 'where we began') for _ in range(2)))
        case Approach():
            return _approach(subtask, desk)
        case IfSeen():
            return _condition(subtask, desk)
        case Act():
            return _twice(words, desk, Tell(words, desk, subtask.sentence),
                          Tell(f'{words}, again', desk, subtask.sentence))


def _approach(subtask: Approach, desk: Desk) -> Behaviour:
    """Return: go near if it is known where, then by eye; else look from somewhere else."""
    name, words = name_of(subtask.thing), subtask.words
    near = _walk(desk, lambda now: _near(subtask, now), f'the {name}')
    elsewhere = _walk(desk, _OtherView(subtask), 'another place to look from')
    return _twice(
        words, desk,
        _sequence('by eye', [_perhaps(near), WalkUp(words, desk, subtask)]),
        _sequence('from elsewhere', [_perhaps(elsewhere), WalkUp(words, desk, subtask)]))


def _condition(subtask: IfSeen, desk: Desk) -> Behaviour:
    """Return: look, then do the one or the other."""
    look = Look(subtask.words, desk, subtask.thing)
    name = name_of(subtask.thing)
    then = [branch_of(s, desk) for s in subtask.then]
    otherwise = [branch_of(s, desk) for s in subtask.otherwise] or [
        Speak('say so', desk, f'I see no {name}.')]
    # What fails in the one must not be taken for a reason to do the other.
    return _sequence(f'if a {name} is seen', [look, composites.Selector('either', True, [
        _sequence('then', [Check('seen', desk, lambda: bool(look.found)), *then]),
        _sequence('otherwise', [Check('not seen', desk, lambda: not look.found), *otherwise])])])


def _twice(words: str, desk: Desk, first: Behaviour, second: Behaviour) -> Behaviour:
    """Return: the first way, else the second, else the reason."""
    return composites.Selector(words, True, [first, second, GiveUp('give up', desk)])


def _walk(desk: Desk, needs: Needs, whither: str) -> Behaviour:
    kind = AskNavigator if desk.settings.navigator == NAV2 else WalkTo
    return kind(f'walk to {whither}', desk, needs, whither)


def _sequence(name: str, children: Sequence[Behaviour]) -> composites.Sequence:
    return composites.Sequence(name, True, list(children))


def _perhaps(child: Behaviour) -> Behaviour:
    return FailureIsSuccess(f'try to {child.name}', child)


def _near(subtask: Approach, situation: Situation) -> NavigationContext | None:
    """Return how to get near a thing that was seen far away; None: it is near, or unknown."""
    context = context_for(subtask, situation)
    if context.pose is None or not context.things or situation.floor is None:
        return None
    thing = context.things[0].position
    away = float(np.linalg.norm(thing - context.pose[:2]))
    if away < _FAR_M:
        return None
    goal = thing + (context.pose[:2] - thing) * _STAND_OFF_M / away
    yaw = float(np.arctan2(*(thing - goal)[::-1]))
    return navigation(situation, goal, yaw)


class _OtherView:
    """Chooses once from where to look for a thing that was not found."""

    def __init__(self, subtask: Approach):
        self._subtask, self._chosen = subtask, None

    def __call__(self, situation: Situation) -> NavigationContext | None:
        if situation.floor is None or situation.pose is None:
            return None
        if self._chosen is None:
            self._chosen = self._choose(situation)
        if self._chosen is None:
            raise MissingContextError('I know no other place to look from')
        return navigation(situation, self._chosen[:2], float(self._chosen[2]))

    def _choose(self, situation: Situation) -> np.ndarray | None:
        """Return the pose (3,) of the nearest place that is not here."""
        poses = [p.pose for p in situation.places]
        away = [float(np.linalg.norm(p[:2] - situation.pose[:2])) for p in poses]
        others = [(d, i) for i, d in enumerate(away) if d >= _OTHER_VIEW_M]
        return poses[min(others)[1]] if others else None
