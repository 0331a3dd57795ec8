"""Sequences: what an expert that remembers would do; what a memory trains on; progress."""
from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from vla_ros.core.goals import (
    Follow,
    Gesture,
    GoTo,
    InTurn,
    Move,
    PointAt,
    Posture,
    Relation,
    Side,
    Together,
    Visit,
    Which,
)
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning import memory_features
from vla_ros.learning.expected import a_memory_expects, other_in_view
from vla_ros.learning.goal_sets import training_moves
from vla_ros.learning.losses import Target
from vla_ros.learning.materials import first_episodes
from vla_ros.learning.memory_features import collect_features, is_remembered
from vla_ros.learning.memory_training import _leave_arms, _Trainer, MemoryRecipe
from vla_ros.learning.mistakes import draw_mistake, Mistake
from vla_ros.learning.progress import calibration_error
from vla_ros.learning.sequences import draw_sequences, sequence
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.vla import VlaConfig, VlaModel

TICKS = 30


@pytest.fixture
def walk(frames):
    """Return frames of a robot that turns left by a third of a turn: two cubes, one ahead."""
    rows = np.arange(TICKS)
    frames = replace(frames, **{name: getattr(frames, name)[rows].copy() for name in (
        'image', 'cell', 'is_visible', 'joint_positions', 'joint_velocities', 'base_pose',
        'base_velocity', 'previous_action', 'solid', 'episode')})
    frames.solid[:] = np.nan
    red, blue = list(COLOURS).index('red'), list(COLOURS).index('blue')
    frames.solid[:, 0] = 2.0, 0.0, 0.2, red, SHAPES.index('cube'), 0.2
    frames.solid[:, 1] = -1.0, 2.0, 0.2, blue, SHAPES.index('cube'), 0.2
    frames.base_pose[:] = 0.0
    frames.base_pose[:, 2] = np.linspace(0, 2.1, TICKS)
    frames.is_visible[:] = False
    frames.is_visible[:8, 0] = frames.is_visible[20:, 1] = True
    return frames


def test_what_has_left_the_view_is_gone_back_to_by_the_shorter_way(g1, walk):
    told = sequence(g1, walk, np.arange(TICKS), GoTo('cube', 'red'))
    assert told.is_known.all() and not told.target[15, 0]
    assert told.actions[-1, 0, 2] < 0                           # to the right, no search
    assert told.place == pytest.approx(np.tile([2.0, 0.0], (TICKS, 1)))


def test_what_moves_is_remembered_where_it_was_seen_last(g1, walk):
    walk.solid[:, 0, 1] = 0.05 * np.arange(TICKS)
    told = sequence(g1, walk, np.arange(TICKS), Follow('cube', 'red'))
    assert told.place[:8, 1] == pytest.approx(0.05 * np.arange(8))
    assert told.place[8:] == pytest.approx(np.tile([2.0, 0.35], (TICKS - 8, 1)))


def test_what_moves_by_itself_is_mostly_followed(g1, walk):
    def share() -> float:
        return np.mean([any(isinstance(s.goal, Follow) for s in draw_sequences(
            g1, walk, slice(0, TICKS), training_moves(), np.random.default_rng(i)))
            for i in range(40)])
    still = share()
    walk.solid[:, 0, 1] = 0.05 * np.arange(TICKS)
    assert still < 0.3 and share() > 0.6


def test_of_two_the_first_in_view_is_meant(g1, walk):
    first = sequence(g1, walk, np.arange(TICKS), GoTo('cube', is_first=True))
    assert first.place[-1] == pytest.approx([2.0, 0.0]) and first.is_known.all()
    later = sequence(g1, walk, np.arange(10, TICKS), GoTo('cube', is_first=True))
    assert np.flatnonzero(later.is_known)[0] == 10              # the blue one comes into view
    assert (later.actions[:10, 0, 2] > 0).all()                 # until then: look around


def test_what_a_relation_meant_at_first_is_meant_to_the_end(g1, walk):
    walk.is_visible[:8, 1] = True
    blue = sequence(g1, walk, np.arange(TICKS), GoTo('cube', relation=Relation(
        Which.NOT, colour='red')))
    nearest = sequence(g1, walk, np.arange(TICKS), GoTo('cube', relation=Relation(Which.NEAREST)))
    assert blue.place[-1] == pytest.approx([-1.0, 2.0]) and blue.is_known.all()
    assert nearest.place[-1] == pytest.approx([2.0, 0.0]) and not nearest.target[25, 0]


def test_what_is_done_in_turn_is_done_at_a_thing_that_is_remembered(g1, walk):
    told = sequence(g1, walk, np.arange(TICKS), InTurn(GoTo('cube', 'red'),
                                                       PointAt('cube', 'red')))
    assert told.is_known.all() and told.actions[-1, 0, 2] < 0


@pytest.mark.parametrize(('goal', 'is_kept'), [
    (GoTo('cube', 'red'), True), (PointAt('cube', 'red'), False), (Visit('cube', 'red'), True),
    (GoTo('cube', relation=Relation(Which.NEAREST)), False),
    (InTurn(GoTo('cube', 'red'), PointAt('cube', 'red')), False),
    (Together(GoTo('cube', 'red'), Gesture(Posture.WAVE, Side.LEFT)), False),
    (Gesture(Posture.WAVE, Side.LEFT), False)])
