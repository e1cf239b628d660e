"""Layer sensitivity: how much the network's answer changes if the weights of one layer alone are rounded (OURS).

The error is that of the logits, each image's mean taken off because softmax does not see it: squared difference from
the float network's logits, divided by their own square, both summed over the images. Unlike a KL divergence it does
not vanish where the teacher is sure of itself, as it is of synthetic samples; and errors of different layers nearly add
up, which is what `allocation` relies on. Where calibration corrects biases (`weight_range` "mse") the layer's mean
error in each channel is taken off as well: what calibration mends anyway should not decide about bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx

from acq_engine.distributed import from_all, own
from acq_engine.quantization.graph_ops import attribute
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
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
    """One layer.

    Attributes:
        name: Its module path in the teacher.
        kind: "conv2d" or "linear".
        shape: Of the weights.
        errors: By bit-width: relative squared error of the logits, 0 and up.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    errors: Mapping[int, float]

    @property
    def parameters(self) -> int:
        """How many weights there are."""
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
    """Measure every layer; the student stays as it is.

    What comes before the layer is computed once for all layers, only what depends on it is computed again. Where
    several processes work on a run, they divide the layers.

    Args:
        student: Calibrated or not; activations and all other weights are float meanwhile.
        samples: (N, C, H, W), normalised, on the student's device.
        widths: Bit-widths; None measures each layer at its own alone.
        progress: Told passes done and in all.
    """
    network = student.network
    nodes = [node for node in network.graph.nodes if isinstance(_module(network, node), QuantizedLayer)]
    layers = student.layers()
    chosen = [tuple(widths) if widths is not None else (layer.bits,) for layer in layers]
    quantizers = [
        {bits: _fitted(layer, bits) for bits in each} for layer, each in zip(layers, chosen, strict=True)
    ]
    errors = [dict.fromkeys(each, 0.0) for each in chosen]
    parts = samples.split(max(1, CHUNK_PIXELS // (samples.shape[-1] * samples.shape[-2])))
    mine = own(len(layers))
    size, done, total = 0.0, 0, len(parts) * sum(len(chosen[number]) for number in mine)
    mode = student.mode
    student.set_mode("float")
    try:
        for part in parts:
            values = _Recorder(network).record(part)
            expected = _logits(values[network.graph.output_node()])
            size += float(expected.square().sum())
            for number in mine:
                node, layer, found = nodes[number], layers[number], errors[number]
                later = _depending_on(node)
                before = {other: value for other, value in values.items() if other not in later}
                for bits, quantizer in quantizers[number].items():
                    output = layer.compute(values[_input(node)], quantizer(layer.weight), layer.bias)
                    if quantizer.kind == "mse":
                        output = output - _mean_by_channel(output - values[node], layer.kind)
                    answer = fx.Interpreter(network).run(initial_env={**before, node: output})
                    found[bits] += float((_logits(answer) - expected).square().sum())
                    done += 1
                    if progress is not None:
                        progress(done, total)
    finally:
        student.set_mode(mode)
    for others in from_all({number: errors[number] for number in mine}):
        for number, measured in others.items():
            errors[number] = measured
    return [
        LayerSensitivity(layer.name, layer.kind, tuple(layer.weight.shape),
                         {bits: error / max(size, 1e-12) for bits, error in found.items()})
        for layer, found in zip(layers, errors, strict=True)
    ]


class _Recorder(fx.Interpreter):
    """Runs the network and keeps every node's value."""

    def __init__(self, network: fx.GraphModule) -> None:
        super().__init__(network, garbage_collect_values=False)
        self._values: dict[fx.Node, Any] = {}

    def record(self, x: Tensor) -> dict[fx.Node, Any]:
        """All values by node."""
        self.run(x)
        return self._values

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        self._values[n] = value
        return value


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


def _depending_on(node: fx.Node) -> set[fx.Node]:
    """The node and everything that is computed from it."""
    found, waiting = {node}, [node]
    while waiting:
        for user in waiting.pop().users:
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found


def _multiply_adds(student: QuantizedModel) -> int:
    """For one image, of one pass a layer through what depends on that layer."""
    network = student.network
    own: dict[fx.Node, int] = {}
    with torch.no_grad():
        values = _Recorder(network).record(next(student.parameters()).new_zeros(1, *student.input_shape))
    for node, value in values.items():
        module = _module(network, node)
        if isinstance(module, QuantizedLayer):
            own[node] = value.numel() * module.weight[0].numel()
    return sum(sum(own.get(other, 0) for other in _depending_on(node)) for node in own)


def _logits(output: Any) -> Tensor:
    logits: Tensor = output[0]
    centred = logits - logits.mean(1, keepdim=True)
    return (centred.cpu() if centred.device.type == "mps" else centred).double()  # Apple's devices have no float64


def _module(network: fx.GraphModule, node: fx.Node) -> Any:
    return attribute(network, str(node.target)) if node.op == "call_module" else None


def _input(node: fx.Node) -> fx.Node:
    source = node.args[0]
    assert isinstance(source, fx.Node)
    return source
