"""Bias correction: layers' mean outputs, channel by channel, are put back to where the teacher has them.

Rounding and clipping shift means, and shifts add up from layer to layer (Nagel et al., ICCV 2019, section 4.2). OURS:
both networks run side by side, one operator at a time, so that each layer is corrected behind corrected ones in one
pass; and how much is corrected is chosen by the answers. Shifts that come from a layer's own weights are always put
back. Shifts that came in with its input are so at the last layer, or everywhere, or nowhere: at 3 bits and fewer they
belong to single classes, and putting them back for all images can do harm.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, fx

from acq_engine.control import Told, tell_nobody
from acq_engine.distributed import keep_best, own
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.side_by_side import Both, SideBySide, TeacherWeights, divergence, in_mode


@torch.no_grad()
def correct_biases(
    student: QuantizedModel, images: Tensor, teacher: TeacherWeights, told: Told = tell_nobody
) -> None:
    """Shift the biases of a calibrated student, in the way that brings its answers closest to the teacher's.

    Args:
        student: In mode "quantized"; its biases are still the teacher's.
        images: (N, C, H, W) normalised, on the student's device; all activations of one layer are held at once.
        teacher: The teacher's weights.
        told: How many layers are done, all rounds of this process together.
    """
    layers = student.layers()
    ways: tuple[set[str] | None, ...] = (None, set(), {layers[-1].name}, {layer.name for layer in layers})
    mine = own(len(ways))

    def attempt(number: int) -> float:
        before, total = mine.index(number) * len(layers), len(mine) * len(layers)
        correction = _Correction(
            student.network, teacher, ways[number], lambda done: told("biases", before + done, total))
        return divergence(correction.run_both(images))

    keep_best(len(ways), attempt, [layer.bias for layer in layers if layer.bias is not None])
    student.set_mode("quantized")


class _Correction(SideBySide):
    """Corrects the quantized network's biases on the way.

    Args:
        network: The student's graph.
        teacher: The teacher's weights.
        with_input: Layers whose whole shift is put back; the others' only as far as their own weights made it.
            None: nothing is corrected.
        told: How many layers are done.
    """

    def __init__(
        self, network: fx.GraphModule, teacher: TeacherWeights, with_input: set[str] | None, told: Callable[[int], None]
    ) -> None:
        super().__init__(network, teacher)
        self.with_input, self.told, self.done = with_input, told, 0

    def finish_layer(self, layer: QuantizedLayer, inputs: Both, outputs: Both) -> Tensor:
        output: Tensor = outputs.quantized
        self.done += 1
        self.told(self.done)
        if layer.bias is None or self.with_input is None:
            return output
        wanted = outputs.real if layer.name in self.with_input else self.in_float(layer, inputs.quantized)
        shift = wanted - output
        # Channels are the second axis of a convolution's output and the last one of a linear layer's, also on tokens.
        by_channel = shift.transpose(1, -1) if layer.kind == "conv2d" else shift
        layer.bias.add_(by_channel.flatten(0, -2).mean(0))
        return in_mode(layer, "quantized", inputs.quantized)
