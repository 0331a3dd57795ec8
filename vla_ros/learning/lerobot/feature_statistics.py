"""
Statistics of features, as LeRobot datasets hold them: for each episode, and for all of them.

Of pictures every pixel counts: 256 values a channel need no sample.
"""
from collections.abc import Sequence

import numpy as np

QUANTILES = {'q01': 0.01, 'q10': 0.10, 'q50': 0.50, 'q90': 0.90, 'q99': 0.99}
Statistics = dict[str, np.ndarray]
"""min, max, mean, std, count and `QUANTILES` of one feature, each in the shape of a frame."""


def statistics_of(values: np.ndarray) -> Statistics:
    """Return the statistics of a feature (T, ...) over the frames of an episode."""
    rows = values.reshape(len(values), -1).astype(float)
    shape = values.shape[1:] or (1,)
    found = {'min': rows.min(0), 'max': rows.max(0), 'mean': rows.mean(0), 'std': rows.std(0),
             **{name: np.quantile(rows, q, axis=0) for name, q in QUANTILES.items()}}
    return {**{name: v.reshape(shape) for name, v in found.items()},
            'count': np.array([len(values)])}


class PixelCounter:
    """Counts the values of pictures, channel by channel."""

    def __init__(self):
        self._frames, self._counts = 0, np.zeros((3, 256), np.int64)

    def add(self, image: np.ndarray) -> None:
        """Take a picture (H, W, 3) uint8."""
        self._frames += 1
        for channel in range(3):
            self._counts[channel] += np.bincount(image[..., channel].ravel(), minlength=256)

    def statistics(self) -> Statistics:
        """Return the statistics, each (3, 1, 1) and from 0 to 1."""
        values, total = np.arange(256) / 255.0, self._counts.sum(1)
        mean = self._counts @ values / total
        spread = np.sqrt(np.maximum(0.0, self._counts @ values ** 2 / total - mean ** 2))
        below = self._counts.cumsum(1) / total[:, None]
        found = {'min': values[(self._counts > 0).argmax(1)],
                 'max': values[255 - (self._counts[:, ::-1] > 0).argmax(1)],
                 'mean': mean, 'std': spread,
                 **{name: values[(below >= q).argmax(1)] for name, q in QUANTILES.items()}}
        return {**{name: v.reshape(3, 1, 1) for name, v in found.items()},
                'count': np.array([self._frames])}


def merged(parts: Sequence[Statistics]) -> Statistics:
    """
    Return the statistics of all frames of several episodes.

    Quantiles can't be known from quantiles: as in LeRobot, the outermost of the parts stand for
    them.
    """
    count = np.array([part['count'][0] for part in parts])
    weight = (count / count.sum()).reshape(-1, *[1] * parts[0]['mean'].ndim)
    stacked = {name: np.stack([part[name] for part in parts]) for name in parts[0]}
    mean = (weight * stacked['mean']).sum(0)
    spread = np.sqrt((weight * (stacked['std'] ** 2 + (stacked['mean'] - mean) ** 2)).sum(0))
    return {'min': stacked['min'].min(0), 'max': stacked['max'].max(0), 'mean': mean,
            'std': spread, 'count': np.array([count.sum()]),
            **{name: stacked[name].min(0) if q <= 0.5 else stacked[name].max(0)
               for name, q in QUANTILES.items()}}


def as_lists(statistics: Statistics) -> dict[str, list]:
    """Return statistics for JSON and for tables."""
    return {name: value.tolist() for name, value in statistics.items()}
