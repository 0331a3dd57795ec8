"""The modes of the fusion node and the only ways between them."""
from enum import Enum


class Mode(Enum):
    """What the node does."""

    INIT = 'INIT'
    """Warming up; nothing moves."""
    READY = 'READY'
    """Able to act; nobody has said what."""
    ACTIVE = 'ACTIVE'
    """Doing what was said."""
    HOLD = 'HOLD'
    """Standing because something is missing or late; goes on by itself."""
    FAULT = 'FAULT'
    """Standing because something is broken; goes on after a reset only."""


class Event(Enum):
    """What can happen to a mode."""

    WARM = 'warm-up ended'
    INSTRUCTED = 'everything fresh, an instruction to follow'
    RELEASED = 'no instruction to follow'
    STALE = 'something missing or late'
    BROKEN = 'something broken'
    RESET = 'reset'


TRANSITIONS = {
    (Mode.INIT, Event.WARM): Mode.READY,
    (Mode.READY, Event.INSTRUCTED): Mode.ACTIVE,
    (Mode.READY, Event.STALE): Mode.HOLD,
    (Mode.ACTIVE, Event.RELEASED): Mode.READY,
    (Mode.ACTIVE, Event.STALE): Mode.HOLD,
    (Mode.HOLD, Event.INSTRUCTED): Mode.ACTIVE,
    (Mode.HOLD, Event.RELEASED): Mode.READY,
    (Mode.FAULT, Event.RESET): Mode.READY,
    **{(mode, Event.BROKEN): Mode.FAULT for mode in Mode},
}
"""Everything that is not here changes nothing."""

GOOD_TICKS = 5
"""Ticks in a row that must be good before HOLD ends."""


class ModeMachine:
    """Keeps the mode; asked once per tick."""

    def __init__(self):
        self.mode = Mode.INIT
        self._good = 0

    def handle(self, event: Event) -> Mode:
        """Return the mode after an event; HOLD ends after `GOOD_TICKS` good ones in a row."""
        wants_out = self.mode is Mode.HOLD and event in (Event.INSTRUCTED, Event.RELEASED)
        self._good = self._good + 1 if wants_out else 0
        if not wants_out or self._good >= GOOD_TICKS:
            self.mode = TRANSITIONS.get((self.mode, event), self.mode)
        return self.mode
