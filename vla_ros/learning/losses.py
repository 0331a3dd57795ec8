"""What a decision is charged for: the chunk first, and what helps to find the named thing."""
from dataclasses import dataclass

import torch
from torch.nn import functional

from vla_ros.learning.processes import mean_over_all
from vla_ros.models.vla import Decision

_FINE = 0.02
"""Errors of joints above which they count linearly, scaled as actions are (0.01 rad): who stands
with an arm a few degrees beside its goal is else hardly charged for not moving on."""
_POSITIVE_WEIGHT = 2.0
"""A thing covers few of an image's cells: each of them counts this often."""


@dataclass(frozen=True)
class Target:
    """Labels as tensors, scaled as the model's outputs."""

    actions: torch.Tensor
    """(B, K, A)."""
    progress: torch.Tensor
    """(B,) 0 to 1."""
    target: torch.Tensor | None = None
    """(B, 4) visible, sin and cos of the bearing, distance [m]; None: nobody knows."""
    slots: torch.Tensor | None = None
    """(B, 2, N) 0 or 1; None: nobody knows."""
    shown: torch.Tensor | None = None
    """(B, N) 0 or 1; None: nobody knows."""
    other: torch.Tensor | None = None
    """(B, N) 0 or 1, where the thing is that the named one is told by; None: nobody knows."""
    has_other: torch.Tensor | None = None
    """(B,) 0 or 1, whether there is one."""
    named: torch.Tensor | None = None
    """(B, 2) which colour and which shape the sentence names, from 1, -1: none; None: nobody
    knows."""
    counts: torch.Tensor | None = None
    """(B, K) bool, whether a row of the chunk is known; None: all are."""
    swings: torch.Tensor | None = None
    """(B, A) 0 or 1, which joints are to swing; None: nobody knows."""


def losses(decision: Decision, wanted: Target, base_axes: int) -> dict[str, torch.Tensor]:
    """Return every part of the loss, weighted; their sum is what is minimised."""
    parts = {**chunk_losses(decision.actions.float(), wanted, base_axes),
             'progress': 0.1 * functional.binary_cross_entropy_with_logits(
                 decision.progress.float(), wanted.progress)}
    return parts if wanted.target is None else {**parts, **finding_losses(decision, wanted)}


def chunk_losses(actions: torch.Tensor, wanted: Target,
                 base_axes: int) -> dict[str, torch.Tensor]:
    """Return what is wrong with chunks (B, K, A), as far as it is known; no part is empty."""
    share = 1.0
    if wanted.counts is not None:
        # A mean over what is known, whatever the rows that are not known hold.
        known = wanted.counts.float()
        share = (known / mean_over_all(known.mean()).clamp(min=1e-6))[..., None]
    parts = {}
    for name, axes, beta in (('base', slice(base_axes), 0.1),
                             ('arms', slice(base_axes, None), _FINE)):
        if (own := actions[..., axes]).shape[-1]:
            each = functional.smooth_l1_loss(own, wanted.actions[..., axes], beta=beta,
                                             reduction='none')
            parts[name] = (share * each).mean()
    return parts


def finding_losses(decision: Decision, wanted: Target) -> dict[str, torch.Tensor]:
    """Return what is wrong with where the named thing is said to be."""
    visible = wanted.target[:, 0]
    seen = visible[:, None]
    where = functional.smooth_l1_loss(
        decision.target[:, 1:].float() * seen, wanted.target[:, 1:] * seen, beta=0.1)
    parts = {
        'visible': 0.1 * functional.binary_cross_entropy_with_logits(
            decision.target[:, 0].float(), visible),
        'where': 0.3 * where,
        'slots': 2.0 * functional.binary_cross_entropy_with_logits(
            decision.grounding.slot_logits, wanted.slots,
            pos_weight=torch.tensor(_POSITIVE_WEIGHT)),
        'shown': 2.0 * _log_loss(decision.grounding.log_probability, wanted.shown).mean()}
    if decision.grounding.other is not None and wanted.other is not None:
        share = wanted.has_other / mean_over_all(wanted.has_other.mean()).clamp(min=1e-6)
        parts['other'] = 0.5 * (share[:, None] * _log_loss(
            decision.grounding.other, wanted.other)).mean()
    return parts


def attribute_loss(logits: list[torch.Tensor], kinds: torch.Tensor) -> torch.Tensor:
    """
    Return how wrong the named attributes of all cells are.

    :param logits: for each slot (F, N, kinds).
    :param kinds: (F, slots, N) the truth; zero where a cell shows no solid, negative where its
        attribute has no name.
    """
    total = 0.0
    for index, slot in enumerate(logits):
        weight = torch.full((slot.shape[-1],), _POSITIVE_WEIGHT)
        weight[0] = 0.2                                     # most cells show nothing
        wanted = kinds[:, index].flatten()
        cost = functional.cross_entropy(slot.float().flatten(0, 1), wanted, weight,
                                        ignore_index=-1, reduction='sum')
        total = total + cost / mean_over_all(weight[wanted[wanted >= 0]].sum())
    return total


def named_loss(logits: list[torch.Tensor], named: torch.Tensor) -> torch.Tensor:
    """
    Return how wrong what sentences look for is, as something that a cell could show.

    Cells alone tell little of it: in most images hardly anything has nearly the right name.

    :param logits: for each slot (B, 1, kinds).
    :param named: (B, slots) the truth; negative where nothing is named.
    """
    total = 0.0
    for index, slot in enumerate(logits):
        is_named = (named[:, index] > 0).float()
        cost = functional.cross_entropy(slot[:, 0].float(), named[:, index].clamp(min=0),
                                        reduction='none')
        total = total + (cost * is_named).mean() / mean_over_all(is_named.mean()).clamp(min=1e-6)
    return total


def _log_loss(log_probability: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Return the weighted binary cross-entropy of probabilities given by their logarithm."""
    log_probability = log_probability.clamp(max=-1e-6)
    miss = torch.log(-torch.expm1(log_probability))
    return -(_POSITIVE_WEIGHT * truth * log_probability + (1 - truth) * miss)
