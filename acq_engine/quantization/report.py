"""What each quantized layer looks like: bits, ranges, errors."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import fx

from acq_engine.events import LayerInfo
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import attribute, consumers
from acq_engine.quantization.layers import QuantizedLayer


@torch.no_grad()
def layer_report(network: fx.GraphModule, layers: Sequence[QuantizedLayer]) -> tuple[LayerInfo, ...]:
    """One LayerInfo a layer, in the order of computation.

    The weight error is the squared error of the quantized weights against the float network's, as calibration left
    them, relative to the float weights' squared sum; of a student that was not calibrated, against its own weights.
    """
    outputs = output_quantizers(network)
    result = []
    for layer in layers:
        quantizer = outputs.get(id(layer))
        scale, zero_point = layer.weight_quantizer.parameters_for(layer.weight)
        qmax = 2**layer.bits - 1
        clipping = float(quantizer.clipping_rate) if quantizer is not None else float("nan")
        sensitivity = float(layer.weight_quantizer.sensitivity)
        result.append(
            LayerInfo(
                name=layer.name,
                kind=layer.kind,
                weight_shape=tuple(layer.weight.shape),
                weight_bits=layer.bits,
                activation_bits=quantizer.bits if quantizer is not None else None,
                weight_low=float((-zero_point * scale).min()),
                weight_high=float(((qmax - zero_point) * scale).max()),
                output_scale=float(quantizer.scale()) if quantizer is not None else None,
                output_zero_point=quantizer.zero_point if quantizer is not None else None,
                weight_error=_weight_error(layer),
                clipping_rate=clipping if clipping == clipping else None,
                sensitivity=sensitivity if sensitivity == sensitivity else None,
            )
        )
    return tuple(result)


def _weight_error(layer: QuantizedLayer) -> float | None:
    quantizer = layer.weight_quantizer
    noted = float(quantizer.rounding_error)
    if noted == noted:
        return noted
    energy = float(layer.weight.square().sum())
    error = float((quantizer(layer.weight) - layer.weight).square().sum())
    return min(1.0, error / energy) if energy > 0 else None


def output_quantizers(network: fx.GraphModule) -> dict[int, ActivationQuantizer]:
    """For each layer (by id) the first quantizer behind it, looked for along single users."""
    found: dict[int, ActivationQuantizer] = {}
    for node in network.graph.nodes:
        if node.op != "call_module" or not isinstance(attribute(network, str(node.target)), QuantizedLayer):
            continue
        layer, users = attribute(network, str(node.target)), consumers(node)
        while len(users) == 1:
            if users[0].op == "call_module":
                module = attribute(network, str(users[0].target))
                if isinstance(module, ActivationQuantizer):
                    found[id(layer)] = module
                break
            users = consumers(users[0])
    return found
