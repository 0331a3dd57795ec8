"""
Long commands and their judge: several things one after the other, by the simulator's truth.

A check is met when its condition holds and the robot has come to rest, the last one when it
has stood for `HOLD_S`. A robot that passes by a place on its way has been there too, unless
nothing follows. The next check begins there and then.
"""
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vla_ros.core.geometry import wrap_angle
from vla_ros.core.goals import GoTo, Move
from vla_ros.sim.floor_plan import APARTMENT
from vla_ros.sim.scene import Scene
from vla_ros.sim.tasks.body import Body
from vla_ros.sim.tasks.conditions.going import stands_before
from vla_ros.sim.tasks.conditions.moving import has_moved
from vla_ros.sim.tasks.judge import HOLD_S, stands
from vla_ros.sim.tasks.way import Way

AT_PLACE_M = 0.6
"""How near to a place, or to where it began, a robot counts as being there."""
_LEAVES_M = 0.15
_REST_S, _REST_M, _REST_RAD = 0.3, 0.05, 0.05
"""Who moves less than this in this time has come to rest: speeds are filtered, and lag."""


@dataclass(frozen=True)
class AtPlace:
    """Be at a place of the apartment, or stand anywhere in its room."""

    name: str


@dataclass(frozen=True)
class Home:
    """Be back where the command was given."""


Check = AtPlace | GoTo | Move | Home
"""What a subtask has to bring about."""
ShortestWay = Callable[[np.ndarray, np.ndarray], float]
"""Returns the length of the shortest way [m] between two points (2,) on the map."""


@dataclass(frozen=True)
class LongTask:
    """A sentence, and what must have come true in this order."""

    command: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Leg:
    """How one subtask went."""

    words: str
    """What was asked: 'go to the kitchen'."""
    is_done: bool
    start: tuple[float, float]
    """x, y [m]."""
    end: tuple[float, float]
    seconds: float
    walked_m: float
    shortest_m: float | None
    """Length of the shortest way between start and end; None where the way is not asked for."""


@dataclass(frozen=True)
class LongVerdict:
    """How a long command went."""

    legs: tuple[Leg, ...]
    """Those that were begun, the last of them perhaps not done."""
    checks: int
    """How many there were."""
    is_fallen: bool
    contacts: int
    """How often the robot touched walls, doors or furniture."""
    reason: str
    """Why it failed, a full sentence; empty if it did not."""

    @property
    def is_success(self) -> bool:
        """Return whether everything was done in order, and the robot stands."""
        return not self.reason

    @property
    def path_ratio(self) -> float | None:
        """Return walked over shortest length of the finished walks by the map; None: none."""
        walks = [leg for leg in self.legs if leg.is_done and leg.shortest_m]
        shortest_m = sum(leg.shortest_m for leg in walks)
        return sum(leg.walked_m for leg in walks) / shortest_m if shortest_m > 0 else None


