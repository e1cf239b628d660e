"""Do weights and names belong together? Batch norms remember what they saw in training (OURS).

Without a single photograph something like one is needed: noise of all sizes, grey more than coloured, as bright and as
rich in contrast as photographs are on average. What the batch norms see of it is near enough to what they remember to
tell layers that changed places, and no more than that.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.models.loaded import LoadedModel
from acq_engine.models.probe import batch_norm_paths

BRIGHTNESS, CONTRAST = 0.45, 0.25  # of photographs' pixels, 0..1
IMAGES = 32

WRONG_LAYERS = 1.1
"""Typical distance over all batch norms above which names were probably matched to the wrong layers.

Three trained networks had 0.57 to 0.81; with two layers of each shape in each other's place, or all moved on by one,
1.2 to 2.1.
"""


def noise_images(count: int, shape: tuple[int, int, int]) -> Tensor:
    """(N, C, H, W) in 0..1: octaves of noise, each half as strong as the next larger one; always the same."""
    channels, height, width = shape
    stream = torch.Generator().manual_seed(0)

    def octaves(planes: int) -> Tensor:
        total = torch.zeros(count, planes, height, width)
        side, weight = 2, 1.0
        while side <= max(height, width):
            grid = torch.randn(count, planes, side, side, generator=stream)
            total += weight * F.interpolate(grid, size=(height, width), mode="bilinear", align_corners=False)
            side, weight = 2 * side, weight * 0.6
        return total / total.std()

    pixels = octaves(1) + 0.35 * octaves(channels) if channels > 1 else octaves(1)
    return (BRIGHTNESS + CONTRAST * pixels / pixels.std()).clamp(0, 1)


def distances(module: nn.Module, x: Tensor, paths: Sequence[str]) -> list[float]:
    """How far each batch norm's input is from what it remembers: 0 as in training, 1 a standard deviation.

    The median over the channels of the mean's distance, plus that of the logarithm of the deviations' ratio.

    Args:
        module: In eval mode on the CPU.
        x: Normalised images.
        paths: Batch norms.
    """
    found: dict[str, float] = {}

    def watch(path: str, norm: nn.Module) -> object:
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            mean, variance, seen = norm.running_mean, norm.running_var, inputs[0].detach()
            if not isinstance(mean, Tensor) or not isinstance(variance, Tensor) or seen.dim() < 2:
                return
            axes = [axis for axis in range(seen.dim()) if axis != 1]
            here_variance, here = torch.var_mean(seen, dim=axes)
            alive = variance > 1e-6 * variance.max()
            if not bool(alive.any()):
                return
            deviation = (variance[alive] + 1e-12).sqrt()
            shift = ((here[alive] - mean[alive]).abs() / deviation).median()
            spread = ((here_variance[alive] + 1e-12).sqrt() / deviation).log().abs().median()
            found[path] = float(shift + spread)

        return norm.register_forward_pre_hook(hook)

    handles = [watch(path, module.get_submodule(path)) for path in paths]
    try:
        with torch.inference_mode():
            module(x)
    finally:
        for handle in handles:
            handle.remove()  # type: ignore[attr-defined]
    return [found[path] for path in paths if path in found]


def typical_distance(loaded: LoadedModel) -> float | None:
    """The median over all batch norms on noise images; None where none runs on feature maps, or they were measured."""
    if loaded.measured:
        return None
    mean, std = loaded.normalisation()
    x = (noise_images(IMAGES, loaded.input_shape) - mean) / std
    found = distances(loaded.module, x, batch_norm_paths(loaded.module))
    return float(torch.tensor(found).median()) if found else None
