"""What perception is trained to make small."""
import torch
from torch.nn import functional

from vla_ros.learning.perception_batches import PerceptionBatch, PRESENT_PIXELS
from vla_ros.models.perception import Perceived
from vla_ros.perception.kinds import NONE
from vla_ros.perception.segments import Segment, SEGMENTS

_SMALL = tuple(s for s in Segment if s not in (Segment.FLOOR, Segment.WALL))
_SMALL_WEIGHT = 3.0
_DEPTH_WEIGHT, _PRESENCE_WEIGHT, _MAP_WEIGHT = 2.0, 0.03, 0.2


def perception_losses(seen: Perceived, batch: PerceptionBatch) -> dict[str, torch.Tensor]:
    """Return the weighted parts of the loss."""
    return {'segmentation': _segmentation_loss(seen, batch),
            'depth': _DEPTH_WEIGHT * _depth_loss(seen, batch),
            'map': _MAP_WEIGHT * _map_loss(seen, batch),
            'presence': _PRESENCE_WEIGHT * _presence_loss(seen, batch)}


def _segmentation_loss(seen: Perceived, batch: PerceptionBatch) -> torch.Tensor:
    weights = torch.ones(SEGMENTS)
    weights[list(_SMALL)] = _SMALL_WEIGHT
    return functional.cross_entropy(seen.segmentation.float(), batch.segmentation, weights)


def _depth_loss(seen: Perceived, batch: PerceptionBatch) -> torch.Tensor:
    """Return the mean error of the logarithm, which is nearly the relative error."""
    known = batch.depth_m > 0
    error = seen.log_depth - batch.depth_m.clamp_min(1e-3).log()
    return error[known].abs().mean()


def _map_loss(seen: Perceived, batch: PerceptionBatch) -> torch.Tensor:
    """Return the cross entropy of all cells for each cell that shows an object."""
    logits = seen.object_map.permute(0, 2, 3, 1)                        # (B, H/4, W/4, O)
    shown = batch.kinds != NONE
    wanted = logits[shown].float().gather(1, batch.kinds[shown][:, None])
    # Equal to the cross entropy against one-hot targets, which would cost ten times as much.
    return (functional.softplus(logits).sum(dtype=torch.float32) - wanted.sum()) / (
        shown.sum().clamp_min(1))


def _presence_loss(seen: Perceived, batch: PerceptionBatch) -> torch.Tensor:
    """Return the cross entropy for each image; what a few pixels show is not asked for."""
    present = batch.pixels >= PRESENT_PIXELS
    clear = present | (batch.pixels == 0)
    each = functional.binary_cross_entropy_with_logits(
        seen.objects.float(), present.float(), reduction='none')
    return (each * clear).sum() / len(each)
