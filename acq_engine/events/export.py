"""Written files and their checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from acq_engine.events.base import Event


@dataclass(frozen=True, slots=True)
class Exported(Event):
    format: str  # a name in acq_engine.export.FORMATS
    path: str
    bytes: int
    float_bytes: int
INTEGER_PRODUCTS = frozenset({"QGemm", "QLinearMatMul", "MatMulInteger", "MatMulIntegerToFloat"})
FLOAT_PRODUCTS = frozenset({"Gemm", "FusedGemm", "MatMul", "FusedMatMul"})


def matrix_products(operators: Mapping[str, int]) -> tuple[int, int]:
    """How many of a runtime's operators are matrix products, in integers and in float."""
    whole, real = (sum(count for name, count in operators.items() if name in kind)
                   for kind in (INTEGER_PRODUCTS, FLOAT_PRODUCTS))
    return whole, real


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """The exported file, run, against the student; those of integer runtimes also against the integer reference."""

    path: str
    passed: bool
    images: int
    on: Literal["test", "synthetic"]
    exact_rows: float  # percent of rows equal bit for bit: to the integer reference, or to the student in torch
    agreement: float  # percent of equal top-1 between exported file and student
    integer_convolutions: int
    float_convolutions: int
    latency_ms: float | None = None  # batch 1, median
    float_latency_ms: float | None = None
    runtime: str = ""  # name and version
    detail: str = ""  # why it did not pass, or what there is to add
    latency_16_ms: float | None = None  # 16 images at once, median
    float_latency_16_ms: float | None = None
    threads: int | None = None  # of the runtime, in all latencies
    bytes: int | None = None
    float_file_bytes: int | None = None  # the float model in the same kind of file
    operators: dict[str, int] = field(default_factory=dict)  # that the runtime executes
    top1: float | None = None  # of the file, on `top1_images` test images
    top1_images: int = 0
    approximate: dict[str, float] = field(default_factory=dict)  # other runtime: percent of equal top-1
    onnx_latency_ms: float | None = None  # of .tflite and .xml files: the same model's ONNX file, in turns
    onnx_latency_16_ms: float | None = None
    # 10th and 90th percentile of the turns, by the name of the median above; and how many turns, by the batch size.
    latency_ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    latency_turns: dict[str, int] = field(default_factory=dict)

    @property
    def products(self) -> tuple[int, int]:
        """Matrix products that the runtime executes, in integers and in float: linear layers and attention.

        Both 0 where it is not known: of other runtimes than ONNX Runtime, operators don't tell in what they compute.
        """
        known = not self.runtime or self.runtime.startswith("ONNX Runtime")  # older runs don't name it
        return matrix_products(self.operators) if known else (0, 0)
