"""Does the preprocessing fit the model? The first batch norm remembers what it saw in training (OURS)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from acq_engine.models.loaded import LoadedModel
from acq_engine.models.probe import batch_norm_paths, probe

MEAN_LIMIT = 0.4
"""Typical distance of the means, in standard deviations, above which a warning is due.

With the right preprocessing three models had 0.03 to 0.07 (mean) and 1.02 to 1.17 (spread) on 32 images; with
0..1 or 0..255 pixels instead 0.1 to 70, and 2 to 126.
"""

SPREAD_LIMIT = 1.4
"""Typical factor between the standard deviations, either way, above which a warning is due."""


@dataclass(frozen=True, slots=True)
class InputCheck:
    """How far the first batch norm's input is from what it remembers.

    Attributes:
        layer: The batch norm.
        mean_distance: Median over the channels of |mean - running mean| / running deviation.
        spread_factor: exp of the median of |log(deviation / running deviation)|; 1 is equal.
    """

    layer: str
    mean_distance: float
    spread_factor: float

    @property
    def fits(self) -> bool:
        """Both figures are as small as with the right preprocessing."""
        return self.mean_distance <= MEAN_LIMIT and self.spread_factor <= SPREAD_LIMIT

    @property
    def warning(self) -> str:
        """A sentence for the user; empty when all is well."""
        if self.fits:
            return ""
        return (
            f"The images don't match the model's training statistics: at {self.layer}, their mean is off by "
            f"{self.mean_distance:.1f} standard deviations and their spread differs by a factor of "
            f"{self.spread_factor:.1f}. Check mean, standard deviation and input size."
        )


def check_input(loaded: LoadedModel, x: Tensor) -> InputCheck | None:
    """Compare normalised images with the first batch norm's running statistics.

    Args:
        loaded: The model; one forward pass is made.
        x: (B, C, H, W) normalised, real or synthetic, at least 16 images.

    Returns:
        None if the first batch norm to run has no 4-D input, or the model's statistics were measured: those say nothing
        of the training.
    """
    if loaded.measured:
        return None
    norms = set(batch_norm_paths(loaded.module))
    path = next((path for path in probe(loaded.module, loaded.input_shape) if path in norms), None)
    if path is None:
        return None
    norm = loaded.module.get_submodule(path)
    seen: list[Tensor] = []
    handle = norm.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0].detach()))
    try:
        with torch.inference_mode():
            loaded.module(x)
    finally:
        handle.remove()
    mean, variance = norm.running_mean, norm.running_var
    if not seen or seen[0].dim() != 4 or not isinstance(mean, Tensor) or not isinstance(variance, Tensor):
        return None
    # Dead channels have no spread to compare with.
    alive = variance > 1e-6 * variance.max()
    deviation = (variance[alive] + 1e-12).sqrt()
    found_variance, found_mean = torch.var_mean(seen[0], dim=(0, 2, 3))
    distance = ((found_mean[alive] - mean[alive]).abs() / deviation).median()
    factor = ((found_variance[alive] + 1e-12).sqrt() / deviation).log().abs().median().exp()
    return InputCheck(path, float(distance), float(factor))
