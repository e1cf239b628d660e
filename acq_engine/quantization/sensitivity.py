"""Sensitivity: how much the network's output changes if one layer's weights, or one activation, are rounded (OURS).

The error is that of the logits, each image's mean taken off because softmax does not see it: squared difference from
the float network's logits, divided by their own square, both summed over the images. Unlike a KL divergence it does
not vanish where the teacher is sure of itself, as it is of synthetic samples; and errors of different layers nearly add
up, which is what `allocation` relies on. Where calibration corrects biases (`weight_range` "mse") the layer's mean
error in each channel is taken off as well: what calibration mends anyway should not decide about bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import torch
from torch import Tensor, fx, nn

from acq_engine.distributed import from_all, own
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.observer import RangeObserver
from acq_engine.quantization.partial_passes import Recorder, centred_logits, depending_on, input_of, module_of
from acq_engine.quantization.ranges import mse_range
from acq_engine.quantization.weights import WeightQuantizer

BIT_WIDTHS = (2, 3, 4, 5, 6, 7, 8)
MOST_SAMPLES, FEWEST_SAMPLES = 64, 8
PIXELS = 64 * 32 * 32  # 64 images of 32 px, 8 of 90 px and more
CHUNK_PIXELS = 4 * 224 * 224  # the float pass of so many is kept in memory
UNASKED_LAYERS = 100
UNASKED_MULTIPLY_ADDS = 60e9  # a few seconds of one core
UNASKED_SAMPLES = 4  # with fewer the figure says little


@dataclass(frozen=True, slots=True)
class LayerSensitivity:
    """One layer, or one activation.

    Attributes:
        name: Its module path in the teacher.
        kind: "conv2d", "linear" or "activation".
        shape: Of the weights, or of the activation of one image.
        errors: By bit-width: relative squared error of the logits, 0 and up.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    errors: Mapping[int, float]

    @property
    def parameters(self) -> int:
        """How many weights, or values of one image, there are."""
        return int(torch.Size(self.shape).numel())


