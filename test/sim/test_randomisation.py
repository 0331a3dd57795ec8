"""Domain randomisation: by seed, in proportion to its strength, and each kind by itself."""
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from vla_ros.core.errors import ConfigurationError, InvalidValueError
from vla_ros.sim.disturbances import Disturbances
from vla_ros.sim.kinematic import kinematic_spec
from vla_ros.sim.random_model import compiled
from vla_ros.sim.randomisation import Kind, NOTHING, parse_randomisation, Randomisation
from vla_ros.sim.scene import Scene, Solid

SCENE = Scene((Solid('cube', 'red', (1, 0, 0), (2.0, 0.0), 0.2),))
FIELDS = ('geom_rgba', 'mat_rgba', 'geom_matid', 'light_pos', 'light_dir', 'light_diffuse',
          'cam_pos', 'cam_quat', 'cam_fovy', 'geom_friction')
IMAGE = np.full((24, 32, 3), 100, np.uint8)


def _all(strength, seed=0):
    return Randomisation(frozenset(Kind), strength, seed)


def _fields(g1, randomisation):
    model = compiled(kinematic_spec(g1, SCENE), randomisation)
    lamp = np.concatenate([model.vis.headlight.ambient, model.vis.headlight.diffuse])
    return {**{name: getattr(model, name).copy() for name in FIELDS}, 'headlight': lamp}


def _changed(first, second):
    return {name for name in first if first[name].shape != second[name].shape
            or not np.allclose(first[name], second[name])}


def test_nothing_is_drawn_unless_it_is_asked_for(g1):
    plain = kinematic_spec(g1, SCENE).compile()
    for randomisation in (NOTHING, _all(0.0)):
        drawn = _fields(g1, randomisation)
        for name in FIELDS:
            assert np.array_equal(drawn[name], getattr(plain, name)), name
    calm = Disturbances(_all(0.0))
    twist, _ = calm.command(np.ones(3), np.zeros(15))
    assert (twist == 1).all() and calm.latency_s == 0
    assert (calm.picture(lambda: IMAGE) == IMAGE).all()
    assert all(calm.push(0.02 * i) is None for i in range(1000))


def test_a_seed_is_a_world_and_another_seed_another(g1):
    first, again, other = (_fields(g1, _all(0.5, seed)) for seed in (1, 1, 2))
    assert not _changed(first, again)
    assert _changed(first, other) >= set(FIELDS) - {'mat_rgba', 'geom_matid'}


def test_each_kind_changes_its_own_and_draws_alone_what_it_draws_with_others(g1):
    plain = _fields(g1, NOTHING)
    own = {Kind.LIGHTS: 'light_pos', Kind.COLOURS: 'geom_rgba', Kind.CAMERA: 'cam_pos',
           Kind.FRICTION: 'geom_friction'}
    together = _fields(g1, Randomisation(frozenset(own), 1.0, seed=3))
    seen = set()
    for kind, field in own.items():
        alone = _fields(g1, Randomisation(frozenset([kind]), 1.0, seed=3))
        assert np.array_equal(alone[field], together[field])
        assert not seen & _changed(plain, alone)
        seen |= _changed(plain, alone)


def test_twice_as_strong_is_twice_as_far(g1):
    plain = _fields(g1, NOTHING)
    weak, strong = (_fields(g1, Randomisation(frozenset([Kind.LIGHTS, Kind.CAMERA]), s))
                    for s in (0.25, 0.5))
    for name in ('light_pos', 'light_diffuse', 'headlight', 'cam_pos', 'cam_fovy'):
        half_way = weak[name] - plain[name]
        assert strong[name] - plain[name] == pytest.approx(2 * half_way, abs=1e-6)


def test_a_solid_keeps_the_colour_of_its_name(g1):
    for seed in range(20):
        model = compiled(kinematic_spec(g1, SCENE), _all(1.0, seed))
        red, green, blue, _ = model.geom('solid_0').rgba
        assert red > 0.8 and max(green, blue) < 0.2


def test_commands_come_late_and_weaker_and_who_stands_stands():
    disturbed = Disturbances(replace(_all(1.0, 5), kinds=frozenset([Kind.LATENCY, Kind.SLIP])))
    late = round(disturbed.latency_s / 0.02)
    assert late >= 1
    twists = [disturbed.command(np.array([0.5, 0, 0]), np.zeros(15))[0]
              for _ in range(late + 5)]
    twists = [disturbed.command(np.array([0.1 * i, 0, 0]), np.zeros(15))[0][0]
              for i in range(1, 40)]
    share = twists[-1] / (0.1 * (39 - late))
    assert 0.6 <= share < 1.0
    for _ in range(late + 1):
        still, _ = disturbed.command(np.zeros(3), np.zeros(15))
    assert not still.any()


def test_lost_pictures_repeat_the_last_one():
    disturbed, count = Disturbances(replace(_all(1.0), kinds=frozenset([Kind.FRAMES]))), 400
    numbers = [int(disturbed.picture(lambda i=i: np.full((2, 2, 3), i % 250, np.uint8))[0, 0, 0])
               for i in range(count)]
    lost = sum(a == b for a, b in pairwise(numbers))
    assert 0.4 < lost / count < 0.6


def test_a_camera_is_exposed_otherwise_in_another_world_and_evenly_within_one():
    means = []
    for seed in range(8):
        shutter = Disturbances(Randomisation(frozenset([Kind.EXPOSURE]), 1.0, seed))
        seen = [shutter.picture(lambda: IMAGE).mean() for _ in range(3)]
        assert np.std(seen) < 2
        means.append(np.mean(seen))
    assert np.std(means) > 8


def test_pushes_come_again_and_again_and_are_bounded():
    disturbed = Disturbances(replace(_all(0.5), kinds=frozenset([Kind.PUSHES])))
    pushes = [p for i in range(3000) if (p := disturbed.push(0.02 * i)) is not None]
    assert 10 <= len(pushes) <= 32 and max(np.hypot(*p) for p in pushes) <= 0.35


def test_what_is_not_known_is_refused_with_what_is():
    assert parse_randomisation(['all']).kinds == frozenset(Kind)
    assert parse_randomisation(['slip', 'lights'], 1.0).kinds == {Kind.SLIP, Kind.LIGHTS}
    with pytest.raises(ConfigurationError, match=r'fog.*lights.*pushes'):
        parse_randomisation(['fog'])
    with pytest.raises(ConfigurationError, match='expected 0 to 1'):
        parse_randomisation(['all'], 1.5)
    with pytest.raises(InvalidValueError, match='expected 0 to 1'):
        Randomisation(strength=-0.1)
