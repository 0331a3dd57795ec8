"""Runs over the same episodes compared; other words in the same scene; the page of a report."""
from html.parser import HTMLParser

import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.goals import GoTo, Relation, Which
from vla_ros.core.package_files import robot_file
from vla_ros.core.policy import PolicyDescription
from vla_ros.core.robot import load_robot
from vla_ros.learning.comparison import paired, Pairs
from vla_ros.learning.evaluate import Outcome, Plan, report_of
from vla_ros.learning.other_words import (
    can_be_told_otherwise,
    told_in_unseen_words,
    told_otherwise,
)
from vla_ros.learning.page import Clip, page
from vla_ros.learning.policies import policy_maker
from vla_ros.learning.robustness import AS_IT_IS, TOGETHER, variants
from vla_ros.learning.study import Questions
from vla_ros.sim.randomisation import Kind
from vla_ros.sim.tasks.suites import episode, Suite


def _outcomes(successes, suite='goto'):
    return [Outcome(suite, i, f'say {i}', done, False, 9.0, 1.0, 1.0)
            for i, done in enumerate(successes)]


def test_only_pairs_that_differ_say_which_is_better():
    assert Pairs(80, 10, 2, 8).p_value == pytest.approx(158 / 4096)     # binomial, by hand
    assert Pairs(0, 10, 2, 0).p_value == Pairs(500, 2, 10, 40).p_value
    assert Pairs(50, 0, 0, 50).p_value == 1.0 and Pairs(5, 3, 3, 5).p_value == 1.0
    assert Pairs(80, 10, 2, 8).difference == pytest.approx(0.08)


def test_outcomes_are_paired_by_their_number_whatever_their_order():
    one, other = _outcomes([True, True, False, False]), _outcomes([True, False, True, False])
    assert paired(one, other[::-1]) == Pairs(1, 1, 1, 1)
    assert paired(one, other[:2]) == Pairs(1, 1, 0, 0)
    assert paired(one, _outcomes([True] * 4, 'move')).count == 0


@pytest.mark.parametrize('suite', [Suite.GOTO, Suite.PAIRS, Suite.MEMORY])
def test_who_was_told_of_a_solid_is_told_of_another_in_the_same_scene(suite):
    for index in range(12):
        task = episode(suite, 1, index)
        other = told_otherwise(task, 1)
        assert (other.scene, other.suite, other.index) == (task.scene, task.suite, index)
        assert len(task.scene.find_all(other.goal.shape, other.goal.colour)) == 1
        assert (other.goal.shape, other.goal.colour) != (task.goal.shape, task.goal.colour)
        assert other.goal.shape in other.instruction or other.instruction != task.instruction
        assert other == told_otherwise(task, 1)


def test_who_was_told_to_move_is_told_to_move_otherwise():
    for index in range(12):
        task = episode(Suite.MOVE, 1, index)
        assert told_otherwise(task, 1).goal != task.goal


@pytest.mark.parametrize('suite', [Suite.GESTURE, Suite.COMBINED, Suite.TOUCH, Suite.RELATION])
def test_the_same_is_said_in_forms_that_training_never_had(suite):
    robot = load_robot(robot_file('unitree_g1'))
    plan = Plan(robot, suite, 1, 'expert', has_unseen_words=True)
    for index in range(12):
        task = episode(suite, 1, index)
        other = plan.task(index)
        assert (other.goal, other.scene) == (task.goal, task.scene)
        assert other.instruction != task.instruction
        assert other == told_in_unseen_words(task, 1)


def test_what_told_a_thing_from_others_is_not_said_of_another():
    task = episode(Suite.GOTO, 1, 0)
    goal = GoTo(task.goal.shape, task.goal.colour, relation=Relation(Which.LEFTMOST))
    object.__setattr__(task, 'goal', goal)
    assert told_otherwise(task, 1).goal.relation is None


def test_a_scene_made_for_one_goal_has_no_other():
    task = episode(Suite.ABSENT, 1, 0)
    assert not can_be_told_otherwise(task)
    with pytest.raises(ConfigurationError, match="suite 'absent'"):
        told_otherwise(task, 1)


def test_a_sweep_has_each_randomisation_alone_and_all_on_the_same_episodes(g1):
    plan = Plan(g1, Suite.GOTO, 1, 'expert')
    swept = variants(plan, 0.5)
    assert list(swept) == [AS_IT_IS, *(kind.value for kind in Kind), TOGETHER]
    assert swept[TOGETHER].randomisation.kinds == frozenset(Kind)
    assert all(other.task(3) == plan.task(3) for other in swept.values())


def test_what_is_asked_says_what_is_run(g1):
    plan = Plan(g1, Suite.MOVE, 1, 'expert')
    assert list(Questions().plans(plan)) == [AS_IT_IS]
    asked = Questions('base', True, 0.5).plans(plan)
    assert asked['base'].policy == 'base' and asked['other words'].has_other_words
    assert len(asked) == 3 + len(Kind) + 1
    absent = Plan(g1, Suite.ABSENT, 1, 'expert')
    assert list(Questions(other_words=True).plans(absent)) == [AS_IT_IS]


def test_a_policy_may_be_what_somebodys_function_returns(g1, tmp_path, monkeypatch):
    (tmp_path / 'far_away.py').write_text(
        'class Remote:\n'
        '    def __init__(self, robot):\n'
        '        from vla_ros.core.policy import PolicyDescription\n'
        '        self.description = PolicyDescription("remote", robot, 10, 0.1)\n'
        '    def reset(self, instruction): ...\n'
        '    def infer(self, observation): ...\n'
        'def nothing(robot): return robot\n')
    monkeypatch.chdir(tmp_path)
    made = policy_maker('far_away:Remote', g1)
    assert made(None).description == PolicyDescription('remote', g1, 10, 0.1)
    for name, said in (('far_away:missing', 'expected module:function'),
                       ('not_there:Remote', 'expected module:function'),
                       ('far_away:nothing', r"has no \['reset', 'infer', 'description'\]")):
        with pytest.raises(ConfigurationError, match=said):
            policy_maker(name, g1)


class _Balance(HTMLParser):
    """Counts what is open, and keeps what is loaded from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.loaded = [], []

    def handle_starttag(self, tag, attributes):
        self.loaded += [v for k, v in attributes if k in ('src', 'href') and v]
        if tag not in ('meta', 'img'):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes): ...

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_page_is_whole_by_itself_and_says_every_figure():
    own, other = _outcomes([True] * 9 + [False]), _outcomes([False] * 10)
    report = {'policy': '<mine>', 'seed': 1, **report_of(Suite.GOTO, own)}
    figures = {**report_of(Suite.GOTO, other), **paired(own, other).document()}
    robust = {'strength': 0.5, 'variants': {'slip': {**figures, 'lost': 0.9, 'p_value': 0.004}}}
    text = page('About <mine>', {'policy': '<mine>'},
                [{**report, 'against': {'policy': 'yours', **figures}, 'robustness': robust,
                  'other_words': paired(own, other).document()}],
                [Clip('goto', '"go & see", fell', b'film')], b'curves')
    parser = _Balance()
    parser.feed(text)
    assert not parser.open
    assert all(v.startswith(('data:', '#')) for v in parser.loaded) and len(parser.loaded) == 3
    for said in ('9/10', '60% to 98%', '+90.0 points, p = 0.00391', '&lt;mine&gt;', 'go &amp; see',
                 'only yours 0', '0 of 10 pairs right', 'strength 0.5'):
        assert said in text, said
