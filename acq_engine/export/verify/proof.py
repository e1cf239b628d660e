"""The check that follows every export: the file is run, and what it computes is compared and timed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.errors import ModelFileError, VerificationError, first_line
from acq_engine.events import Verified
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.float_model import export_float_onnx
from acq_engine.export.verify.comparison import (
    REQUIRED_AGREEMENT,
    Latency,
    Verification,
    check_shape,
    open_session,
    predict,
    runtime_name,
    student_logits,
    verify_onnx,
    verify_tflite,
)
from acq_engine.export.verify.litert import LitertSession, litert_name
from acq_engine.export.verify.nearness import (
    agreement_in_openvino,
    is_for_tensorrt,
    verify_openvino,
    verify_tensorrt,
)
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from acq_engine.quantization.plan import SLOW_WEIGHTS, has_slow_weights

Predictor = Callable[[Tensor], Tensor]


def prove(
    path: Path, student: QuantizedModel, loaded: LoadedModel, images: Tensor, on: Literal["test", "synthetic"],
    *, threads: int = 1, openvino: bool = False, told: Told = tell_nobody,
) -> Verified:
    """Compare an exported file with its student and time it beside the float model.

    ONNX and .tflite files are also compared with the integer reference, bit for bit, and .xml files and those for
    TensorRT by their distance from it; .tflite and .xml files are timed beside the same model's ONNX file as well.
    Files of the formats acq and pt2 run in torch and must give the student's own answers, bit for bit.

    Args:
        path: The exported file: .onnx, .tflite, .xml, .safetensors or .pt2 (which can run code).
        student: What it was exported from.
        loaded: The float model.
        images: (N, C, H, W), normalised.
        on: What the images are.
        threads: Of the runtime.
        openvino: Also compare an ONNX file with OpenVINO.
        told: How far it is.

    Raises:
        VerificationError: the file can't be opened or run.
    """
    if path.suffix in (".safetensors", ".pt2"):
        return _prove_in_torch(path, student, images, on)
    if path.suffix == ".onnx" and is_for_tensorrt(path):
        return _prove_for_tensorrt(path, student, loaded, images, on, told)
    if path.suffix in (".tflite", ".xml"):
        predictor(path)  # a file that can't be opened is told before the work begins
    with tempfile.TemporaryDirectory() as folder:
        float_path = Path(folder) / "float.onnx"
        float_size = export_float_onnx(loaded.module, loaded, float_path).bytes
        if path.suffix in (".tflite", ".xml"):
            onnx_path = Path(folder) / "model.onnx"
            export_onnx(student, loaded, onnx_path)
            found = _verify_beside(path, student, loaded, images, float_path, onnx_path, threads, told)
        else:
            found = verify_onnx(path, student, images, float_path=float_path, threads=threads, told=told)
    one, many = found.latency, found.large_latency
    assert one is not None
    assert many is not None
    other = {}
    if openvino and path.suffix == ".onnx":
        name, agreement = agreement_in_openvino(path, student, images)
        other[name] = agreement
    return Verified(
        path=str(path), passed=found.passed, images=found.images, on=on, exact_rows=found.exact_rows,
        agreement=found.agreement, integer_convolutions=found.integer_convolutions,
        float_convolutions=found.float_convolutions, runtime=found.runtime,
        detail=" ".join(filter(None, (found.detail, _why_slower(path, student, one)))),
        latency_ms=one.milliseconds, float_latency_ms=one.float_milliseconds,
        latency_16_ms=many.milliseconds, float_latency_16_ms=many.float_milliseconds, threads=threads,
        bytes=found.bytes, float_file_bytes=float_size, operators=found.operators, approximate=other,
        onnx_latency_ms=_first(one.beside_milliseconds), onnx_latency_16_ms=_first(many.beside_milliseconds),
        latency_ranges={**_ranges(one, "ms"), **_ranges(many, "16_ms")},
        latency_turns={"1": one.turns, "16": many.turns},
    )


def _why_slower(path: Path, student: QuantizedModel, found: Latency) -> str:
    """Why an ONNX file is no faster than the float model, where that is known."""
    slower = found.float_milliseconds is not None and found.milliseconds > found.float_milliseconds
    return SLOW_WEIGHTS if slower and path.suffix == ".onnx" and has_slow_weights(student) else ""


def _ranges(found: Latency, end: str) -> dict[str, tuple[float, float]]:
    """By the names that the medians have in the event."""
    names = [f"latency_{end}", *([] if found.float_milliseconds is None else [f"float_latency_{end}"]),
             f"onnx_latency_{end}"]
    return dict(zip(names, found.ranges, strict=False))


def _verify_beside(
    path: Path, student: QuantizedModel, loaded: LoadedModel, images: Tensor, float_path: Path, onnx_path: Path,
    threads: int, told: Told,
) -> Verification:
    """A file of another runtime, timed beside the ONNX file."""
    if path.suffix == ".tflite":
        return verify_tflite(path, student, images, float_path=float_path, beside=[onnx_path], threads=threads,
                             told=told)
    return verify_openvino(path, student, loaded.module, images, float_path=float_path, beside=[onnx_path],
                           threads=threads, told=told)


def _first(values: tuple[float, ...]) -> float | None:
    return values[0] if values else None


def _prove_in_torch(path: Path, student: QuantizedModel, images: Tensor, on: Literal["test", "synthetic"]) -> Verified:
    logits = predictor(path)(images)
    expected = torch.from_numpy(student_logits(student, images))
    check_shape(logits.shape, expected.shape)
    exact = 100.0 * float((logits == expected).all(1).float().mean())
    agreement = 100.0 * float((logits.argmax(1) == expected.argmax(1)).float().mean())
    detail = "" if exact == 100.0 else f"{100 - exact:.2f} % of the outputs differ from the quantized model's."
    return Verified(
        path=str(path), passed=exact == 100.0 and agreement >= REQUIRED_AGREEMENT, images=len(images), on=on,
        exact_rows=exact, agreement=agreement, integer_convolutions=0,
        float_convolutions=sum(layer.kind == "conv2d" for layer in student.layers()),
        runtime=runtime_of(path), detail=detail, bytes=path.stat().st_size,
    )


def _prove_for_tensorrt(
    path: Path, student: QuantizedModel, loaded: LoadedModel, images: Tensor, on: Literal["test", "synthetic"],
    told: Told,
) -> Verified:
    found = verify_tensorrt(path, student, loaded.module, images, told=told)
    return Verified(
        path=str(path), passed=found.passed, images=found.images, on=on, exact_rows=found.exact_rows,
        agreement=found.agreement, integer_convolutions=found.integer_convolutions,
        float_convolutions=found.float_convolutions, runtime=found.runtime, detail=found.detail, bytes=found.bytes,
        operators=found.operators,
    )


def predictor(path: Path | str) -> Predictor:
    """A function from normalised images (N, C, H, W) to logits (N, classes), computed by the exported file.

    Raises:
        VerificationError: the file can't be opened.
    """
    path = Path(path)
    if path.suffix == ".safetensors":
        from acq_engine.export.acq.loading import load_quantized

        try:
            return _in_parts(load_quantized(path))
        except ModelFileError as error:
            raise VerificationError(error.message, cause=error.cause, hint=error.hint) from error
    if path.suffix == ".pt2":
        try:
            return _in_parts(torch.export.load(path).module(check_guards=False))
        except Exception as error:  # torch.export raises many kinds
            raise VerificationError(
                "The exported program can't be loaded.",
                cause=f"{path}: {first_line(error)}", hint="Export it again.",
            ) from error
    if path.suffix == ".tflite":
        file = LitertSession(path)
        return lambda images: torch.from_numpy(file.predict(images))
    if path.suffix == ".xml":
        from acq_engine.export.verify.openvino import OpenvinoSession

        network = OpenvinoSession(path)
        return lambda images: torch.from_numpy(network.predict(images))
    return onnx_predictor(path)


def runtime_of(path: Path) -> str:
    """Name and version of what `predictor` runs a file in."""
    if path.suffix == ".tflite":
        return litert_name()
    if path.suffix == ".xml":
        from acq_engine.export.verify.openvino import openvino_name

        return openvino_name()
    return runtime_name() if path.suffix == ".onnx" else f"torch {torch.__version__}"


def _in_parts(module: torch.nn.Module) -> Predictor:
    def run(images: Tensor) -> Tensor:
        try:
            with torch.no_grad():
                return torch.cat([module(part) for part in images.split(64)])
        except Exception as error:  # torch has many kinds for an input that does not fit
            raise VerificationError(
                "The exported model can't be run on these images.",
                cause=first_line(error),
                hint="Name the run that the file was exported from.",
            ) from error

    return run


def onnx_predictor(path: Path | str) -> Predictor:
    """As `predictor`, computed by ONNX Runtime.

    Raises:
        VerificationError: the file can't be opened.
    """
    session = open_session(path)
    return lambda images: torch.from_numpy(predict(session, images))
