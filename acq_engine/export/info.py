"""What exporters are told and what they hand back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn

from acq_engine.errors import ExportError
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.preprocessing import Interpolation

if TYPE_CHECKING:
    from acq_engine.quantization import QuantizedModel



@dataclass(frozen=True, slots=True)
class ExportInfo:
    """One written file."""

    format: str
    path: Path
    bytes: int
    float_bytes: int  # size of the float32 weights and statistics it came from


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What can be chosen about a file.

    Attributes:
        opset: Of ONNX files, 13 to 21; None: the oldest that has all the operators that are needed.
        with_preprocessing: ONNX files take uint8 pixels (B, H, W, C) and normalise them themselves.
    """

    opset: int | None = None
    with_preprocessing: bool = False

    def refuse_onnx_only(self, format: str) -> None:  # noqa: A002 - the user's word
        """For formats that are no ONNX.

        Raises:
            ExportError: something was chosen that only ONNX files have.
        """
        if self.opset is not None:
            raise _not_for(format, "opset")
        self.refuse_preprocessing(format)

    def refuse_preprocessing(self, format: str) -> None:  # noqa: A002 - as above
        """For formats that take normalised images only.

        Raises:
            ExportError: preprocessing was chosen.
        """
        if self.with_preprocessing:
            raise _not_for(format, "preprocessing")


def _not_for(format: str, name: str) -> ExportError:  # noqa: A002 - as above
    return ExportError(
        f"For the format {format}, {name} can't be chosen.",
        hint="Omit the option, or choose the format onnx or onnx-int4.",
    )


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What an exported file says about the float model; see LoadedModel for the fields."""

    name: str
    arch: str
    num_classes: int
    input_shape: tuple[int, int, int]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    class_names: tuple[str, ...]
    sha256: str
    resize: int | None
    interpolation: Interpolation
    float_bytes: int


def facts(source: LoadedModel | ModelFacts) -> ModelFacts:
    """The facts about a loaded model; facts stay as they are."""
    if isinstance(source, ModelFacts):
        return source
    return ModelFacts(
        source.name, source.arch, source.num_classes, source.input_shape, source.mean, source.std, source.class_names,
        source.sha256, source.resize, source.interpolation, float_bytes(source.module),
    )


def refuse_without_ranges(student: QuantizedModel) -> None:
    """Only a calibrated student can be exported.

    Raises:
        ExportError: this one was not calibrated (it is not in mode "quantized").
    """
    if student.mode != "quantized":
        raise ExportError("The quantized model has no ranges yet.", hint="Calibrate it, then export it again.")


def float_bytes(module: nn.Module) -> int:
    """Bytes of a module's floating-point parameters and buffers."""
    tensors = [*module.parameters(), *module.buffers()]
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors if tensor.is_floating_point())