def sample_count(input_shape: Sequence[int]) -> int:
    """How many images (C, H, W) are enough: 64 at 32 px, 8 at 224 px."""
    return max(FEWEST_SAMPLES, min(MOST_SAMPLES, PIXELS // (input_shape[-1] * input_shape[-2])))


def unasked_sample_count(student: QuantizedModel) -> int:
    """As `sample_count` for a measurement of one bit-width a layer that nobody asked for; 0 where it takes too long."""
    if len(student.layers()) > UNASKED_LAYERS:
        return 0
    count = min(sample_count(student.input_shape), int(UNASKED_MULTIPLY_ADDS / max(1, _multiply_adds(student))))
    return count if count >= UNASKED_SAMPLES else 0


@torch.no_grad()
def measure(
    student: QuantizedModel, samples: Tensor, widths: Sequence[int] | None = BIT_WIDTHS, *,
    progress: Callable[[int, int], None] | None = None,
) -> list[LayerSensitivity]:
    """Measure every layer's weights; the student stays as it is.

    What comes before the layer is computed once for all layers, only what depends on it is computed again. Where
    several processes work on a run, they divide the layers.

    Args:
        student: Calibrated or not; activations and all other weights are float meanwhile.
        samples: (N, C, H, W), normalised, on the student's device.
        widths: Bit-widths; None measures each layer at its own alone.
        progress: Told passes done and in all.
    """
    network = student.network
    nodes = [node for node in network.graph.nodes if isinstance(module_of(network, node), QuantizedLayer)]
    rounded: list[_Rounded] = []
    for node, layer in zip(nodes, student.layers(), strict=True):
        quantizers = {bits: _fitted(layer, bits) for bits in (widths if widths is not None else (layer.bits,))}
        rounded.append(_Rounded(
            LayerSensitivity(layer.name, layer.kind, tuple(layer.weight.shape), {}), node,
            {bits: partial(_with_rounded_weights, layer, quantizer) for bits, quantizer in quantizers.items()}))
    return _errors(student, samples, rounded, progress)


@torch.no_grad()
def measure_activations(
    student: QuantizedModel, samples: Tensor, quantizers: Sequence[ActivationQuantizer],
    widths: Sequence[int] = BIT_WIDTHS, *, progress: Callable[[int, int], None] | None = None,
) -> list[LayerSensitivity]:
    """As `measure`, for single activation tensors; all weights are float meanwhile.

    Args:
        student: Its activations' ranges need not be known: those meant here are searched on the samples.
        samples: (N, C, H, W), normalised, on the student's device.
        quantizers: Of the student, those to be measured.
        widths: Bit-widths.
        progress: Told passes done and in all.

    Returns:
        One for each, in their order, its shape that of the tensor of one image.
    """
    network = student.network
    nodes = {id(module_of(network, node)): node for node in network.graph.nodes}
    observed = _observed(student, samples, quantizers)
    rounded: list[_Rounded] = []
    for quantizer in quantizers:
        shape, observer = observed[quantizer]
        values, ends = observer.values(), observer.extremes()
        outputs: dict[int, _Output] = {}
        for bits in widths:
            fitted = ActivationQuantizer(quantizer.name, bits, quantizer.activation).to(samples.device)
            fitted.symmetric = quantizer.symmetric
            fitted.settle_bits(ends[0])
            fitted.set_range(*mse_range(values, *ends, fitted.bits, symmetric=fitted.symmetric))
            fitted.mode = "quantized"
            outputs[bits] = partial(_with_rounded_values, fitted)
        rounded.append(_Rounded(
            LayerSensitivity(quantizer.name, "activation", shape, {}), nodes[id(quantizer)], outputs))
    return _errors(student, samples, rounded, progress)


_Output = Callable[[Tensor, Tensor], Tensor]  # of a node, from what it reads and what it gives in float


@dataclass(frozen=True)
class _Rounded:
    """A node, and what it gives at each bit-width."""

    subject: LayerSensitivity
    node: fx.Node
    outputs: Mapping[int, _Output]


def _errors(
    student: QuantizedModel, samples: Tensor, rounded: Sequence[_Rounded],
    progress: Callable[[int, int], None] | None,
) -> list[LayerSensitivity]:
    """What each change of one node does to the logits."""
    network = student.network
    errors = [dict.fromkeys(one.outputs, 0.0) for one in rounded]
    parts = samples.split(max(1, CHUNK_PIXELS // (samples.shape[-1] * samples.shape[-2])))
    mine = own(len(rounded))
    size, done, total = 0.0, 0, len(parts) * sum(len(rounded[number].outputs) for number in mine)
    mode = student.mode
    student.set_mode("float")
    try:
        for part in parts:
            values = Recorder(network).record(part)
            expected = centred_logits(values[network.graph.output_node()])
            size += float(expected.square().sum())
            for number in mine:
                node, found = rounded[number].node, errors[number]
                later = depending_on(node)
                before = {other: value for other, value in values.items() if other not in later}
                for bits, output in rounded[number].outputs.items():
                    changed = {**before, node: output(values[input_of(node)], values[node])}
                    answer = fx.Interpreter(network).run(initial_env=changed)
                    found[bits] += float((centred_logits(answer) - expected).square().sum())
                    done += 1
                    if progress is not None:
                        progress(done, total)
    finally:
        student.set_mode(mode)
    for others in from_all({number: errors[number] for number in mine}):
        for number, measured in others.items():
            errors[number] = measured
    return [replace(one.subject, errors={bits: error / max(size, 1e-12) for bits, error in found.items()})
            for one, found in zip(rounded, errors, strict=True)]


def _with_rounded_weights(layer: QuantizedLayer, quantizer: WeightQuantizer, x: Tensor, plain: Tensor) -> Tensor:
    output = layer.compute(x, quantizer(layer.weight), layer.bias)
    if quantizer.kind == "mse":
        output = output - _mean_by_channel(output - plain, layer.kind)
    return output


def _with_rounded_values(quantizer: ActivationQuantizer, x: Tensor, _plain: Tensor) -> Tensor:
    return cast(Tensor, quantizer(x))


def _observed(
    student: QuantizedModel, samples: Tensor, quantizers: Sequence[ActivationQuantizer]
) -> dict[ActivationQuantizer, tuple[tuple[int, ...], RangeObserver]]:
    """Shape of one image's tensor, and the values, of each quantizer."""
    shapes: dict[ActivationQuantizer, tuple[int, ...]] = {}

    def note(module: nn.Module, _inputs: Any, output: Tensor) -> None:
        assert isinstance(module, ActivationQuantizer)
        shapes[module] = tuple(output.shape[1:])

    hooks = [quantizer.register_forward_hook(note) for quantizer in quantizers]
    for quantizer in quantizers:
        quantizer.observer = RangeObserver(keep_values=True)
    mode = student.mode
    student.set_mode("observe")
    try:
        for part in samples.split(max(1, CHUNK_PIXELS // (samples.shape[-1] * samples.shape[-2]))):
            student.network(part)
        return {one: (shapes[one], one.observer) for one in quantizers if one.observer is not None}
    finally:
        student.set_mode(mode)
        for hook in hooks:
            hook.remove()
        for quantizer in quantizers:
            quantizer.observer = None


def _fitted(layer: QuantizedLayer, bits: int) -> WeightQuantizer:
    own = layer.weight_quantizer
    quantizer = WeightQuantizer(layer.weight.shape[0], bits, own.kind, per_tensor=own.per_tensor)
    quantizer = quantizer.to(layer.weight.device)
    quantizer.fit(layer.weight)
    return quantizer


def _mean_by_channel(x: Tensor, kind: str) -> Tensor:
    """Mean over all but the channels, (1, C, 1, 1) of a convolution's output, (..., C) of a linear layer's."""
    channel = x.dim() - 1 if kind == "linear" else 1
    return x.mean([axis for axis in range(x.dim()) if axis != channel], keepdim=True)


def _multiply_adds(student: QuantizedModel) -> int:
    """For one image, of one pass a layer through what depends on that layer."""
    network = student.network
    own: dict[fx.Node, int] = {}
    with torch.no_grad():
        values = Recorder(network).record(next(student.parameters()).new_zeros(1, *student.input_shape))
    for node, value in values.items():
        module = module_of(network, node)
        if isinstance(module, QuantizedLayer):
            own[node] = value.numel() * module.weight[0].numel()
    return sum(sum(own.get(other, 0) for other in depending_on(node)) for node in own)
