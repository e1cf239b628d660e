"""Small networks for tests."""

from __future__ import annotations

from typing import Any

import torch
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


class TokenBlock(nn.Module):
    """A transformer's block that keeps its attention; written out, or by torch's own function.

    Args:
        fused: Use torch's function, which has no probabilities to look at.
    """

    def __init__(self, width: int, heads: int, *, fused: bool) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.heads, self.fused = heads, fused

    def probabilities(self, x: Tensor) -> Tensor:
        """(B, heads, N, N)."""
        q, k, _ = self._split(x)
        return (q @ k.transpose(2, 3) / q.shape[3] ** 0.5).softmax(-1)

    def _split(self, x: Tensor) -> tuple[Tensor, ...]:
        parts = self.qkv(self.norm1(x)).reshape(*x.shape[:2], 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return tuple(parts.unbind(0))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self._split(x)
        if self.fused:
            seen = nn.functional.scaled_dot_product_attention(q, k, v)
        else:
            seen = (q @ k.transpose(2, 3) / q.shape[3] ** 0.5).softmax(-1) @ v
        x = x + self.proj(seen.transpose(1, 2).reshape(x.shape))
        return x + self.fc2(nn.functional.gelu(self.fc1(self.norm2(x))))


class SmallViT(nn.Module):
    """Blocks over 16 patches of a 16 x 16 image, with or without a class token."""

    def __init__(self, *, blocks: int = 2, class_token: bool = True, fused: bool = True, classes: int = 5) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 16, 4, 4)
        self.start = nn.Parameter(torch.randn(1, 1, 16)) if class_token else None
        self.places = nn.Parameter(0.5 * torch.randn(1, 17 if class_token else 16, 16))
        self.blocks = nn.ModuleList([TokenBlock(16, 2, fused=fused) for _ in range(blocks)])
        self.norm, self.head = nn.LayerNorm(16), nn.Linear(16, classes)

    def tokens(self, x: Tensor) -> Tensor:
        """(B, N, 16) in front of the blocks."""
        found = self.patches(x).flatten(2).transpose(1, 2)
        if self.start is not None:
            found = torch.cat([self.start.expand(x.shape[0], -1, -1), found], 1)
        return found + self.places

    def block(self, index: int) -> TokenBlock:
        """One of the blocks."""
        found = self.blocks[index]
        assert isinstance(found, TokenBlock)
        return found

    def forward(self, x: Tensor) -> Tensor:
        found = self.tokens(x)
        for block in self.blocks:
            found = block(found)
        found = self.norm(found)
        return self.head(found[:, 0] if self.start is not None else found.mean(1))


def small_vit(**options: Any) -> SmallViT:
    """A SmallViT with weights large enough that its attention is not even."""
    torch.manual_seed(0)
    net = SmallViT(**options).eval()
    with torch.no_grad():
        for value in net.parameters():
            if value.dim() > 1:
                value.mul_(1.7)
    return net
