"""Batch norm with the statistics of a whole shared batch.

torch.nn.SyncBatchNorm does this on cards only, and has to take the place of a network's layers; here the layers stay
what they are, and compute otherwise for a while.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.distributed.collectives import over_ranks, sharing, summed

Statistics = Callable[[Tensor], tuple[Tensor, Tensor]]


def whole_statistics(mean: Tensor, variance: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and biased variance (C,) of a shared batch, of those of this rank's part; where none is shared, themselves.

    Each part counts by its size. In float64, since squares of means are subtracted.
    """
    if not sharing():
        return mean, variance
    wide = torch.float32 if mean.device.type == "mps" else torch.float64
    both = torch.stack((mean.to(wide), variance.to(wide) + mean.to(wide).square()))
    whole, power = over_ranks(both).unbind()
    return whole.to(mean.dtype), (power - whole.square()).clamp_min(0).to(variance.dtype)


@contextlib.contextmanager
def synchronised(norms: Sequence[_BatchNorm], statistics: Statistics) -> Iterator[None]:
    """While it lasts, those of the layers that are in train mode normalise with the whole batch's statistics.

    Args:
        norms: Layers; those in eval mode compute as always.
        statistics: Mean and biased variance (C,) of a shared batch (N, C, ...).
    """
    if not sharing():
        yield
        return
    for norm in norms:
        norm.forward = _forward_of(norm, statistics)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        for norm in norms:
            del norm.forward  # the class's own again


def _forward_of(norm: _BatchNorm, statistics: Statistics) -> Callable[[Tensor], Tensor]:
    plain = type(norm).forward

    def forward(x: Tensor) -> Tensor:
        if not norm.training:
            return plain(norm, x)
        mean, variance = statistics(x)
        _remember(norm, x, mean.detach(), variance.detach())
        scale = torch.rsqrt(variance + norm.eps)
        if norm.weight is not None:
            scale = scale * norm.weight
        shift = -mean * scale if norm.bias is None else norm.bias - mean * scale
        shape = (1, -1) + (1,) * (x.dim() - 2)
        return x * scale.view(shape).to(x.dtype) + shift.view(shape).to(x.dtype)

    return forward


@torch.no_grad()
def _remember(norm: _BatchNorm, x: Tensor, mean: Tensor, variance: Tensor) -> None:
    """Running statistics, as torch keeps them: of the unbiased variance."""
    if not norm.track_running_stats or norm.running_mean is None or norm.running_var is None:
        return
    assert norm.num_batches_tracked is not None
    norm.num_batches_tracked.add_(1)
    count = summed(x.new_tensor(float(x.numel() // x.shape[1])))
    momentum = norm.momentum if norm.momentum is not None else 1.0 / float(norm.num_batches_tracked)
    norm.running_mean.lerp_(mean.to(norm.running_mean.dtype), momentum)
    norm.running_var.lerp_((variance * count / (count - 1).clamp_min(1)).to(norm.running_var.dtype), momentum)
