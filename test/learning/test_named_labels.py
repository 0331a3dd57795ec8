"""What a sentence looks for is charged by itself, whatever is in view."""
import numpy as np
import pytest
import torch

from vla_ros.core.goals import aim_of, Gesture, GoTo, PointAt, Posture, Side, Touch
from vla_ros.language.vocabulary import COLOURS, SHAPES
from vla_ros.learning.imagined_bodies import recorded
from vla_ros.learning.labels import label
from vla_ros.learning.losses import named_loss


def test_labels_say_which_colour_and_shape_a_sentence_names(g1, frames):
    goals = [GoTo('ball', 'red'), PointAt('cone', None), Touch('cube', 'blue', Side.LEFT),
             Gesture(Posture.WAVE, Side.RIGHT)]
    rows = np.zeros(len(goals), int)
    labels = label(g1, frames, rows, recorded(frames, rows), goals, np.array([0, 0, 0, -1]),
                   np.random.default_rng(0))
    for goal, (colour, shape) in zip(goals, labels.named, strict=True):
        aim = aim_of(goal)
        assert colour == (1 + list(COLOURS).index(aim.colour) if aim and aim.colour else -1)
        assert shape == (1 + list(SHAPES).index(aim.shape) if aim else -1)


def _sure(*kinds, of=7):
    return 20.0 * torch.nn.functional.one_hot(torch.tensor(kinds), of).float()[:, None]


def test_only_what_is_named_is_charged_and_each_name_the_same():
    right, wrong = (1, 2), (3, 2)
    logits = [_sure(1, 1, 4), _sure(2, 2, 5)]
    assert named_loss(logits, torch.tensor([right, right, (-1, -1)])) == pytest.approx(
        0.0, abs=1e-5)
    one_wrong = named_loss(logits, torch.tensor([right, wrong, (-1, -1)]))
    assert one_wrong == pytest.approx(10.0, abs=0.01)       # 20 of the colour, of two that count
    assert named_loss(logits, torch.tensor([(-1, -1)] * 3)) == 0.0
    assert named_loss([_sure(1)], torch.tensor([(2,)])) == pytest.approx(20, abs=0.01)
