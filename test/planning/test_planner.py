"""The planner as one object, its places, its context and its reading of the policy's state."""
import numpy as np
import pytest
from rooms import two_rooms
from world_of_fakes import MOUNT

from vla_ros.control.modes import Mode
from vla_ros.control.outcome import Finding
from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.core.goals import Direction
from vla_ros.language.understanding import Thing
from vla_ros.planning.context import (
    context_for,
    ManipulationContext,
    MissingContextError,
    NavigationContext,
    SightContext,
    Situation,
)
from vla_ros.planning.executive import PlanState
from vla_ros.planning.floor import Floor
from vla_ros.planning.goals import (
    Act,
    Approach,
    ComeBack,
    Halt,
    Move,
    Navigate,
    Plan,
    Question,
    Skill,
    Turn,
    Wait,
)
from vla_ros.planning.places import load_places
from vla_ros.planning.planner import Planner
from vla_ros.planning.policy_state import policy_state, PolicyWord
from vla_ros.planning.settings import PlannerSettings
from vla_ros.planning.sightings import Sighting

BALL = Sighting('red ball', np.array([2.0, 1.0]), 0.3, 5.0)
CUBE = Sighting('blue cube', np.array([2.0, 1.0]), 0.3, 5.0)


def test_places_come_from_a_file(tmp_path):
    file = tmp_path / 'places.yaml'
    file.write_text('Kitchen: [1.0, 2, -0.5]\nliving room: [0, 0, 0]\n')
    assert [p.name for p in load_places(str(file))] == ['kitchen', 'living room']
    assert load_places('') == ()


@pytest.mark.parametrize('text', ['[1, 2]', 'kitchen: 1', 'kitchen: [1, 2]', 'a: [1, 2, x]',
                                  'a: [1, 2, .nan]', '{', 'kitchen:'])
def test_a_wrong_file_of_places_is_refused_with_its_name(tmp_path, text):
    file = tmp_path / 'places.yaml'
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=r'places\.yaml'):
        load_places(str(file))


@pytest.mark.parametrize('finding', Finding)
def test_every_finding_of_the_fusion_node_is_understood(finding):
    state = policy_state(f'{Mode.ACTIVE.value}: {finding.value}: turn left (a word)', 0.5)
    assert state.word.value == finding.value and state.instruction == 'turn left'
    assert state.reason == 'a word' and state.progress == 0.5


@pytest.mark.parametrize('said, word', [
    ('READY: thinking: go to it', PolicyWord.THINKING), ('READY: no command', PolicyWord.UNKNOWN),
    ('READY: command is over: go to it', PolicyWord.OVER), ('', PolicyWord.UNKNOWN),
    ('HOLD: image: 0.61 s old, at most 0.50 s allowed', PolicyWord.UNKNOWN)])
def test_whatever_the_fusion_node_says_is_read(said, word):
    state = policy_state(said, 0.0)
    assert state.word is word and said.startswith(state.mode)


def test_each_subtask_gets_what_it_needs_and_nothing_else():
    grid = two_rooms()
    situation = Situation(6.0, np.zeros(3), Floor.of(grid), grid.places, (BALL, CUBE), 3, 6.0,
                          home=np.ones(3))
    there = context_for(Navigate('kitchen'), situation)
    assert isinstance(there, NavigationContext) and (there.goal == [6.5, 1.05]).all()
    assert (context_for(ComeBack(), situation).goal == [1.0, 1.0]).all()
    sight = context_for(Approach(Thing('ball', 'red')), situation)
    assert isinstance(sight, SightContext) and sight.things == (BALL,) and sight.is_looking
    hands = context_for(Act(Skill.TOUCH, Thing('cube', 'blue')), situation)
    assert isinstance(hands, ManipulationContext) and hands.things == (CUBE,)
    assert not hasattr(hands, 'floor') and not hasattr(sight, 'floor')


@pytest.mark.parametrize('missing, words', [
    ({'floor': None}, 'no map'), ({'pose': None}, 'odometry'), ({'places': ()}, 'kitchen')])
def test_what_is_missing_is_said(missing, words):
    known = {'pose': np.zeros(3), 'floor': Floor.of(two_rooms()), 'places': two_rooms().places}
    with pytest.raises(MissingContextError, match=words):
        context_for(Navigate('kitchen'), Situation(0.0, **{**known, **missing}))


@pytest.mark.parametrize('make', [
    lambda: Move(Direction.FORWARD, -1.0), lambda: Move(Direction.TURN_LEFT, 1.0),
    lambda: Turn(Direction.FORWARD, 1.0), lambda: Turn(Direction.TURN_LEFT, np.nan),
    lambda: Act(Skill.NAVIGATE)])
def test_a_subtask_cannot_be_wrong(make):
    with pytest.raises(InvalidValueError):
        make()


@pytest.fixture
def planner():
    planner = Planner(MOUNT, PlannerSettings(), two_rooms().places)
    planner.put_map(two_rooms())
    planner.put_pose(np.array([1.5, 3.0, 0.0]), 0.0)
    return planner


def test_odometry_that_is_old_is_none(planner):
    assert planner.situation(0.2).pose is not None
    assert planner.situation(5.0).pose is None


def test_a_question_leaves_what_runs_alone_and_a_plan_replaces_it(planner):
    planner.begin(Plan('wait', (Wait(60.0),)), 0.0)
    planner.tick(0.1)
    assert planner.begin(Question('Which?'), 0.2).says == ['Which?']
    assert planner.executive.state is PlanState.RUNNING
    planner.begin(Plan('back', (ComeBack(),)), 0.3)
    assert planner.executive.plan.text == 'back' and planner.knowledge().last.text == 'back'


def test_a_stop_word_is_obeyed_at_once_and_other_words_are_read_first(planner):
    planner.begin(Plan('wait', (Wait(60.0),)), 0.0)
    assert planner.hear('go to the kitchen') is None
    orders = planner.hear('stop!')
    assert (orders.twist == 0).all() and orders.instructions == ['stop']
    assert planner.executive.state is PlanState.CANCELLED
    assert planner.begin(Halt(), 1.0).instructions == ['stop']


def test_what_is_forbidden_is_accepted_and_ends_what_runs(planner):
    planner.begin(Plan('wait', (Wait(60.0),)), 0.0)
    said = planner.begin(Plan("don't", (), (Navigate('kitchen'),)), 0.1).says
    assert said == ["All right, I won't."] and not planner.tick(0.2).says
    assert planner.executive.state is PlanState.DONE


def test_an_unknown_skill_is_refused_with_the_known_ones():
    with pytest.raises(ConfigurationError, match='navigate'):
        Planner(MOUNT, PlannerSettings(skills=('fly',)))


def test_skills_that_are_not_listed_are_refused():
    planner = Planner(MOUNT, PlannerSettings(skills=('turn',)), two_rooms().places)
    capabilities = planner.knowledge().capabilities
    assert capabilities.objection(Navigate('kitchen'))
    assert not capabilities.objection(Turn(Direction.TURN_LEFT, 1.0))
