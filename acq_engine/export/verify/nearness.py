"""How near a file is that can't be checked bit for bit: OpenVINO rounds elsewhere, and TensorRT can't be run here.

Measured with OpenVINO 2026.4: what it computes is what the student computes, but where a layer is added to a second
tensor, the layer's outputs are not rounded before they are added. TensorRT needs an NVIDIA card, so ONNX Runtime stands
in: it computes most of such a file in float. In a deep network of few bits a step that rounds the other way decides
others. So a file is judged by its distance from the integer reference, next to the distance that quantization itself
has from the float model (OURS).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from acq_engine.control import Told, tell_nobody
from acq_engine.export.metadata import RUNTIME
from acq_engine.export.onnx.tensorrt import TENSORRT
from acq_engine.export.verify.comparison import (
    FLOAT_CONVOLUTIONS,
    INTEGER_CONVOLUTIONS,
    LARGE_BATCH,
    Verification,
    check_shape,
    student_logits,
)
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.export.verify.latency import Latency, latency
from acq_engine.export.verify.openvino import OpenvinoSession, openvino_name
from acq_engine.export.verify.sessions import metadata, open_session, optimised_operators, predict, runtime_name
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


def is_for_tensorrt(path: str | Path) -> bool:
    """Whether an ONNX file says that it is for TensorRT; one that can't be read does not."""
    return metadata(path).get(RUNTIME) == TENSORRT


def verify_openvino(
    path: str | Path, student: QuantizedModel, floating: nn.Module, images: Tensor, *,
    float_path: str | Path | None = None, beside: Sequence[str | Path] = (), measure_latency: bool = True,
    threads: int = 1, batch_size: int = 64, told: Told = tell_nobody,
) -> Verification:
    """Run an OpenVINO file and measure how far it is from the integer reference.

    It passes when its logits are on average no farther from the reference than the reference is from the float model:
    then OpenVINO's own rounding changes less than quantization did. How far they are from the float model, how often
    the top-1 is the student's, and how many rows are equal all the same, is told, and no condition.

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
    near = _Nearness(session.predict(images, batch_size), student, floating, images, batch_size, told)
    if measure_latency:
        told("latency", 0, 0)
    integer, others = session.convolutions()

    def measured(batch: int) -> Latency | None:
        return latency(path, float_path, beside=beside, batch=batch, threads=threads) if measure_latency else None

    weights = path.with_suffix(".bin")
    return near.verification(
        path, near.is_within, integer, others, session.operators(),
        path.stat().st_size + (weights.stat().st_size if weights.is_file() else 0), openvino_name(),
        f"OpenVINO rounds in other places: on average, its outputs differ from the integer reference by {near.off:.3g} "
        f"and from the float model by {near.from_float:.3g}; those of the quantized model differ from the float model "
        f"by {near.own:.3g}.",
        measured(1), measured(LARGE_BATCH),
    )


def verify_tensorrt(
    path: str | Path, student: QuantizedModel, floating: nn.Module, images: Tensor, *, batch_size: int = 64,
    told: Told = tell_nobody,
) -> Verification:
    """Run a file for TensorRT in ONNX Runtime and measure how far it is from the integer reference.

    It passes as `verify_openvino` says, and only if it is nearer to the reference than to the float model: no rounding
    is left out here, so a file that is not belongs to another student, of more bits. No latency is measured: that of a
    runtime that only stands in says nothing.

    Args:
        path: The file.
        student: As there, like all that follow.
        floating: The float model, in eval mode.
        images: (N, C, H, W) normalised.
        batch_size: Images in one pass.
        told: How far the integer reference is.

    Raises:
        VerificationError: the file can't be opened or run.
    """
    path = Path(path)
    near = _Nearness(predict(open_session(path), images, batch_size), student, floating, images, batch_size, told)
    operators = optimised_operators(path)
    integer, others = (sum(operators.get(name, 0) for name in names)
                       for names in (INTEGER_CONVOLUTIONS, FLOAT_CONVOLUTIONS))
    return near.verification(
        path, near.is_within and near.off < near.from_float, integer, others, operators, path.stat().st_size,
        runtime_name(),
        f"TensorRT was not run. ONNX Runtime computed most of its file in float: on average, outputs differ from the "
        f"integer reference by {near.off:.3g} and from the float model by {near.from_float:.3g}; those of the "
        f"quantized model differ from the float model by {near.own:.3g}.",
    )


class _Nearness:
    """Distances from the integer reference: of a file's outputs, and of the float model's."""

    def __init__(
        self, logits: NDArray[np.float32], student: QuantizedModel, floating: nn.Module, images: Tensor,
        batch_size: int, told: Told,
    ) -> None:
        self._logits = logits
        self._expected = student_logits(student, images, batch_size)
        check_shape(logits.shape, self._expected.shape)
        self._reference = IntegerReference(student)(images, batch_size, told)
        device = next(floating.parameters()).device
        with torch.no_grad():
            plain = torch.cat([floating(part.to(device)).cpu() for part in images.split(batch_size)]).numpy()
        self.off, self.own = (float(np.abs(one - self._reference).mean()) for one in (logits, plain))
        self.from_float = float(np.abs(logits - plain).mean())

    @property
    def is_within(self) -> bool:
        """Whether the file is no farther from the reference than quantization moved the outputs."""
        return self.off <= SHARE * self.own

    def verification(
        self, path: Path, passed: bool, integer: int, others: int, operators: dict[str, int], size: int, runtime: str,
        detail: str, one: Latency | None = None, many: Latency | None = None,
    ) -> Verification:
        """The result, `detail` saying what differs."""
        return Verification(
            path=path, passed=passed, images=len(self._logits),
            exact_rows=100.0 * float((self._logits == self._reference).all(axis=1).mean()),
            agreement=100.0 * float((self._logits.argmax(1) == self._expected.argmax(1)).mean()),
            integer_convolutions=integer, float_convolutions=others, operators=operators, bytes=size,
            logits=self._logits, latency=one, large_latency=many, runtime=runtime,
            detail=detail,
        )
