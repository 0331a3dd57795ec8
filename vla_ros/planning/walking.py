"""Leaves that walk by the map: with the follower here, or by asking another navigator."""
from collections.abc import Callable

import numpy as np
from py_trees.common import Status

from vla_ros.core.geometry import wrap_angle
from vla_ros.planning.behaviours import Desk, Leaf, ProgressWatch
from vla_ros.planning.context import (
    MissingContextError,
    NavigationContext,
    NavigatorState,
    Situation,
)
from vla_ros.planning.floor import discs_of, Floor
from vla_ros.planning.follower import blocks, Follower, Gait, is_blocked, Step
from vla_ros.planning.route import find_route, NoRouteError

LOOKAHEAD_M = 2.0
"""Part of the way that has to be free."""
_DOUBTED_M, _CREEP_M_S, _HALT_M = 0.9, 0.1, 0.65
"""So far ahead, whoever doubts that the way is free walks step by step, and nearer not at all."""
_ASIDE_M = 0.7
"""Further from its route, a robot needs another."""
_BUMP_M, _BUMP_RADIUS_M = 0.5, 0.2
_REPLAN_S = 0.5
_BUMPED_S, _BUMPS_MAX = 3.0, 3
"""Told to walk, whoever gets no further for so long stands against something."""
_ADVANCED_M = 0.05
"""Getting further: also of a base that does a quarter of what it is told."""
_GREW_M = 0.1
_ODOMETRY_LOST_S = 3.0
Needs = Callable[[Situation], NavigationContext | None]
"""Says where to walk; None: nowhere, all is well."""


class WalkTo(Leaf):
    """
    Walks to a place.

    RUNNING on the way; SUCCESS there; FAILURE without a way, a map or odometry, or where nothing
    gets any further. What comes to stand on the way is walked around.
    """

    def __init__(self, name: str, desk: Desk, needs: Needs, whither: str):
        super().__init__(name, desk)
        self._needs, self._whither = needs, whither
        self._follower: Follower | None = None

    def initialise(self) -> None:
        """Find the way from here."""
        now_s = self.situation.now_s
        self._follower, self._refusal, self._bumps = None, '', 0
        self._turned_rad, self._yaw_rad = 0.0, 0.0
        self._watch = ProgressWatch(now_s)
        self._blocked_since_s = self._planned_s = self._lost_since_s = None

    def update(self) -> Status:
        """Return how it goes, and order the next twist."""
        try:
            context = self._needs(self.situation)
        except MissingContextError as error:
            return self._wait_for_context(str(error))
        self._lost_since_s = None
        if context is None:
            return Status.SUCCESS
        floor = context.floor.with_discs(discs_of(self.desk.bumps))
        if self._follower is None or self._has_to_replan(context, floor):
            self._plan(context, floor)
        if self._follower is None:
            return self._wait_for_way()
        return self._walk(context, floor)

    def terminate(self, new_status: Status) -> None:
        """Stand."""
        self.desk.orders.twist = np.zeros(3)

    def _wait_for_context(self, reason: str) -> Status:
        """Stand while odometry is away for a moment; fail if it stays away."""
        now_s = self.situation.now_s
        self._lost_since_s = now_s if self._lost_since_s is None else self._lost_since_s
        self.desk.orders.twist = np.zeros(3)
        if self._follower is None or now_s - self._lost_since_s > _ODOMETRY_LOST_S:
            return self.fails(f"{reason}, so I can't walk to {self._whither}.")
        return self.goes_on(reason)

    def _has_to_replan(self, context: NavigationContext, floor: Floor) -> bool:
        if self.situation.now_s - self._planned_s < _REPLAN_S:
            return False
        step = self._follower.step(context.pose)
        return step.aside_m > _ASIDE_M or is_blocked(
            floor, self._follower.points_ahead(LOOKAHEAD_M))

    def _plan(self, context: NavigationContext, floor: Floor) -> None:
        """Find a way; if there is none, keep the reason."""
        now_s = self.situation.now_s
        if self._planned_s is not None and now_s - self._planned_s < _REPLAN_S:
            return
        self._planned_s, gait = now_s, self.desk.settings
        try:
            route = find_route(floor, context.pose[:2], context.goal)
        except NoRouteError as error:
            self._follower, self._refusal = None, str(error)
            return
        self._follower, self._blocked_since_s = Follower(route, context.yaw_rad, Gait(
            gait.speed_max, gait.turn_max)), None
        self._watch.forgive(now_s)
        self.desk.orders.route = route

    def _wait_for_way(self) -> Status:
        """Stand for a while in case the way becomes free."""
        now_s = self.situation.now_s
        self.desk.orders.twist = np.zeros(3)
        if self._blocked_since_s is None:
            self._blocked_since_s = now_s
        if now_s - self._blocked_since_s >= self.desk.settings.blocked_time:
            return self.fails(f'I find no way to {self._whither}: {self._refusal}.')
        return self.goes_on(self._refusal)

    def _walk(self, context: NavigationContext, floor: Floor) -> Status:
        now_s = self.situation.now_s
        step = self._follower.step(context.pose, floor)
        if step.turns:                                  # that is no way, but progress
            self._turned_rad += abs(float(wrap_angle(context.pose[2] - self._yaw_rad)))
        self._yaw_rad = context.pose[2]
        self._watch.note(now_s, _ADVANCED_M, way=-step.remaining_m, turned=self._turned_rad)
        if step.is_there:
            return Status.SUCCESS
        if self._watch.age_s(now_s) > self.desk.settings.subtask_time:
            return self.fails(f'The way to {self._whither} took too long.')
        self.desk.orders.twist = self._wary(step, context, floor)
        if self._watch.idle_s(now_s) > min(_BUMPED_S, 0.5 * self.desk.settings.stall_time):
            return self._bump(context)
        return self.goes_on(f'{step.remaining_m:.1f} m left')

    def _wary(self, step: Step, context: NavigationContext, floor: Floor) -> np.ndarray:
        """Return the twist (3,), slower where something may stand on the way."""
        doubtful, speed = floor.with_discs(context.doubts), float(np.hypot(*step.twist[:2]))
        for within_m, most in ((_HALT_M, 0.0), (_DOUBTED_M, _CREEP_M_S)):
            points = self._follower.points_ahead(within_m)
            if is_blocked(doubtful, points[~blocks(floor, points)]):
                slower = min(1.0, most / max(speed, 1e-6))
                return step.twist * np.array([slower, slower, 1.0])
        return step.twist

    def _bump(self, context: NavigationContext) -> Status:
        """Note that something stands here that nobody sees, and look for another way."""
        self._bumps += 1
        self.desk.orders.twist = np.zeros(3)
        if self._bumps > _BUMPS_MAX:
            return self.fails(f'I get no further on the way to {self._whither}, and see nothing '
                              'that would be in the way.')
        x, y, yaw = context.pose
        self.desk.bumps.append((x + _BUMP_M * np.cos(yaw), y + _BUMP_M * np.sin(yaw),
                                _BUMP_RADIUS_M))
        self._watch.forgive(self.situation.now_s)
        self._planned_s = None
        self._follower = None
        return self.goes_on('something is in the way')


