"""Format G, `model.tensorrt.onnx`: the ONNX file that TensorRT builds an engine from.

TensorRT takes int8 with zero point 0 and nothing else: no clip between quantizing and dequantizing, no int32 bias. So
codes minus zero point are the codes here; a range of fewer levels than a byte's is enforced by a clip of the values in
front; weights are floats on their grid with a pair of quantizers behind them, which every version since 8.0 reads, and
biases floats on the accumulator's grid. All of this is exact, given that codes minus zero point fit into a signed byte:
activations of 8 bits do on a symmetric grid only (`QuantizationConfig.activation_grid`).
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, fx, nn

from acq_engine.errors import ExportError
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts, refuse_without_ranges
from acq_engine.export.metadata import RUNTIME, describe
from acq_engine.export.onnx import operators as _operators  # noqa: F401 - registers torch.ops.acq
from acq_engine.export.onnx.conversion import check_opset, checked_bytes, to_onnx
from acq_engine.export.onnx.network import twin_of, use_plain_operators
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.weights import dequantize

SMALLEST, LARGEST = -128, 127
TENSORRT = "TensorRT"
"""What the metadata of such a file name as its runtime."""


class SignedQuantizer(nn.Module):
    """Clip to the range of the codes where it is narrower than a signed byte's, quantize, dequantize."""

    def __init__(self, quantizer: ActivationQuantizer) -> None:
        super().__init__()
        scale = quantizer.scale().detach().to("cpu", torch.float32).clone()
        low, high = _ends(quantizer)
        if quantizer.activation == "relu6":
            high = min(high, int(torch.round(torch.tensor(6.0) / scale)))
        if quantizer.activation != "none":
            low = 0
        # One clip does for ReLU and both ends; ReLU by itself where the byte ends where the codes do.
        self.relu = low == 0 and high == LARGEST
        self.clips = (low, high) not in ((SMALLEST, LARGEST), (0, LARGEST))
        # A product is off by a last bit at most, and its quotient with the scale rounds to the code again.
        self.register_buffer("low", low * scale)
        self.register_buffer("high", high * scale)
        self.register_buffer("scale", scale)
        self.register_buffer("zero_point", torch.zeros((), dtype=torch.int8))

    def forward(self, x: Tensor) -> Tensor:
        if self.clips:
            x = torch.ops.acq.clip_codes(x, self.low, self.high)
        elif self.relu:
            x = F.relu(x)
        codes = torch.ops.acq.quantize_signed(x, self.scale, self.zero_point)
        return torch.ops.acq.dequantize(codes, self.scale, self.zero_point)  # type: ignore[no-any-return]


class SignedLayer(nn.Module):
    """A layer with float weights on their grid and the quantizers that make integers of them."""

    def __init__(self, layer: QuantizedLayer) -> None:
        super().__init__()
        self._layer = (layer,)  # its arithmetic only; in a tuple, so that its parameters stay out of the export
        scale, _ = (value.detach().cpu() for value in layer.weight_quantizer.parameters_for(layer.weight))
        weight = dequantize(layer.weight_quantizer.codes(layer.weight).cpu(), scale)
        self.register_buffer("weight", weight)
        self.per_tensor = layer.weight_quantizer.per_tensor
        scale = scale[0].clone() if self.per_tensor else scale.clone()
        self.register_buffer("scale", scale)
        self.register_buffer("zero_point", torch.zeros_like(scale, dtype=torch.int8))
        codes = layer.bias_codes()
        bias = layer.bias if codes is None else codes * layer.accumulator_scale()
        # Without one, torch's way to ONNX would compute zeros in the file, node by node.
        bias = weight.new_zeros(len(weight)) if bias is None else bias.detach().cpu().clone()
        self.register_buffer("bias", bias)

    def forward(self, x: Tensor) -> Tensor:
        table = torch.ops.acq
        if self.per_tensor:
            codes = table.quantize_signed(self.weight, self.scale, self.zero_point)
            weight = table.dequantize(codes, self.scale, self.zero_point)
        else:
            codes = table.quantize_channels(self.weight, self.scale, self.zero_point)
            weight = table.dequantize_channels(codes, self.scale, self.zero_point)
        return self._layer[0].compute(x, weight, self.bias)  # type: ignore[arg-type]


def export_tensorrt(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model for TensorRT: int8 with zero point 0 throughout.

    Input `image` (B, C, H, W) float32, normalised; output `logits` (B, classes) float32. Weights are stored as floats.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: The opset.

    Raises:
        ExportError: not calibrated, codes that don't fit into a signed byte, an unknown opset, preprocessing, or an
            operator that ONNX can't express.
        StorageError: the file can't be written.
    """
    check_opset(options.opset)
    options.refuse_preprocessing("tensorrt")
    about = facts(loaded)
    network = signed_network(student)
    proto = to_onnx(network, about, options, describe(student, about) | {RUNTIME: TENSORRT})
    return ExportInfo("tensorrt", Path(path), write_export(Path(path), checked_bytes(proto)), about.float_bytes)


def signed_network(student: QuantizedModel) -> fx.GraphModule:
    """The student, on the CPU, in ONNX's operators with int8 and zero point 0; the student stays as it is.

    Raises:
        ExportError: not calibrated, or codes that don't fit.
    """
    refuse_without_ranges(student)
    unfit = [f"{one.name} ({one.bits} bits)" for one in student.activation_quantizers()
             if not _fits(torch.tensor(_ends(one)))]
    if unfit:
        named = ", ".join(unfit[:3]) + (f" and {len(unfit) - 3} more" if len(unfit) > 3 else "")
        raise ExportError(
            "TensorRT takes activations with zero point 0 only.",
            cause=f"These have another: {named}.",
            hint="Run the quantization again with a symmetric activation grid (--act-grid symmetric); with "
                 "--reuse-generator RUN only calibration and fine-tuning are repeated.",
        )
    large = [layer.name for layer in student.layers() if not _fits(layer.weight_quantizer.codes(layer.weight))]
    if large:  # 8 bits as older versions of this program had them
        raise ExportError(
            "TensorRT takes weights with zero point 0 only.", cause=f"Those of {large[0]} have another.",
            hint="Run the quantization again with this version.",
        )
    twin = twin_of(student, SignedQuantizer, SignedLayer)
    use_plain_operators(twin)
    twin.graph.eliminate_dead_code()
    twin.recompile()
    return twin.eval()


def _ends(quantizer: ActivationQuantizer) -> tuple[int, int]:
    """Smallest and largest code minus zero point."""
    return -quantizer.zero_point, quantizer.qmax - quantizer.zero_point


def _fits(codes: Tensor) -> bool:
    """Whether codes minus zero point fit into a signed byte."""
    return bool(codes.amin() >= SMALLEST) and bool(codes.amax() <= LARGEST)
