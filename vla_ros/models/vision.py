"""
The vision encoder: an image becomes a grid of tokens that keep where things are.

Dimensions: B batch, H, W image, N = H/8 * W/8 tokens, D width.
"""
import torch
from torch import nn

STRIDE = 8
CHANNELS = 32
"""Channels at stride 2; twice as many at stride 4, four times at stride 8."""
NETWORK_CHANNELS = CHANNELS, 2 * CHANNELS, 4 * CHANNELS
"""Channels at strides 2, 4 and 8."""


class VisionEncoder(nn.Module):
    """A small residual network (He et al., 2016) whose last map is read as tokens."""

    def __init__(self, width: int, height: int, image_width: int, channels: int = CHANNELS):
        super().__init__()
        self.rows, self.columns = height // STRIDE, image_width // STRIDE
        self.network = vision_network(channels)
        self.projection = nn.Conv2d(4 * channels, width, 1)
        self.position = nn.Parameter(0.02 * torch.randn(self.rows * self.columns, width))
        self.norm = nn.LayerNorm(width)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Return tokens (B, N, D) of images (B, H, W, 3) uint8 RGB."""
        pixels = image.permute(0, 3, 1, 2).to(self.position.dtype) / 127.5 - 1.0
        grid = self.projection(self.network(pixels))            # (B, D, H/8, W/8)
        return self.norm(grid.flatten(2).transpose(1, 2)) + self.position


def vision_network(channels: int = CHANNELS) -> nn.Sequential:
    """Return what turns (B, 3, H, W), -1 to 1, into (B, 4 * channels, H/8, W/8)."""
    a, b, c = channels, 2 * channels, 4 * channels
    return nn.Sequential(
        _convolution(3, a, kernel=5, stride=2), _convolution(a, b, stride=2), _Residual(b),
        _convolution(b, c, stride=2), _Residual(c), _Residual(c), _Residual(c))


class _Residual(nn.Module):

    def __init__(self, channels: int):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False),
                                    nn.BatchNorm2d(channels))

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


def _convolution(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs), nn.ReLU())
