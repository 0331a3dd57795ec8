"""Scenes that demonstrations are collected in: what they are made for is in all of them."""
import numpy as np
import pytest

from vla_ros.core.errors import ConfigurationError
from vla_ros.core.geometry import points_in
from vla_ros.language.vocabulary import HELD_OUT_PAIRS
from vla_ros.learning.training_scenes import parse_scenes, random_training_scene, Scenes

_COUNT = 40


def scenes_of(scenes: Scenes):
    return [random_training_scene(np.random.default_rng(seed), scenes)
            for seed in range(_COUNT)]


@pytest.mark.parametrize('scenes', Scenes)
def test_no_scene_shows_what_is_withheld_from_training(scenes):
    kinds = {(s.colour, s.shape) for scene in scenes_of(scenes) for s in scene.solids}
    assert not kinds & HELD_OUT_PAIRS
    assert any(colour is None for colour, _ in kinds), 'some colours have no name'


def test_a_scene_to_touch_in_has_all_on_stands_and_one_to_push_in_all_movable():
    assert all(s.stand_m for scene in scenes_of(Scenes.TOUCH) for s in scene.solids)
    assert all(s.mass_kg for scene in scenes_of(Scenes.PUSH) for s in scene.solids)
    moving = [scene.solids[0].course is not None for scene in scenes_of(Scenes.FOLLOW)]
    assert np.mean(moving) > 0.8, 'few rooms have no way round the others'


def test_mixed_scenes_have_some_of_each():
    scenes = scenes_of(Scenes.MIXED)
    some = [{'stand_m': bool(s.stand_m), 'mass_kg': bool(s.mass_kg)}
            for scene in scenes for s in scene.solids[:1]]
    for fact in ('stand_m', 'mass_kg'):
        assert 0 < sum(s[fact] for s in some) < _COUNT / 2


def test_a_robot_begins_before_several_of_one_shape():
    alike = 0
    for scene in scenes_of(Scenes.ALIKE):
        points = points_in(np.array(scene.start), np.array([s.position for s in scene.solids]))
        ahead = np.abs(np.arctan2(points[:3, 1], points[:3, 0])) < 0.85
        assert ahead.all()
        shapes = [s.shape for s in scene.solids[:3]]
        alike += len(set(shapes)) < len(shapes)
    assert alike == _COUNT


def test_scenes_of_another_name_are_refused_with_the_known_ones():
    assert parse_scenes('alike') is Scenes.ALIKE
    with pytest.raises(ConfigurationError, match="'nonsense'.*'touch'"):
        parse_scenes('nonsense')
