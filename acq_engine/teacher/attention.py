"""Attention maps, their centres and their similarity (docs/method.md, section 2).

The map is ACQ's plain L2 map of a feature tensor (arXiv 2301.07266): no gradients, no GradCAM.
Positions are (x, y) in [-1, 1]; (-1, -1) is the top left corner's outer edge.
"""

from __future__ import annotations

import torch
from torch import Tensor


def attention_map(features: Tensor) -> Tensor:
    """Sum of squares over the channels (paper, section on attention maps).

    Args:
        features: (N, C, H, W).

    Returns:
        (N, H, W), >= 0, not normalised.
    """
    return features.square().sum(1)


def normalised(maps: Tensor) -> Tensor:
    """The maps divided by their sum, so that each sums to 1 (OURS).

    A map that is zero everywhere becomes uniform instead of NaN.
    """
    size = maps.shape[-2] * maps.shape[-1]
    floor = 1e-8
    return (maps + floor / size) / (maps.sum((-2, -1), keepdim=True) + floor)


def pixel_positions(size: int, *, like: Tensor) -> Tensor:
    """Centres of `size` pixels along one axis, in [-1, 1]; shape (size,)."""
    index = torch.arange(size, device=like.device, dtype=like.dtype)
    return (2 * index + 1) / size - 1


def centre(maps: Tensor, power: float = 2.0) -> Tensor:
    """Centroid of maps ** power: a soft argmax that has a gradient (OURS; docs/method.md, section 2).

    Args:
        maps: (N, H, W), >= 0.
        power: Above 1 the centroid follows the peak instead of the mass.

    Returns:
        (N, 2) positions (x, y) in [-1, 1].
    """
    # The division by the maximum keeps maps ** power inside float32's range.
    peak = maps.amax((-2, -1), keepdim=True).clamp_min(1e-12)
    weight = normalised((maps / peak) ** power)
    x = (weight.sum(-2) * pixel_positions(maps.shape[-1], like=maps)).sum(-1)
    y = (weight.sum(-1) * pixel_positions(maps.shape[-2], like=maps)).sum(-1)
    return torch.stack((x, y), dim=-1)


def class_spread(maps: Tensor, labels: Tensor) -> float | None:
    """How much attention varies within a class: 1 - the mean cosine similarity of two maps of one class (OURS).

    Args:
        maps: (N, H, W), >= 0.
        labels: (N,) classes; those with one map don't count.

    Returns:
        0 where all maps of a class are alike, up to 1; None where no class has two maps.
    """
    flat = torch.nn.functional.normalize(maps.flatten(1), dim=1)
    same = (labels[:, None] == labels[None]).fill_diagonal_(False)
    return 1 - float((flat @ flat.T)[same].mean()) if bool(same.any()) else None


def similarity(first: Tensor, second: Tensor) -> Tensor:
    """Cosine similarity of two batches of maps, (N, H, W) each -> (N,), 0..1 for maps >= 0."""
    return torch.nn.functional.cosine_similarity(first.flatten(1), second.flatten(1), dim=1)
