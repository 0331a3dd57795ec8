"""What runs on a CUDA device says what the lean engine says; tried on the CPU but for capture."""
import pytest
import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.inference.compiled import Vision
from vla_ros.inference.cuda_graph import Processor, StaticGraph
from vla_ros.inference.engine import LeanEngine
from vla_ros.inference.policy import load_policy
from vla_ros.inference.runtime import installed, Runtime, Threads
from vla_ros.inference.tuning import bench_of, engines_of
from vla_ros.models.checkpoint import load_checkpoint
from vla_ros.models.presets import restored_model

WITHOUT_DEVICE = pytest.mark.skipif(torch.cuda.is_available(), reason='there is a CUDA device')


class _Counting(Processor):
    """The CPU, counting captures."""

    captures = 0

    def capture(self, compute):
        self.captures += 1
        return super().capture(compute)


@pytest.fixture(scope='module')
def engines():
    base = load_checkpoint('base')
    return engines_of(base, restored_model(base), Threads())


@pytest.fixture(scope='module')
def bench(engines):
    return bench_of(load_checkpoint('base'), engines)


@pytest.fixture(scope='module')
def cases(bench):
    return bench._cases


@pytest.fixture
def places():
    return _Counting(), _Counting()


@pytest.fixture
def static(engines, places):
    return LeanEngine(engines.plain, engines.lean, StaticGraph(engines.lean, places[1]),
                      StaticGraph(Vision(engines.model), places[0]))


def _tensors(answer):
    return [answer.actions, answer.progress, *answer.attended, *vars(answer.memory).values()]


@torch.inference_mode()
def _ticks(engine, cases, lengths=(8, 3, 8, 5, 3, 8)):
    """Return answers to sentences of different lengths, memory carried from tick to tick."""
    memory, answers = cases[0].memory, []
    for tick, length in enumerate(lengths):
        case = cases[tick % len(cases)]
        answer, = engine.decide(engine.encode(case.image), [case.words[:length]], [case.body],
                                [memory])
        memory = answer.memory
        answers.append(answer)
    return answers


def test_static_memory_gives_the_lean_numbers_for_sentences_in_alternation(engines, static,
                                                                           cases):
    for one, two in zip(_ticks(engines.load(Runtime.LEAN), cases), _ticks(static, cases),
                        strict=True):
        for a, b in zip(_tensors(one), _tensors(two), strict=True):
            torch.testing.assert_close(a, b, atol=1e-6, rtol=0)


def test_what_was_returned_does_not_change_later(static, cases):
    first, *_ = _ticks(static, cases, (8,))
    with torch.inference_mode():
        seen = static.encode(cases[0].image)
    before = [tensor.clone() for tensor in (*_tensors(first), seen.tokens, seen.described)]
    _ticks(static, cases)
    for now, then in zip((*_tensors(first), seen.tokens, seen.described), before, strict=True):
        assert torch.equal(now, then)


def test_each_number_of_words_is_captured_once(static, cases, places):
    _ticks(static, cases)
    _ticks(static, cases)
    assert [place.captures for place in places] == [1, 3]


def test_a_copy_is_taken_to_the_device_and_the_model_stays(engines):
    graph = StaticGraph(engines.lean, Processor())
    ours = {p.data_ptr() for p in engines.lean.parameters()}
    assert ours.isdisjoint(p.data_ptr() for p in graph._module.parameters())


def test_both_parts_compute_where_their_inputs_are(engines, bench):
    # 'meta' refuses tensors of another device, and anything that must look at a number.
    def there(tensors):
        return [tensor.to('meta') for tensor in tensors]
    sample = bench.sample()
    for module, given in ((Vision(engines.model), (sample.image,)),
                          (engines.lean, sample.inputs)):
        outputs = StaticGraph(module, _Meta())._module(*there(given))
        assert all(out.device.type == 'meta' for out in outputs)


class _Meta(Processor):
    device = torch.device('meta')


@WITHOUT_DEVICE
def test_where_there_is_no_device_it_is_neither_installed_nor_loaded(engines, g1):
    assert Runtime.CUDA not in installed()
    with pytest.raises(ConfigurationError, match="'cuda' needs a CUDA device: PyTorch .* none"):
        load_policy('base', g1, runtime='cuda')
