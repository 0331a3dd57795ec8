"""
Vision and decision by other runtimes than PyTorch's own: written to a folder once, loaded fast.

What is written is for one image and one robot; only the number of words is open. Importing a
runtime is left to whoever asks for it: none of them is required.
"""
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from vla_ros.inference.engine import Encode, Graph
from vla_ros.inference.lean import LeanDecision
from vla_ros.models.vla import VlaModel

INPUTS = ('tokens', 'described', 'words', 'query', 'key', 'value', 'sought', 'counts', 'joints',
          'motion', 'previous', 'recurrent', 'window', 'ticks', 'slots', 'place', 'strength')
"""Of `LeanDecision.forward`; those of the memory, the last six, only where there is one."""
_WITHOUT_MEMORY = len(INPUTS) - 6
_WORDS_AXIS = {'words': 0, 'query': 1, 'key': 1, 'value': 1}
_WORDS_MAX = 64


class Parts(NamedTuple):
    """The two halves of a model, ready to be called."""

    encode: Encode
    decide: Graph


class Sample(NamedTuple):
    """Something to compute, by which a runtime learns the shapes."""

    image: torch.Tensor
    """(1, H, W, 3) uint8."""
    inputs: tuple[torch.Tensor, ...]
    """Of `LeanDecision.forward`."""


class Vision(nn.Module):
    """`VlaModel.encode_vision` with tensors only."""

    def __init__(self, model: VlaModel):
        super().__init__()
        self.model = model

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return tokens and described of an image (1, H, W, 3) uint8."""
        seen = self.model.encode_vision(image)
        return seen.tokens, seen.described


def write_onnx(model: VlaModel, lean: LeanDecision, sample: Sample, folder: Path) -> None:
    """Write both parts for ONNX Runtime; needs the package `onnx`, unlike loading them."""
    names = list(INPUTS[:len(sample.inputs)])
    for name, module, given, options in (
            ('vision', Vision(model), (sample.image,), {'input_names': ['image']}),
            ('decide', lean, sample.inputs, {
                'input_names': names,
                'dynamic_axes': {n: {axis: 'L'} for n, axis in _WORDS_AXIS.items()}})):
        # The exporter by tracing: the other one needs three more packages.
        torch.onnx.export(module, given, folder / f'{name}.onnx', dynamo=False,
                          opset_version=17, verbose=False, **options)


def load_onnx(folder: Path, threads: tuple[int, int]) -> Parts:
    """Return both parts as sessions of ONNX Runtime, for threads of vision and decision."""
    import onnxruntime

    def session(name: str, count: int) -> Callable[..., Sequence[torch.Tensor]]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = count, 1
        # Threads that wait for work must leave the processor to whoever has some.
        options.add_session_config_entry('session.intra_op.allow_spinning', '0')
        made = onnxruntime.InferenceSession(folder / f'{name}.onnx', options,
                                            providers=['CPUExecutionProvider'])
        names = [given.name for given in made.get_inputs()]
        return lambda *tensors: [torch.from_numpy(out) if out.ndim else torch.tensor(out)
                                 for out in made.run(None, {
                                     name: tensor.numpy()
                                     for name, tensor in zip(names, tensors, strict=True)})]
    return Parts(session('vision', threads[0]), session('decide', threads[1]))


def write_openvino(model: VlaModel, lean: LeanDecision, sample: Sample, folder: Path) -> None:
    """Write both parts for OpenVINO, weights in float32."""
    import openvino
    for name, module, given in (('vision', Vision(model), (sample.image,)),
                                ('decide', lean, sample.inputs)):
        converted = openvino.convert_model(module, example_input=given)
        # All sizes of the decision stay open: with known ones 2026.4 dies on processors
        # without AVX-512 while it compiles.
        if name == 'vision':
            converted.reshape(openvino.PartialShape(list(sample.image.shape)))
        openvino.save_model(converted, folder / f'{name}.xml', compress_to_fp16=False)


def load_openvino(folder: Path, threads: tuple[int, int]) -> Parts:
    """Return both parts as requests of OpenVINO, for threads of vision and decision."""
    import openvino

    def request(name: str, count: int) -> Callable[..., Sequence[torch.Tensor]]:
        made = openvino.Core().compile_model(
            folder / f'{name}.xml', 'CPU', {
                'INFERENCE_NUM_THREADS': count, 'PERFORMANCE_HINT': 'LATENCY',
                'INFERENCE_PRECISION_HINT': 'f32'})
        asked, outputs = made.create_infer_request(), made.outputs

        def call(*tensors: torch.Tensor) -> list[torch.Tensor]:
            # Copied: the next call writes into the same memory.
            found = asked.infer([t.numpy() for t in tensors], share_inputs=True)
            return [torch.tensor(found[port]) for port in outputs]
        return call
    return Parts(request('vision', threads[0]), request('decide', threads[1]))


def write_inductor(model: VlaModel, lean: LeanDecision, sample: Sample, folder: Path) -> None:
    """Compile both parts ahead of time, weights frozen into them; needs a C++ compiler."""
    import torch._inductor as inductor
    words = torch.export.Dim('L', min=2, max=_WORDS_MAX)
    open_axes = [{_WORDS_AXIS[name]: words} if name in _WORDS_AXIS else None
                 for name in INPUTS[:_WITHOUT_MEMORY]]
    memory = tuple(None for _ in sample.inputs[_WITHOUT_MEMORY:])
    with torch.no_grad(), inductor.config.patch(freezing=True):
        vision = torch.export.export(Vision(model), (sample.image,))
        inductor.aoti_compile_and_package(vision, package_path=str(folder / 'vision.pt2'))
        decide = torch.export.export(lean, sample.inputs, dynamic_shapes=(*open_axes, memory))
        inductor.aoti_compile_and_package(decide, package_path=str(folder / 'decide.pt2'))


def load_inductor(folder: Path, threads: tuple[int, int]) -> Parts:
    """Return both parts as they were compiled; threads are those of PyTorch."""
    import torch._inductor as inductor

    def package(name: str) -> Callable[..., Sequence[torch.Tensor]]:
        made = inductor.aoti_load_package(str(folder / f'{name}.pt2'))
        # It reads memory in the order that it was compiled for, and checks nothing.
        return lambda *tensors: made(*(tensor.contiguous() for tensor in tensors))
    return Parts(package('vision'), package('decide'))
