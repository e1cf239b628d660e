"""What is looked at in a transformer: attention maps and features on the image's grid, made of its tokens.

Both stand beside the network's own steps: nothing that it answers depends on them. A tap on one of them gives
(B, C, H, W), as a tap on a convolution does, so that losses and views need to know nothing of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

SMALLEST = 1e-12  # of a probability: its root has a gradient there


class TokenMap(nn.Module):
    """Tokens as feature maps (OURS): L2 maps, features that are compared, and distances are made of these.

    Args:
        height: Of the grid, in tokens.
        width: Of the grid.
        prefix: Tokens in front that stand for no place, such as the class token.
    """

    token_map = True

    def __init__(self, height: int, width: int, prefix: int = 0) -> None:
        super().__init__()
        self.height, self.width, self.prefix = int(height), int(width), int(prefix)

    def forward(self, tokens: Tensor) -> Tensor:
        """(B, N, C) or (B, H, W, C) to (B, C, H, W)."""
        if tokens.dim() == 4:
            return tokens.permute(0, 3, 1, 2)
        inner = tokens[:, self.prefix :] if self.prefix else tokens
        return inner.transpose(1, 2).reshape(-1, tokens.shape[2], self.height, self.width)

    def extra_repr(self) -> str:
        return f"{self.height} x {self.width}, prefix={self.prefix}"


class TokenAttention(nn.Module):
    """Where the class token looks, on average over some blocks; without a class token, where all tokens look (OURS).

    It gives the root of each head's probabilities: the sum of squares over the heads, which is what an attention map is
    elsewhere (`acq_engine.teacher.attention`), is then the heads' mean attention times their number.

    Args:
        height: Of the grid, in tokens.
        width: Of the grid.
        prefix: Tokens in front that stand for no place. With at least one, the first is the class token.
        scales: Factor of the product of queries and keys for each block; None: the root of 1 / their length.
    """

    token_map = True
    features = False  # probabilities: nothing in which images or networks are compared

    def __init__(
        self, height: int, width: int, prefix: int = 0, scales: Sequence[float | None] | None = None
    ) -> None:
        super().__init__()
        self.height, self.width, self.prefix = int(height), int(width), int(prefix)
        self.scales = None if scales is None else tuple(scales)

    def forward(self, *blocks: Sequence[Tensor]) -> Tensor:
        """Attention of each head on the grid, (B, heads, H, W), as roots.

        Args:
            blocks: Of each block either its probabilities (B, heads, N, N), or its queries and keys (B, heads, N, d)
                and perhaps a mask that is added to their product.
        """
        total: Tensor | None = None
        for index, parts in enumerate(blocks):
            seen = self._row(parts, None if self.scales is None else self.scales[index])
            total = seen if total is None else total + seen
        assert total is not None
        places = (total / len(blocks))[..., self.prefix :]
        return places.clamp_min(SMALLEST).sqrt().reshape(-1, places.shape[1], self.height, self.width)

    def _row(self, parts: Sequence[Tensor], scale: float | None) -> Tensor:
        """(B, heads, N) what the class token, or the mean token, attends to."""
        rows = slice(0, 1) if self.prefix else slice(None)
        if len(parts) == 1:
            return parts[0][:, :, rows].mean(2)
        query, key = parts[0][:, :, rows], parts[1]
        product = query @ key.transpose(2, 3) * (query.shape[-1] ** -0.5 if scale is None else scale)
        if len(parts) > 2:
            mask = parts[2]
            product = product + (mask[..., rows, :] if mask.shape[-2] > 1 else mask)
        return torch.softmax(product, -1).mean(2)

    def extra_repr(self) -> str:
        return f"{self.height} x {self.width}, prefix={self.prefix}"
