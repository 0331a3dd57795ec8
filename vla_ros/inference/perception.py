"""Perception behind arrays: a checkpoint, warmed up, in the precision that is fastest here."""
import time

import numpy as np
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from vla_ros.core.errors import CheckpointError, InvalidValueError
from vla_ros.core.intrinsics import Intrinsics, pinhole
from vla_ros.inference.precision import has_fast_bfloat16
from vla_ros.models.perception import PerceptionModel
from vla_ros.models.perception_checkpoint import load_perception
from vla_ros.perception.kinds import Kind, kinds_of
from vla_ros.perception.percept import Percept
from vla_ros.perception.preprocessing import prepare_image
from vla_ros.perception.segments import Segment

_TRIES = 4
_SAME_SHARE = 0.97
"""Least share of pixels on which a faster precision must agree with float32."""


class Perceiver:
    """Looks at images. One thread at a time."""

    def __init__(self, checkpoint: str):
        """
        Load a checkpoint and time it.

        :raises CheckpointError: if it is damaged, or its outputs mean something else.
        """
        torch.set_num_threads(1)
        model, manifest = load_perception(checkpoint)
        self.name: str = manifest['name']
        self.kinds = _kinds(manifest)
        self.size = model.config.image_width, model.config.height
        self._model, self.precision = self._fastest(model)

    def perceive(self, image: np.ndarray, intrinsics: Intrinsics) -> Percept:
        """
        Return what is in an image.

        :param image: (H, W, 3) uint8 RGB of any size.
        :param intrinsics: of the camera; scaled to the image if they are of another size.
        :raises InvalidValueError: if it is no such image.
        """
        width, height = self.size
        prepared = torch.from_numpy(prepare_image(image, height, width))[None]
        return self._asked(self._model, prepared, intrinsics.scaled_to(width, height))

    @torch.inference_mode()
    def _asked(self, model: PerceptionModel, image: torch.Tensor,
               intrinsics: Intrinsics) -> Percept:
        seen = model(image, torch.tensor([intrinsics.as_row()]))
        scores = seen.object_map[0].permute(1, 2, 0).float().sigmoid().contiguous()
        return Percept(seen.segmentation[0].argmax(0).to(torch.uint8).numpy(),
                       seen.depth_m[0].numpy(), scores.numpy(), intrinsics)

    def _fastest(self, model: PerceptionModel) -> tuple[PerceptionModel, str]:
        """Return the model in the faster of two precisions, if they agree, and its name."""
        plain = _fused(model).to(memory_format=torch.channels_last)
        if not has_fast_bfloat16():
            return plain, 'float32'
        half = _fused(model).to(torch.bfloat16, memory_format=torch.channels_last)
        noise = np.random.default_rng(0).integers(0, 256, (*self.size[::-1], 3), np.uint8)
        image = torch.from_numpy(noise // 8 + np.linspace(0, 200, self.size[0])[
            None, :, None].astype(np.uint8))[None]
        camera = pinhole(*self.size, 1.4)
        seconds, percepts = zip(*(self._timed(m, image, camera) for m in (plain, half)),
                                strict=True)
        same = np.mean(percepts[0].segmentation == percepts[1].segmentation)
        return (half, 'bfloat16') if seconds[1] < seconds[0] and same >= _SAME_SHARE else (
            plain, 'float32')

    def _timed(self, model: PerceptionModel, image: torch.Tensor,
               camera: Intrinsics) -> tuple[float, Percept]:
        """Return the best time [s] of a few, and the answer."""
        seconds = []
        for _ in range(_TRIES):
            start_s = time.perf_counter()
            percept = self._asked(model, image, camera)
            seconds.append(time.perf_counter() - start_s)
        return min(seconds), percept


def _kinds(manifest: dict) -> tuple[Kind, ...]:
    try:
        kinds = kinds_of(manifest['kinds'])
    except InvalidValueError as error:
        raise CheckpointError(f'checkpoint {manifest["name"]!r}: {error}') from error
    if manifest['segments'] != (known := [s.name.lower() for s in Segment]):
        raise CheckpointError(f'checkpoint {manifest["name"]!r}: classes '
                              f'{manifest["segments"]}, this version knows {known}')
    return kinds


def _fused(model: PerceptionModel) -> PerceptionModel:
    """Return a copy whose normalisations are part of the convolutions before them."""
    copy = PerceptionModel(model.config)
    copy.load_state_dict(model.state_dict())
    for module in copy.eval().requires_grad_(False).modules():
        if isinstance(module, nn.Sequential) and len(module) > 1 and isinstance(
                module[1], nn.BatchNorm2d):
            module[0], module[1] = fuse_conv_bn_eval(module[0], module[1]), nn.Identity()
    return copy
