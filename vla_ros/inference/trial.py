"""
One runtime tried: whether it says what the model says in float32, and how fast.

Inputs are fixed. They are noise, more than any camera shows, and every answer starts from the
memory that float32 left, so that differences are those of one decision.
"""
from collections.abc import Iterator
from dataclasses import dataclass
import time

import numpy as np
import torch

from vla_ros.core.body import MOTION_SIZE
from vla_ros.inference.compiled import Sample
from vla_ros.inference.engine import lean_inputs
from vla_ros.inference.runtime import Engine, Engines
from vla_ros.models.scaling import ActionScale
from vla_ros.models.vla import BodyState

BASE_TOLERANCE, JOINT_TOLERANCE_RAD = 0.01, 0.0025
"""Greatest difference of any row of a chunk [m/s and rad/s; rad]: half of what a seam between
chunks may jump within a command period, and an eighth of the least velocity that is no rest."""
_CASES = 4
_WORDS = 8
_WARM_UPS = 1


@dataclass(frozen=True)
class Trial:
    """What came of it."""

    vision_ms: np.ndarray
    """Each run [ms]."""
    decision_ms: np.ndarray
    base_error: float
    """Greatest difference to float32 of any row [m/s or rad/s]."""
    joint_error_rad: float

    @property
    def is_true(self) -> bool:
        """Return whether it says what the model says; not if it says no number."""
        return self.base_error <= BASE_TOLERANCE and self.joint_error_rad <= JOINT_TOLERANCE_RAD


@dataclass(frozen=True)
class _Case:
    """One decision's inputs, and what float32 answers."""

    image: torch.Tensor
    words: torch.Tensor
    body: BodyState
    memory: object
    actions: np.ndarray


class Bench:
    """Fixed inputs for one model, and float32's answers to them."""

    def __init__(self, engines: Engines, scale: ActionScale, axes: int):
        """
        Compute the answers.

        :param axes: how many of the actions are the base's.
        """
        self._engines, self._scale, self._axes = engines, scale, axes
        with torch.inference_mode():
            self._cases = list(self._made())

    def sample(self) -> Sample:
        """Return inputs of the right shapes."""
        case, engines = self._cases[-1], self._engines
        with torch.no_grad():
            seen, (read, _) = engines.plain.encode(case.image), engines.lean.read(case.words)
            return Sample(case.image.clone(), tuple(
                t.clone().contiguous() for t in lean_inputs(seen, read, case.body, case.memory)))

    @torch.inference_mode()
    def run(self, vision: Engine, decision: Engine, limit_s: float, runs: int = 10_000) -> Trial:
        """Return what comes of engines for the two parts, within about a time."""
        vision_ms, decision_ms, errors, end_s = [], [], [], time.perf_counter() + limit_s
        for index in range(_WARM_UPS + runs):
            case = self._cases[index % len(self._cases)]
            if index > _WARM_UPS and time.perf_counter() > end_s:
                break
            start_s = time.perf_counter()
            seen = vision.encode(case.image)
            middle_s = time.perf_counter()
            answer, = decision.decide(seen, [case.words], [case.body], [case.memory])
            decision_ms.append(1e3 * (time.perf_counter() - middle_s))
            vision_ms.append(1e3 * (middle_s - start_s))
            errors.append(np.abs(self._stretched(answer.actions) - case.actions).max(axis=0))
        worst = np.max(errors, axis=0)                  # NaN stays NaN, and is not true
        return Trial(np.array(vision_ms[_WARM_UPS:]), np.array(decision_ms[_WARM_UPS:]),
                     float(worst[:self._axes].max()), float(worst[self._axes:].max(initial=0.0)))

    def _made(self) -> Iterator[_Case]:
        plain, config = self._engines.plain, self._engines.model.config
        generator = torch.Generator().manual_seed(0)

        def noise(*shape: int) -> torch.Tensor:
            return torch.randn(shape, generator=generator)
        memory, words = self._engines.model.memory, noise(_WORDS, config.text_width) / 2
        state = memory and memory.begin()
        for _ in range(_CASES):
            image = torch.randint(0, 256, (1, config.image_height, config.image_width, 3),
                                  generator=generator, dtype=torch.uint8)
            body = BodyState(0.1 * noise(1, 2 * config.joints), 0.3 * noise(1, MOTION_SIZE),
                             0.3 * noise(1, config.actions))
            answer, = plain.decide(plain.encode(image), [words], [body], [state])
            yield _Case(image, words, body, state, self._stretched(answer.actions))
            state = answer.memory

    def _stretched(self, actions: torch.Tensor) -> np.ndarray:
        return self._scale.stretch(actions.double().numpy())
