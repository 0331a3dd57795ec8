"""New demonstrations are learned while old ones are rehearsed, with the eyes as they were."""
from dataclasses import replace
import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.learning import processes
from vla_ros.learning.batch_parts import joined, part_of
from vla_ros.learning.loop import risen_and_fallen
from vla_ros.learning.rehearsal import draw_alike, Mixture, rehearsed
from vla_ros.learning.trainer import (
    batch_losses,
    mixed_losses,
    Recipe,
    Trainer,
    validate,
)

_spec = importlib.util.spec_from_file_location(
    'tiny_training', Path(__file__).with_name('tiny_training.py'))
tiny_training = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tiny_training)


class Told(tiny_training.Noise):
    """Demonstrations of one command: one sentence, and one action that answers it."""

    def __init__(self, number, is_labelled=True):
        rng = np.random.default_rng(number)
        self._words = torch.from_numpy(rng.normal(size=(tiny_training.WORDS, 384))).float()
        self._action = torch.from_numpy(
            rng.normal(size=(1, 1, tiny_training.ROBOT.action_size))).float()
        self._is_labelled = is_labelled

    def draw(self, images, per_image, rng, augment=True):
        batch = super().draw(images, per_image, rng)
        actions = self._action.expand_as(batch.wanted.actions)
        batch = replace(batch, words=self._words.expand_as(batch.words),
                        keep=torch.ones_like(batch.keep),
                        wanted=replace(batch.wanted, actions=actions))
        if self._is_labelled:
            return batch
        return replace(batch, kinds=None, wanted=replace(
            batch.wanted, target=None, slots=None, shown=None))


def _batches(source, images=8):
    return draw_alike(source, images, 2, np.random.default_rng(0))


def test_a_batch_is_mixed_by_shares_and_nothing_is_left_out():
    new, old = [Told(1), Told(2)], [Told(3)]
    assert rehearsed(new, old, 0.5).counts(64) == [16, 16, 32]
    assert sum(rehearsed(new, old, 0.37).counts(50)) == 50
    assert rehearsed(new[:1], [], 0.5) is new[0]
    batch, = _batches(rehearsed(new, old, 0.5))
    assert len(batch.image) == 8 and len(batch.words) == 16


def test_parts_of_a_batch_give_the_batch_and_short_sentences_are_padded():
    batch, = _batches(Told(1))
    again = joined([part_of(batch, 0, 2), part_of(batch, 1, 2)])
    assert torch.equal(again.wanted.actions, batch.wanted.actions)
    assert torch.equal(again.image, batch.image) and torch.equal(again.keep, batch.keep)
    short = replace(batch, words=batch.words[:, :3], keep=batch.keep[:, :3])
    both = joined([short, batch])
    assert both.words.shape[:2] == (32, 5) and not both.keep[:16, 3:].any()


def test_frames_of_which_less_is_known_are_a_batch_of_their_own():
    mixed = _batches(Mixture([Told(1, is_labelled=False), Told(2)], [0.25, 0.75]))
    assert [len(batch.image) for batch in mixed] == [2, 6]


def test_what_is_known_of_some_frames_counts_by_their_share():
    model = tiny_training.tiny_model().eval()
    mixed = _batches(Mixture([Told(1, is_labelled=False), Told(2)], [0.25, 0.75]))
    recorded, labelled = (batch_losses(model, batch, 3) for batch in mixed)
    both = {k: v.detach() for k, v in mixed_losses(model, mixed, 3).items()}
    assert both.keys() == labelled.keys() > recorded.keys()
    for name, value in both.items():
        expected = 0.25 * recorded.get(name, 0.0) + 0.75 * labelled[name]
        assert value.item() == pytest.approx(float(expected), rel=1e-5), name


def test_processes_share_every_dataset(monkeypatch):
    monkeypatch.setattr(processes, 'count', lambda: 4)
    assert rehearsed([Told(1)], [Told(2)], 0.4).counts(64) == [40, 24]


@pytest.mark.parametrize('shares', [[0.5], [0.5, 0.6], [1.0, 0.0]])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(ConfigurationError, match='expected one for each, above 0, and 1 in all'):
        Mixture([Told(1), Told(2)], shares)
    with pytest.raises(ConfigurationError, match='share of rehearsal: 1, expected'):
        rehearsed([Told(1)], [Told(2)], 1.0)


def _trained(folder, source, model, **changes):
    recipe = Recipe(**{'vision_steps': 0, 'steps': 40, 'images': 8, 'instructions': 2,
                       'warmup_steps': 5, 'save_every': 1000, 'learning_rate': 3e-3,
                       'ema_decay': 0.9, 'threads': 1, **changes})
    return Trainer(tiny_training.ROBOT, model, source, recipe, folder).run(lambda *_: None)


def _error(model, source):
    return sum(validate(model, source, 3, count=1)[part] for part in ('base', 'arms'))


def test_a_new_command_is_learned_and_the_old_one_is_kept_by_rehearsal(tmp_path):
    old, new = Told(1), Told(2)
    before = _trained(tmp_path / 'old', old, tiny_training.tiny_model())
    weights = before.state_dict()

    def finetuned(name, source):
        model = tiny_training.tiny_model()
        model.load_state_dict(weights)
        return _trained(tmp_path / name, source, model, freezes_eyes=True)
    alone, both = finetuned('alone', new), finetuned('both', rehearsed([new], [old], 0.5))
    assert _error(before, new) > 3 * _error(both, new)           # it was learned
    assert _error(alone, old) > 3 * _error(both, old)            # and what was known is kept
    for name, value in both.state_dict().items():
        if name.startswith(('vision.', 'grounding.visual.')):
            assert torch.equal(value, weights[name]), name


def test_only_what_writes_chunks_may_learn(tmp_path):
    model = tiny_training.tiny_model()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    model = _trained(tmp_path, Told(2), model, steps=2, start='base', only_writes=True)
    after = model.state_dict()
    changed = {name.split('.')[0] for name in before if not torch.equal(after[name], before[name])}
    assert changed and changed <= {'chunk_head', 'posture', 'straight'}


@pytest.mark.parametrize('start, stay', [('base', True), ('', False)])
def test_eyes_that_go_on_learning_keep_their_statistics(tmp_path, start, stay):
    model = tiny_training.tiny_model()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    after = _trained(tmp_path, Told(2), model, steps=2, start=start).state_dict()
    statistics = [name for name in before if name.endswith('running_mean')]
    assert all(torch.equal(after[name], before[name]) == stay for name in statistics)
    assert not torch.equal(after['vision.network.0.0.weight'], before['vision.network.0.0.weight'])


def test_the_rate_rises_falls_and_ends_at_zero():
    rates = [risen_and_fallen(step, 100, 10) for step in range(101)]
    assert rates[9] == rates[10] == 1.0 and rates[100] == pytest.approx(0.0)
    assert np.all(np.diff(rates[:10]) > 0) and np.all(np.diff(rates[10:]) < 0)
