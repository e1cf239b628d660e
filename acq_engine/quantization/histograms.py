"""Histograms of a student's weights and outputs, to be drawn over the grids that both are rounded to (OURS).

Every output channel's weights have a grid of their own, so weights are counted by where they lie on it: 0 is the
channel's lowest level, 2^bits - 1 its highest. Outputs have one grid a tensor and are counted by value. A bin is never
wider than a level, and where nothing is cut off each level has the same number of bins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.events import LayerReport
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.fake_quantize import per_channel
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.report import output_quantizers

BINS = 256  # the most levels that there are
REACH = 0.5 + 1e-3  # steps beyond the outermost level from which on a value is cut off, not just rounded


@dataclass(frozen=True)
class _Counted:
    """Counts (BINS,) between the ends of `span`; `zeros` and `cut` are parts of all values, 0..1."""

    counts: Tensor
    span: tuple[float, float]
    zeros: float
    cut: float


def _counted(values: Tensor, steps: Tensor, qmax: int, *, low: float, step: float, without_zeros: bool) -> _Counted:
    """Count values whose places on the grid, from its lowest level at `low` on, are `steps` (same shape).

    What lies more than the grid's own width beyond it counts in the last bin on its side.
    """
    cut = ((steps < -REACH) | (steps > qmax + REACH)).float().mean()
    kept = steps[values != 0] if without_zeros else steps.flatten()
    zeros = 1 - kept.numel() / max(values.numel(), 1)
    first, last = -0.5, qmax + 0.5
    if kept.numel():
        first = max(min(first, float(kept.min())), first - qmax)
        last = min(max(last, float(kept.max())), last + qmax)
    counts = torch.histc(kept.float().clamp(first, last), BINS, min=first, max=last)
    return _Counted(counts.cpu(), (low + step * first, low + step * last), zeros, float(cut))


def _weights(layer: QuantizedLayer) -> _Counted:
    weight = layer.weight.detach()
    scale, zero_point = layer.weight_quantizer.parameters_for(weight)
    steps = weight / per_channel(scale, weight) + per_channel(zero_point, weight)
    return _counted(weight, steps, 2**layer.bits - 1, low=0.0, step=1.0, without_zeros=False)


def _outputs(found: dict[int, _Counted], quantizer: nn.Module, arguments: tuple[Any, ...]) -> None:
    """A hook before a quantizer's forward pass: note what comes in."""
    assert isinstance(quantizer, ActivationQuantizer)
    x = arguments[0].detach()
    if quantizer.activation != "none":
        x = F.relu(x) if quantizer.activation == "relu" else F.hardtanh(x, 0.0, 6.0)
    scale = float(quantizer.scale())
    steps = x / scale + quantizer.zero_point
    # ReLU's zeros are many and exact; beside them nothing else could be seen.
    found[id(quantizer)] = _counted(x, steps, quantizer.qmax, low=-quantizer.zero_point * scale, step=scale,
                                    without_zeros=True)


@torch.no_grad()
def measured_report(student: QuantizedModel, samples: Tensor) -> LayerReport:
    """What each layer looks like, with histograms of its weights and of its outputs for these images.

    Args:
        student: Calibrated, in mode "quantized"; it stays as it is.
        samples: (N, C, H, W), normalised, on the student's device; run at once, so few.
    """
    layers = student.layers()
    quantizers = output_quantizers(student.network)
    found: dict[int, _Counted] = {}
    hooks = [quantizer.register_forward_pre_hook(partial(_outputs, found)) for quantizer in set(quantizers.values())]
    try:
        student(samples)
    finally:
        for hook in hooks:
            hook.remove()
    weights = [_weights(layer) for layer in layers]
    nothing = _Counted(torch.zeros(BINS), (float("nan"), float("nan")), float("nan"), float("nan"))
    outputs = [found.get(id(quantizers.get(id(layer))), nothing) for layer in layers]
    infos = tuple(
        replace(info, weight_clipping=weight.cut, clipping_rate=None if output is nothing else output.cut)
        for info, weight, output in zip(student.report(), weights, outputs, strict=True)
    )
    return LayerReport(
        infos, _stacked(weights), np.array([one.span for one in weights], np.float32), _stacked(outputs),
        np.array([one.span for one in outputs], np.float32), np.array([one.zeros for one in outputs], np.float32),
    )


def _stacked(counted: list[_Counted]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return torch.stack([one.counts for one in counted]).long().numpy()
