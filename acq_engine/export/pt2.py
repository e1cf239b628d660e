"""Format D, `model.pt2`: the quantized model as an exported program that needs torch alone, nothing of this project.

Plain operators only: layers compute with integers held in floats, as the student does in eval mode, and weights
are stored as 8-bit integers. The answers equal the student's to the last bit on one machine.

An exported program can run code when it is loaded: torch.export.load has no safe mode. Load no file from strangers.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, fx, nn

from acq_engine.errors import ExportError, first_line
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts, refuse_without_ranges
from acq_engine.export.metadata import describe
from acq_engine.export.onnx.network import twin_of
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.integer import Grid, IntegerExecutor, codes_of, grid_of, real
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

METADATA_FILE = "acq.json"  # within the .pt2, read by torch.export.load(path, extra_files={"acq.json": ""})

log = logging.getLogger(__name__)


class StoredQuantizer(nn.Module):
    """Stands for an activation quantizer; its scale is a constant of the program."""

    def __init__(self, quantizer: ActivationQuantizer) -> None:
        super().__init__()
        grid = grid_of(quantizer)
        self.scale: Tensor
        self.register_buffer("scale", grid.scale.cpu().clone())
        self._grid = replace(grid, scale=self.scale)

    def grid(self) -> Grid:
        """The quantizer's grid."""
        return replace(self._grid, scale=self.scale)


class StoredLayer(nn.Module):
    """LayerCodes of a layer whose weights are constants of the program, one byte each where that is enough."""

    scale: Tensor
    bias_steps: Tensor | None
    bias: Tensor | None

    def __init__(self, layer: QuantizedLayer) -> None:
        super().__init__()
        codes = codes_of(layer)
        self.precision, self._compute = codes.precision, codes.compute
        steps = codes.steps().cpu()
        self._weight: Tensor
        self.register_buffer("_weight", steps.to(torch.int8 if steps.abs().max() < 128 else torch.int16))
        exact = codes.bias_steps is not None
        for name, value in (("scale", codes.scale), ("bias_steps", codes.bias_steps),
                            ("bias", None if exact else codes.bias)):
            self.register_buffer(name, None if value is None else value.cpu().clone())

    def steps(self) -> Tensor:
        """See LayerCodes."""
        return self._weight.to(torch.float32)

    def compute(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """See LayerCodes."""
        return self._compute(x, weight, bias)


class IntegerNetwork(nn.Module):
    """The student on the CPU in plain operators, computing as it does in eval mode."""

    def __init__(self, student: QuantizedModel) -> None:
        super().__init__()
        self.network = twin_of(student, StoredQuantizer, StoredLayer)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised images (B, C, H, W) to logits (B, classes)."""
        executor = IntegerExecutor(
            self.network, grid=lambda module: module.grid() if isinstance(module, StoredQuantizer) else None,
            layer=lambda module: module,
        )
        return real(executor.run(x))  # type: ignore[no-any-return]


def export_pt2(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model as an exported program: normalised images (B, C, H, W) to logits (B, classes).

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
    refuse_without_ranges(student)
    about = facts(loaded)
    buffer = io.BytesIO()
    try:
        program = torch.export.export(
            IntegerNetwork(student).eval(), (torch.zeros(2, *about.input_shape),),
            dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False,
        )
        _forget_where_it_was_made(program.graph_module)
        torch.export.save(program, buffer, extra_files={METADATA_FILE: json.dumps(describe(student, about))})
    except Exception as error:  # torch.export raises many kinds
        log.debug("torch.export failed", exc_info=True)
        raise ExportError(
            "The quantized model can't be written as an exported program.",
            cause=f"{type(error).__name__}: {first_line(error)}",
            hint="Export it as acq instead.",
        ) from error
    size = write_export(Path(path), buffer.getvalue())
    return ExportInfo("pt2", Path(path), size, about.float_bytes)


def _forget_where_it_was_made(module: fx.GraphModule) -> None:
    """Drop stack traces: they name files of this machine."""
    for node in module.graph.nodes:
        for key in ("stack_trace", "nn_module_stack", "source_fn_stack", "torch_fn"):
            node.meta.pop(key, None)

