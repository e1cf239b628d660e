"""EfficientNet-Lite0: inverted residual blocks without squeeze-excite, ReLU6, TensorFlow's "SAME" padding.

Key names are those of the EfficientNet-PyTorch family (`_conv_stem`, `_blocks.0._bn1`, `_fc`).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BN_EPS = 1e-3
"""TensorFlow's default, which these weights were trained with."""

# repeats, kernel, first stride, expansion, output channels
STAGES: tuple[tuple[int, int, int, int, int], ...] = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after one side, so that ceil(size / stride) outputs come out; the odd one goes after.

    Args:
        size: Length of the side in pixels.
        kernel: Size of the convolution's kernel.
        stride: Its stride.
    """
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class SameConv2d(nn.Conv2d):
    """A convolution without bias and with TensorFlow's "SAME" padding, asymmetric where it has to be."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        # Stride 1 needs the same zeros on both sides: the convolution itself can add them.
        padding = kernel // 2 if stride == 1 else 0
        super().__init__(in_channels, out_channels, kernel, stride, padding, groups=groups, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, in_channels, H, W) to (B, out_channels, ceil(H / stride), ceil(W / stride))."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        if stride > 1:
            top, bottom = same_padding(x.shape[-2], kernel, stride)
            left, right = same_padding(x.shape[-1], kernel, stride)
            x = F.pad(x, (left, right, top, bottom))
        result: Tensor = super().forward(x)
        return result


class LiteBlock(nn.Module):
    """Expand 1x1, depthwise k x k, project 1x1; the input is added where the shapes agree.

    Args:
        in_channels: Channels of the input.
        channels: Channels of the output.
        kernel: Size of the depthwise kernel.
        stride: Stride of the depthwise convolution.
        expansion: Factor of the expansion; 1 leaves it out.
    """

    def __init__(self, in_channels: int, channels: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = in_channels * expansion
        self.expands = expansion != 1
        self.adds = stride == 1 and in_channels == channels
        if self.expands:
            self._expand_conv = SameConv2d(in_channels, wide, 1)
            self._bn0 = nn.BatchNorm2d(wide, eps=BN_EPS)
        self._depthwise_conv = SameConv2d(wide, wide, kernel, stride, groups=wide)
        self._bn1 = nn.BatchNorm2d(wide, eps=BN_EPS)
        self._project_conv = SameConv2d(wide, channels, 1)
        self._bn2 = nn.BatchNorm2d(channels, eps=BN_EPS)

    def forward(self, x: Tensor) -> Tensor:
        """(B, in_channels, H, W) to (B, channels, H / stride, W / stride)."""
        out: Tensor = x
        if self.expands:
            out = F.relu6(self._bn0(self._expand_conv(out)))
        out = F.relu6(self._bn1(self._depthwise_conv(out)))
        out = self._bn2(self._project_conv(out))
        if self.adds:
            out = out + x
        return out


class EfficientNetLite0(nn.Module):
    """EfficientNet-Lite0 for 224x224 images.

    Args:
        num_classes: Length of the logits.
        in_channels: Channels of the image.
    """

    def __init__(self, num_classes: int = 1000, in_channels: int = 3) -> None:
        super().__init__()
        self._conv_stem = SameConv2d(in_channels, 32, 3, 2)
        self._bn0 = nn.BatchNorm2d(32, eps=BN_EPS)
        blocks: list[nn.Module] = []
        channels = 32
        for repeats, kernel, first_stride, expansion, out_channels in STAGES:
            for index in range(repeats):
                stride = first_stride if index == 0 else 1
                blocks.append(LiteBlock(channels, out_channels, kernel, stride, expansion))
                channels = out_channels
        self._blocks = nn.Sequential(*blocks)
        self._conv_head = SameConv2d(channels, 1280, 1)
        self._bn1 = nn.BatchNorm2d(1280, eps=BN_EPS)
        self._act = nn.ReLU6()
        self._avg_pooling = nn.AdaptiveAvgPool2d(1)
        self._fc = nn.Linear(1280, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised images (B, in_channels, H, W) to logits (B, num_classes)."""
        x = F.relu6(self._bn0(self._conv_stem(x)))
        x = self._blocks(x)
        x = self._act(self._bn1(self._conv_head(x)))
        logits: Tensor = self._fc(torch.flatten(self._avg_pooling(x), 1))
        return logits
