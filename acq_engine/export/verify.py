"""Proof that an exported file computes what the quantized model computes: run in ONNX Runtime, compared row by row.

All of the runtime's optimisations are on, as in use. Latency is measured only when asked for, in turns with the float
model, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.errors import VerificationError
from acq_engine.export.conversion import INPUT_NAME, OUTPUT_NAME
from acq_engine.export.integer_reference import IntegerReference
from acq_engine.quantization.model import QuantizedModel

REQUIRED_AGREEMENT = 99.5  # percent of equal top-1 between file and student
INTEGER_CONVOLUTIONS = frozenset({"QLinearConv", "ConvInteger"})
FLOAT_CONVOLUTIONS = frozenset({"Conv", "FusedConv", "NhwcFusedConv"})


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians of one batch's time."""

    milliseconds: float
    float_milliseconds: float | None
    batch: int
    threads: int


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
) -> Verification:
    """Run an exported file in ONNX Runtime and compare it with the integer reference and with the student.

    It passes when every row of logits equals the reference bit for bit and at least 99.5 % of top-1 equal the
    student's. Where some convolutions stay float in the runtime, float rounding differs and the agreement alone
    decides; the detail says so.

    Args:
        path: The exported file.
        student: The model it was exported from, calibrated.
        images: (N, C, H, W) normalised.
        float_path: The float model's ONNX file, to measure its latency beside.
        measure_latency: Whether to measure latency at batch 1.
        threads: The runtime's threads.
        batch_size: Images in one pass.

    Raises:
        VerificationError: the file can't be opened or run.
    """
    path = Path(path)
    session = open_session(path, threads)
    logits = predict(session, images, batch_size)
    reference = IntegerReference(student)(images, batch_size)
    student_logits = _student_logits(student, images, batch_size)
    exact = 100.0 * float((logits == reference).all(axis=1).mean())
    agreement = 100.0 * float((logits.argmax(1) == student_logits.argmax(1)).mean())
    operators = optimised_operators(path, threads)
    integer = sum(count for name, count in operators.items() if name in INTEGER_CONVOLUTIONS)
    floating = sum(count for name, count in operators.items() if name in FLOAT_CONVOLUTIONS)
    must_be_exact = floating == 0
    problems = []
    if agreement < REQUIRED_AGREEMENT:
        problems.append(f"Only {agreement:.2f} % of the top classes equal the quantized model's.")
    if exact < 100.0:
        difference = float(np.abs(logits - reference).max())
        text = f"{100.0 - exact:.2f} % of the rows differ from the integer reference, by at most {difference:.3g}."
        problems.append(text if must_be_exact else f"{text} {floating} convolutions stay float in the runtime.")
    passed = agreement >= REQUIRED_AGREEMENT and (exact == 100.0 or not must_be_exact)
    return Verification(
        path=path, passed=passed, images=len(images), exact_rows=exact, agreement=agreement,
        integer_convolutions=integer, float_convolutions=floating, operators=operators, bytes=path.stat().st_size,
        logits=logits, latency=latency(path, float_path, threads=threads) if measure_latency else None,
        runtime=runtime_name(), detail=" ".join(problems),
    )


def runtime_name() -> str:
    """Name and version of the runtime."""
    import onnxruntime

    return f"ONNX Runtime {onnxruntime.__version__}"


def open_session(path: str | Path, threads: int = 1, optimised_path: Path | None = None) -> Any:
    """An onnxruntime.InferenceSession on the CPU with every optimisation.

    Raises:
        VerificationError: the file is missing, damaged, or needs operators that this runtime does not have.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    if optimised_path is not None:
        options.optimized_model_filepath = str(optimised_path)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own kinds have no common base class
        raise VerificationError(
            "The exported model can't be opened in ONNX Runtime.",
            cause=f"{path}: {(str(error).strip().splitlines() or [''])[0]}",
            hint="Export it again. Weights of 7 and 8 bits need ONNX Runtime 1.27 or newer.",
        ) from error


def predict(session: Any, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
    """The session's logits (N, classes) for normalised pictures (N, C, H, W).

    Raises:
        VerificationError: the pictures have the wrong shape for the file, or the runtime fails.
    """
    try:
        parts = [
            session.run([OUTPUT_NAME], {INPUT_NAME: part.detach().cpu().numpy()})[0]
            for part in images.split(batch_size)
        ]
    except Exception as error:  # as above
        raise VerificationError(
            "The exported model can't be run.", cause=(str(error).strip().splitlines() or [""])[0]
        ) from error
    return np.concatenate(parts)


def optimised_operators(path: str | Path, threads: int = 1) -> dict[str, int]:
    """How often each operator occurs in the graph that ONNX Runtime really executes, most frequent first."""
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        optimised = Path(folder) / "optimised.onnx"
        open_session(path, threads, optimised)
        graph = onnx.load(str(optimised)).graph
    return dict(Counter(node.op_type for node in graph.node).most_common())


def latency(
    path: str | Path, float_path: str | Path | None, *, batch: int = 1, threads: int = 1, seconds: float = 1.0
) -> Latency:
    """Median time of one batch, the quantized file and the float file in turns.

    Args:
        path: The quantized file.
        float_path: The float file, or None.
        batch: Images in a batch.
        threads: The runtime's threads.
        seconds: About how long to measure; at least 10 and at most 500 turns.
    """
    sessions = [open_session(path, threads)]
    if float_path is not None:
        sessions.append(open_session(float_path, threads))
    shape = [batch, *sessions[0].get_inputs()[0].shape[1:]]
    feed = {INPUT_NAME: np.random.default_rng(0).standard_normal(shape, dtype=np.float32)}
    times: list[list[float]] = [[] for _ in sessions]
    for session in sessions:
        session.run(None, feed)
    end = time.perf_counter() + seconds
    while len(times[0]) < 10 or (time.perf_counter() < end and len(times[0]) < 500):
        for session, measured in zip(sessions, times, strict=True):
            start = time.perf_counter()
            session.run(None, feed)
            measured.append(1e3 * (time.perf_counter() - start))
    medians = [statistics.median(measured) for measured in times]
    return Latency(medians[0], medians[1] if len(medians) > 1 else None, batch, threads)


@torch.no_grad()
def _student_logits(student: QuantizedModel, images: Tensor, batch_size: int) -> NDArray[np.float32]:
    device = next(student.parameters()).device
    parts = [student(part.to(device)).cpu() for part in images.split(batch_size)]
    logits: NDArray[np.float32] = torch.cat(parts).numpy()
    return logits
