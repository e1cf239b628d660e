"""What two networks predict for the same images without labels: what can be known where there are no test images."""

from __future__ import annotations

from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.events import PredictionsCompared
from acq_engine.models.loaded import LoadedModel

MOST_IMAGES = 24
LARGEST_SIDE = 96  # pixels of an image that is kept


def compare_predictions(
    on: Literal["synthetic", "procedural"], images: Tensor, plain: Tensor, quantized: Tensor, loaded: LoadedModel,
) -> PredictionsCompared:
    """Both networks' predictions, and the images on which these are furthest apart (OURS).

    Args:
        on: What the images are.
        images: (N, C, H, W) normalised; nothing learned from them.
        plain: (N, classes), the float network's logits.
        quantized: (N, classes), the quantized one's.
        loaded: Tells how to show the images.
    """
    float_log, quantized_log = plain.float().log_softmax(1), quantized.float().log_softmax(1)
    float_shares, float_classes = float_log.exp().max(1)
    quantized_shares, quantized_classes = quantized_log.exp().max(1)
    apart = (float_log.exp() * (float_log - quantized_log)).sum(1).clamp_min(0)
    # Other predictions first, then the furthest apart; one's own place decides between equals.
    rank = np.lexsort((-apart.numpy(), (float_classes == quantized_classes).numpy()))[:MOST_IMAGES]
    kept = images[torch.from_numpy(rank).to(images.device)].float()
    side = max(kept.shape[-2:])
    if side > LARGEST_SIDE:
        size = [max(1, round(length * LARGEST_SIDE / side)) for length in kept.shape[-2:]]
        kept = F.interpolate(kept, size, mode="area")
    return PredictionsCompared(
        on=on, float_classes=float_classes.numpy(), quantized_classes=quantized_classes.numpy(),
        float_shares=float_shares.numpy(), quantized_shares=quantized_shares.numpy(), divergence=apart.numpy(),
        places=rank.astype(np.int64), images=loaded.to_display(kept),
    )
