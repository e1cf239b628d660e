"""Proof that an exported file computes what the quantized model computes: run in a runtime, compared row by row.

All of the runtime's optimisations are on, as in use. Latency is measured only when asked for, in turns with the float
model, so that a busy machine slows both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.errors import VerificationError
from acq_engine.export.verify.float_rounding import ROOM, FloatRounding, float_rounding
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.export.verify.latency import Latency, latency
from acq_engine.export.verify.litert import LitertSession, litert_name
from acq_engine.export.verify.litert_reference import LitertExecutor
from acq_engine.export.verify.sessions import open_session, optimised_operators, predict, runtime_name
from acq_engine.quantization.float_parts import said_of
from acq_engine.quantization.model import QuantizedModel

__all__ = ["Latency", "Verification", "latency", "open_session", "optimised_operators", "predict", "runtime_name",
           "student_logits", "verify_onnx", "verify_tflite"]

LARGE_BATCH = 16
REQUIRED_AGREEMENT = 99.5  # percent of equal top-1 between file and student
FAR = 0.02  # mean difference of logits, as a part of their own mean deviation, that float rounding can't explain
TAIL = 1e-4  # largest difference behind the last layer, as a part of the largest output: a thousand float roundings
INTEGER_CONVOLUTIONS = frozenset({"QLinearConv", "ConvInteger"})
FLOAT_CONVOLUTIONS = frozenset({"Conv", "FusedConv", "NhwcFusedConv", "ConvTranspose"})


@dataclass(frozen=True, slots=True)
class Verification:
    """See events.Verified; `logits` are the exported file's own."""

    path: Path
    passed: bool
    images: int
    exact_rows: float
    agreement: float
    integer_convolutions: int
    float_convolutions: int
    operators: dict[str, int]
    bytes: int
    logits: NDArray[np.float32]
    latency: Latency | None
    large_latency: Latency | None  # the same for LARGE_BATCH images at once
    runtime: str
    detail: str


def verify_onnx(
    path: str | Path,
    student: QuantizedModel,
    images: Tensor,
    *,
    float_path: str | Path | None = None,
    measure_latency: bool = True,
    threads: int = 1,
    batch_size: int = 64,
    told: Told = tell_nobody,
) -> Verification:
    """Run an exported file in ONNX Runtime and compare it with the integer reference and with the student.

    It passes when every row of logits equals the reference bit for bit and at least 99.5 % of top-1 equal the
    student's. Where the student itself adds up in float (`QuantizedModel.float_parts`), the runtime's float rounding
    differs: then rows only have to be near, behind the last layer within TAIL, and the detail says so. Near is FAR, or
    where it is more what float rounding alone was measured to do to this network (`float_rounding`), and top-1 counts
    where that rounding could not change it. More convolutions in float than the student has never pass.

    Args:
        path: The exported file.
        student: The model it was exported from, calibrated.
        images: (N, C, H, W) normalised.
        float_path: The float model's ONNX file, to measure its latency beside.
        measure_latency: Whether to measure latency at batch 1 and 16.
        threads: The runtime's threads.
        batch_size: Images in one pass.
        told: How far the integer reference is, which takes the longest.

    Raises:
        VerificationError: the file can't be opened or run.
    """
    path = Path(path)
    session = open_session(path, threads)
    logits = predict(session, images, batch_size)
    reference = IntegerReference(student)(images, batch_size, told)
    expected = student_logits(student, images, batch_size)
    check_shape(logits.shape, expected.shape)
    exact = 100.0 * float((logits == reference).all(axis=1).mean())
    agreement = 100.0 * float((logits.argmax(1) == expected.argmax(1)).mean())
    if measure_latency:
        told("latency", 0, 0)
    operators = optimised_operators(path, threads)
    integer = sum(count for name, count in operators.items() if name in INTEGER_CONVOLUTIONS)
    floating = sum(count for name, count in operators.items() if name in FLOAT_CONVOLUTIONS)
    in_float = any(part.sums and not part.behind for part in student.float_parts)
    rounding = float_rounding(student, reference, images, batch_size, told) if exact < 100.0 and in_float else None
    judged = _judge(logits, reference, student, exact, agreement, floating, rounding)
    return Verification(
        path=path, passed=judged.passed, images=len(images), exact_rows=exact, agreement=agreement,
        integer_convolutions=integer, float_convolutions=floating, operators=operators, bytes=path.stat().st_size,
        logits=logits, latency=latency(path, float_path, threads=threads) if measure_latency else None,
        large_latency=latency(path, float_path, batch=LARGE_BATCH, threads=threads) if measure_latency else None,
        runtime=runtime_name(), detail=" ".join(judged.said),
    )


