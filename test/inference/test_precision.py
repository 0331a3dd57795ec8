"""Which number format pays is a property of the processor, not of who else is busy."""
import time

import pytest
import torch

from vla_ros.inference import precision


@pytest.fixture(autouse=True)
def forgotten():
    """Have it measured anew, and again afterwards."""
    precision.has_fast_bfloat16.cache_clear()
    yield
    precision.has_fast_bfloat16.cache_clear()


@pytest.mark.parametrize('held_up', [torch.float32, torch.bfloat16])
def test_a_process_that_is_held_up_finds_the_same_format(held_up, monkeypatch):
    idle = precision.has_fast_bfloat16()
    product = torch.mm

    def late(one, other):
        if one.dtype is held_up:
            time.sleep(0.05)
        return product(one, other)
    monkeypatch.setattr(torch, 'mm', late)
    precision.has_fast_bfloat16.cache_clear()
    assert precision.has_fast_bfloat16() is idle


def test_losses_are_computed_in_the_format_that_pays():
    with precision.training_precision():
        made = torch.mm(torch.ones(2, 2), torch.ones(2, 2))
    assert made.dtype is (
        torch.bfloat16 if precision.has_fast_bfloat16() else torch.float32)
