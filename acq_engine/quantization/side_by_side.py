"""The float and the quantized network, run side by side, one operator at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch.nn.functional as F
from torch import Tensor, fx

from acq_engine.quantization.activation import ActivationQuantizer, Mode
from acq_engine.quantization.layers import QuantizedLayer

TeacherWeights = dict[str, tuple[Tensor, Tensor | None]]  # weight and bias by the layer's name


def teacher_weights(layers: Iterable[QuantizedLayer]) -> TeacherWeights:
    """Copies of the layers' weights and biases, taken while they are still the teacher's."""
    return {
        layer.name: (layer.weight.detach().clone(), None if layer.bias is None else layer.bias.detach().clone())
        for layer in layers
    }


class Both:
    """The float and the quantized network's value of one node."""

    def __init__(self, real: Any, quantized: Any) -> None:
        self.real = real
        self.quantized = quantized


class SideBySide(fx.Interpreter):
    """Runs both networks of a student's graph; subclasses look at each layer, or change it, on the way."""

    def __init__(self, network: fx.GraphModule, teacher: TeacherWeights) -> None:
        super().__init__(network)
        self.teacher = teacher

    def run_both(self, images: Tensor) -> Both:
        """The logits of both for normalised images (N, C, H, W)."""
        logits = self.run(Both(images, images))[0]
        assert isinstance(logits, Both)
        return logits

    def prepare_layer(self, layer: QuantizedLayer, real: Tensor, quantized: Tensor) -> None:
        """Called in front of each layer with its input in both networks."""

    def finish_layer(self, layer: QuantizedLayer, inputs: Both, outputs: Both) -> Tensor:
        """Called behind each layer; gives the quantized network's output."""
        output: Tensor = outputs.quantized
        return output

    def call_module(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        module, both = self.fetch_attr(target), args[0]
        if isinstance(module, QuantizedLayer):
            real = self.in_float(module, both.real)
            self.prepare_layer(module, both.real, both.quantized)
            return Both(real, self.finish_layer(module, both, Both(real, in_mode(module, "quantized", both.quantized))))
        return Both(in_mode(module, "float", both.real), in_mode(module, "quantized", both.quantized))

    def in_float(self, layer: QuantizedLayer, x: Tensor) -> Tensor:
        """The layer's output with the teacher's weights."""
        return layer.compute(x, *self.teacher[layer.name])

    def call_function(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        def run(quantized: bool) -> Any:
            def pick(value: Any) -> Any:
                if isinstance(value, Both):
                    return value.quantized if quantized else value.real
                return value

            return target(*fx.node.map_aggregate(args, pick), **fx.node.map_aggregate(kwargs, pick))

        return Both(run(False), run(True))


def divergence(logits: Both) -> float:
    """Mean KL divergence of the quantized network's answers from the float one's, in nats."""
    return float(
        F.kl_div(logits.quantized.log_softmax(1), logits.real.log_softmax(1), log_target=True, reduction="batchmean")
    )


def in_mode(module: ActivationQuantizer | QuantizedLayer, mode: Mode, x: Tensor) -> Tensor:
    """The module's output in a mode, which it keeps."""
    module.mode = mode
    result: Tensor = module(x)
    return result
