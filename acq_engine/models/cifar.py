"""Residual networks for 32x32 images (He et al. 2015, section 4.2), with either kind of shortcut.

Key names are torchvision's: conv1, bn1, layer1..3, fc; a projection is downsample.0 and downsample.1.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DEPTHS: tuple[int, ...] = (20, 32, 44, 56)


class PadShortcut(nn.Module):
    """Option A of He et al. 2015: subsample, and fill the new channels with zeros. It has no weights.

    Args:
        added: How many channels are added, half of them on each side.
        stride: Every stride-th pixel is kept.
    """

    def __init__(self, added: int, stride: int) -> None:
        super().__init__()
        self.added = added
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to (B, C + added, H / stride, W / stride)."""
        before = self.added // 2
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, before, self.added - before))


class CifarBlock(nn.Module):
    """Two 3x3 convolutions with batch norm around a shortcut.

    Args:
        in_channels: Channels of the input.
        channels: Channels of the output.
        stride: Stride of the first convolution.
        projection: True for a 1x1 convolution where the shape changes, False for zero padding.
    """

    def __init__(self, in_channels: int, channels: int, stride: int, projection: bool) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample: nn.Module | None = None
        if stride != 1 or in_channels != channels:
            self.downsample = (
                nn.Sequential(nn.Conv2d(in_channels, channels, 1, stride=stride, bias=False), nn.BatchNorm2d(channels))
                if projection
                else PadShortcut(channels - in_channels, stride)
            )

    def forward(self, x: Tensor) -> Tensor:
        """(B, in_channels, H, W) to (B, channels, H / stride, W / stride)."""
        shortcut = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        result: Tensor = self.relu(self.bn2(self.conv2(out)) + shortcut)
        return result


class CifarResNet(nn.Module):
    """Three stages of (depth - 2) / 6 blocks with 16, 32 and 64 channels.

    Args:
        depth: 6 n + 2, such as 20.
        num_classes: Length of the logits.
        in_channels: Channels of the image.
        projection: See CifarBlock.

    Raises:
        ValueError: depth is not 6 n + 2.
    """

    def __init__(self, depth: int, num_classes: int = 10, in_channels: int = 3, projection: bool = True) -> None:
        super().__init__()
        if depth < 8 or (depth - 2) % 6:
            raise ValueError(f"the depth must be 6 n + 2, not {depth}")
        blocks = (depth - 2) // 6
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu = nn.ReLU()
        self.layer1 = self._stage(16, 16, 1, blocks, projection)
        self.layer2 = self._stage(16, 32, 2, blocks, projection)
        self.layer3 = self._stage(32, 64, 2, blocks, projection)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(64, num_classes)

    @staticmethod
    def _stage(in_channels: int, channels: int, stride: int, blocks: int, projection: bool) -> nn.Sequential:
        first = CifarBlock(in_channels, channels, stride, projection)
        return nn.Sequential(first, *(CifarBlock(channels, channels, 1, projection) for _ in range(blocks - 1)))

    def forward(self, x: Tensor) -> Tensor:
        """Normalised images (B, in_channels, H, W) to logits (B, num_classes)."""
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        logits: Tensor = self.fc(torch.flatten(self.avgpool(x), 1))
        return logits