class AskNavigator(Leaf):
    """
    Has another node walk to a place (Nav2's NavigateToPose).

    RUNNING until it answers; SUCCESS and FAILURE as it says.
    """

    def __init__(self, name: str, desk: Desk, needs: Needs, whither: str):
        super().__init__(name, desk)
        self._needs, self._whither, self._is_asked = needs, whither, False

    def initialise(self) -> None:
        """Ask."""
        self._is_asked, self._known_s = False, self.situation.now_s
        self._watch = ProgressWatch(self.situation.now_s)

    def update(self) -> Status:
        """Return what the other node says."""
        try:
            context = self._needs(self.situation)
        except MissingContextError as error:
            if self._is_asked and self.situation.now_s - self._known_s <= _ODOMETRY_LOST_S:
                return self.goes_on(str(error))
            return self.fails(f"{error}, so I can't walk to {self._whither}.")
        self._known_s = self.situation.now_s
        if context is None:
            return Status.SUCCESS
        if not self._is_asked:
            yaw = np.nan if context.yaw_rad is None else context.yaw_rad
            self.desk.orders.goal = np.array([*context.goal, yaw])
            self._is_asked = True
            return self.goes_on('asked')
        return self._answer(context)

    def _answer(self, context: NavigationContext) -> Status:
        state, now_s = self.situation.navigator, self.situation.now_s
        self._watch.note(now_s, _GREW_M, way=-float(
            np.linalg.norm(context.goal - context.pose[:2])))
        if state is NavigatorState.DONE:                # of this goal: asking resets it
            return Status.SUCCESS
        if state is NavigatorState.FAILED:
            return self._gives_up(self.situation.navigator_reason)
        if self._watch.idle_s(now_s) > 4 * self.desk.settings.stall_time:
            return self._gives_up('it gets no further')
        return self.goes_on(state.value)

    def _gives_up(self, reason: str) -> Status:
        return self.fails(f'The navigator did not get to {self._whither}: {reason}.')

    def terminate(self, new_status: Status) -> None:
        """Call the other node off, once: a later call would meet the goal of another leaf."""
        was_asked, self._is_asked = self._is_asked, False
        if was_asked and new_status is not Status.SUCCESS:
            self.desk.orders.cancels_goal = True
