"""What quantization did to each layer."""

from __future__ import annotations

from dataclasses import dataclass

from acq_engine.events.base import F32, I64, Event


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """One quantized layer."""

    name: str  # the module path in the teacher
    kind: str  # conv2d, linear
    weight_shape: tuple[int, ...]
    weight_bits: int
    activation_bits: int | None  # of its output; None where the output stays float
    weight_low: float
    weight_high: float
    output_scale: float | None = None
    output_zero_point: int | None = None
    weight_error: float | None = None  # relative squared error of the quantized weights, 0..1
    clipping_rate: float | None = None  # fraction of outputs more than half a step outside the range, 0..1
    sensitivity: float | None = None
    weight_clipping: float | None = None  # the same of the weights, each against its channel's range


@dataclass(frozen=True, slots=True)
class LayerReport(Event):
    """All quantized layers, and how often which values occur in each; None in runs of before there were histograms.

    Weights are counted by their place on their channel's grid: 0 is its lowest level, 2^bits - 1 its highest. Outputs
    are counted by value, those that are exactly 0 left out. Bins are equally wide from end to end.
    """

    layers: tuple[LayerInfo, ...]
    weight_counts: I64 | None = None  # (layers, bins)
    weight_spans: F32 | None = None  # (layers, 2) the first bin's lower and the last bin's upper end
    output_counts: I64 | None = None  # (layers, bins); the last bin at each end also holds what lies beyond
    output_spans: F32 | None = None  # (layers, 2); NaN where the output stays float
    output_zeros: F32 | None = None  # (layers,) fraction of outputs that are exactly 0
