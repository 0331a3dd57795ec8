"""
Training by several processes that `torchrun` started, on one machine or on several.

All of them draw the same batch and each computes its part; gradients are averaged. The number of
processes changes how long training takes, not what comes out of it, up to rounding.
"""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
import os
from typing import Any

import torch
from torch import distributed, nn
# Whoever imports it with a group open, as optimisers do, keeps that group, and with it threads
# that abort the process when it ends: defaults of its arguments are the group of that moment.
import torch.distributed.nn.functional

from vla_ros.core.errors import ConfigurationError

PATIENCE = timedelta(hours=2)
"""The others wait while the first validates in closed loop."""


@contextmanager
def together() -> Iterator[None]:
    """Join the processes that `torchrun` started; alone, do nothing."""
    if int(os.environ.get('WORLD_SIZE', '1')) == 1:
        yield
        return
    distributed.init_process_group('gloo', timeout=PATIENCE)
    try:
        yield
    finally:
        distributed.destroy_process_group()


def count() -> int:
    """Return how many processes train together."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


def rank() -> int:
    """Return the number of this process, from 0."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def is_first() -> bool:
    """Return whether this is the process that reports and writes."""
    return rank() == 0


def check_parts(images: int) -> None:
    """
    Refuse a batch that can't be cut into equal parts.

    :raises ConfigurationError: if the number of images is no multiple of the processes.
    """
    if images % count():
        raise ConfigurationError(f'{images} images in a batch: expected a multiple of the '
                                 f'{count()} processes that train together')


def first_then_others(make: Callable[[], Any]) -> Any:
    """Return what `make` returns; the first process calls it before the others, which cache."""
    made = make() if is_first() else None
    if count() > 1:
        distributed.barrier()
    return made if is_first() else make()


def of_first(value: Any) -> Any:
    """Return the value that the first process has."""
    if count() == 1:
        return value
    box = [value]
    distributed.broadcast_object_list(box)
    return box[0]


def average_gradients(model: nn.Module) -> None:
    """Replace the gradients of this process by the mean over all of them."""
    if count() == 1:
        return
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    parts = (flat / count()).split([g.numel() for g in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view(gradient.shape))


def mean_over_all(value: torch.Tensor) -> torch.Tensor:
    """Return the mean of a tensor over all processes; gradients pass through it."""
    return value if count() == 1 else _Mean.apply(value)


class _Mean(torch.autograd.Function):
    """A mean whose gradient is the mean of gradients, as they are averaged once more later."""

    @staticmethod
    def forward(ctx, value: torch.Tensor) -> torch.Tensor:
        total = value.detach().clone()
        distributed.all_reduce(total)
        return total / count()

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> torch.Tensor:
        total = gradient.contiguous().clone()
        distributed.all_reduce(total)
        return total / count()


def share_statistics(model: nn.Module) -> None:
    """Let every batch normalisation of a model count all processes' images; alone: nothing."""
    if count() == 1:
        return
    for module in model.modules():
        if type(module) is nn.BatchNorm2d:
            module.__class__ = SharedBatchNorm


class SharedBatchNorm(nn.BatchNorm2d):
    """
    A batch normalisation over the parts of all processes.

    torch has one too (`nn.SyncBatchNorm`), for GPUs only.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return (B, C, H, W) normalised."""
        if not self.training:
            return super().forward(x)
        values = x.float()
        mean = mean_over_all(values.mean((0, 2, 3)))
        variance = mean_over_all((values - mean[:, None, None]).square().mean((0, 2, 3)))
        self._remember(mean.detach(), variance.detach(), count() * x.numel() // x.shape[1])
        # With given statistics torch treats them as constants: the formula, for gradients.
        scale = self.weight * (variance + self.eps).rsqrt()
        shift = self.bias - mean * scale
        return (values * scale[:, None, None] + shift[:, None, None]).to(x.dtype)

    @torch.no_grad()
    def _remember(self, mean: torch.Tensor, variance: torch.Tensor, values: int) -> None:
        self.num_batches_tracked += 1
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(variance * values / (values - 1), self.momentum)