def test_places_are_kept_of_what_is_named_by_itself(goal, is_kept):
    assert is_remembered(goal) is is_kept


def test_who_has_been_there_goes_home(g1, walk):
    along = np.minimum(np.arange(TICKS) * 0.1, 1.4)
    walk.base_pose[:] = np.column_stack([along, 0 * along, 0 * along])
    walk.is_visible[:, 0] = True
    told = sequence(g1, walk, np.arange(TICKS), Visit('cube', 'red'))
    there = int(np.argmax(along > 1.25))
    assert (told.actions[:there - 1, 0, 0] > 0).all() and told.progress[there - 1] < 0.5
    assert np.abs(told.actions[-1, 0, 2]) > 0.5 and told.actions[-1, 0, 0] == 0     # turn first
    assert 0.5 < told.progress[-1] < 1


def test_movements_count_what_was_really_walked(g1, walk):
    turn = training_moves()[-1]
    told = sequence(g1, walk, np.arange(TICKS), turn)
    assert isinstance(turn, Move) and told.progress[0] == pytest.approx(0, abs=0.02)
    assert np.isfinite(told.actions).all()


def test_an_account_that_is_always_right_has_no_error():
    true = np.random.default_rng(0).uniform(size=2000)
    assert calibration_error(true, true) == 0
    assert calibration_error(np.ones(100), np.full(100, 0.7)) == pytest.approx(0.3)


@pytest.mark.slow
def test_a_memory_learns_from_features_and_goes_on_after_a_kill(g1, frames, tmp_path):
    torch.manual_seed(0)
    config = new_model(Preset.BASE, g1).config
    model = VlaModel(VlaConfig(**{**config.as_dict(), 'has_memory': True, 'fusion_layers': 1}))
    model.eval().requires_grad_(False)
    recipe = MemoryRecipe(episodes=2, steps=4, sequences=4, save_every=2)
    features = collect_features(g1, model, frames, tmp_path, 2, 0, False, lambda *_: None)
    assert int(features.length.sum()) == len(features.tokens) == len(features.wanted)
    losses = {}

    def report(phase, step, total, parts):
        losses.setdefault(phase, []).append(sum(parts.values()))
    for steps in (2, 4):
        _Trainer(g1, model, frames, replace(frames), tmp_path, replace(recipe, steps=steps),
                 report).learn_to_remember()
    assert len(losses['memory']) == 4 and np.isfinite(losses['memory']).all()


@pytest.mark.slow
def test_features_do_not_depend_on_processes_nor_on_a_stop(g1, frames, tmp_path, monkeypatch):
    torch.manual_seed(0)
    monkeypatch.setattr(memory_features, 'EPISODES_PER_FILE', 1)
    model = new_model(Preset.BASE, g1, has_memory=True).eval().requires_grad_(False)
    made, reported = [], []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        made.append(collect_features(g1, model, frames, folder, 2, 0, False, lambda *_: None,
                                     jobs))
    (folder / 'features-0-00000.pt').unlink()
    made.append(collect_features(g1, model, frames, folder, 2, 0, False,
                                 lambda *done: reported.append(done), 2))
    assert reported == [(1, 2), (2, 2)]
    for other in made[1:]:
        for field in fields(other):
            assert torch.equal(getattr(other, field.name), getattr(made[0], field.name))


