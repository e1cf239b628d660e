"""What calibration remembers of one tensor: its range, and a bounded, deterministic sample of its values."""

from __future__ import annotations

import torch
from torch import Tensor

VALUES_PER_BATCH = 16_384
VALUES_KEPT = 262_144
EMA_MOMENTUM = 0.9


class RangeObserver:
    """Collects over batches. Memory stays below VALUES_KEPT + VALUES_PER_BATCH values.

    Args:
        keep_values: Whether a sample of the values is kept (MSE search needs it, min-max does not).
    """

    def __init__(self, keep_values: bool) -> None:
        self.keep_values = keep_values
        self.batches = 0
        self._low: Tensor | None = None
        self._high: Tensor | None = None
        self._mean_low: Tensor | None = None
        self._mean_high: Tensor | None = None
        self._kept: list[Tensor] = []
        self._thinning = 1

    def update(self, x: Tensor) -> None:
        """Take one batch (any shape). Values are taken at an odd stride, so that all columns of an image occur."""
        x = x.detach()
        low, high = torch.aminmax(x)
        if self._low is None or self._high is None or self._mean_low is None or self._mean_high is None:
            self._low, self._high, self._mean_low, self._mean_high = low, high, low, high
        else:
            self._low, self._high = torch.minimum(self._low, low), torch.maximum(self._high, high)
            self._mean_low = EMA_MOMENTUM * self._mean_low + (1 - EMA_MOMENTUM) * low
            self._mean_high = EMA_MOMENTUM * self._mean_high + (1 - EMA_MOMENTUM) * high
        self.batches += 1
        if self.keep_values:
            flat = x.reshape(-1)
            stride = max(1, -(-flat.numel() * self._thinning // VALUES_PER_BATCH)) | 1
            self._kept.append(flat[::stride].clone())
            if sum(part.numel() for part in self._kept) > VALUES_KEPT:
                self._kept = [part[::2].clone() for part in self._kept]
                self._thinning *= 2

    def extremes(self) -> tuple[float, float]:
        """Smallest and largest value of all batches."""
        return _number(self._low), _number(self._high)

    def averaged_extremes(self) -> tuple[float, float]:
        """Moving averages of each batch's smallest and largest value (the papers' baseline).

        The average starts at the first batch, so it needs no bias correction.
        """
        return _number(self._mean_low), _number(self._mean_high)

    def values(self) -> Tensor:
        """The kept sample, (n,)."""
        return torch.cat(self._kept) if self._kept else torch.zeros(0)


def _number(value: Tensor | None) -> float:
    return 0.0 if value is None else float(value)
