"""Scenes that demonstrations are collected in."""
from dataclasses import replace

import numpy as np

from vla_ros.learning import collect


def test_something_in_every_scene_has_a_name(monkeypatch):
    draw, drawn = collect.random_training_scene, []

    def nameless_at_first(rng, scenes):
        scene = draw(rng, scenes)
        if len(drawn) < 3:
            scene = replace(scene, solids=tuple(replace(s, colour=None) for s in scene.solids))
        drawn.append(scene)
        return scene
    monkeypatch.setattr(collect, 'random_training_scene', nameless_at_first)
    scene = collect._scene(np.random.default_rng(0), collect.Scenes.MIXED)
    assert any(solid.colour for solid in scene.solids) and len(drawn) >= 4
