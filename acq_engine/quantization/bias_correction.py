"""Bias correction: layers' mean outputs, channel by channel, are put back to where the teacher has them.

Rounding and clipping shift means, and shifts add up from layer to layer (Nagel et al., ICCV 2019, section 4.2). OURS:
both networks run side by side, one operator at a time, so that each layer is corrected behind corrected ones in one
pass; and how much is corrected is chosen by the answers. Shifts that come from a layer's own weights are always put
back. Shifts that came in with its input are so at the last layer, or everywhere, or nowhere: at 3 bits and fewer they
belong to single classes, and putting them back for all pictures can do harm.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, fx

from acq_engine.quantization.activation import ActivationQuantizer, Mode
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel


class _Both:
    """The float and the quantized network's value of one node."""

    def __init__(self, real: Any, quantized: Any) -> None:
        self.real = real
        self.quantized = quantized


@torch.no_grad()
def correct_biases(student: QuantizedModel, images: Tensor) -> None:
    """Shift the biases of a calibrated student, in the way that brings its answers closest to the teacher's.

    Args:
        student: In mode "quantized"; its weights and biases are still the teacher's.
        images: (N, C, H, W) normalised, on the student's device; all activations of one layer are held at once.
    """
    layers = student.layers()
    biases = [layer.bias for layer in layers if layer.bias is not None]
    start = [bias.clone() for bias in biases]
    best, best_distance = start, _distance(_SideBySide(student.network, None), images)
    for with_input in (set(), {layers[-1].name}, {layer.name for layer in layers}):
        _copy(start, biases)
        distance = _distance(_SideBySide(student.network, with_input), images)
        if distance < best_distance:
            best, best_distance = [bias.clone() for bias in biases], distance
    _copy(best, biases)
    student.set_mode("quantized")


class _SideBySide(fx.Interpreter):
    """Runs both networks and corrects the quantized one on the way.

    Args:
        network: The student's graph.
        with_input: Layers whose whole shift is put back; the others' only as far as their own weights made it.
            None: nothing is corrected.
    """

    def __init__(self, network: fx.GraphModule, with_input: set[str] | None) -> None:
        super().__init__(network)
        self.with_input = with_input

    def call_module(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        module, both = self.fetch_attr(target), args[0]
        real = _in_mode(module, "float", both.real)
        quantized = _in_mode(module, "quantized", both.quantized)
        if isinstance(module, QuantizedLayer) and module.bias is not None and self.with_input is not None:
            wanted = real if module.name in self.with_input else _in_mode(module, "float", both.quantized)
            module.bias.add_((wanted - quantized).transpose(1, -1).flatten(0, -2).mean(0))
            quantized = _in_mode(module, "quantized", both.quantized)
        return _Both(real, quantized)

    def call_function(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        def run(quantized: bool) -> Any:
            def pick(value: Any) -> Any:
                if isinstance(value, _Both):
                    return value.quantized if quantized else value.real
                return value

            return target(*fx.node.map_aggregate(args, pick), **fx.node.map_aggregate(kwargs, pick))

        return _Both(run(False), run(True))


def _distance(networks: _SideBySide, images: Tensor) -> float:
    """Mean KL divergence of the quantized network's answers from the float one's, while correcting."""
    logits = networks.run(_Both(images, images))[0]
    return float(
        F.kl_div(logits.quantized.log_softmax(1), logits.real.log_softmax(1), log_target=True, reduction="batchmean")
    )


def _copy(values: list[Tensor], targets: list[torch.nn.Parameter]) -> None:
    for value, target in zip(values, targets, strict=True):
        target.copy_(value)


def _in_mode(module: ActivationQuantizer | QuantizedLayer, mode: Mode, x: Tensor) -> Tensor:
    module.mode = mode
    result: Tensor = module(x)
    return result
