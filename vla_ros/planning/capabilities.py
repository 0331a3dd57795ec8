"""What a robot can do, and what it knows when a command comes: the one place that says so."""
from dataclasses import dataclass, field

from vla_ros.language.understanding import Thing
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.planning.goals import (
    Act,
    Approach,
    Describe,
    IfSeen,
    Move,
    name_of,
    Navigate,
    Plan,
    Skill,
    Subtask,
    Turn,
    Wait,
)

TODAY = (Skill.NAVIGATE, Skill.APPROACH, Skill.TELL_APART, Skill.COME_BACK, Skill.MOVE,
         Skill.TURN, Skill.WAIT, Skill.SAY, Skill.DESCRIBE, Skill.POINT, Skill.WAVE, Skill.RAISE,
         Skill.LOWER, Skill.TOUCH, Skill.PUSH)
"""What planner and shipped policy can do together."""
DISTANCE_MAX_M, ANGLE_MAX_RAD, WAIT_MAX_S = 10.0, 12.6, 600.0
SUBTASKS_MAX = 40
FURNITURE = ('rug', 'door', 'shelf', 'table', 'sofa', 'plant', 'bench')
"""What perception knows besides solids: it can be told of, and not be walked to by eye."""

TOLD_BY_PLACE, TOLD_BY_OTHER = ('nearest', 'furthest', 'leftmost', 'rightmost'), (
    'left_of', 'right_of')
"""Ways to tell a thing from others of its name, alone and by another thing."""

_PEOPLE = ('speaker', 'man', 'woman', 'person')


@dataclass(frozen=True)
class Capabilities:
    """What can be done, where, and with which things."""

    skills: frozenset[Skill] = frozenset(TODAY)
    places: tuple[str, ...] = ()
    """Names of the places that the map knows."""
    shapes: tuple[str, ...] = SHAPES
    """Things that the policy walks to."""
    colours: tuple[str, ...] = field(default=tuple(COLOURS))

    def objection(self, subtask: Subtask) -> str:
        """Return why a subtask can't be done, as a sentence; empty if it can."""
        if subtask.skill not in self.skills:
            return f"I can't {_verb(subtask.skill)} yet."
        match subtask:
            case Navigate(place) if place not in self.places:
                return f"I don't know where the {place} is. {self.known_places}"
            case Approach(thing):
                is_told, wrong = self._tells(thing), ''
                if is_told and thing.other:
                    wrong = self._objection_to(thing.other, self.shapes, 'tell things apart by')
                return wrong or self._objection_to(thing, self.shapes, 'walk up to', is_told)
            case Describe(Thing() as thing) | IfSeen(thing):
                return self._objection_to(thing, (*self.shapes, *FURNITURE), 'recognise')
            case Move() | Turn() | Wait():
                return _too_much(subtask)
            case Act(Skill.WAVE, Thing(kind)) if kind in _PEOPLE:
                return ''                               # nobody has to be recognised for it
            case Act(thing=Thing() as thing):
                return self._objection_to(thing, self.shapes, _verb(subtask.skill))
        return ''

    @property
    def known_places(self) -> str:
        """Return the places as a sentence."""
        if not self.places:
            return 'I know no places.'
        return f'I know the {", the ".join(self.places)}.'

    def _tells(self, thing: Thing) -> bool:
        """Return whether it can be told from others by how it stands."""
        if Skill.TELL_APART not in self.skills or thing.size:
            return False
        if thing.relation:
            return thing.relation in TOLD_BY_OTHER and bool(thing.other) and not thing.selector
        return thing.selector in TOLD_BY_PLACE

    def _objection_to(self, thing: Thing, kinds: tuple[str, ...], verb: str,
                      is_told: bool = False) -> str:
        if thing.kind not in kinds:
            return f"I can't {verb} a {thing.kind}: I know {', '.join(kinds)}."
        if thing.colour is not None and thing.colour not in self.colours:
            return f"I don't know the colour {thing.colour}: I know {', '.join(self.colours)}."
        if not is_told and (thing.relation or thing.size
                            or thing.selector not in (None, 'first')):
            return (f"I can't tell one {name_of(Thing(thing.kind, thing.colour))} from another by "
                    'size or by where it is: tell me its colour.')
        return ''


@dataclass(frozen=True)
class Knowledge:
    """What is known at the moment when a command comes."""

    capabilities: Capabilities = Capabilities()
    seen: tuple[str, ...] = ()
    """Names of the things that are in sight or remembered: 'red ball'."""
    last: Plan | None = None
    """What was done before, for "do that again"."""


def _too_much(subtask: Move | Turn | Wait) -> str:
    match subtask:
        case Move(_, distance_m) if distance_m > DISTANCE_MAX_M:
            return f"I can't walk {distance_m:g} m at once: {DISTANCE_MAX_M:g} m at most."
        case Turn(_, angle_rad) if angle_rad > ANGLE_MAX_RAD:
            return "I can't turn that often at once: twice round at most."
        case Wait(duration_s) if duration_s is not None and duration_s > WAIT_MAX_S:
            return f"I can't wait {duration_s:g} s: {WAIT_MAX_S:g} s at most."
    return ''


def _verb(skill: Skill) -> str:
    return skill.value.replace('_', ' ')
