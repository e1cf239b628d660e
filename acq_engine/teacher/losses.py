"""The losses, each one small function with the name that it has in docs/method.md, sections 4 to 6.

All return a scalar, >= 0, a mean over the batch: over all parts of it where several processes share one. Weights stand
in `settings.LossWeights`; a loss with weight 0 is not computed at all (`training`).
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.distributed import over_ranks, summed
from acq_engine.teacher.model import Statistics

NO_CLASS = -100  # the label of an image that was not asked to be of a class


def class_loss(logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross-entropy of logits (N, K) with the classes asked for (N,), in nats (paper; smoothing OURS).

    Labels NO_CLASS are left out; 0 where no label is left.
    """
    total = F.cross_entropy(logits, labels, label_smoothing=smoothing, reduction="sum", ignore_index=NO_CLASS)
    return summed(total) / summed((labels != NO_CLASS).sum()).clamp_min(1)


def bn_loss(seen: Statistics, stored: Statistics) -> Tensor:
    """Batch-norm statistics matching, relative to each layer's own size (paper; the scaling is OURS).

    Each layer contributes the mean over its channels of the squared difference of means plus that of the
    standard deviations, divided by the layer's mean stored variance, so that no layer outweighs the others.
    """
    terms = []
    for mean, variance, stored_mean, stored_variance in zip(
        seen.means, seen.variances, stored.means, stored.variances, strict=True
    ):
        size = stored_variance.mean().clamp_min(1e-8)
        difference = (mean - stored_mean).square().mean()
        spread = ((variance + 1e-8).sqrt() - (stored_variance + 1e-8).sqrt()).square().mean()
        terms.append((difference + spread) / size)
    return torch.stack(terms).mean()


def gdfq_bn_loss(seen: Statistics, stored: Statistics) -> Tensor:
    """Batch-norm statistics matching as in GDFQ: plain squared errors of means and variances, mean over layers."""
    terms = [
        F.mse_loss(mean, stored_mean) + F.mse_loss(variance, stored_variance)
        for mean, variance, stored_mean, stored_variance in zip(
            seen.means, seen.variances, stored.means, stored.variances, strict=True
        )
    ]
    return torch.stack(terms).mean()


def centre_loss(measured: Tensor, target: Tensor) -> Tensor:
    """Attention-centre matching: squared distance of two sets of positions (N, 2) (paper, coarse on purpose)."""
    return over_ranks((measured - target).square().sum(1).mean())


def pair_loss(first: Mapping[str, Tensor], second: Mapping[str, Tensor]) -> Tensor:
    """Adversarial loss of paired samples: same class, same centre, different noise (paper).

    Bounded (OURS): the mean cosine similarity, 0..1 for features after a ReLU, over samples and taps.
    Features (N, C, H, W) are pooled to 4x4 first, so that both what and where count. N may be another one in each part
    of a shared batch, and 0 in some of them.
    """
    terms = []
    for name, feature in first.items():
        a, b = (F.adaptive_avg_pool2d(f, min(4, f.shape[-1])).flatten(1) for f in (feature, second[name]))
        terms.append(F.cosine_similarity(a, b, dim=1).sum())
    total = torch.stack(terms)
    return (summed(total) / summed(total.new_tensor(float(len(a)))).clamp_min(1)).mean()


def mode_output_loss(eval_logits: Tensor, train_logits: Tensor) -> Tensor:
    """KL divergence of the train-mode output from the eval-mode output, in nats (paper's consistency; form OURS)."""
    return over_ranks(F.kl_div(
        train_logits.log_softmax(1), eval_logits.log_softmax(1), reduction="batchmean", log_target=True
    ))


def mode_attention_loss(eval_maps: Tensor, train_maps: Tensor) -> Tensor:
    """Squared distance of normalised attention maps (N, H, W), relative to the eval map's own square (form OURS)."""
    difference = (eval_maps - train_maps).square().sum((1, 2))
    size = eval_maps.square().sum((1, 2)).detach().clamp_min(1e-12)
    return over_ranks((difference / size).mean())


def distillation_loss(student: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """T^2 times the KL divergence of softened outputs (N, K), in nats, mean over samples."""
    t = temperature
    return t * t * over_ranks(F.kl_div(
        (student / t).log_softmax(1), (teacher / t).log_softmax(1), reduction="batchmean", log_target=True
    ))


def gdfq_distillation_loss(student: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """As `distillation_loss`, but the mean runs over the classes too, as GDFQ has it."""
    return distillation_loss(student, teacher, temperature) / student.shape[1]


def feature_loss(student: Mapping[str, Tensor], teacher: Mapping[str, Tensor]) -> Tensor:
    """Squared error of intermediate features relative to the teacher's own square, mean over taps (OURS)."""
    terms = []
    for name, expected in teacher.items():
        size = over_ranks(expected.square().mean()).clamp_min(1e-12)
        terms.append(over_ranks(F.mse_loss(student[name], expected)) / size)
    return torch.stack(terms).mean()
