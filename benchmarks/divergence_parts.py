"""Which parts of a quantized model make its divergence from the float model, on photographs that nothing was fitted to.

    python -m benchmarks.divergence_parts RUN --images FOLDER --count 64

RUN is a finished run. Its student was not fine-tuned, so that its weights are the float model's on their grids.
Everything but the named parts computes in float, with the float model's own weights. No setting is chosen by it on
test images. (OURS)
"""

from __future__ import annotations

import argparse
import operator
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from acq_engine.evaluation.machine import machine
from acq_engine.export.from_run import load_student
from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.equalisation import equalise
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer
from acq_engine.quantization.side_by_side import teacher_weights
from acq_engine.settings.pictures import PicturesConfig
from acq_engine.test_sets.pictures import load_pictures

BATCH = 16


class Parts:
    """A student of which single parts can be in float.

    Args:
        student: Calibrated.
        float_student: The same network with the float model's weights.
        images: (N, C, H, W), normalised.
    """

    def __init__(self, student: QuantizedModel, float_student: QuantizedModel, images: Tensor) -> None:
        self.student, self.images = student.train(), images  # train mode: rounded floats, so that parts can differ
        self.fitted, self.original = (teacher_weights(one.layers()) for one in (student, float_student))
        self.student.set_mode("quantized")
        self.expected = self._logits(lambda layer: False, lambda quantizer: False)

    def compare(
        self, layers: Callable[[QuantizedLayer], bool], quantizers: Callable[[ActivationQuantizer], bool]
    ) -> tuple[float, float]:
        """KL divergence in nats, and agreement in percent, with these layers and quantizers at work."""
        found = self._logits(layers, quantizers)
        divergence = F.kl_div(found.log_softmax(1), self.expected.log_softmax(1), log_target=True,
                              reduction="batchmean")
        return float(divergence), float((found.argmax(1) == self.expected.argmax(1)).float().mean() * 100)

    @torch.no_grad()
    def _logits(
        self, layers: Callable[[QuantizedLayer], bool], quantizers: Callable[[ActivationQuantizer], bool]
    ) -> Tensor:
        for layer in self.student.layers():
            weight, bias = (self.fitted if layers(layer) else self.original)[layer.name]
            layer.weight.copy_(weight)
            if layer.bias is not None and bias is not None:
                layer.bias.copy_(bias)
            layer.mode = "quantized" if layers(layer) else "float"
        for quantizer in self.student.activation_quantizers():
            quantizer.mode = "quantized" if quantizers(quantizer) else "float"
        return torch.cat([self.student(part) for part in self.images.split(BATCH)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--images", type=Path, required=True, help="a folder of photographs")
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--each", action="store_true", help="also each activation by itself")
    arguments = parser.parse_args()
    student, loaded = load_student(arguments.run)
    own = quantize_model(loaded.module, torch.zeros(2, *loaded.input_shape), student.config)
    equalise(own)
    pictures = load_pictures(PicturesConfig(path=arguments.images, limit=arguments.count), loaded)
    assert pictures is not None
    taken = pictures.images
    parts = Parts(student, own, loaded.to_model_input(taken))
    print(f"{loaded.name}, {len(taken)} images, {machine()}")

    def row(name: str, layers: Callable[[QuantizedLayer], bool], quantizers: Callable[[ActivationQuantizer], bool]
            ) -> None:
        divergence, agreement = parts.compare(layers, quantizers)
        print(f"{name:45} {divergence:8.4f} {agreement:6.1f} %", flush=True)

    def is_depthwise(layer: QuantizedLayer) -> bool:
        return isinstance(layer, QuantizedConv2d) and layer.groups > 1

    print(f"{'quantized':45} {'KL':>8} {'agreement':>8}")
    row("everything", lambda _: True, lambda _: True)
    row("weights", lambda _: True, lambda _: False)
    row("weights of depthwise convolutions", is_depthwise, lambda _: False)
    row("weights of all other layers", lambda layer: not is_depthwise(layer), lambda _: False)
    row("activations", lambda _: False, lambda _: True)
    row("activations below 8 bits", lambda _: False, lambda quantizer: quantizer.bits < 8)
    row("first output", lambda _: False, lambda quantizer: quantizer.is_first_output)
    if arguments.each:
        for one in student.activation_quantizers():
            row(f"{one.name}, {one.bits} bits", lambda _: False, partial(operator.is_, one))


if __name__ == "__main__":
    main()
