"""Calibration: ranges of activations and weights from a few batches of images, real or synthetic."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.errors import QuantizationError
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.bias_correction import correct_biases
from acq_engine.quantization.gptq import fit_rounding
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.observer import RangeObserver
from acq_engine.quantization.ranges import mse_range
from acq_engine.quantization.side_by_side import teacher_weights
from acq_engine.settings import QuantizationConfig

# Values of all images, and fewest and most images: 162 and 488 of 32 px, 16 and 64 of 224 px. Means need few.
CORRECTION = (500_000, 16, 256)
RECONSTRUCTION = (1_500_000, 64, 512)


@torch.no_grad()
def calibrate(
    student: QuantizedModel, batches: Iterable[Tensor], config: QuantizationConfig,
    input_range: tuple[float, float] | None = None, told: Told = tell_nobody, expected: int = 0,
) -> None:
    """Set every range, then switch the student to mode "quantized".

    Activation ranges: least squared error on their own k-bit grid (`weight_range` "mse"), or moving averages of
    smallest and largest value ("minmax", the papers' baseline). Weight ranges: by the same setting, per channel.

    Args:
        student: On the device of the batches.
        batches: Normalised images (B, C, H, W). They are read once; memory does not grow with their number.
        config: As the student was made with.
        input_range: Smallest and largest value that the input can have, where that is known: samples seldom reach
            black and white, and real images that were cut off there lost 12 points at 8 bits (OURS).
        told: How far it is, for somebody who looks on. It may raise, to stop.
        expected: How many images the batches hold, for `told`; 0: not known.

    Raises:
        QuantizationError: no batch, or activations that are not finite.
    """
    quantizers = student.activation_quantizers()
    search = config.weight_range == "mse"
    for quantizer in quantizers:
        quantizer.observer = RangeObserver(keep_values=True)
    student.set_mode("observe")
    count = seen = 0
    told("samples", 0, expected)
    enough = RECONSTRUCTION if config.rounding == "reconstruct" else CORRECTION
    kept: list[Tensor] = []
    try:
        for batch in batches:
            student(batch)
            if search and sum(len(part) for part in kept) < _image_count(batch, *enough):
                kept.append(batch)
            count += 1
            seen += len(batch)
            told("samples", min(seen, expected), expected)
        if count == 0:
            raise QuantizationError("There are no samples to calibrate with.")
        for quantizer in quantizers:
            _set_range(quantizer, search=search)
        if input_range is not None:
            for quantizer in student.input_quantizers():
                quantizer.set_range(*input_range, 0.0)
    finally:
        for quantizer in quantizers:
            quantizer.observer = None
        student.set_mode("float")
    for layer in student.layers():
        layer.weight_quantizer.fit(layer.weight)
    student.set_mode("quantized")
    teacher = teacher_weights(student.layers())
    if search:
        images = torch.cat(kept)
        if config.rounding == "reconstruct":
            fit_rounding(student, images, teacher, told)
        correct_biases(student, images[: _image_count(images, *CORRECTION)], teacher, told)
    for layer in student.layers():
        layer.weight_quantizer.note_error(layer.weight, teacher[layer.name][0])


def _image_count(like: Tensor, values: int, fewest: int, most: int) -> int:
    return min(most, max(fewest, values // like[0].numel()))


def _set_range(quantizer: ActivationQuantizer, *, search: bool) -> None:
    observer = quantizer.observer
    assert observer is not None
    values = observer.values()
    low, high = observer.extremes() if search else observer.averaged_extremes()
    if not torch.isfinite(torch.tensor([low, high])).all():
        raise QuantizationError(
            "The model's activations are not finite.",
            cause=f"At {quantizer.name}: smallest {low}, largest {high}.",
            hint="Check the model's weights and its mean and standard deviation.",
        )
    quantizer.settle_bits(low)
    if search:
        low, high = mse_range(values, low, high, quantizer.bits, symmetric=quantizer.symmetric)
    outside = ((values < low) | (values > high)).float().mean() if values.numel() else torch.zeros(())
    quantizer.set_range(low, high, float(outside))
