"""The heads learn, and what measures them counts right."""
from dataclasses import replace
import itertools

import numpy as np
import pytest
import torch

from vla_ros.inference.sentence_encoder import pretrained_tokenizer
from vla_ros.inference.understander import Understander
from vla_ros.language.corpus.sentences import Clause, Sentence, Split
from vla_ros.language.meaning import Action, Intent
from vla_ros.language.understanding import Step, Understanding
from vla_ros.learning.figures import Figure
from vla_ros.learning.language_data import (
    batch_of, batches, clause_bounds, draw, example_of, NOTHING, stretches)
from vla_ros.learning.language_figures import Tally
from vla_ros.learning.language_training import LanguageRecipe, train_language
from vla_ros.models.checkpoint import WEIGHTS

QUICK = LanguageRecipe(commands=60, others=30, mixed=6, usual=10, epochs=1)


@pytest.fixture(scope='module')
def examples():
    tokenizer = pretrained_tokenizer(96)
    return [example_of(s, tokenizer) for s in draw(Split.TRAIN, 40, 10, 5, seed=0)]


def _vectors(examples):
    return [torch.randn(len(e.ids), 8, dtype=torch.half) for e in examples]


def test_training_writes_a_checkpoint_that_understands_text(tmp_path):
    lines = []
    folder = train_language(tmp_path / 'made', QUICK, lines.append)
    assert len(lines) == 2 + QUICK.epochs
    assert Understander(str(folder)).understand('go to the red cube').document()['version'] == 1


@pytest.mark.slow
def test_training_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path):
    recipe = replace(QUICK, epochs=2)
    whole = train_language(tmp_path / 'whole' / 'checkpoint', recipe, lambda _: None)

    def stopped(line):
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt, match='epoch 1'):
        train_language(tmp_path / 'halves' / 'checkpoint', recipe, stopped)
    lines = []
    halves = train_language(tmp_path / 'halves' / 'checkpoint', recipe, lines.append)
    assert lines[0].startswith('epoch 2')
    assert (whole / WEIGHTS).read_bytes() == (halves / WEIGHTS).read_bytes()


def test_two_clauses_in_one_stretch_are_no_whole_one():
    for sentence in draw(Split.TRAIN, 200, 20, 20, seed=2):
        bounds, found = clause_bounds(sentence), dict(stretches(sentence, clause_bounds(sentence)))
        for one, two in itertools.pairwise(bounds):
            assert not found[one[0], two[1]] and found[one[1], two[1]]
        assert sum(found.values()) == len(bounds) - 1


def test_what_a_cut_within_one_command_would_leave_is_no_whole_clause():
    text = 'be nice and look up and down, thanks'
    clause = Clause(text.index('look'), text.index(','), Intent.LOOK_AT, Action.LOOK_UP)
    sentence = Sentence(text, (), (clause,))
    left = {text[a:b].strip() for (a, b), is_whole in stretches(
        sentence, clause_bounds(sentence)) if not is_whole}
    assert left >= {'be nice', 'be nice and look up', 'down, thanks', 'thanks'}
    assert not left & {'be nice and look up and down', 'look up and down, thanks', text}


def test_what_is_said_every_day_is_drawn_besides():
    plain = draw(Split.TRAIN, 30, 10, 5, seed=4)
    more = draw(Split.TRAIN, 30, 10, 5, seed=4, usual=20)
    assert more[:len(plain)] == plain and len(more) == len(plain) + 20


def test_the_same_seed_draws_the_same_and_no_text_twice():
    one, other = (draw(Split.DEV, 50, 20, 5, seed=4) for _ in range(2))
    assert one == other and len({s.text for s in one}) == len(one)
    assert draw(Split.DEV, 50, 20, 5, seed=5) != one


def test_a_batch_holds_every_example_and_nothing_in_its_padding(examples):
    batch = batch_of(examples, _vectors(examples))
    for row, example in enumerate(examples):
        pieces, clauses, stretches = map(len, (example.ids, example.intents, example.clauses))
        assert batch.keep[row].sum() == pieces and batch.is_clause[row].sum() == clauses
        assert batch.labels[row, :pieces].tolist() == example.labels
        assert (batch.labels[row, pieces:] == NOTHING).all()
        assert batch.is_stretch[row].sum() == stretches
        assert batch.wholes[row, clauses:stretches].tolist() == example.wholes
        assert not batch.clauses[row, stretches:].any() and not batch.words[row, pieces:].any()


def test_an_epoch_shows_every_example_once(examples):
    shown = [length for b in batches(examples, _vectors(examples), 8, np.random.default_rng(0))
             for length in b.keep.sum(1).tolist()]
    assert sorted(shown) == sorted(len(e.ids) for e in examples)


def test_a_tally_of_right_answers_is_full_and_of_refusals_is_not():
    right, refused = Tally(), Tally()
    for sentence in draw(Split.UNSEEN, 100, 30, 0, seed=0):
        steps = tuple(Step('', c.intent, c.action, False, 1.0, 1.0) for c in sentence.clauses)
        nothing = Understanding('', Intent.NOT_UNDERSTOOD, 1.0)
        right.add(sentence, Understanding('', Intent.GO_TO, 1.0, (), steps)
                  if sentence.is_command else nothing)
        refused.add(sentence, nothing)
    assert right.intents_right == right.actions_right == right.commands and not right.refused
    assert right.steps_right == right.steps > right.commands
    assert right.calibration_error == 0 and right.others_refused == right.others
    assert refused.intents_right == 0 and refused.refused == refused.commands


@pytest.mark.parametrize('value, is_at_least, holds', [
    (0.97, True, True), (0.96, True, False), (0.98, False, False), (0.97, False, True),
    (float('nan'), True, False), (float('nan'), False, False)])
def test_a_bar_holds_or_not(value, is_at_least, holds):
    assert Figure('language', 'x', value, 0.97, is_at_least).document()['holds'] is holds


def test_every_action_of_the_corpus_is_known():
    sentences = draw(Split.TRAIN, 3000, 0, 0, seed=1)
    seen = {c.action for s in sentences for c in s.clauses}
    assert seen == set(Action)
