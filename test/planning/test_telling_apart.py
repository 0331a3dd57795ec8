"""Things of one name that are told by how they stand: what the planner has the policy do."""
import pytest

from vla_ros.planning.capabilities import Capabilities, Knowledge, TODAY
from vla_ros.planning.decompose import Decomposer
from vla_ros.planning.goals import Plan, Refusal, Skill

TELLS = Knowledge(Capabilities(frozenset((*TODAY, Skill.TELL_APART)), ('kitchen',)))
NEVER = Knowledge(Capabilities(frozenset(TODAY) - {Skill.TELL_APART}, ('kitchen',)))


@pytest.mark.parametrize(('said', 'told'), [
    ('go to the nearest ball', ['go to the nearest ball']),
    ('walk to the leftmost cube', ['go to the leftmost cube']),
    ('go to the rightmost red cone', ['go to the rightmost red cone']),
    ('go to the cube left of the red ball', ['go to the cube left of the red ball']),
    ('go to the kitchen, then go to the ball to the right of the cone',
     ['go to the kitchen', 'go to the ball right of the cone']),
])
def test_who_can_tell_is_told(language, said, told):
    plan = Decomposer(language).decompose(said, TELLS)
    assert isinstance(plan, Plan), plan
    assert [subtask.words for subtask in plan.subtasks] == told
    refusal = Decomposer(language).decompose(said, NEVER)
    assert isinstance(refusal, Refusal) and 'where it is' in refusal.reason


@pytest.mark.parametrize(('said', 'reason'), [
    ('go to the ball next to the table', 'by size or by where it is'),
    ('go to the big ball', 'by size or by where it is'),
    ('go to the ball left of the table', "can't tell things apart by a table"),
])
def test_what_nobody_learned_is_refused(language, said, reason):
    refusal = Decomposer(language).decompose(said, TELLS)
    assert isinstance(refusal, Refusal) and reason in refusal.reason, refusal
