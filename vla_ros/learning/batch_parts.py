"""Batches cut into parts, and parts put together, whatever tensors they hold."""
from dataclasses import fields, is_dataclass
from typing import TypeVar

import torch

T = TypeVar('T')


def part_of(batch: T, index: int, count: int) -> T:
    """Return one of `count` equal parts of a batch: every tensor is cut along its first axis."""
    if count == 1:
        return batch

    def cut(tensor: torch.Tensor) -> torch.Tensor:
        size = len(tensor) // count
        return tensor[index * size:(index + 1) * size]
    return _each([batch], lambda tensors: cut(tensors[0]))


def joined(batches: list[T]) -> T:
    """Return batches as one; where sentences differ in length, shorter ones are padded."""
    return _each(batches, lambda tensors: torch.cat(_of_one_length(tensors)))


def what_is_known(batch) -> tuple:
    """Return which parts of a batch are there; only batches alike in that can be joined."""
    if is_dataclass(batch):
        return tuple(what_is_known(getattr(batch, f.name)) for f in fields(batch))
    return (batch is not None,)


def _of_one_length(tensors: list[torch.Tensor]) -> list[torch.Tensor]:
    """Return tensors (B, L, ...) padded to the greatest L with zeros."""
    if tensors[0].ndim < 2 or len({t.shape[1] for t in tensors}) == 1:
        return tensors
    length = max(t.shape[1] for t in tensors)
    return [torch.cat([t, t.new_zeros(len(t), length - t.shape[1], *t.shape[2:])], dim=1)
            for t in tensors]


def _each(batches: list[T], change) -> T:
    """Return the batch whose tensors are made of those that stand in the same place."""
    first = batches[0]
    if isinstance(first, torch.Tensor):
        return change(batches)
    if isinstance(first, tuple):
        return tuple(_each(list(tensors), change) for tensors in zip(*batches, strict=True))
    if is_dataclass(first):
        return type(first)(**{f.name: _each([getattr(b, f.name) for b in batches], change)
                              for f in fields(first)})
    return first
