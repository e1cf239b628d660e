"""From a range of values to scale and zero point, and the search for the range with the least squared error.

Every range contains 0, so that 0 (padding, ReLU's floor) is representable exactly.
"""

from __future__ import annotations

import torch
from torch import Tensor

SMALLEST_SCALE = 1e-8
# A channel whose weights are this much smaller than its layer's largest would need a bias beyond int32.
SMALLEST_CHANNEL_RATIO = 1e-5
HISTOGRAM_BINS = 2048
CACHED_VALUES = 1 << 18
# Smallest and largest value are taken anew in each pass, of stored models as well, whose 7 bits were asymmetric.
SEARCHED_SYMMETRIC_FROM = 7


def scale_and_zero_point(low: Tensor, high: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """Scale and zero point (an integer in float32) of asymmetric `bits`-bit codes for [low, high].

    Args:
        low: Any shape; values above 0 count as 0.
        high: Same shape; values below 0 count as 0.
        bits: 2 to 8.
    """
    low, high = low.clamp(max=0.0), high.clamp(min=0.0)
    qmax = 2**bits - 1
    width = high - low
    scale = torch.where(width > SMALLEST_SCALE * qmax, width / qmax, torch.full_like(width, SMALLEST_SCALE))
    zero_point = torch.round(-low / scale).clamp(0, qmax)
    return scale, zero_point


def symmetric_scale_and_zero_point(low: Tensor, high: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """As `scale_and_zero_point`, with the zero point in the middle of the codes, 2^(bits - 1), whatever the range."""
    half = 2 ** (bits - 1)
    scale = torch.maximum(-low.clamp(max=0.0) / half, high.clamp(min=0.0) / (half - 1)).clamp(min=SMALLEST_SCALE)
    return scale, torch.full_like(scale, float(half))


def activation_scale_and_zero_point(
    low: Tensor, high: Tensor, bits: int, *, symmetric: bool
) -> tuple[Tensor, Tensor]:
    """As `scale_and_zero_point`, for activations.

    Args:
        low: As there, like the next two.
        high: Same shape.
        bits: 2 to 8.
        symmetric: Codes minus zero point have to fit into a signed byte. At fewer than 8 bits they do in any case; at 8
            the grid itself must be that of the byte.
    """
    find = symmetric_scale_and_zero_point if symmetric and bits == 8 else scale_and_zero_point
    return find(low, high, bits)


def weight_scale_and_zero_point(
    low: Tensor, high: Tensor, bits: int, symmetric_from: int = 8
) -> tuple[Tensor, Tensor]:
    """As `scale_and_zero_point`, for weights: from some bits on, all zero points are in the middle.

    A runtime has fast integer kernels for weights of one byte only if all channels have the same zero point. At fewer
    bits codes minus zero points fit into a byte as they are; at 8 bits the grid itself must be that of the byte. At 7
    bits they would fit, too, but two products of a byte and more than 64 overflow the 16 bits in which processors
    without VNNI add them; on a symmetric grid they don't.
    """
    find = symmetric_scale_and_zero_point if bits >= symmetric_from else scale_and_zero_point
    return find(low, high, bits)


def channel_scales(low: Tensor, high: Tensor, bits: int, symmetric_from: int = 8) -> tuple[Tensor, Tensor]:
    """As `weight_scale_and_zero_point` for a layer's channels (channels,); channels that are almost 0 have a floor."""
    scale, zero_point = weight_scale_and_zero_point(low, high, bits, symmetric_from)
    largest = scale.max().clamp(min=SMALLEST_SCALE)
    return torch.maximum(scale, largest * SMALLEST_CHANNEL_RATIO), zero_point


def minmax_channels(weight: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """Scale and zero point per output channel from smallest and largest weight (the papers' baseline)."""
    flat = weight.flatten(1)
    return channel_scales(flat.amin(1), flat.amax(1), bits)


def mse_channels(weight: Tensor, bits: int, candidates: int = 40) -> tuple[Tensor, Tensor]:
    """Scale and zero point per output channel with the least squared error of the weights (OURS).

    The search shrinks both ends of the min-max range together, then each end by itself around the best.

    Args:
        weight: (channels, ...).
        bits: 2 to 8.
        candidates: Ranges tried in each of the three passes.
    """
    flat = weight.detach().flatten(1)
    # Channel by channel the search is the same; a few at a time stay in the processor's cache (4 to 10 times faster).
    rows = max(1, CACHED_VALUES // max(flat.shape[1], 1)) if flat.device.type == "cpu" else len(flat)
    found = [_searched(part, bits, candidates) for part in flat.split(rows)]
    low, high = torch.cat([low for low, _ in found]), torch.cat([high for _, high in found])
    return channel_scales(low, high, bits, SEARCHED_SYMMETRIC_FROM)


def _searched(flat: Tensor, bits: int, candidates: int) -> tuple[Tensor, Tensor]:
    """The best ends (channels,) of the ranges of `flat` (channels, values)."""
    low, high = flat.amin(1).clamp(max=0.0), flat.amax(1).clamp(min=0.0)
    shrink = torch.linspace(0.35, 1.0, candidates, device=flat.device).tolist()
    best_low, best_high = low.clone(), high.clone()
    best_error = torch.full_like(low, float("inf"))
    buffer = torch.empty_like(flat)
    for ends in ("both", "low", "high"):
        start_low, start_high = best_low.clone(), best_high.clone()
        for factor in shrink if ends == "both" else [0.6 + 0.6 * value for value in shrink]:
            tried_low = start_low * factor if ends != "high" else start_low
            tried_high = start_high * factor if ends != "low" else start_high
            scale, zero_point = weight_scale_and_zero_point(tried_low, tried_high, bits, SEARCHED_SYMMETRIC_FROM)
            error = _channel_error(flat, scale, zero_point, bits, buffer)
            better = error < best_error
            best_error = torch.where(better, error, best_error)
            best_low = torch.where(better, tried_low, best_low)
            best_high = torch.where(better, tried_high, best_high)
    return best_low, best_high


def mse_range(
    values: Tensor, low: float, high: float, bits: int, *, symmetric: bool = False
) -> tuple[float, float]:
    """The part of [low, high] whose `bits`-bit grid has the least squared error on `values` (OURS).

    A histogram stands for the values; every pair of 64 upper and, for two-sided ranges, 24 lower ends is tried.

    Args:
        values: (n,), a sample of the tensor's values.
        low: The smallest value seen.
        high: The largest value seen.
        bits: 2 to 8.
        symmetric: As in `activation_scale_and_zero_point`.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= SMALLEST_SCALE:
        return low, high
    counts = torch.histc(values, HISTOGRAM_BINS, min=low, max=high)
    width = (high - low) / HISTOGRAM_BINS
    centres = low + width * (torch.arange(HISTOGRAM_BINS, device=values.device, dtype=values.dtype) + 0.5)
    one_sided = low == 0.0
    if one_sided:
        # ReLU's zeros are many and exact: keep them apart from the bin's other values.
        zeros = (values == 0).sum().to(counts.dtype)
        counts[0] = (counts[0] - zeros).clamp(min=0)
    used = counts > 0
    counts, centres = counts[used], centres[used]
    highs = high * torch.linspace(0.1, 1.0, 64, device=values.device)
    lows = low * (torch.linspace(0.1, 1.0, 24, device=values.device) if not one_sided else highs.new_ones(1))
    pairs_low = lows.repeat_interleave(len(highs))
    pairs_high = highs.repeat(len(lows))
    scale, zero_point = activation_scale_and_zero_point(pairs_low, pairs_high, bits, symmetric=symmetric)
    grid = _grid(centres[None], scale[:, None], zero_point[:, None], bits)
    errors = ((grid - centres).square_() * counts).sum(1)
    best = int(errors.argmin())
    return float(pairs_low[best]), float(pairs_high[best])


def _grid(values: Tensor, scale: Tensor, zero_point: Tensor, bits: int) -> Tensor:
    codes = torch.round(values / scale)
    return torch.minimum(torch.maximum(codes, -zero_point), 2**bits - 1 - zero_point) * scale


def _channel_error(flat: Tensor, scale: Tensor, zero_point: Tensor, bits: int, buffer: Tensor) -> Tensor:
    """The squared error of each channel on its grid; `buffer` has the shape of `flat` and is overwritten."""
    codes = torch.div(flat, scale[:, None], out=buffer).round_()
    low = -zero_point[:, None]
    torch.minimum(torch.maximum(codes, low, out=codes), low + (2**bits - 1), out=codes)
    return codes.mul_(scale[:, None]).sub_(flat).square_().sum(1)
