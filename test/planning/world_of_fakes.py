"""A robot that does what it is told: a base, a policy and eyes, by a few lines each."""
import numpy as np
from rooms import two_rooms

from vla_ros.core.geometry import moved, points_in, wrap_angle
from vla_ros.core.goals import GoTo, Move
from vla_ros.core.seen_object import SeenObject
from vla_ros.language.grammar import parse
from vla_ros.planning.context import Situation
from vla_ros.planning.executive import Executive, PlanState
from vla_ros.planning.floor import Body, Floor
from vla_ros.planning.goals import Plan
from vla_ros.planning.policy_state import policy_state
from vla_ros.planning.settings import PlannerSettings
from vla_ros.planning.sightings import CameraMount
from vla_ros.planning.surroundings import Surroundings

PERIOD_S = 0.1
MOUNT = CameraMount(0.09, 1.25, 0.6632)


class FakePolicy:
    """Obeys a sentence by the grammar of experts, and says so as the fusion node does."""

    def __init__(self, robot):
        self._robot, self.told, self.said, self.progress = robot, [], 'READY: no command', 0.0
        self._goal, self.is_stuck, self.is_silent, self.is_lost = None, False, False, False
        self.most_progress = 1.0                        # that it ever says it has made

    def hear(self, text):
        self.told.append(text)
        self._text = text
        self._goal = None if text == 'stop' else parse(text)
        self._from, self._turned, self._ticks = self._robot.pose, 0.0, 0
        self.progress = 0.0
        self._say('READY: told to stop' if text == 'stop' else f'READY: thinking: {text}')

    def twist(self):
        """Return (3,) what it wishes now."""
        if self._goal is None or self.is_silent:
            return np.zeros(3)
        self._ticks += 1
        if self.is_stuck:
            self._say(f'ACTIVE: doing: {self._text}')
            return np.zeros(3)
        match self._goal:
            case Move():
                wish, self.progress = self._move()
            case GoTo():
                wish, self.progress = self._go()
            case _:
                wish, self.progress = np.zeros(3), self._ticks / 20     # gestures, on the spot
        self.progress = min(self.progress, self.most_progress)
        word = 'done' if self.progress >= 0.95 else 'doing'
        if self.is_lost or (wish is None):
            word, wish = 'lost', None
        self._say(f'ACTIVE: {word}: {self._text}' + (' (standing)' if word == 'lost' else ''))
        return np.zeros(3) if wish is None else wish

    def _say(self, text):
        if not self.is_silent:
            self.said = text

    def _move(self):
        axis, sign = self._goal.direction.axis
        x, y = points_in(self._from, self._robot.pose[:2])
        left = self._goal.distance - sign * (x, y, self._robot.turned - self._turned_at)[axis]
        wish = np.zeros(3)
        wish[axis] = sign * np.clip(2 * left, 0.05, 0.5)
        return (wish, 0.5) if left > 0.05 else (np.zeros(3), 1.0)

    @property
    def _turned_at(self):
        if not hasattr(self, '_start') or self._start[0] is not self._from:
            self._start = self._from, self._robot.turned
        return self._start[1]

    def _go(self):
        goal: GoTo = self._goal
        xy = self._robot.things.get(goal.name)
        if xy is None or np.linalg.norm(xy - self._robot.pose[:2]) > 4.0:
            return (np.array([0, 0, 0.6]), 0.1) if self._ticks < 110 else (None, 0.1)
        ahead, left = points_in(self._robot.pose, xy)
        bearing, away = np.arctan2(left, ahead), np.hypot(ahead, left)
        if away < 0.7 and abs(bearing) < 0.3:
            return np.zeros(3), 1.0
        return np.array([0.4 if abs(bearing) < 0.4 and away > 0.65 else 0.0, 0.0,
                         np.clip(bearing, -0.7, 0.7)]), 0.5


class FakeRobot:
    """A base on a floor with things on it, a policy, eyes, and the executive that uses them."""

    def __init__(self, pose=(1.5, 3.0, 0.0), grid=None, things=(), **settings):
        self.pose, self.turned, self.now_s = np.array(pose, float), 0.0, 100.0
        self.grid = two_rooms() if grid is None else grid
        self.things = {name: np.array(xy, float) for name, xy in dict(things).items()}
        self.settings = PlannerSettings(**settings)
        self.surroundings = Surroundings(MOUNT)
        self.surroundings.put_map(self.grid, Body())
        self.policy, self.executive = FakePolicy(self), Executive(self.settings)
        self.said, self.routes, self.walked = [], [], [self.pose]
        self.walls = Floor.of(self.grid)                # where it really is stopped
        self.is_blind = self.is_lost = False
        self.twist = np.zeros(3)

    @property
    def situation(self):
        things = self.surroundings.things
        return Situation(
            self.now_s, None if self.is_lost else self.pose, self.surroundings.floor(),
            self.grid.places, things.things, things.looks, things.looked_s,
            policy_state(self.policy.said, self.policy.progress),
            doubts=self.surroundings.doubts())

    def begin(self, *subtasks):
        self.obey(self.executive.begin(Plan('', subtasks), self.situation))
        return self

    def obey(self, orders):
        for text in orders.instructions:
            self.policy.hear(text)
        self.said += orders.says
        if orders.route is not None:
            self.routes.append(orders.route)
        return orders

    def tick(self):
        """Let one period go by."""
        orders = self.obey(self.executive.tick(self.situation))
        wish = self.policy.twist()
        self.twist = wish if orders.twist is None else orders.twist
        after = moved(self.pose, self.twist, PERIOD_S)
        if self.walls.clearance_at(after[:2]) < 0.15:   # the wall holds it
            after[:2] = self.pose[:2]
        self.turned += float(wrap_angle(after[2] - self.pose[2]))
        self.pose = after
        self.walked.append(self.pose)
        self.now_s += PERIOD_S
        if not self.is_blind:
            self.surroundings.see(self._seen(), self.pose, self.now_s)
        return orders

    def run(self, limit_s=200.0, until=lambda: False):
        """Let time go by until the plan has ended; return its state."""
        end_s = self.now_s + limit_s
        while self.executive.state is PlanState.RUNNING and not until():
            assert self.now_s < end_s, self.executive.report()
            self.tick()
        return self.executive.state

    def _seen(self):
        seen = []
        for name, xy in self.things.items():
            ahead, left = points_in(self.pose, xy)
            if not (0.3 < np.hypot(ahead, left) < 4.0 and abs(np.arctan2(left, ahead)) < 0.7):
                continue
            cos, sin = np.cos(MOUNT.pitch_rad), np.sin(MOUNT.pitch_rad)
            along, up = ahead - MOUNT.forward_m, 0.15 - MOUNT.height_m
            centre = np.array([-left, -sin * along - cos * up, cos * along - sin * up])
            colour, _, shape = name.rpartition(' ')
            seen.append(SeenObject(name, shape, colour or None, centre, 0.3, 0.9))
        return seen


def with_walls(robot, grid):
    """Return a robot that is stopped by walls that its map does not have."""
    robot.walls = Floor.of(grid)
    return robot
