"""
Vision and decision on a CUDA device: captured once for each shape, then replayed.

A graph reads and writes the same memory at every replay. Inputs go there through pinned memory;
all outputs come back in one copy, for which a call waits.
"""
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
import copy
import threading

import torch
from torch import nn

from vla_ros.core.errors import ConfigurationError
from vla_ros.inference.cache import Lru
from vla_ros.inference.compiled import Parts, Vision
from vla_ros.inference.lean import LeanDecision
from vla_ros.models.vla import VlaModel

_SHAPES_MAX = 32                # graphs that are kept of one part: one for each number of words
_WARM_UPS = 3                   # runs before a capture, in which libraries choose their kernels
_CAPTURE_LOCK = threading.Lock()    # captures wait for the device, and not beside one another


class Processor:
    """The CPU: computing once more is all that a replay is."""

    device = torch.device('cpu')

    def queue(self) -> AbstractContextManager:
        """Return a context in which work is queued."""
        return nullcontext()

    def capture(self, compute: Callable[[], None]) -> Callable[[], None]:
        """Return what does again, on the same memory, what `compute` does."""
        return compute

    def wait(self) -> None:
        """Wait until all that was queued is done."""


class CudaStream(Processor):
    """A CUDA device, with a stream of its own: vision and decisions don't wait for each other."""

    def __init__(self):
        self.device = torch.device('cuda', torch.cuda.current_device())
        self._stream = torch.cuda.Stream(self.device)

    def queue(self) -> AbstractContextManager:
        """Return its stream as a context."""
        return torch.cuda.stream(self._stream)

    def capture(self, compute: Callable[[], None]) -> Callable[[], None]:
        """Return the replay of a graph; other threads may replay theirs meanwhile."""
        graph = torch.cuda.CUDAGraph()
        with _CAPTURE_LOCK, torch.cuda.graph(graph, stream=self._stream,
                                             capture_error_mode='thread_local'):
            compute()
        return graph.replay

    def wait(self) -> None:
        """Wait for its stream."""
        self._stream.synchronize()


class StaticGraph:
    """A function of tensors, computed on static memory; one thread at a time calls it."""

    def __init__(self, module: nn.Module, place: Processor):
        """Copy a module there; it takes tensors and returns some in float32."""
        self._module, self._place = copy.deepcopy(module).to(place.device), place
        self._captured: Lru[_Captured] = Lru(_SHAPES_MAX)

    @torch.inference_mode()
    def __call__(self, *inputs: torch.Tensor) -> Sequence[torch.Tensor]:
        """Return outputs, on the CPU as inputs are; nothing writes to them later."""
        return self._captured.get(tuple(tensor.shape for tensor in inputs), lambda: _Captured(
            self._module, self._place, inputs))(*inputs)


class _Captured:
    """The function for inputs of certain shapes."""

    def __init__(self, module: nn.Module, place: Processor, inputs: Sequence[torch.Tensor]):
        self._place, is_pinned = place, place.device.type == 'cuda'
        self._pinned = [torch.empty(t.shape, dtype=t.dtype, pin_memory=is_pinned) for t in inputs]
        self._inputs = [torch.empty(t.shape, dtype=t.dtype, device=place.device) for t in inputs]
        with place.queue():
            self._send(inputs)
            for _ in range(_WARM_UPS):
                self._shapes = [out.shape for out in module(*self._inputs)]
            self._sizes = [shape.numel() for shape in self._shapes]
            self._outputs = torch.empty(sum(self._sizes), device=place.device)
        self._received = torch.empty(sum(self._sizes), pin_memory=is_pinned)
        place.wait()
        self._replay = place.capture(lambda: torch.cat(
            [out.flatten() for out in module(*self._inputs)], out=self._outputs))

    def __call__(self, *inputs: torch.Tensor) -> list[torch.Tensor]:
        with self._place.queue():
            self._send(inputs)
            self._replay()
            self._received.copy_(self._outputs, non_blocking=True)
        self._place.wait()
        parts = self._received.clone().split(self._sizes)
        return [part.view(shape) for part, shape in zip(parts, self._shapes, strict=True)]

    def _send(self, inputs: Sequence[torch.Tensor]) -> None:
        for pinned, static, given in zip(self._pinned, self._inputs, inputs, strict=True):
            static.copy_(pinned.copy_(given), non_blocking=True)


def load_cuda(model: VlaModel, lean: LeanDecision) -> Parts:
    """Return both parts of a model on a CUDA device, in float32; an error if there is none."""
    if not torch.cuda.is_available():
        raise ConfigurationError("runtime 'cuda' needs a CUDA device: PyTorch "
                                 f'{torch.__version__} finds none here')
    return Parts(StaticGraph(Vision(model), CudaStream()), StaticGraph(lean, CudaStream()))
