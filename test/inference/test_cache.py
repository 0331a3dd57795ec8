"""What was encoded before serves again, and nothing is ever taken for another."""
from dataclasses import replace

import numpy as np
import pytest

from vla_ros.core.errors import InvalidValueError
from vla_ros.core.policy import PolicyDescription, TwoRate
from vla_ros.core.values import ActionChunk, Observation
from vla_ros.inference.cache import block_distance, CachedVision, Lru, Reuse

RNG = np.random.default_rng(0)
GREY = np.full((120, 160, 3), 128, np.uint8)


class _Echo:
    """A policy whose features are the image itself."""

    def __init__(self, robot):
        self.description = PolicyDescription('echo', robot, 1, 0.1)
        self.during_encode = lambda: None

    def reset(self, instruction):
        pass

    def encode_image(self, image):
        self.during_encode()
        return image.copy()

    def decide(self, observation, seen):
        shown = seen.astype(float).ravel()[:6]
        return ActionChunk(observation.newest_s, 0.1, shown[None], np.zeros((1, 15)))

    def infer(self, observation):
        return self.decide(observation, self.encode_image(observation.image))


@pytest.fixture
def echo(g1):
    return _Echo(g1)


def _moved(image, rows, columns):
    return np.roll(image, (rows, columns), axis=(0, 1))


def _checkers(size):
    rows, columns = np.indices((120, 160))
    return np.repeat((((rows // size + columns // size) % 2) * 200 + 20)[..., None], 3,
                     2).astype(np.uint8)


def _patched(value, other):
    """Return a grey image with two small things of opposite brightness."""
    image = GREY.copy()
    image[40:48, 40:48], image[60:68, 60:68] = value, other
    return image


ALIKE = [
    pytest.param(_patched(255, 1), _patched(1, 255), id='two things exchanged'),
    pytest.param(_checkers(4), 240 - _checkers(4), id='a pattern and its negative'),
    pytest.param(_checkers(1), _moved(_checkers(1), 0, 1), id='moved by a pixel'),
    pytest.param(_checkers(10), _moved(_checkers(10), 0, 10), id='moved by a square'),
    pytest.param(GREY, _patched(160, 96), id='a small thing that is new'),
    pytest.param(np.stack([_checkers(8)[..., 0], GREY[..., 0], 240 - _checkers(8)[..., 0]], 2),
                 np.stack([240 - _checkers(8)[..., 0], GREY[..., 0], _checkers(8)[..., 0]], 2),
                 id='red and blue exchanged')]


def _coarse_hash(image):
    """Return what an average hash of 3 by 4 cells makes of an image."""
    cells = image.reshape(3, 40, 4, 40, 3).mean(axis=(1, 3, 4))
    return (np.round(cells - cells.mean()) > 0).tobytes()


@pytest.mark.parametrize('one, two', ALIKE)
@pytest.mark.parametrize('reuse', [None, Reuse(), Reuse(distance=20.0)], ids=[
    'same frames', 'nothing alike', 'alike'])
def test_equal_means_and_hashes_confuse_nobody(echo, one, two, reuse):
    assert not np.array_equal(one, two)
    assert one.mean() == pytest.approx(two.mean()) and _coarse_hash(one) == _coarse_hash(two)
    cached, joints = CachedVision(echo, reuse), np.zeros(29)
    for number, image in enumerate((one, two, one, two)):
        seen = cached.encode_frame(image, number, 0.01 * number, joints)
        assert np.array_equal(seen, image)


def test_the_same_frame_is_encoded_once(echo):
    assert isinstance(CachedVision(echo), TwoRate)
    cached, joints = CachedVision(echo), np.zeros(29)
    first = cached.encode_frame(GREY, 7, 0.0, joints)
    assert cached.encode_frame(GREY, 7, 0.4, joints + 1) is first
    assert cached.encode_frame(GREY, 8, 0.5, joints) is not first
    figures = cached.figures()
    assert (figures['vision encodes'], figures['vision same frames']) == (2, 1)
    assert figures['vision features age, greatest [s]'] == pytest.approx(0.4)


def test_alike_means_within_every_bound(echo):
    reuse, joints = Reuse(10.0, max_age_s=0.3, joint_motion_rad=0.1), np.zeros(29)
    noisy = (GREY + RNG.integers(-3, 4, GREY.shape)).astype(np.uint8)
    bent = joints.copy()
    bent[11] = 0.11
    for image, now_s, at, serves in ((noisy, 0.3, joints, True), (noisy, 0.31, joints, False),
                                     (noisy, 0.1, bent, False), (GREY + 11, 0.1, joints, False),
                                     (noisy, -0.1, joints, False)):
        cached = CachedVision(echo, reuse)
        first = cached.encode_frame(GREY, 1, 0.0, joints)
        assert (cached.encode_frame(image, 2, now_s, at) is first) == serves


def test_features_that_serve_do_not_grow_younger(echo):
    cached, joints = CachedVision(echo, Reuse(10.0, max_age_s=0.25)), np.zeros(29)
    served = [cached.encode_frame(GREY, number, number / 8, joints) for number in range(9)]
    made = list({id(s): s for s in served}.values())
    assert [[s is m for s in served].index(True) for m in made] == [0, 3, 6]
    assert cached.figures()['vision like frames'] == 6


def test_a_new_command_looks_anew_even_while_an_image_is_encoded(echo):
    cached, joints = CachedVision(echo, Reuse(255.0)), np.zeros(29)
    first = cached.encode_frame(GREY, 1, 0.0, joints)
    cached.reset('something else')
    echo.during_encode = lambda: cached.reset('again')
    second = cached.encode_frame(GREY, 1, 0.0, joints)
    assert second is not first
    echo.during_encode = lambda: None
    assert cached.encode_frame(GREY, 1, 0.0, joints) is not second


def test_it_infers_what_the_policy_infers(echo):
    joints = np.zeros(29)
    observation = Observation(0.0, GREY, joints, joints, 'go')
    cached = CachedVision(echo)
    for stamp_s in (0.0, 0.0, 0.1):
        image = np.full_like(GREY, round(100 * stamp_s))
        if stamp_s == 0.0:
            image = GREY
        seen = replace(observation, stamp_s=stamp_s, image=image)
        assert np.array_equal(cached.infer(seen).base_twist, echo.infer(seen).base_twist)
    assert cached.attention() is None


def test_distance_is_a_distance_and_the_greatest_of_its_blocks():
    one, two, three = RNG.integers(0, 256, (3, 30, 45, 3), np.uint8)
    assert block_distance(one, one) == 0.0
    assert block_distance(one, two) == block_distance(two, one) > 0
    assert block_distance(one, three) <= block_distance(one, two) + block_distance(two, three)
    spot = one.copy()
    spot[29, 44] = one[29, 44] ^ 255                    # a block of 6 by 5 pixels
    wanted = np.abs(spot[29, 44].astype(int) - one[29, 44]).max() / 30
    assert block_distance(one, spot) == pytest.approx(wanted)


@pytest.mark.parametrize('wrong', [{'distance': -1.0}, {'max_age_s': float('nan')},
                                   {'joint_motion_rad': float('inf')}])
def test_bounds_are_bounds(wrong):
    with pytest.raises(InvalidValueError, match=f'{next(iter(wrong))}: .*expected a number'):
        Reuse(**wrong)


def test_what_was_asked_longest_ago_goes():
    made, lru = [], Lru(2)
    for key in 'abacab':
        assert lru.get(key, lambda k=key: made.append(k) or k.upper()) == key.upper()
    assert made == ['a', 'b', 'c', 'b'] and (lru.hits, lru.misses) == (2, 4)