def test_only_of_what_is_named_in_full_something_else_is_expected_at_times():
    count = 1000
    named = torch.tensor([[1, 2]] * (count // 2) + [[0, 2]] * (count // 2))
    target = torch.tensor([[1.0, 0.0, 1.0, 2.0]]).repeat(count, 1)      # ahead, 2 m away
    wanted = replace(Target(*[torch.zeros(count, 1)] * 7, named), target=target)
    others = np.where(np.arange(count)[:, None] % 2, np.nan, [[1.0, -1.0]])
    sin, cos, distance, _, strength = a_memory_expects(wanted, others, np.random.default_rng(0)).T
    angle = torch.atan2(sin, cos)
    astray = (angle.abs() > 0.35) | ((3 * distance / strength - 2).abs() > 0.31)
    assert 0.3 < astray[:count // 2].float().mean() < 0.5 and not astray[count // 2:].any()
    assert (angle[astray & (torch.arange(count) % 2 == 0)] + np.pi / 4).abs().max() < 0.35
    assert (strength > 0.59).all()
    wanted = replace(wanted, target=target * torch.tensor([0.0, 1, 1, 1]))
    strength = a_memory_expects(wanted, others, np.random.default_rng(0))[:, -1]
    assert 0.3 < (strength[:count // 2] > 0).float().mean() < 0.5 and not strength[500:].any()


def test_what_is_like_the_named_thing_is_expected_in_its_place_before_others(walk):
    walk.is_visible[:, :3] = True
    walk.solid[:, 2] = 1.0, 1.0, 0.2, list(COLOURS).index('red'), SHAPES.index('ball'), 0.2
    walk.solid[:, 1, 4] = SHAPES.index('cone')
    drawn = [other_in_view(walk, 0, 0, np.random.default_rng(i)) for i in range(10)]
    assert np.array(drawn) == pytest.approx(np.tile([1.0, 1.0], (10, 1)))   # red, as it is
    walk.is_visible[:, 2] = False
    assert other_in_view(walk, 0, 0, np.random.default_rng(0)) == pytest.approx([-1.0, 2.0])
    walk.solid[:, 1, 3:5] = walk.solid[:, 0, 3:5]           # of that name are both
    assert np.isnan(other_in_view(walk, 0, 0, np.random.default_rng(0))).all()


def test_another_thing_in_view_is_mistaken_only_before_the_named_one_is_seen(g1, walk):
    told = sequence(g1, walk, np.arange(TICKS), GoTo('cube', 'blue'))
    drawn = [draw_mistake(walk, told, np.random.default_rng(i)) for i in range(60)]
    mistakes = [m for m in drawn if m is not None]
    assert 30 < len(mistakes) < 60
    for mistake in mistakes:
        assert mistake.goal == GoTo('cube', 'red')
        assert mistake.place == pytest.approx([2.0, 0.0])
        assert 0 <= mistake.ticks.start < mistake.ticks.stop <= 8     # then it is gone
    for goal in (GoTo('cube', 'red'), GoTo('cube'), training_moves()[0]):
        told = sequence(g1, walk, np.arange(TICKS), goal)
        assert all(draw_mistake(walk, told, np.random.default_rng(i)) is None for i in range(20))


def test_features_are_of_what_is_seen_while_it_is_mistaken(g1, walk, monkeypatch):
    torch.manual_seed(0)
    maker = memory_features._FeatureMaker(
        g1, VlaModel(VlaConfig(joints=29, actions=18, horizon=10, has_memory=True)), False)
    told = [sequence(g1, walk, np.arange(TICKS), GoTo('cube', 'blue'))] * 2
    monkeypatch.setattr(memory_features, 'draw_sequences', lambda *_: told)
    made = {}
    for mistake in (None, Mistake(GoTo('cube', 'red'), range(3, 6), np.array([2.0, 0.0]))):
        both = iter((mistake, None))
        monkeypatch.setattr(memory_features, 'draw_mistake', lambda *_, both=both: next(both))
        made[mistake is None] = maker.episode(walk, slice(0, TICKS), np.random.default_rng(0))
    right, wrong = made[True], made[False]
    changed = (right.seen != wrong.seen).any(dim=1).unflatten(0, (2, TICKS))
    assert not changed[1].any()                                         # the other command
    assert np.flatnonzero(changed[0])[0] == 3 and changed[0, 3:6].all()
    known = int(np.argmax(told[0].is_known))
    assert not changed[0, known + 1:].any()                         # now it is expected rightly
    assert (right.wanted == wrong.wanted).all()
    said = (right.tokens[:, 1] != wrong.tokens[:, 1]).any(dim=1)[:TICKS]
    assert not said[3]                                          # nobody said anything else


def test_what_is_told_by_how_it_stands_is_not_remembered(g1, walk):
    walk.is_visible[:8, 1] = True
    torch.manual_seed(0)
    maker = memory_features._FeatureMaker(
        g1, VlaModel(VlaConfig(joints=29, actions=18, horizon=10, has_memory=True)), False)
    goals = GoTo('cube', 'red'), GoTo('cube', relation=Relation(Which.NEAREST))
    told = [sequence(g1, walk, np.arange(TICKS), goal) for goal in goals]
    named, related = (maker._wanted(t)[1] for t in told)
    assert named[:, 7:].all() and not related[:, 7:].any()
    expected = maker._expected(told, [None, None], slice(0, TICKS), torch.zeros(2 * TICKS, 3))
    assert expected[2::2, 4].all() and not expected[1::2, 4].any()


def test_a_memory_that_begins_to_learn_writes_nothing_of_joints():
    model = VlaModel(VlaConfig(joints=29, actions=18, horizon=10, has_memory=True))
    torch.nn.init.ones_(model.memory.head[-1].weight)
    _leave_arms(model, 3)
    head = model.memory.head[-1]
    chunk = head.weight[:-5].unflatten(0, (10, 18))
    assert head.weight[-5:].all() and chunk[:, :3].all() and not chunk[:, 3:].any()


def test_sequences_of_an_episode_begin_together(g1, frames):
    rng = np.random.default_rng(0)
    drawn = draw_sequences(g1, frames, slice(0, 40), training_moves(), rng)
    assert len(drawn) == 3 and all((s.rows == drawn[0].rows).all() for s in drawn)
    for one in drawn:
        assert np.isfinite(one.actions).all() and ((one.progress >= 0) & (one.progress <= 1)).all()


def test_a_memory_takes_as_many_episodes_of_each_dataset(frames):
    both = first_episodes([frames, frames], 1)
    first = frames.episode == frames.episode[0]
    assert len(both) == 2 * first.sum() and sorted(set(both.episode)) == [0, 1]
    assert (both.image[:first.sum()] == both.image[first.sum():]).all()
