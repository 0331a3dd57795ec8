"""
Which runtime computes a policy's model on this machine: measured, checked, remembered.

Processors differ: half precision is three times faster on one and three times slower on the
next. What needs no preparation is measured at the start, within a second or two; what has to be
compiled or exported first is prepared and measured by `tune`, and from then on loaded.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
import hashlib
import importlib.util
import os
from pathlib import Path
import platform
import warnings

import torch

from vla_ros.core.errors import ConfigurationError
from vla_ros.inference.choice_file import Choice, ChoiceFile
from vla_ros.inference.compiled import (
    load_inductor,
    load_onnx,
    load_openvino,
    Parts,
    Sample,
    write_inductor,
    write_onnx,
    write_openvino,
)
from vla_ros.inference.cuda_graph import load_cuda
from vla_ros.inference.engine import LeanEngine, PlainEngine
from vla_ros.inference.lean import LeanDecision
from vla_ros.models.vla import VlaModel

_FORMAT = 4
"""Of what is remembered; another number, and everything is measured anew."""


class Runtime(Enum):
    """How a model is computed."""

    FP32 = 'fp32'
    """The model as it was trained."""
    LEAN = 'lean'
    """The same numbers with fewer operations; vision as in fp32."""
    BF16 = 'bf16'
    """The model with weights of half precision."""
    INDUCTOR = 'inductor'
    """Compiled ahead of time by PyTorch, weights frozen into it."""
    OPENVINO = 'openvino'
    ONNXRUNTIME = 'onnxruntime'
    CUDA = 'cuda'
    """One robot's vision and decision on a graphics processor."""


AUTO = 'auto'
NAMES = (AUTO, *(r.value for r in Runtime))
AT_ONCE = Runtime.FP32, Runtime.LEAN, Runtime.BF16, Runtime.CUDA
"""Runtimes that need no preparation."""
PREPARED = {Runtime.INDUCTOR: (write_inductor, load_inductor),
            Runtime.OPENVINO: (write_openvino, load_openvino),
            Runtime.ONNXRUNTIME: (write_onnx, load_onnx)}
_PACKAGES = {Runtime.OPENVINO: 'openvino', Runtime.ONNXRUNTIME: 'onnxruntime'}


@dataclass(frozen=True)
class Threads:
    """How many threads compute."""

    vision: int = 0
    """Zero: all processors but one, at least one."""
    decision: int = 0
    """Zero: one; more wait for each other longer than they compute."""

    def __post_init__(self):
        for name, count in vars(self).items():
            if not 0 <= count <= 64:
                raise ConfigurationError(f'{name}_threads: {count!r}, expected 0 to 64')

    @property
    def counts(self) -> tuple[int, int]:
        """Return the numbers for vision and for decisions."""
        return self.vision or max(1, processors() - 1), self.decision or 1


Engine = PlainEngine | LeanEngine


def parse_runtime(name: str) -> Runtime | None:
    """
    Return the runtime of a name; None: automatic.

    :raises ConfigurationError: if there is none; the message lists them.
    """
    if name not in NAMES:
        raise ConfigurationError(f'runtime {name!r}: expected one of {list(NAMES)}')
    return None if name == AUTO else Runtime(name)


def parse_runtimes(names: Sequence[str]) -> list[Runtime]:
    """
    Return the runtimes of names; 'auto' is none.

    :raises ConfigurationError: if there is no such runtime.
    """
    if unknown := [name for name in names if name not in NAMES[1:]]:
        raise ConfigurationError(f'runtimes {unknown}: expected some of {list(NAMES[1:])}')
    return [Runtime(name) for name in names]


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()


def installed() -> list[Runtime]:
    """Return the runtimes that can be tried here."""
    return [r for r in Runtime if importlib.util.find_spec(_PACKAGES.get(r, 'torch'))
            and (r is not Runtime.CUDA or torch.cuda.is_available())]