def verify_tflite(
    path: str | Path,
    student: QuantizedModel,
    images: Tensor,
    *,
    float_path: str | Path | None = None,
    beside: Sequence[str | Path] = (),
    measure_latency: bool = True,
    threads: int = 1,
    batch_size: int = 64,
    told: Told = tell_nobody,
) -> Verification:
    """Run a .tflite file in LiteRT and compare it with the integer reference and with the student.

    It passes when every row of logits equals the reference bit for bit, with sums rounded as LiteRT rounds them. The
    student rounds them as ONNX Runtime does, so how often both agree is told, and no condition.

    Args:
        path: The exported file.
        student: The model it was exported from, calibrated.
        images: (N, C, H, W) normalised.
        float_path: The float model's ONNX file, to measure its latency beside.
        beside: Other files whose latency is measured in the same turns.
        measure_latency: Whether to measure latency at batch 1 and 16.
        threads: The runtime's threads.
        batch_size: Images in one pass.
        told: How far the integer reference is, which takes the longest.

    Raises:
        VerificationError: LiteRT is not installed, or the file can't be opened or run.
    """
    path = Path(path)
    session = LitertSession(path, threads)
    logits = session.predict(images, batch_size)
    expected = student_logits(student, images, batch_size)
    check_shape(logits.shape, expected.shape)
    reference = IntegerReference(student, executor=LitertExecutor)(images, batch_size, told)
    exact = 100.0 * float((logits == reference).all(axis=1).mean())
    agreement = 100.0 * float((logits.argmax(1) == expected.argmax(1)).mean())
    if measure_latency:
        told("latency", 0, 0)
    integer, floating = session.convolutions()
    same = 100.0 * float((logits == expected).all(axis=1).mean())
    said = []
    if exact < 100.0:
        said.append(f"{100.0 - exact:.2f} % of the outputs differ from the integer reference, "
                    f"by at most {np.abs(logits - reference).max():.3g}.")
    elif same < 100.0:
        said.append("LiteRT and ONNX Runtime round sums of two tensors differently; "
                    f"{same:.2f} % of the outputs are the same in both.")

    def measured(batch: int) -> Latency | None:
        return latency(path, float_path, beside=beside, batch=batch, threads=threads) if measure_latency else None

    return Verification(
        path=path, passed=exact == 100.0, images=len(images), exact_rows=exact, agreement=agreement,
        integer_convolutions=integer, float_convolutions=floating, operators=session.operators(),
        bytes=path.stat().st_size, logits=logits, latency=measured(1), large_latency=measured(LARGE_BATCH),
        runtime=litert_name(), detail=" ".join(said),
    )


@dataclass(frozen=True)
class _Judgement:
    passed: bool
    said: list[str]


def _judge(
    logits: NDArray[np.float32], reference: NDArray[np.float32], student: QuantizedModel, exact: float,
    agreement: float, floating: int, rounding: FloatRounding | None,
) -> _Judgement:
    """By the list of what the student computes in float (`acq_engine.quantization.float_parts`)."""
    parts = student.float_parts
    inside = [part for part in parts if part.sums and not part.behind]
    behind = [part for part in parts if part.behind]
    said, passed = [], agreement >= REQUIRED_AGREEMENT
    if not passed and rounding is not None:
        decided = (logits.argmax(1) == reference.argmax(1)) | rounding.ties(reference, logits)
        passed = 100.0 * float(decided.mean()) >= REQUIRED_AGREEMENT
        if passed:
            said.append(f"The top-1 agreement with the quantized model is {agreement:.2f} %; where it differs, the two "
                        "classes are as near to each other as float rounding alone moves them.")
    if not passed:
        said.append(f"The top-1 agreement with the quantized model is only {agreement:.2f} %.")
    meant = sum(part.convolution for part in parts)
    if floating > meant:
        said.append(f"{meant} convolutions of the quantized model use float, {floating} of the file.")
        passed = False
    if exact == 100.0:
        return _Judgement(passed, said)
    difference = np.abs(logits - reference)
    text = f"{100.0 - exact:.2f} % of the outputs differ from the integer reference, by at most {difference.max():.3g}."
    if inside:
        said.append(f"{text} These parts are computed in float: {said_of(inside)}.")
        allowed = FAR * float(np.abs(reference - reference.mean()).mean())
        if rounding is not None and float(difference.mean()) > allowed:
            said.append(f"Float rounding alone moves outputs by {rounding.mean:.3g} on average; the file's are "
                        f"{float(difference.mean()):.3g} off.")
            allowed = max(allowed, ROOM * rounding.mean)
        passed = passed and float(difference.mean()) <= allowed
    elif behind:
        said.append(f"{text} {said_of(behind)} behind the last layer is computed in float; up to "
                    f"{100 * TAIL:g} % of the largest output may differ.")
        passed = passed and float(difference.max()) <= TAIL * float(np.abs(reference).max())
    else:
        said.append(text)
        passed = False
    return _Judgement(passed, said)


def check_shape(found: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Whether two files' answers can be compared.

    Raises:
        VerificationError: they are for other numbers of classes.
    """
    if tuple(found) != tuple(expected):
        raise VerificationError(
            "The file belongs to another model.",
            cause=f"Its outputs have the shape {tuple(found)}, the quantized model's {tuple(expected)}.",
            hint="Name the run that the file was exported from.",
        )


@torch.no_grad()
def student_logits(student: QuantizedModel, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
    """The student's answers (N, classes) to normalised images, in eval mode."""
    device, was_training = next(student.parameters()).device, student.training
    try:
        student.eval()
        parts = [student(part.to(device)).cpu() for part in images.split(batch_size)]
    finally:
        student.train(was_training)
    logits: NDArray[np.float32] = torch.cat(parts).numpy()
    return logits
