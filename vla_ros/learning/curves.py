"""The curves of a training run as a picture."""
from pathlib import Path

import numpy as np

from vla_ros.learning.step_table import read_steps

LOSSES, SUCCESS, PICTURE = 'losses.csv', 'success.csv', 'curves.png'
_SMOOTHED_OVER = 50
"""Steps in a moving mean."""


def draw_curves(folder: Path) -> Path:
    """Draw the losses and, where it was measured, the success of a run; return the picture."""
    from matplotlib.figure import Figure
    losses, success = read_steps(folder / LOSSES), read_steps(folder / SUCCESS)
    figure = Figure((7.0, 3.2 * (1 + bool(success))), layout='constrained')
    axes = figure.subplots(1 + bool(success), squeeze=False)[:, 0]
    for name, points in losses.items():
        axes[0].plot(*_smoothed(points), label=name, linewidth=1)
    axes[0].set(yscale='log', ylabel=f'loss, mean of {_SMOOTHED_OVER}', xlabel='step')
    for name, points in success.items():
        axes[1].plot(*zip(*points), 'o-', label=name, linewidth=1)
        axes[1].set(ylim=(-0.03, 1.03), ylabel='success in closed loop', xlabel='step')
    for axis in axes:
        axis.grid(alpha=0.3)
        axis.legend(fontsize='x-small', ncols=2)
    figure.savefig(folder / PICTURE, dpi=110)
    return folder / PICTURE


def _smoothed(points: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return steps (n,) and the mean (n,) of the values up to each of them."""
    steps, values = np.array(points, float).T
    total = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    begins = np.maximum(ends - _SMOOTHED_OVER, 0)
    return steps, (total[ends] - total[begins]) / (ends - begins)