class Engines:
    """Makes engines of one model; each when it is first asked for."""

    def __init__(self, model: VlaModel, digest: str, threads: Threads):
        """
        Know a model.

        :param digest: of its checkpoint.
        """
        self.model, self.threads = model, threads
        self.plain, self.lean = PlainEngine(model), LeanDecision(model).eval()
        self.file = choice_file(digest, threads)

    def prepare(self, runtime: Runtime, sample: Sample) -> None:
        """Write what a runtime needs into a folder of its own."""
        folder = self.file.folder / runtime.value
        folder.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            # Sizes that tracing takes for constants are: only the number of words changes.
            warnings.simplefilter('ignore', torch.jit.TracerWarning)
            PREPARED[runtime][0](self.model, self.lean, sample, folder)

    def load(self, runtime: Runtime) -> Engine:
        """
        Return an engine that computes both parts by a runtime.

        :raises ConfigurationError: if the runtime must be prepared, and is not, or needs a device
            that is not here.
        """
        if runtime is Runtime.FP32:
            return self.plain
        if runtime is Runtime.LEAN:
            return LeanEngine(self.plain, self.lean, self.lean)
        if runtime is Runtime.BF16:
            return PlainEngine(_halved(self.model))
        if runtime is Runtime.CUDA:
            parts = load_cuda(self.model, self.lean)
            return LeanEngine(self.plain, self.lean, parts.decide, parts.encode)
        if not self.file.is_whole(runtime.value):
            raise ConfigurationError(
                f'runtime {runtime.value!r} is not prepared for this checkpoint, this machine '
                'and these threads: `vla tune` prepares it')
        return self.load_prepared(runtime)

    def load_prepared(self, runtime: Runtime) -> Engine:
        """Return the engine of what was prepared just now, unchecked."""
        parts: Parts = PREPARED[runtime][1](self.file.folder / runtime.value, self.threads.counts)
        return LeanEngine(self.plain, self.lean, parts.decide, parts.encode)

    def chosen(self, choice: Choice) -> tuple[Engine, Engine]:
        """
        Return the engines for vision and for decisions.

        :raises ConfigurationError: if one of them must be prepared, and is not.
        """
        vision = self.load(Runtime(choice.vision))
        same = choice.vision == choice.decision
        return vision, vision if same else self.load(Runtime(choice.decision))


def choice_file(digest: str, threads: Threads) -> ChoiceFile:
    """
    Return what is remembered of this machine.

    :param digest: of a checkpoint.
    """
    return ChoiceFile(_key(digest, threads))


def _key(digest: str, threads: Threads) -> dict:
    """Return all that a choice depends on."""
    versions = {name: _version(name) for name in ('torch', *_PACKAGES.values())}
    return {'format': _FORMAT, 'checkpoint': digest, 'processor': _processor(),
            'device': torch.cuda.get_device_name() if torch.cuda.is_available() else '',
            'processors': processors(), 'instructions': torch.backends.cpu.get_cpu_capability(),
            'threads': list(threads.counts), 'versions': versions,
            'python': platform.python_version(), 'candidates': [r.value for r in Runtime]}


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version
    try:
        return version(package)
    except PackageNotFoundError:
        return ''


def _processor() -> str:
    """Return the model of the processor, with what tells apart those of one name."""
    try:
        lines = Path('/proc/cpuinfo').read_text().split('\n\n')[0].splitlines()
    except OSError:
        return platform.processor()
    wanted = ('model name', 'cpu family', 'model', 'stepping', 'flags')
    facts = [line for line in lines if line.split('\t')[0].split(':')[0].strip() in wanted]
    return hashlib.sha256('\n'.join(facts).encode()).hexdigest()[:16] + ' ' + next(
        (line.split(':', 1)[1].strip() for line in facts if line.startswith('model name')), '')


def _halved(model: VlaModel) -> VlaModel:
    half = type(model)(model.config)
    half.load_state_dict(model.state_dict())
    return half.eval().requires_grad_(False).to(torch.bfloat16)
