"""How near a file is in OpenVINO, which rewrites quantized graphs its own way: near the reference, never bit for bit.

Measured with OpenVINO 2026.4: what it computes is what the student computes, but where a layer is added to a second
tensor, the layer's outputs are not rounded before they are added. In a deep network of few bits such a step decides
others. In transformers it differs by more, for reasons that were not found. So a file is judged by its distance from
the integer reference, next to the distance that quantization itself has from the float model (OURS).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from acq_engine.control import Told, tell_nobody
from acq_engine.export.verify.comparison import LARGE_BATCH, Verification, check_shape, student_logits
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.export.verify.latency import Latency, latency
from acq_engine.export.verify.openvino import OpenvinoSession, openvino_name
from acq_engine.quantization import QuantizedModel

SHARE = 1.0  # mean difference from the reference, as a part of the reference's own from the float model


def agreement_in_openvino(path: Path, student: QuantizedModel, images: Tensor) -> tuple[str, float]:
    """Name and version of the runtime, and the percentage of images with the student's top-1.

    Raises:
        VerificationError: OpenVINO is not installed, or can't run the file.
    """
    logits = OpenvinoSession(path).predict(images)
    same = logits.argmax(1) == student_logits(student, images).argmax(1)
    return openvino_name(), 100.0 * float(same.mean())


def verify_openvino(
    path: str | Path, student: QuantizedModel, floating: nn.Module, images: Tensor, *,
    float_path: str | Path | None = None, beside: Sequence[str | Path] = (), measure_latency: bool = True,
    threads: int = 1, batch_size: int = 64, told: Told = tell_nobody,
) -> Verification:
    """Run an OpenVINO file and measure how far it is from the integer reference.

    It passes when its logits are on average no farther from the reference than the reference is from the float model:
    then OpenVINO's own rounding changes less than quantization did. How often the top-1 is the student's, and how many
    rows are equal all the same, is told, and no condition.

    Args:
        path: The .xml file.
        student: The model it was exported from, calibrated.
        floating: The float model, in eval mode.
        images: (N, C, H, W) normalised.
        float_path: The float model's ONNX file, to measure its latency beside.
        beside: Other files whose latency is measured in the same turns.
        measure_latency: Whether to measure latency at batch 1 and 16.
        threads: The runtime's threads.
        batch_size: Images in one pass.
        told: How far the integer reference is, which takes the longest.

    Raises:
        VerificationError: OpenVINO is not installed, or the file can't be opened or run.
    """
    path = Path(path)
    session = OpenvinoSession(path, threads)
    logits = session.predict(images, batch_size)
    expected = student_logits(student, images, batch_size)
    check_shape(logits.shape, expected.shape)
    reference = IntegerReference(student)(images, batch_size, told)
    device = next(floating.parameters()).device
    with torch.no_grad():
        plain = torch.cat([floating(part.to(device)).cpu() for part in images.split(batch_size)]).numpy()
    off, own = (float(np.abs(one - reference).mean()) for one in (logits, plain))
    if measure_latency:
        told("latency", 0, 0)
    integer, others = session.convolutions()

    def measured(batch: int) -> Latency | None:
        return latency(path, float_path, beside=beside, batch=batch, threads=threads) if measure_latency else None

    weights = path.with_suffix(".bin")
    return Verification(
        path=path, passed=off <= SHARE * own, images=len(images),
        exact_rows=100.0 * float((logits == reference).all(axis=1).mean()),
        agreement=100.0 * float((logits.argmax(1) == expected.argmax(1)).mean()),
        integer_convolutions=integer, float_convolutions=others, operators=session.operators(),
        bytes=path.stat().st_size + (weights.stat().st_size if weights.is_file() else 0), logits=logits,
        latency=measured(1), large_latency=measured(LARGE_BATCH), runtime=openvino_name(),
        detail=f"OpenVINO rounds in other places: its outputs differ from the integer reference by {off:.3g} on "
               f"average, and those of the quantized model from the float model by {own:.3g}.",
    )
