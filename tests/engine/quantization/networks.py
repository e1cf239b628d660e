"""Networks with the traps that graph conversion must see through."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def settle(net: nn.Module, shape: tuple[int, ...] = (1, 16, 16)) -> nn.Module:
    """Give the batch norms running statistics, scales and shifts that are neither 0 nor 1."""
    net.train()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
            module.momentum = None
    with torch.no_grad():
        for _ in range(3):
            net(torch.randn(16, *shape) * 1.5 + 0.3)
    return net.eval()


class Residual(nn.Module):
    """One ReLU module used three times, a functional ReLU, dropout, an addition, shared convolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.shared = nn.Conv2d(8, 8, 1)
        self.relu = nn.ReLU(inplace=True)
        self.dropout = nn.Dropout(0.5)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(x)) + x)
        y = self.pool(self.dropout(y))
        y = F.relu(self.shared(self.relu(self.shared(y))))
        return self.fc(y.mean((2, 3)))


class InPlaceTrap(nn.Module):
    """An in-place ReLU changes a tensor that is used again: the shortcut sees the changed one."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1)
        self.bn = nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn(self.conv(x))
        y = self.relu(x)
        y = y * 0.5
        y += x
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(y, 1), 1))


class Mobile(nn.Module):
    """ReLU6, depthwise convolution, an asymmetric zero pad, a linear bottleneck that is added, an average pool."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 8, 3, stride=2, bias=False)
        self.bn0 = nn.BatchNorm2d(8)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.project = nn.Conv2d(8, 8, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.head = nn.Conv2d(8, 16, 1)
        self.fc = nn.Linear(64, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu6(self.bn0(self.stem(F.pad(x, (0, 1, 0, 1)))))
        y = F.hardtanh(self.bn1(self.depthwise(x)), 0.0, 6.0)
        x = x + self.bn2(self.project(y))
        x = F.avg_pool2d(F.relu6(self.head(x) * 1.0), 4)
        return self.fc(x.flatten(1))


class Tokens(nn.Module):
    """A linear layer on tokens, as many as it has outputs; and padding that is not with zeros."""

    def __init__(self, outputs: int = 12, value: float = 0.0) -> None:
        super().__init__()
        self.value = value
        self.conv, self.norm = nn.Conv2d(1, 8, 3, 4, 1), nn.BatchNorm2d(8)
        self.mix, self.head = nn.Linear(8, outputs), nn.Linear(outputs, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.norm(self.conv(x)))
        x = nn.functional.pad(x, (1, 1, 1, 1), value=self.value)
        x = torch.relu(self.mix(x.flatten(2).transpose(1, 2)))
        y: Tensor = self.head(x.mean(1))
        return y


class Gated(nn.Module):
    """SiLU, squeeze-and-excite, concatenation, chunks and a channel shuffle."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.squeeze = nn.Conv2d(8, 4, 1)
        self.excite = nn.Conv2d(4, 8, 1)
        self.left = nn.Conv2d(4, 4, 3, padding=1)
        self.bn_last = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.silu(self.bn1(self.conv1(x)))
        gate = torch.sigmoid(self.excite(F.relu(self.squeeze(F.adaptive_avg_pool2d(x, 1)))))
        left, right = (x * gate).chunk(2, dim=1)
        x = torch.cat([F.relu(self.left(left)), right], dim=1)
        batch, channels, height, width = x.shape
        x = x.view(batch, 2, channels // 2, height, width).transpose(1, 2).contiguous().view(batch, -1, height, width)
        return self.fc(F.relu(self.bn_last(x)).mean((2, 3)))
