"""
What a preset costs: parameters, multiply-adds, and its time on one core of this machine.

Models of random weights are measured: numbers cost what they cost whatever they say. Reading a
sentence is left out, since it is done once per command, and so is scaling the camera's image.
"""
from collections.abc import Callable
from dataclasses import dataclass
import math
import time
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.attention import sdpa_kernel, SDPBackend
from torch.utils.flop_counter import FlopCounterMode

from vla_ros.core.body import MOTION_SIZE
from vla_ros.core.robot import RobotDescription
from vla_ros.inference.precision import has_fast_bfloat16
from vla_ros.models.document import DocumentVla
from vla_ros.models.presets import new_model, Preset
from vla_ros.models.vla import BodyState

PRECISIONS = {'fp32': torch.float32, 'bf16': torch.bfloat16}
PARTS = 'vision', 'decision', 'both'
WORDS = 8
"""Word pieces of the sentence: "go to the red cube" has seven."""
_WARM_UPS = 5


@dataclass(frozen=True)
class Latency:
    """How long something takes, of many runs [ms]."""

    median_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Cost:
    """What one preset costs."""

    preset: Preset
    parameters: int
    multiply_adds: dict[str, int]
    """For each of `PARTS`."""
    latency: dict[str, dict[str, Latency]]
    """By precision, for each of `PARTS`."""


@dataclass(frozen=True)
class _Halves:
    """A model with something to do: what is computed per image, and what per decision."""

    encode: Callable[[], Any]
    decide: Callable[[Any], Any]


def cost_of(preset: Preset, robot: RobotDescription, runs: int,
            precisions: tuple[str, ...] = ()) -> Cost:
    """
    Count and time a preset for a robot; uses one thread.

    :param precisions: of `PRECISIONS`; none: those that the processor does not emulate.
    """
    precisions = precisions or ('fp32', *['bf16'] * has_fast_bfloat16())
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = new_model(preset, robot, has_memory=True).eval()
    return Cost(preset, sum(p.numel() for p in model.parameters()), multiply_adds(model),
                {name: _timed(_halves(model.to(PRECISIONS[name])), runs) for name in precisions})


def multiply_adds(model: nn.Module) -> dict[str, int]:
    """
    Return the multiplications with an addition of each part, for one image and sentence.

    Counted with gradients and plain attention, because PyTorch's counter sees neither the fused
    encoder layers nor the fused attention of a processor.
    """
    counts, halves = {}, _halves(model)
    with torch.enable_grad(), sdpa_kernel(SDPBackend.MATH):
        with _counter() as counter:
            seen = halves.encode()
        counts['vision'] = counter.get_total_flops() // 2
        with _counter() as counter:
            halves.decide(seen)
        counts['decision'] = counter.get_total_flops() // 2
    return {**counts, 'both': counts['vision'] + counts['decision']}


def _counter() -> FlopCounterMode:
    """Return PyTorch's counter, with the fused recurrent layers that it does not know."""
    return FlopCounterMode(display=False, custom_mapping={
        torch.ops.aten.mkldnn_rnn_layer: _recurrent_flops})


def _recurrent_flops(tokens, from_input, from_state, *_, **__) -> int:
    """Return the operations of one recurrent layer, by the shapes of what it takes."""
    return 2 * math.prod(tokens[:-1]) * (math.prod(from_input) + math.prod(from_state))


@torch.inference_mode()
def _timed(halves: _Halves, runs: int) -> dict[str, Latency]:
    times_s = np.zeros((_WARM_UPS + runs, 3))
    for row in times_s:
        row[0] = time.perf_counter()
        seen = halves.encode()
        row[1] = time.perf_counter()
        halves.decide(seen)
        row[2] = time.perf_counter()
    start, middle, end = 1e3 * times_s[_WARM_UPS:].T
    spans_ms = middle - start, end - middle, end - start
    return {part: Latency(*map(float, np.percentile(ms, [50, 99])))
            for part, ms in zip(PARTS, spans_ms, strict=True)}


def _halves(model: nn.Module) -> _Halves:
    """Return a model with an image, a sentence and a body, in the precision of its weights."""
    config, dtype = model.config, next(model.parameters()).dtype
    generator = torch.Generator().manual_seed(0)

    def random(*shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=generator).to(dtype)

    pixels = random(1, config.image_height, config.image_width, 3)
    if isinstance(model, DocumentVla):
        return _document_halves(model, pixels, random(1, config.joints))
    image = (255 * pixels).to(torch.uint8)
    words, keep = random(1, WORDS, config.text_width), torch.ones(1, WORDS, dtype=torch.bool)
    body = BodyState(random(1, 2 * config.joints), random(1, MOTION_SIZE),
                     random(1, config.actions))
    return _Halves(lambda: model.encode_vision(image),
                   lambda seen: model.decide(
                       seen, words, keep, body, model.memory and model.memory.begin()))


@torch.no_grad()
def _document_halves(model: DocumentVla, pixels: torch.Tensor, joints: torch.Tensor) -> _Halves:
    """Return the document's model with a sentence that was read before."""
    image = pixels.permute(0, 3, 1, 2).contiguous()
    said, state = model.language(torch.arange(1, 1 + WORDS)[None]), model.temporal.begin()
    return _Halves(lambda: model.encode_vision(image),
                   lambda seen: model.decide(seen, said, joints, state))
