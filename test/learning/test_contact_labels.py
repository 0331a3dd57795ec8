"""What to do about touching, pushing and following is known for every recorded frame."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.core.goals import Follow, Push, Touch
from vla_ros.language.grammar import parse
from vla_ros.language.phrases import say
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.dataset import read_frames, write_shard
from vla_ros.learning.draws import ABSENT, draw_goal
from vla_ros.learning.goal_sets import training_goals, training_moves
from vla_ros.learning.imagined_bodies import recorded
from vla_ros.learning.labels import label
from vla_ros.learning.sequences import sequence
from vla_ros.sim.experts.arms import arm_columns
from vla_ros.sim.experts.touching import HIGHEST_M, LOWEST_M
from vla_ros.sim.randomisation import NOTHING, parse_randomisation, weakened

CONTACTS = (Touch, Push, Follow)


@pytest.fixture(scope='module')
def raised(frames):
    """Return frames whose solids are small and stand high, the last of them on the floor."""
    solid = frames.solid.copy()
    solid[..., 2], solid[..., 5] = 0.12, 0.92
    solid[:, 0, 5] = 0.12
    return replace(frames, solid=np.where(np.isnan(frames.solid[..., :1]), np.nan, solid))


@pytest.fixture(scope='module')
def drawn(raised):
    """Return rows, goals and named solids of what is touched, pushed and followed."""
    rng = np.random.default_rng(0)
    rows = rng.integers(len(raised), size=1500)
    found = [(row, *draw_goal(raised, int(row), training_moves(), rng)) for row in rows]
    return [(row, goal, named) for row, goal, named in found if isinstance(goal, CONTACTS)]


def test_what_is_high_is_touched_and_what_is_low_is_pushed_or_followed(raised, drawn):
    assert {type(goal) for _, goal, _ in drawn} == set(CONTACTS)
    for row, goal, named in drawn:
        if named != ABSENT:
            height_m = raised.solid[row, named, 5]
            assert isinstance(goal, Touch) is bool(LOWEST_M < height_m < HIGHEST_M)


def test_every_goal_that_is_drawn_has_sentences_and_they_can_be_read(drawn):
    trained, rng = set(training_goals()), np.random.default_rng(1)
    for _, goal, _ in drawn:
        assert goal in trained
        assert parse(say(goal, rng)) == goal


def test_labels_are_finite_and_hands_move_no_faster_than_they_may(g1, raised, drawn):
    rows, goals, named = (np.array([d[0] for d in drawn]), [d[1] for d in drawn],
                          np.array([d[2] for d in drawn]))
    labels = label(g1, raised, rows, recorded(raised, rows), goals, named,
                   np.random.default_rng(2))
    assert np.isfinite(labels.actions).all()
    assert ((labels.progress >= 0) & (labels.progress <= 1)).all()
    arms = labels.actions[..., 3:]
    first = raised.joint_positions[rows][:, g1.commanded_index]
    steps = np.diff(np.concatenate([first[:, None], arms], axis=1), axis=1)
    assert np.abs(steps[..., arm_columns(g1)]).max() < 0.11
    never_over = [p for p, goal in zip(labels.progress, goals, strict=True)
                  if isinstance(goal, Follow | Push)]
    assert max(never_over) < 1


def test_who_remembers_where_it_stood_stops_pushing(g1, frames):
    rows, solid = np.arange(30), frames.solid.copy()
    index = int(np.flatnonzero((solid[0, :, 3] >= 0) & frames.is_visible[rows].any(axis=0))[0])
    solid[15:30, index, 0] += 0.5                                   # it was pushed meanwhile
    moved = replace(frames, solid=solid)
    goal = Push(SHAPES[int(solid[0, index, 4])], list(COLOURS)[int(solid[0, index, 3])])
    first = int(frames.is_visible[rows, index].argmax())
    tick_by_tick = sequence(g1, moved, rows, goal)
    if first < 15:
        assert tick_by_tick.actions[first:15, :, :3].any()
        assert not tick_by_tick.actions[15:, :, :3].any()
        assert (tick_by_tick.progress[15:] == 1).all()
    else:
        assert (tick_by_tick.progress < 1).all()


def test_an_older_shard_says_that_everything_stood_on_the_floor(frames, tmp_path):
    write_shard(tmp_path, 'shard-00000', replace(frames, solid=frames.solid[..., :5]))
    solid = read_frames(tmp_path).solid
    there = ~np.isnan(solid[..., 0])
    assert (solid[..., 5][there] == solid[..., 2][there]).all()


def test_an_episode_draws_no_more_than_it_may():
    rng = np.random.default_rng(0)
    randomisation = parse_randomisation(['all'], 0.4)
    drawn = [weakened(randomisation, rng) for _ in range(50)]
    assert 0.3 < max(d.strength for d in drawn) <= 0.4 and len({d.seed for d in drawn}) == 50
    assert weakened(NOTHING, rng) == NOTHING
