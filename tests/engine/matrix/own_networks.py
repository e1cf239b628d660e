"""Small networks, each with one way of writing a classifier that conversion must see through."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def conv_norm(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution without bias, and its batch norm."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)
    )


class LeakyNet(nn.Module):
    """Leaky ReLU everywhere, one of them behind an addition (as in Darknet)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_norm(3, 16)
        self.down = conv_norm(16, 32, stride=2)
        self.narrow, self.wide = conv_norm(32, 16, 1), conv_norm(16, 32)
        self.act = nn.LeakyReLU(0.1, inplace=True)
        self.fc = nn.Linear(32, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = self.act(self.down(self.act(self.stem(x))))
        x = self.act(x + self.wide(self.act(self.narrow(x))))
        return self.fc(x.mean((2, 3)))


class FunctionalNet(nn.Module):
    """Weights as plain parameters, everything else a function: no layer modules but the batch norms."""

    def __init__(self) -> None:
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(16, 3, 3, 3) * 0.2)
        self.w2 = nn.Parameter(torch.randn(16, 16, 3, 3) * 0.1)
        self.b2 = nn.Parameter(torch.randn(16) * 0.1)
        self.head = nn.Parameter(torch.randn(7, 16) * 0.3)
        self.bn1, self.bn2 = nn.BatchNorm2d(16), nn.BatchNorm2d(16)

    def forward(self, x: Tensor) -> Tensor:
        x = F.max_pool2d(F.relu(self.bn1(F.conv2d(x, self.w1, padding=1))), 2)
        y = F.relu(self.bn2(F.conv2d(x, self.w2, self.b2, padding=1)))
        x = F.dropout(x + y, 0.3, self.training)
        return F.linear(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1), self.head)


class SharedNet(nn.Module):
    """One convolution, one batch norm and one ReLU that are used twice each."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_norm(3, 16)
        self.body = conv_norm(16, 16)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(16, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.stem(x))
        x = self.relu(self.body(x))
        x = self.relu(self.body(x))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


class GroupedNet(nn.Module):
    """Grouped, depthwise and dilated convolutions, padding "same", ReLU6."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_norm(3, 16)
        self.grouped = conv_norm(16, 32, groups=4)
        self.depthwise = conv_norm(32, 32, 5, stride=2, groups=32)
        self.dilated = nn.Conv2d(32, 32, 3, padding="same", dilation=2, bias=False)
        self.norm = nn.BatchNorm2d(32)
        self.fc = nn.Linear(32, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu6(self.grouped(F.relu6(self.stem(x))))
        x = F.relu6(self.norm(self.dilated(F.relu6(self.depthwise(x)))))
        return self.fc(x.mean((-2, -1)))


class ExciteNet(nn.Module):
    """Squeeze-and-excite in three spellings: linear layers, 1x1 convolutions, and a hard gate."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_norm(3, 16)
        self.down, self.up = nn.Linear(16, 4), nn.Linear(4, 16)
        self.body = conv_norm(16, 16)
        self.down2, self.up2 = nn.Conv2d(16, 4, 1), nn.Conv2d(4, 16, 1)
        self.last = conv_norm(16, 16)
        self.gate3 = nn.Conv2d(16, 16, 1)
        self.fc = nn.Linear(16, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.stem(x))
        batch, channels = x.shape[:2]
        gate = torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3))))))
        x = F.silu(self.body(x * gate.view(batch, channels, 1, 1)))
        x = x * torch.sigmoid(self.up2(F.silu(self.down2(F.adaptive_avg_pool2d(x, 1)))))
        x = F.hardswish(self.last(x))
        x = F.hardsigmoid(self.gate3(x.mean((2, 3), keepdim=True))) * x
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


class ConcatNet(nn.Module):
    """Branches joined by cat, one of them with an average pool; batch norm in front of ReLU, as in DenseNet."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv_norm(3, 8)
        self.left, self.right = conv_norm(8, 8), conv_norm(8, 8, 1)
        self.norm = nn.BatchNorm2d(24)
        self.narrow = nn.Conv2d(24, 16, 1)
        self.fc = nn.Linear(16 * 4, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.stem(x))
        pooled = F.avg_pool2d(x, 3, 1, 1)
        x = torch.cat([F.relu(self.left(x)), self.right(pooled), x], 1)
        x = F.relu(self.narrow(F.relu(self.norm(x))))
        return self.fc(F.adaptive_avg_pool2d(x, 2).flatten(1))


class LayerNormNet(nn.Module):
    """In the manner of ConvNeXt: layer norm instead of batch norm."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 4, 4)
        self.depthwise = nn.Conv2d(16, 16, 7, padding=3, groups=16)
        self.norm = nn.LayerNorm(16)
        self.wide, self.narrow = nn.Linear(16, 64), nn.Linear(64, 16)
        self.fc = nn.Linear(16, 7)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        y = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        x = x + self.narrow(F.gelu(self.wide(y))).permute(0, 3, 1, 2)
        return self.fc(x.mean((2, 3)))
