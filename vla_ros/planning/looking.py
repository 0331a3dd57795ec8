"""Leaves that look: whether a thing is there, and what to say of it."""
import numpy as np
from py_trees.common import Status

from vla_ros.core.geometry import points_in
from vla_ros.language.understanding import Thing
from vla_ros.planning.behaviours import Desk, Leaf, LOOKS, ProgressWatch
from vla_ros.planning.context import context_for
from vla_ros.planning.goals import Describe, name_of
from vla_ros.planning.sightings import Sighting

_RECENT_S = 3.0
_ASIDE_RAD = 0.35


class Look(Leaf):
    """
    Looks for a thing, or at everything.

    RUNNING for some looks of perception; SUCCESS with `found` set; FAILURE if nobody looks.
    """

    def __init__(self, name: str, desk: Desk, thing: Thing | None):
        super().__init__(name, desk)
        self._wanted = Describe(thing)
        self.found: tuple[Sighting, ...] = ()
        """What was seen during the looks."""

    def initialise(self) -> None:
        """Begin to count looks."""
        self._first = self.situation.looks
        self._began_s = self.situation.now_s
        self._watch = ProgressWatch(self.situation.now_s)

    def update(self) -> Status:
        """Return whether it has looked often enough."""
        now_s, looks = self.situation.now_s, self.situation.looks - self._first
        self._watch.note(now_s, 0.5, looks=float(looks))
        if looks >= LOOKS:
            self.found = tuple(t for t in context_for(self._wanted, self.situation).things
                               if t.seen_s >= self._began_s - 0.5)
            return self.done()
        if self._watch.idle_s(now_s) > _RECENT_S:
            return self.fails("I can't see anything: perception does not run.")
        return self.goes_on(f'{looks} of {LOOKS} looks')

    def done(self) -> Status:
        """Return SUCCESS."""
        return Status.SUCCESS


class SayWhatIsSeen(Look):
    """Looks, and says what it saw."""

    def done(self) -> Status:
        """Say it."""
        thing = self._wanted.thing
        pose = self.situation.pose
        if thing is not None and not self.found:
            text = f'I see no {name_of(thing)}.'
        elif not self.found:
            text = 'I see nothing that I know.'
        elif thing is not None:
            text = f'I see the {self.found[0].name}{_where(self.found[0], pose)}.'
        else:
            text = f'I see {_listed(sorted({t.name for t in self.found}))}.'
        self.desk.orders.says.append(text)
        return Status.SUCCESS


def _listed(names: list[str]) -> str:
    """Return names as a list in words: 'a red ball, a table and a sofa'."""
    with_article = [f'an {n}' if n[0] in 'aeiou' else f'a {n}' for n in names]
    if len(with_article) == 1:
        return with_article[0]
    return f'{", ".join(with_article[:-1])} and {with_article[-1]}'


def _where(thing: Sighting, pose: np.ndarray | None) -> str:
    """Return where a thing is from the robot, in words."""
    if pose is None:
        return ''
    ahead, left = points_in(pose, thing.position)
    bearing = float(np.arctan2(left, ahead))
    side = ('ahead' if abs(bearing) < _ASIDE_RAD else 'behind me' if abs(bearing) > np.pi / 2
            else 'to my left' if bearing > 0 else 'to my right')
    return f', {np.hypot(ahead, left):.1f} m {side}'
