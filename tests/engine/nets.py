"""Small networks for tests."""

from __future__ import annotations

from torch import Tensor, nn


class TinyNet(nn.Module):
    """Two stages with batch norm and dropout, for 16x16 grey pictures and four classes."""

    def __init__(self, *, norm: bool = True) -> None:
        super().__init__()
        self.stage1 = self._stage(1, 8, 1, norm)
        self.stage2 = self._stage(8, 16, 2, norm)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(16, 4)

    @staticmethod
    def _stage(inputs: int, outputs: int, stride: int, norm: bool) -> nn.Sequential:
        layers: list[nn.Module] = [nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=not norm)]
        if norm:
            layers.append(nn.BatchNorm2d(outputs))
        return nn.Sequential(*layers, nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        features = self.pool(self.stage2(self.stage1(x))).flatten(1)
        return self.fc(self.dropout(features))
