"""Figures from features and positions; plain functions on tensors."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def correlation(first: Tensor, second: Tensor) -> float | None:
    """Pearson's r of two (N,); None where one of them does not vary."""
    a, b = (value.double() - value.double().mean() for value in (first, second))
    size = float(a.norm() * b.norm())
    return float(a @ b) / size if size > 1e-12 else None


def cosine_distance(first: Tensor, second: Tensor) -> float:
    """Mean of 1 - cosine similarity of the rows of two (N, D): 0 for equal directions, up to 1 for values >= 0."""
    return 1 - float(F.cosine_similarity(first, second, dim=1).mean())


def frechet_distance(first: Tensor, second: Tensor) -> float:
    """Squared Frechet distance of two Gaussians fitted to (N, D) and (M, D) (Dowson and Landau, 1982).

    |m1 - m2|^2 + trace(C1 + C2 - 2 (C1 C2)^(1/2)). It shrinks as N and M grow: compare equal numbers only.
    """
    a, b = first.double(), second.double()
    difference = (a.mean(0) - b.mean(0)).square().sum()
    if min(len(a), len(b)) < a.shape[1]:
        # Few samples of many features: C1 C2 has the squared singular values of X Y^T, which is far smaller.
        x, y = ((value - value.mean(0)) / max(1, len(value) - 1) ** 0.5 for value in (a, b))
        middle = torch.linalg.svdvals(x @ y.T).sum()
        return max(0.0, float(difference + x.square().sum() + y.square().sum() - 2 * middle))
    c1, c2 = (_covariance(value) for value in (a, b))
    values, vectors = torch.linalg.eigh(c1)
    root = vectors * values.clamp_min(0).sqrt() @ vectors.T
    # C1 C2 and its symmetric twin have the same eigenvalues.
    middle = torch.linalg.eigvalsh(root @ c2 @ root).clamp_min(0).sqrt().sum()
    return max(0.0, float(difference + c1.trace() + c2.trace() - 2 * middle))


def class_spread(features: Tensor, labels: Tensor) -> float | None:
    """Mean distance of features (N, D) from their class's mean; classes with one sample don't count."""
    parts = []
    for label in labels.unique().tolist():
        own = features[labels == label]
        if len(own) > 1:
            # Against the mean of the others: its own weight would pull the mean towards each sample.
            distance = (own - own.mean(0)).norm(dim=1) * (len(own) / (len(own) - 1)) ** 0.5
            parts.append(distance)
    return float(torch.cat(parts).mean()) if parts else None


def principal_axes(features: Tensor, count: int = 2) -> tuple[Tensor, Tensor]:
    """Mean (D,) and the first `count` principal axes (D, count) of (N, D); signs are fixed."""
    mean = features.double().mean(0)
    _, _, rows = torch.linalg.svd(features.double() - mean, full_matrices=False)
    axes = rows[:count]
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    return mean, (axes * largest.sign()).T


def _covariance(values: Tensor) -> Tensor:
    centred = values - values.mean(0)
    return centred.T @ centred / max(1, len(values) - 1)
