"""Format D, `model.pt2`: the quantized model as an exported program that needs torch alone, nothing of this project.

Plain operators only: activations are divided, clipped, rounded and multiplied as in the student, weights are stored
as 8-bit codes and multiplied by their scales. The answers equal the student's to the last bit on one machine.

An exported program can run code when it is loaded: torch.export.load has no safe mode. Load no file from strangers.
"""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, fx, nn

from acq_engine.errors import ExportError
from acq_engine.export.conversion import write_export
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts
from acq_engine.export.metadata import describe
from acq_engine.export.network import CodeLayer, twin_of
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

METADATA_FILE = "acq.json"  # within the .pt2, read by torch.export.load(path, extra_files={"acq.json": ""})

log = logging.getLogger(__name__)


class PlainQuantizer(nn.Module):
    """What an ActivationQuantizer computes in mode "quantized", in operators that every torch has."""

    def __init__(self, quantizer: ActivationQuantizer) -> None:
        super().__init__()
        self.activation, self.zero_point = quantizer.activation, quantizer.zero_point
        self.low, self.high = float(-quantizer.zero_point), float(quantizer.qmax - quantizer.zero_point)
        self.scale: Tensor
        self.register_buffer("scale", quantizer.scale().detach().cpu().clone())

    def forward(self, x: Tensor) -> Tensor:
        if self.activation == "relu6":
            x = F.hardtanh(x, 0.0, 6.0)
        elif self.activation == "relu" and self.zero_point != 0:
            x = F.relu(x)
        return torch.round(torch.clamp(x / self.scale, self.low, self.high)) * self.scale


class PlainLayer(nn.Module):
    """A layer with stored codes, as CodeLayer, in plain operators."""

    def __init__(self, layer: QuantizedLayer) -> None:
        super().__init__()
        self._codes = (CodeLayer(layer),)  # in a tuple, so that its buffers stay out of the program
        for name, value in self._codes[0].named_buffers():
            self.register_buffer(name, value)
        self.exact_bias = self._codes[0].exact_bias

    def forward(self, x: Tensor) -> Tensor:
        weight = self._dequantized("codes", "zero_point", "scale")
        if self.exact_bias:
            bias: Any = self._dequantized("bias_codes", "bias_zero_point", "bias_scale")
        else:
            bias = self._buffers.get("bias")
        return self._codes[0].compute(x, weight, bias)

    def _dequantized(self, codes: str, zero_point: str, scale: str) -> Tensor:
        stored = getattr(self, codes)
        shape = (-1, *([1] * (stored.dim() - 1)))
        steps: Tensor = stored.to(torch.float32) - getattr(self, zero_point).to(torch.float32).view(shape)
        scales: Tensor = getattr(self, scale).view(shape)
        return steps * scales


def export_pt2(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model as an exported program: normalised pictures (B, C, H, W) to logits (B, classes).

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: None of them is for this format.

    Raises:
        ExportError: not calibrated, or torch can't export it.
        StorageError: the file can't be written.
    """
    options.refuse_onnx_only("pt2")
    if student.mode != "quantized":
        raise ExportError("The quantized model has no ranges yet.", hint="Calibrate it, then export it again.")
    about = facts(loaded)
    buffer = io.BytesIO()
    try:
        program = torch.export.export(
            plain_network(student), (torch.zeros(2, *about.input_shape),),
            dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False,
        )
        _forget_where_it_was_made(program.graph_module)
        torch.export.save(program, buffer, extra_files={METADATA_FILE: json.dumps(describe(student, about))})
    except Exception as error:  # torch.export raises many kinds
        log.debug("torch.export failed", exc_info=True)
        raise ExportError(
            "The quantized model can't be written as an exported program.",
            cause=f"{type(error).__name__}: {(str(error).strip().splitlines() or [''])[0]}",
            hint="Export it as acq instead.",
        ) from error
    size = write_export(Path(path), buffer.getvalue())
    return ExportInfo("pt2", Path(path), size, about.float_bytes)


def plain_network(student: QuantizedModel) -> fx.GraphModule:
    """The student on the CPU in plain operators; the student stays as it is."""
    twin = twin_of(student, PlainQuantizer, PlainLayer)
    twin.graph.eliminate_dead_code()
    twin.recompile()
    return twin.eval()


def _forget_where_it_was_made(module: fx.GraphModule) -> None:
    """Drop stack traces: they name files of this machine."""
    for node in module.graph.nodes:
        for key in ("stack_trace", "nn_module_stack", "source_fn_stack", "torch_fn"):
            node.meta.pop(key, None)