class LongJudge:
    """Judges one long command; asked once per tick."""

    def __init__(self, task: LongTask, pose: np.ndarray, now_s: float,
                 shortest_m: ShortestWay):
        self._task, self._shortest_m = task, shortest_m
        self._home = np.array(pose[:2], float)
        self._last = np.array(pose, float)
        self._turned = 0.0
        self._lately = deque([(now_s, self._last, self._turned)])
        self._legs: list[Leg] = []
        self._begin(now_s)

    def _begin(self, now_s: float) -> None:
        self._began_s, self._since_s, self._nearest_m = now_s, None, np.inf
        self._start, self._way = self._last[:2], Way(self._last[:2], now_s)
        self._turning: tuple[np.ndarray, float, float, Way] | None = None
        self._bases = [(self._last, self._turned)]

    def told(self, now_s: float) -> None:
        """
        Note that the robot was told the next thing.

        A movement is meant from here; and whoever is told it at a place has been there.
        """
        if (not self.is_done and not self._is_last and isinstance(self._check, AtPlace | Home)
                and self._is_near(self._check)):
            self._end(now_s)
        self._bases.append((self._last, self._turned))

    def _end(self, now_s: float) -> None:
        self._legs.append(self._leg(True, now_s))
        self._begin(now_s)

    def _end_where_nearest(self, now_s: float) -> None:
        """
        End a way where the robot was nearest to its place, and begin the next one there.

        Whoever goes there and back has not gone a shorter way to where it is by now. No step is
        lost: what was walked since counts for the next.
        """
        place, came_s, walked_m, way = self._turning
        self._legs.append(self._leg_to(True, place, came_s, walked_m))
        self._begin(now_s)
        self._began_s, self._start, self._way = came_s, place, way

    @property
    def _check(self) -> Check:
        """Return what has to come true next."""
        return self._task.checks[len(self._legs)]

    @property
    def is_done(self) -> bool:
        """Return whether every check was met."""
        return len(self._legs) == len(self._task.checks)

    def update(self, body: Body, scene: Scene, now_s: float) -> bool:
        """Return whether every check is met by now; `scene` is what stands where now."""
        self._follow(body, now_s)
        if self.is_done:
            return True
        if self._is_met(self._check, body, scene, now_s):
            self._end(now_s)
        elif self._has_passed(self._check, now_s):
            self._pass(now_s)
        return self.is_done

    def _pass(self, now_s: float) -> None:
        """End a way at whose end the robot did not rest."""
        follows = self._task.checks[len(self._legs) + 1]
        if isinstance(follows, AtPlace | Home):
            self._end_where_nearest(now_s)
        else:
            self._end(now_s)

    def verdict(self, now_s: float, *, is_fallen: bool, contacts: int,
                given_up: str = '') -> LongVerdict:
        """
        Return how it went up to now.

        :param contacts: those of the robot with walls, doors and furniture (`Scenery`).
        :param given_up: why the planner ended it, if it did.
        """
        legs, reason = list(self._legs), ''
        if not self.is_done:
            legs.append(self._leg(False, now_s))
            reason = (f'"{legs[-1].words}" ({len(legs)} of {len(self._task.checks)}) was not '
                      f'reached within {now_s - self._began_s:.0f} s.')
            reason += f' The planner: {given_up}' if given_up else ''
        if is_fallen:
            reason = f'The robot fell at "{legs[-1].words}".'
        return LongVerdict(tuple(legs), len(self._task.checks), is_fallen, contacts, reason)

    def _follow(self, body: Body, now_s: float) -> None:
        """Add up the way and the turns; note where the robot came to rest."""
        self._turned += float(wrap_angle(body.pose[2] - self._last[2]))
        self._last = np.array(body.pose, float)
        self._way.add(self._last[:2], now_s)
        if self._turning is not None:
            self._turning[3].add(self._last[:2], now_s)
        self._lately.append((now_s, self._last, self._turned))
        while now_s - self._lately[0][0] > _REST_S + 1e-6:
            self._lately.popleft()
        if self._rests and self._has_moved_since(*self._bases[-1]):
            self._bases.append((self._last, self._turned))

    @property
    def _rests(self) -> bool:
        return not self._has_moved_since(*self._lately[0][1:])

    def _has_moved_since(self, pose: np.ndarray, turned_rad: float) -> bool:
        return bool(np.hypot(*(self._last - pose)[:2]) > _REST_M
                    or abs(self._turned - turned_rad) > _REST_RAD)

    def _is_met(self, check: Check, body: Body, scene: Scene, now_s: float) -> bool:
        if not self._is_last:
            return self._rests and self._holds(check, scene)
        if not (stands(body) and self._holds(check, scene)):
            self._since_s = None
            return False
        self._since_s = now_s if self._since_s is None else self._since_s
        return now_s - self._since_s >= HOLD_S

    @property
    def _is_last(self) -> bool:
        return len(self._legs) == len(self._task.checks) - 1

    def _has_passed(self, check: Check, now_s: float) -> bool:
        """Return whether the robot was at a place, more than which follows, and is leaving it."""
        if self._is_last or not isinstance(check, AtPlace | Home):
            return False
        away_m = self._distance_m(check)
        if away_m < self._nearest_m:
            self._nearest_m = away_m
            place = self._last[:2]
            self._turning = place, now_s, self._way.length_m, Way(place, now_s)
        return self._nearest_m <= AT_PLACE_M and away_m > self._nearest_m + _LEAVES_M

    def _is_near(self, check: AtPlace | Home) -> bool:
        return self._distance_m(check) <= AT_PLACE_M

    def _distance_m(self, check: AtPlace | Home) -> float:
        goal = APARTMENT.place(check.name).pose[:2] if isinstance(check, AtPlace) else self._home
        return float(np.hypot(*(self._last[:2] - goal)))

    def _holds(self, check: Check, scene: Scene) -> bool:
        match check:
            case AtPlace(name):
                return self._is_near(check) or bool(
                    APARTMENT.room(name).contains(self._last[:2]))
            case Home():
                return self._is_near(check)
            case GoTo() as goal:
                return any(stands_before(solid, scene, self._last)
                           for solid in scene.find_all(goal.shape, goal.colour))
            case Move() as move:
                # Where it begins is where the robot was told, or came to rest before.
                return any(has_moved(move, pose, self._last, self._turned - turned)
                           for pose, turned in self._bases)

    def _leg(self, is_done: bool, now_s: float) -> Leg:
        return self._leg_to(is_done, self._last[:2], now_s, self._way.length_m)

    def _leg_to(self, is_done: bool, end: np.ndarray, end_s: float, walked_m: float) -> Leg:
        """Return the leg that ends at a place (2,), then, after so long a way."""
        check, shortest_m = self._check, None
        if isinstance(check, AtPlace | Home):
            shortest_m = self._shortest_m(self._start, end)
        return Leg(words_of(check), is_done, tuple(self._start.tolist()), tuple(end.tolist()),
                   end_s - self._began_s, walked_m, shortest_m)


def words_of(check: Check) -> str:
    """Return what a check asks for, in plain words."""
    match check:
        case AtPlace(name):
            return f'go to the {name}'
        case GoTo() as goal:
            return f'go to the {goal.name}'
        case Home():
            return 'come back'
        case Move(direction=direction) as move if direction.is_turn:
            return f'{direction.value} {np.degrees(move.distance):.0f} degrees'
        case Move(direction=direction) as move:
            return f'walk {direction.value} {move.distance:g} m'
